#!/usr/bin/env bash
# Learns a lexicon from shards with GNU parallel, on this machine or others (--sshlogin through PARALLEL):
#   scripts/learn/parallel.sh LEXICON WORK SHARD…
# SHARD is a folder of documents; all machines see it and WORK by the same path. WORK keeps parts and counts: what is whole
# there is not made again, so that a run that was stopped goes on where it was. POLICY_TEXT names the command (default:
# policy-text), JOBS how many run at once, LEAST and MERGE_OPTIONS are passed to map (--least) and to the first merge (--size,
# --min-documents).
set -euo pipefail
lexicon=$1 work=$(realpath -m "$2")
shift 2
export POLICY_TEXT=${POLICY_TEXT:-policy-text} LEAST=${LEAST:-2} work
mkdir -p "$work"
# What a run that was killed left half written.
rm -f "$work"/.policy-text-*.tmp
run() {
  parallel --will-cite --halt now,fail=1 --retries 3 --jobs "${JOBS:-100%}" \
    --env map --env count --env POLICY_TEXT --env LEAST --env work "$@"
}

# Each step writes its file whole or not at all: a file that is there is done.
map() { [ -e "$work/part-$1" ] || $POLICY_TEXT learn map "$2" --least "$LEAST" -o "$work/part-$1"; }
count() { [ -e "$work/counts-$1-$2" ] || $POLICY_TEXT learn count "$work/stage-$1" "$work/part-$2" -o "$work/counts-$1-$2"; }
export -f map count

shards=() numbers=() parts=()
for shard in "$@"; do
  shards+=("$(realpath "$shard")")
  numbers+=("${#shards[@]}")
  parts+=("$work/part-${#shards[@]}")
done
run map '{#}' '{}' ::: "${shards[@]}"
[ -e "$work/stage-1" ] || $POLICY_TEXT learn merge "${parts[@]}" ${MERGE_OPTIONS:-} -o "$work/stage-1"
for round in 1 2 3; do
  run count "$round" '{}' ::: "${numbers[@]}"
  next=$work/stage-$((round + 1))
  [ $round -lt 3 ] || next=$lexicon
  if [ $round -eq 3 ] || [ ! -e "$next" ]; then
    counts=()
    for number in "${numbers[@]}"; do counts+=("$work/counts-$round-$number"); done
    $POLICY_TEXT learn merge "$work/stage-$round" "${counts[@]}" -o "$next"
  fi
done
