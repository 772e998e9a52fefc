#!/usr/bin/env bash
# Learns a lexicon from shards with GNU parallel, on this machine or others (--sshlogin through PARALLEL):
#   scripts/learn/parallel.sh LEXICON WORK SHARD…
# SHARD is a folder of documents. WORK keeps parts and counts: what is whole there is not made again, so that a run that was
# stopped goes on where it was. POLICY_TEXT names the command (default: policy-text), JOBS how many run at once, LEAST and
# MERGE_OPTIONS are passed to map (--least) and to the first merge (--size, --min-documents).
set -euo pipefail
lexicon=$1 work=$2
shift 2
export POLICY_TEXT=${POLICY_TEXT:-policy-text} LEAST=${LEAST:-2} work
mkdir -p "$work"
run() { parallel --will-cite --halt now,fail=1 --retries 3 --jobs "${JOBS:-100%}" "$@"; }

# Each step writes its file whole or not at all: a file that is there is done.
map() { [ -e "$work/part-$1" ] || $POLICY_TEXT learn map "$2" --least "$LEAST" -o "$work/part-$1"; }
count() { [ -e "$work/counts-$1-$2" ] || $POLICY_TEXT learn count "$work/stage-$1" "$work/part-$2" -o "$work/counts-$1-$2"; }
export -f map count

run map '{#}' '{}' ::: "$@"
parts=$(seq $#)
[ -e "$work/stage-1" ] ||
  $POLICY_TEXT learn merge $(printf "$work/part-%s " $parts) ${MERGE_OPTIONS:-} -o "$work/stage-1"
for round in 1 2 3; do
  run count "$round" '{}' ::: $parts
  next=$work/stage-$((round + 1))
  [ $round -lt 3 ] || next=$lexicon
  if [ $round -eq 3 ] || [ ! -e "$next" ]; then
    $POLICY_TEXT learn merge "$work/stage-$round" $(printf "$work/counts-$round-%s " $parts) -o "$next"
  fi
done
