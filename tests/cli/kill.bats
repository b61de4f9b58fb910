#!/usr/bin/env bats
# SIGKILL in the midst of writing: what was acknowledged is there, and the next command just works.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() { use_copy_of "$BATS_FILE_TMPDIR/base"; }

# Lets a process run by little and little until a command prints at least a number.
let_run_until() { # pid number command…
  local pid=$1 least=$2 i
  shift 2
  for ((i = 0; i < 1000; i++)); do
    sleep 0.03
    kill -STOP "$pid"
    (($("$@") >= least)) && return
    kill -CONT "$pid"
  done
  kill -KILL "$pid"
  echo "waited in vain for $least: $*" >&2
  return 1
}

kill_now() { # pid
  kill -KILL "$1"
  wait "$1" || true
}

receipts() { awk '/^recorded/ {n++} END {print n + 0}' receipts; }

results() { assay log --type result_imported --json | jq '.events | length'; }

slow_beats() {
  local i
  for ((i = 1; i <= 2000; i++)); do
    printf '{"type":"heartbeat","data":{"note":"%s"}}\n' "$i"
    sleep 0.002
  done
}

@test "every acknowledged event of a killed stream is there, in order, without a gap" {
  local id
  for _ in 1 2 3; do
    : >receipts
    "$ASSAY_BIN" record --stream --key harness < <(slow_beats 2>&-) >receipts 2>&1 3>&- &
    let_run_until $! 40 receipts
    kill_now $!
    assay log --json >log.json
    while read -r id; do
      jq -e --arg id "$id" 'any(.events[]; .event == $id)' log.json >"$BATS_TEST_TMPDIR/found"
    done < <(awk '/^recorded/ {print $2}' receipts)
  done
  assay record heartbeat note=after --key harness
  [[ $(assay log -n 1 --json | jq -r '.events[0].data.note') == after ]]
  assay verify
}

@test "an import that was killed shows as incomplete, and the same command resumes it" {
  make_report report.xml 20000
  "$ASSAY_BIN" import report.xml --phase SIT-01 --entry PEE-001 --key harness >import.out 2>&1 3>&- &
  let_run_until $! 1000 results
  kill_now $!
  local held
  held=$(results)
  ((held >= 1000 && held < 20000))
  run -0 assay state phase SIT-01
  [[ $output == *"INCOMPLETE $held of 20000"* ]]
  [[ $(assay status --json | jq .incomplete_imports) == 1 ]]
  [[ $(assay status --json | jq -r .next) == 'assay import'* ]]
  assay verify

  run -0 assay import report.xml --phase SIT-01 --entry PEE-001 --key harness
  [[ $output == *'resumed:'* ]]
  [[ $(assay status --json | jq .incomplete_imports) == 0 ]]
  # Every case once, whatever was in the log or in the outbox when the process died.
  assay log --type result_imported --json >log.json
  [[ $(jq '[.events[].data.ordinal] | sort == [range(0; 20000)]' log.json) == true ]]
  [[ $(assay state phase SIT-01 --json | jq -c '.phase.imports[0] | [.complete, .results]') == '[true,20000]' ]]
  assay verify
}
