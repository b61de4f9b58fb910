#!/usr/bin/env bats
# docs/questions.md, question by question: the commands that stand there are run on the timeline's
# ledger, and must answer.

load support
load timeline

setup_file() {
  stand_on_timeline
  cp "$TIMELINE_HOME-on-2019-11-19.pin" last.pin
}

setup() { use "$BATS_FILE_TMPDIR/base"; }

# Runs the commands of a question as the page has them; what they say is in $output.
ask() { # number
  local commands line
  # shellcheck disable=SC2016  # the backticks are the page's
  commands=$(awk -v wanted="$1" '/^[0-9]+\. /{number = $1 + 0} /^`assay why/{number = 0} number == wanted' "$ROOT/docs/questions.md" |
    tr '\n' ' ' | grep -oP '`assay [^`]*`' | tr -d '`' | grep -vE 'FILE|WHAT')
  [[ -n $commands ]]
  output=
  while IFS= read -r line; do
    read -ra words <<<"$line"
    output+=$(assay "${words[@]:1}") || { echo "failed: $line"; return 1; }
  done <<<"$commands"
}

says() { # text…
  local text
  for text in "$@"; do
    [[ $output == *"$text"* ]] || { echo "$output"; echo "does not say: $text"; return 1; }
  done
}

@test "every question is on the page, with a command" {
  [[ $(grep -cE '^[0-9]+\. ' "$ROOT/docs/questions.md") == 18 ]]
}
@test "question 1: criteria of entry and exit" {
  ask 1
  says 'entry of PEE-001 in MOC-MDS-MT-01: MET' 'exit of PEE-001 in MOC-MDS-SIT-01: MET' 'DNB-SIT 1.0 was presented to TAG'
}
@test "question 2: the aggregate limit" {
  ask 2
  says 'PEE-001 in MOC-MDS-SIT-01: NOT_MET  beyond a limit: part2_aggregate' TI-0008
}
@test "question 3: what would change the verdict" {
  ask 3
  says 'PEE-002 in MOC-MDS-SIT-01: MET' NOT_MET TI-0009
}
@test "question 4: coverage and promises" { ask 4 && says 'no version covers it' '2 of 2 promised tests are in scope' PUBLISHED; }
@test "question 5: what has not passed" { ask 5 && says FAILED STALE TC-INSTALL-ESME-PEE-001; }
@test "question 6: the report's issues" { ask 6 && says 'report CR-1 lists the 3 issues that were open' C-EXPAND; }
@test "question 7: de-selection and its route" {
  ask 7
  says 'they differ in ESME.firmware_ver' 'route firmware_only_13_11 not open' 'PEE-004'
}
@test "question 8: clauses and policies of a day" { ask 8 && says withdrawn_before_effect removal_proposed THR-SAMPLE-A; }
@test "question 9: who decided" { ask 9 && says 'by dcc of DCC' 'first 116 entries' 'endorsed by panel of SECAS'; }
@test "question 10: the EPCL" { ask 10 && says 'MT done, SIT done' 'first added 2019-11-22' 'PARTIALLY_ELIGIBLE'; }
@test "question 11: changes and regression" { ask 11 && says DISCHARGED UNASSESSED 'counts for MT and SIT'; }
@test "question 12: the work-off plan" { ask 12 && says WOP-1 TI-0002 S1SP-A 2020-01-31; }
@test "question 13: groups, steps and sides" { ask 13 && says ZA ZB 'Securing a SMETS1 ESME' smso_systems; }
@test "question 14: intact, and an extension" {
  cd "$BATS_FILE_TMPDIR"
  ask 14
  says 'proved       pin'
}
@test "question 15: what was left out" {
  ask 15
  says 'every announced run has ended' 'no run counter is missing' 'every result was recorded within the limit'
}
@test "question 16: what hangs in the air" { ask 16 && says INV-REQ-1 'Q-NORUN' 'names no run or result'; }
@test "question 17: a proof of one event" {
  cd "$BATS_TEST_TMPDIR"
  ask 17
  assay show 76 --raw >entry
  assay checkpoint --vkey >log.vkey
  run -0 assay -L nowhere --keys nowhere verify severity.tlog-proof --entry entry --vkey log.vkey
  [[ $output == *'proved: these bytes are entry 76'* && $(<entry) == *'"issue":"TI-0009"'*'"severity":2'* ]]
}
@test "question 18: the verdict as it was given" {
  ask 18
  says 'exit of PEE-001 in MOC-MDS-SIT-01: MET' 'exit has not been decided yet'
  # The log as it ended on that day gave the same answer then as all of it gives of that size now.
  local size answer
  use "$TIMELINE_HOME-on-2019-11-15"
  size=$(entry_count)
  answer=$(assay state criteria --json | jq -c '.assessed, .state_digests')
  use "$BATS_FILE_TMPDIR/base"
  [[ $(assay state criteria --at "$size" --json | jq -c '.assessed, .state_digests') == "$answer" ]]
}
