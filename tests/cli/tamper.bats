#!/usr/bin/env bats
# Fifteen ways to falsify the assurance of a programme, each with what finds it: a claim of verify, a
# rule of the programme, or the refusal to record it. Where only something outside the log can find
# it, the test shows both: that the log alone looks good, and what was kept outside does not.
#
# They start from the ledger that play_timeline.sh has made; everything in it is invented.

load support
load timeline

setup_file() { stand_on_timeline; }

# Every test has a copy of its own, on a day after the last entry.
setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  use_copy_of "$BATS_FILE_TMPDIR/base"
  on '2019-11-25 10:00'
}

# What somebody kept of the ledger before the second cut-off.
use_earlier_copy() {
  rm -rf "${BATS_TEST_TMPDIR:?}/home"
  cp -a "$TIMELINE_HOME-on-2019-11-15" "$BATS_TEST_TMPDIR/home"
}

# verify exits with `code`, and says these words.
verify_says() { # code words [arguments…]
  local actual=0
  assay verify "${@:3}" >answer 2>&1 || actual=$?
  cat answer
  ((actual == $1)) && grep -F -- "$2" answer
}

sentences() { assay findings --rule "$1" --json | jq -r '.findings[].sentence'; }

criterion() { # phase entry criterion
  assay state criteria "$1" --entry "$2" --json |
    jq -r --arg id "$3" '.assessed[0].exit.answers[] | select(.criterion == $id) | "\(.verdict) \(.text)"'
}

# What happened in PEE-004's tests is cut off anew, so that the criteria look at it.
cut_off_again() {
  assay record exit_cutoff_declared phase=MOC-MDS-SIT-01 planned_entries=PEE-004 "cutoff_size=$(entry_count)" --key dcc --quiet
}

start_run() { # run counter
  jq -cn --arg run "$1" --argjson counter "$2" '{type: "run_started", data: {run: $run, phase: "MOC-MDS-SIT-01", planned_entry: "PEE-004",
    item: "TC-SRV-4.1.1-PEE-004", test_case: "TC-SRV-4.1.1", attempt: 4, builds: ["S1SP-INV-2.4.1"], counts_for: ["SIT"], devices: [],
    environment: "ENV-1", tool: {name: "rig-1", run_counter: $counter}}}' | say sp
}

finish_run() { # run outcome day
  assay record run_finished "run=$1" "outcome=$2" evidence='[]' "started_at=$3T10:00:00.000000Z" "ended_at=$3T10:05:00.000000Z" --key sp --quiet
}

next_counter() { assay log --json | jq '[.events[] | select(.type == "run_started")] | length + 1'; }

@test "1: one byte of a stored entry flipped" {
  "$DAMAGE" "$ASSAY_LEDGER" 40
  local code=0
  assay verify >answer || code=$?
  ((code >= 10 && code <= 15))
  grep -F 'entry 40' answer
}

@test "2: the last entries deleted, and the rest sealed again with the log's key" {
  use_earlier_copy
  on '2019-11-25 10:00'
  assay record heartbeat --key dcc --quiet
  # The limit: the log by itself is in order. Who kept a pin sees that it is shorter than it was.
  assay verify >answer
  grep -E '^- not checked +pin' answer
  verify_says 13 'the pin covers entries that are not there' --pin "$TIMELINE_HOME-on-2019-11-19.pin"
}

@test "3: a back-dated result put in" {
  start_run LATE-1 "$(next_counter)"
  finish_run LATE-1 passed 2019-10-23
  cut_off_again
  [[ $(criterion MOC-MDS-SIT-01 PEE-004 S6) == 'NOT_MET '* ]]
}

@test "4: two entries swapped" {
  "$DAMAGE" "$ASSAY_LEDGER" swap
  local code=0
  assay verify >answer || code=$?
  ((code >= 10 && code <= 15))
  grep -E '✗ failed +chain' answer
}

@test "5: a failed run made a passed one, with the stolen keys of its producer and of the log" {
  # The thief goes on from an earlier copy, with another history, and makes the log longer than the pin.
  use_earlier_copy
  on '2019-11-18 09:00'
  local i
  for ((i = 0; i < 22; ++i)); do assay record heartbeat --key sp --quiet; done
  # The limit: every signature holds. The pin does not.
  assay verify >answer
  grep -E '✓ proved +author_signatures' answer
  # So say a run from entry 0, and one that goes on from where the pin's run had stopped.
  local code=0
  assay verify --full --pin "$TIMELINE_HOME-on-2019-11-19.pin" >answer || code=$?
  ((code == 13))
  grep -E '✗ failed +pin' answer
  code=0
  assay verify --pin "$TIMELINE_HOME-on-2019-11-19.pin" >answer || code=$?
  ((code == 13))
  grep -E '✗ failed +pin' answer
}

@test "6: a failed run dropped before it was recorded" {
  start_run DROPPED-1 "$(next_counter)"
  cut_off_again
  [[ $(criterion MOC-MDS-SIT-01 PEE-004 S1) == 'NOT_MET 1 runs never ended' ]]
}

