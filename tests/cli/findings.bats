#!/usr/bin/env bats
# What the programme's rules find, what criteria and claims answer, and what anything rests on.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  assay record issue_raised issue=TI-1 phase=SIT-01 kind=unexpected_outcome planned_entries=PEE-001 \
    'title=no answer (invented)' --key harness
}

setup() { use_copy_of "$BATS_FILE_TMPDIR/base"; }

@test "without a rulebook nothing is met, and every answer says what is missing" {
  run -0 assay state criteria SIT-01 --entry PEE-001
  [[ $output == *'exit of PEE-001 in SIT-01: UNDETERMINED'* ]]
  [[ $output == *'no exit policy was in force'* ]]
  run -8 assay state criteria SIT-01 --require-met
  run -0 assay state claims SIT-01 --entry PEE-001 --json
  [[ $(jq '[.assessed[0].claims[] | select(.verdict == "MET")] | length' <<<"$output") == 0 ]]
  [[ $(jq -r '[.assessed[0].claims[].claim] | length' <<<"$output") == 13 ]]
}

@test "a finding names its rule, its events and what clears it" {
  run -0 assay findings --rule B-COV --json
  [[ $(jq -r '.findings[0].rule' <<<"$output") == B-COV ]]
  [[ $(jq '.findings[0].events | length' <<<"$output") == 1 ]]
  [[ $(jq -r '.findings[0].clears' <<<"$output") == *'Register a version'* ]]
  run -8 assay findings --require-met
  run -0 assay findings --rule NO-SUCH
  [[ $output == *'0 findings'* ]]
}

@test "criteria are answered by the rulebook in force, each with its reason" {
  assay rulebook publish "$ROOT/docs/rulebooks/proposed-2019-08.json" --key root
  run -0 assay state criteria SIT-01 --entry PEE-001 --json
  [[ $(jq -r '.assessed[0].exit.answers[] | select(.criterion == "S4") | .verdict' <<<"$output") == UNDETERMINED ]]
  [[ $(jq -r '.assessed[0].exit.verdict' <<<"$output") != MET ]]
  run -3 assay state criteria SIT-99
  run -3 assay state criteria SIT-01 --entry PEE-999
}

@test "why walks from a thing to the events and things that it rests on" {
  run -0 assay why issue/TI-1
  [[ $output == *'issue_raised issue/TI-1'* ]]
  [[ $output == *'planned_entry/PEE-001'* ]]
  run -0 assay why issue/TI-1 --json
  [[ $(jq -r '.cause.subject' <<<"$output") == issue/TI-1 ]]
  run -3 assay why issue/TI-99
  run -2 assay why nonsense
}
