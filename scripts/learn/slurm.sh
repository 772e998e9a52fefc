#!/usr/bin/env bash
# Learns a lexicon from shards on a Slurm cluster: array jobs for map and count, and merges that wait for all of an array.
#   scripts/learn/slurm.sh LEXICON WORK SHARD…
# SHARD is a folder of documents, WORK a folder that all nodes see. Prints the id of the last job, which writes LEXICON; with
# --wait as first argument it returns when that job has ended. POLICY_TEXT names the command (default: policy-text), SBATCH_OPTIONS
# (partition, memory, time) go to every job, LEAST and MERGE_OPTIONS to map and to the first merge, ARRAY_LIMIT says how many
# jobs of an array run at once. Killed jobs are queued again by Slurm (--requeue) and by hand: what is whole is not made again.
set -euo pipefail
wait=
if [ "$1" = --wait ]; then
  wait=--wait
  shift
fi
lexicon=$(realpath -m "$1") work=$(realpath -m "$2")
shift 2
mkdir -p "$work"
realpath "$@" >"$work/shards"
shards=$#
export POLICY_TEXT=${POLICY_TEXT:-policy-text} LEAST=${LEAST:-2} MERGE_OPTIONS=${MERGE_OPTIONS:-} work lexicon
array="--array=1-$shards${ARRAY_LIMIT:+%$ARRAY_LIMIT}"

# submit NAME OPTION… <<< SCRIPT: three attempts in the job itself, for a worker may be killed without its job.
submit() {
  local name=$1
  shift
  sbatch --parsable --job-name="policy-text-$name" --requeue --output="$work/log-$name-%a" --open-mode=append \
    ${SBATCH_OPTIONS:-} "$@" <<SCRIPT
#!/usr/bin/env bash
for attempt in 1 2 3; do
  if $(cat); then exit 0; fi
done
exit 1
SCRIPT
}

last=$(submit map "$array" <<'STEP'
{ [ -e "$work/part-$SLURM_ARRAY_TASK_ID" ] || $POLICY_TEXT learn map "$(sed -n "${SLURM_ARRAY_TASK_ID}p" "$work/shards")" --least "$LEAST" -o "$work/part-$SLURM_ARRAY_TASK_ID"; }
STEP
)
parts=$(printf '"$work"/part-%s ' $(seq "$shards"))
last=$(submit merge-0 --dependency=afterok:"$last" <<STEP
\$POLICY_TEXT learn merge $parts \$MERGE_OPTIONS -o "\$work/stage-1"
STEP
)
for round in 1 2 3; do
  last=$(submit "count-$round" "$array" --dependency=afterok:"$last" <<STEP
{ [ -e "\$work/counts-$round-\$SLURM_ARRAY_TASK_ID" ] || \$POLICY_TEXT learn count "\$work/stage-$round" "\$work/part-\$SLURM_ARRAY_TASK_ID" -o "\$work/counts-$round-\$SLURM_ARRAY_TASK_ID"; }
STEP
)
  next="\$work/stage-$((round + 1))"
  [ "$round" -lt 3 ] || next='$lexicon'
  counts=$(printf "\"\$work\"/counts-$round-%s " $(seq "$shards"))
  last=$(submit "merge-$round" --dependency=afterok:"$last" $([ "$round" -lt 3 ] || echo $wait) <<STEP
\$POLICY_TEXT learn merge "\$work/stage-$round" $counts -o "$next"
STEP
)
done
echo "$last"