@test "7: a run of which nothing was recorded, not even its start" {
  start_run AFTER-1 "$(($(next_counter) + 1))"
  finish_run AFTER-1 passed 2019-11-25
  cut_off_again
  # The gap in the tool's counter shows it.
  [[ $(criterion MOC-MDS-SIT-01 PEE-004 S4) == 'NOT_MET '* ]]
  # The limit: a tool without a counter leaves no gap, and the claim says so.
  run -0 assay state claims MOC-MDS-SIT-01 --entry PEE-004 --json
  [[ $(jq -r '.assessed[0].claims[] | select(.claim == "C4") | .residual_risk' <<<"$output") == *'leaves no gap in any counter'* ]]
}

@test "8: the numbers of a threshold changed in a policy's file" {
  # shellcheck disable=SC2153  # ROOT is set by isolate.
  sed 's/"max": 15/"max": 99/' "$ROOT/docs/rulebooks/proposed-2019-08.json" >laxer.json
  refuses_and_leaves 4 rulebook publish laxer.json --key reg <<<'has other content in the log'
  # And a policy whose text is not that of its digest is not taken at all.
  assay rulebook show THR-SAMPLE-A --json | jq '.policy.content | {policy: "THR-SAMPLE-A", version: 2, title, note, legal_basis, digest, body} | .body.threshold.parts[0].limits[0].max = 3' >lie.json
  local code=0
  assay record policy_published -f lie.json --key reg 2>error || code=$?
  cat error
  ((code == 5))
  grep -i digest error
}

@test "9: a laxer policy put in force for the past" {
  assay rulebook show THR-SAMPLE-A --json | jq '.policy.content.body | .threshold.parts[1].limits[0].max = 12' >body.json
  local digest
  digest=$(jq -cS . body.json | tr -d '\n' | sha256sum | cut -d' ' -f1)
  jq --arg digest "$digest" '{policy: "THR-LAX", version: 1, title: "laxer (invented)", note: "invented", legal_basis: [], $digest, body: .}' body.json >policy.json
  assay record policy_published -f policy.json --key reg --quiet
  assay record policy_activated policy=THR-LAX version=1 effective_from=2019-11-14T00:00:00.000000Z \
    'scope={"kinds":["SIT"],"releases":["MOC"],"smsos":["MDS"]}' --key reg --quiet
  [[ $(sentences P-RETRO) == *'THR-LAX version 1 is in force from 2019-11-14'* ]]
}

@test "10: different logs shown to two witnesses" {
  local size
  size=$(entry_count)
  for seen in '"w1" "root-a"' '"w2" "root-b"'; do
    read -r witness root <<<"${seen//\"/}"
    assay record checkpoint_witnessed "witness=$witness" "witnessed_at=2019-11-25T10:00:00.000000Z" \
      "head={\"root\":\"$(sha256sum <<<"$root" | cut -d' ' -f1)\",\"size\":$size}" --key tag --quiet
  done
  [[ $(sentences K-VIEW) == *"$size"* ]]
}

@test "11: a completion report without an issue that is open" {
  local report
  report=$(keep_evidence 'another report (invented)' dcc)
  assay record completion_report_issued report=CR-2 kind=SIT "document=$report" phases=MOC-MDS-SIT-01 planned_entries=PEE-004 \
    outstanding_issues= --key dcc --quiet
  assay endorse "$(last_event completion_report_issued)" --key reg --quiet
  [[ $(sentences C-OMIT) == *CR-2*TI-0008* ]]
}

@test "12: exit decided in a role that was not held at the time" {
  refuses_and_leaves 7 record exit_decided phase=MOC-MDS-SIT-01 outcome=exit planned_entries=PEE-004 basis='[]' --key sp \
    <<<'exit_decided'
  assay record role_withdrawn party=DCC holder=dcc role=DCC-TM 'reason=moved on (invented)' --key root --quiet
  refuses_and_leaves 7 record exit_decided phase=MOC-MDS-SIT-01 outcome=exit planned_entries=PEE-004 basis='[]' --key dcc \
    <<<'exit_decided'
}

@test "13: an issue's id used again for another" {
  refuses_and_leaves 5 record issue_raised issue=TI-0008 phase=MOC-MDS-SIT-01 kind=unexpected_outcome planned_entries=PEE-004 \
    'title=something harmless (invented)' --key sp <<<'TI-0008'
}

@test "14: an evidence file altered or taken away" {
  "$DAMAGE" "$ASSAY_LEDGER" chunk
  local code=0
  assay verify >answer || code=$?
  cat answer
  ((code >= 10 && code <= 15))
  grep -E '✗ failed +evidence_files' answer
}

@test "15: a record cut off by a crash is told apart from tampering" {
  # The program is killed while it writes: what it acknowledged is there, and nothing is called damage.
  rm clock
  local count
  count=$(entry_count)
  (for ((i = 0; i < 400; ++i)); do echo '{"type":"heartbeat","data":{}}'; sleep 0.01; done) |
    at_time '@2019-11-25 11:00:00' "$ASSAY_BIN" record --stream --key sp >receipts &
  sleep 3
  pkill -9 -f -- "record --stream --key sp" || true
  wait || true
  assay verify >answer
  (($(grep -c recorded receipts) > 0))
  (($(entry_count) > count))
  # A log whose tail went missing afterwards is older than what was released: not a crash, and code 13.
  local journal
  journal=$(find "$ASSAY_LEDGER/db" -name '*.log' -size +0 | sort | tail -1)
  truncate -s $(($(stat -c %s "$journal") / 2)) "$journal"
  verify_says 13 'released'
}
