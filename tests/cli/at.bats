#!/usr/bin/env bats
# --at: every reading command answers as of a size, a time, a day or a pin.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  cd "$BATS_FILE_TMPDIR" || return 1
  echo one >one
  assay evidence add one --key harness # entry 7
  assay pin eight.pin
  assay record issue_raised issue=TI-1 phase=SIT-01 kind=unexpected_outcome planned_entries=PEE-001 title=x --key harness
  echo two >two
  assay evidence add two --key harness # entry 9
}

setup() {
  use "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR" || return 1
  pin=$BATS_FILE_TMPDIR/eight.pin
}

at() { # jq-filter command…
  local filter=$1
  shift
  assay "$@" --json | jq -c "$filter"
}

@test "status" {
  [[ $(at '[.at_size, .open_issues]' status) == '[10,1]' ]]
  [[ $(at '[.at_size, .open_issues, .checkpoint_size, .next]' status --at 8) == '[8,0,8,null]' ]]
  run -0 assay status --at "pin:$pin"
  [[ $output == *'as of size 8 of 10'* && $output == *'entries         8 '* && $output != *'next:'* ]]
}

@test "show" {
  assay show 8 >answer
  refuses 3 show 8 --at 8 <<<'there is no entry 8: the log has 8 entries at that point'
  [[ $(at .at_size show 7 --at "pin:$pin") == 8 ]]
  [[ $(assay show 7 --raw --at 8 | sha256sum) == $(assay show 7 --raw | sha256sum) ]]
}

@test "show tells how a decision stood then" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay record tag_position_recorded about=phase/SIT-01 position=endorsed meeting=TAG-1 minutes="$(printf '%064d' 1)" --key tag
  assay dissent 10.0 --reason 'not yet (invented)' --key dcc
  [[ $(at '.entry.events[0].voices | length' show 10.0) == 1 ]]
  [[ $(at '.entry.events[0].voices | length' show 10.0 --at 11) == 0 ]]
}

@test "evidence list" {
  [[ $(at '[.evidence[] | .event] | sort' evidence list) == '["0.0","7.0","9.0"]' ]]
  [[ $(at '[.evidence[] | .event] | sort' evidence list --at 9) == '["0.0","7.0"]' ]]
  run -0 assay evidence list
  [[ $output == *'0.0 (the rulebook)'* ]]
}

@test "checkpoint" {
  [[ $(at .size checkpoint --at "pin:$pin") == 8 ]]
  [[ $(at '.sizes[-1]' checkpoint --list --at 9) == 9 ]]
  [[ $(at '.sizes[-1]' checkpoint --list) == 10 ]]
}

@test "prove" {
  [[ $(at '.at_size' prove 3 --at 8) == 8 ]]
  [[ $(assay prove 3 --at 8 | sed -n '/\/ledger$/{n;p;}') == 8 ]]
  refuses 3 prove 8 --at 8 <<<'is not under the latest checkpoint of that point of size 8'
  [[ $(at '[.from.size, .to.size]' prove --consistency-from 5 --at "pin:$pin") == '[5,8]' ]]
  refuses 2 prove --consistency-from 9 --at 8 <<<'--consistency-from is size 9, after the checkpoint of size 8'
}

@test "verify" {
  [[ $(at '[.ledger.size, .checked.entries, .ok]' verify --at 8) == '[8,8,true]' ]]
  [[ $(at '[.ledger.size, .checked.entries, .ok]' verify) == '[10,10,true]' ]]
  [[ $(at '[.ledger.size, .ok]' verify --at 9 --pin "$pin") == '[9,true]' ]]
  refuses 2 verify --at 7 --pin "$pin" <<<'the pin covers 8 entries, more than the 7 of --at'
}

@test "pin" {
  assay pin then.pin --at 8
  cmp then.pin "$pin"
  assay pin now.pin --from then.pin
  assay verify --pin then.pin
  refuses 3 pin x.pin --at 11 <<<'the log has 10 entries, not 11'
}

@test "times and days name points, and a time before entry 0 names none" {
  [[ $(at .at_size status --at 2099-01-01) == 10 ]]
  local second
  second=$(assay log --json | jq -r '.events[] | select(.event == "7.0") | .recorded_at')
  [[ $(at .at_size status --at "$second") == 8 ]]
  local command
  for command in 'state phase' status 'evidence list' log verify checkpoint; do
    # shellcheck disable=SC2086 # a command of several words
    refuses 2 $command --at 2001-01-01 <<<'is before the ledger began, at '
  done
  refuses 2 state phase --at 0 <<<'at size 0 there is no ledger yet'
  [[ $(at '.events | length' log --since 2001-01-01) == $(at '.events | length' log) ]]
}
