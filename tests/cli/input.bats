#!/usr/bin/env bats
# Input that is not taken: the exit code, a message that says what, where and what to do, and a ledger as it was.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() { use "$BATS_FILE_TMPDIR/base"; }

@test "truncated JSON is refused with the file's name and the place" {
  echo '{"type":"heartbeat","data":{' >truncated.json
  refuses_and_leaves 5 record -f truncated.json --key harness <<<$'truncated.json: not usable JSON\nunexpected end of input'
}

@test "an empty file is refused" {
  : >empty.json
  refuses_and_leaves 5 record -f empty.json --key harness <<<'empty.json: empty input'
}

@test "a member that stands twice is refused by name" {
  echo '{"type":"heartbeat","data":{},"data":{"note":"the other one"}}' >twice.json
  refuses_and_leaves 5 record -f twice.json --key harness <<<'member "data" stands twice'
}

@test "bytes that are not UTF-8 are refused" {
  printf '{"type":"heartbeat","data":{"note":"\xff"}}' >latin.json
  refuses_and_leaves 5 record -f latin.json --key harness <<<'latin.json: JSON must be UTF-8'
}

@test "a number that is not an integer is refused" {
  echo '{"type":"heartbeat","data":{"note":1.5}}' >float.json
  refuses_and_leaves 5 record -f float.json --key harness <<<'numbers are integers: 1.5'
}

@test "JSON nested deeper than 32 levels is refused" {
  printf '%0.s[' {1..40} >deep.json
  refuses_and_leaves 5 record heartbeat -f deep.json --key harness <<<'nested deeper than 32 levels'
}

@test "more than 57,344 bytes are refused with both sizes" {
  printf '{"type":"heartbeat","data":{"note":"%s"}}' "$(head -c 57400 /dev/zero | tr '\0' x)" >large.json
  refuses_and_leaves 5 record -f large.json --key harness <<<'at most 57344 are taken'
}

@test "an unknown event type is refused with the nearest one" {
  echo '{"type":"heartbeet","data":{}}' >unknown.json
  refuses_and_leaves 5 record -f unknown.json --key harness <<<$'no event type "heartbeet"\ndid you mean "heartbeat"?'
}

@test "an unknown event type on the command line is refused with the nearest one" {
  refuses_and_leaves 5 record issue_rased --key harness <<<'did you mean "issue_raised"?'
}

@test "an unknown member is refused with the nearest one" {
  refuses_and_leaves 5 record issue_raised isue=TI-1 --key harness <<<$'has no member "isue"\ndid you mean "issue"?'
}

@test "all missing members are named at once" {
  refuses_and_leaves 5 record issue_raised issue=TI-1 --key harness <<<$'lacks kind, phase, title\nassay help issue_raised'
}

@test "a word that is none of those allowed gets the list of them" {
  refuses_and_leaves 5 record issue_raised issue=TI-1 phase=SIT-01 kind=unexpected title=x --key harness <<<$'kind cannot be "unexpected"\nit is one of: '
  refuses_and_leaves 5 record phase_planned phase=X kind=SITT stage=SIT name=x planned_entries=PEE-001 groups=ZA --key dcc <<<$'kind cannot be "SITT"\nit is one of: MT, SIT, SRVT, REGRESSION'
}

@test "a wait that is no time is refused" {
  refuses_and_leaves 2 record heartbeat --key harness --wait=-5 <<<'--wait'
  refuses_and_leaves 2 record heartbeat --key harness --wait 1e9 <<<'--wait'
}

@test "who names a key that is not there is told how to see those that are" {
  refuses_and_leaves 7 record heartbeat --key nobody <<<$'there is no key "nobody"\n`assay key list` lists'
  refuses_and_leaves 4 key new harness <<<$'there is a key harness\nchoose another name'
}

@test "a usage error of a command names the command's envelope" {
  run -2 --separate-stderr assay log --reverze --json
  [[ $(jq -r .schema <<<"$output") == assay.log/1 ]]
  run -2 --separate-stderr assay key new --json
  [[ $(jq -r .schema <<<"$output") == assay.key_new/1 ]]
}

@test "a member that is given twice on the command line is refused" {
  refuses_and_leaves 5 record heartbeat note=a note=b --key harness <<<'member "note" stands twice'
}

@test "an event that refers to what does not exist breaks a hard invariant" {
  refuses_and_leaves 5 record issue_raised issue=TI-1 phase=SIT-99 kind=unexpected_outcome \
    planned_entries=PEE-001 title=x --key harness <<<'SIT-99'
}

@test "an idempotency key that is no UUID is a matter of usage" {
  refuses_and_leaves 2 record heartbeat --id nonsense --key harness <<<'--id "nonsense" is not a UUID'
}

@test "an author is not stuck after a refusal" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  refuses 5 record issue_raised issue=TI-1 phase=SIT-99 kind=unexpected_outcome title=x --key harness <<<'SIT-99'
  refuses 2 record heartbeat --id nonsense --key harness <<<'UUID'
  assay record heartbeat --key harness
  assay verify
}

@test "a file that is not there is not found" {
  refuses_and_leaves 3 record -f nowhere.json --key harness <<<'cannot open nowhere.json: No such file'
}

@test "a mistyped command gets the nearest one" {
  refuses_and_leaves 2 recrod <<<'did you mean "record"?'
}

@test "a mistyped option gets the nearest one" {
  refuses_and_leaves 2 log --reverze <<<'did you mean "--reverse"?'
}

@test "filters with a slip of the pen do not look like an empty answer" {
  refuses_and_leaves 3 log --type heartbeet <<<'did you mean "heartbeat"?'
  refuses_and_leaves 3 log --type issue <<<'there are: issue_raised, issue_triaged'
  # shellcheck disable=SC2016 # the message quotes a command
  refuses_and_leaves 3 log --type qqq <<<'`assay help events` lists them'
  refuses_and_leaves 3 log --party DCX <<<'there is no party DCX'
  refuses_and_leaves 3 state issues --phase SIT-99 <<<'there is no phase SIT-99'
  refuses_and_leaves 2 state issues --state opne <<<'no issue state "opne"'
  refuses_and_leaves 2 log --at yesterday <<<'names no point of the log'
}

@test "entries, events, checkpoints and files that are not there are not found" {
  refuses_and_leaves 3 show 999 <<<'there is no entry 999: the log has 7 entries'
  refuses_and_leaves 3 show 1.9 <<<'entry 1 has 3 events'
  refuses_and_leaves 3 checkpoint 999 <<<'there is no checkpoint of size 999'
  refuses_and_leaves 3 prove 999 <<<'entry 999 is not under the latest checkpoint of size 7'
  refuses_and_leaves 3 evidence get abcdef <<<'no evidence file begins with "abcdef"'
  refuses_and_leaves 2 show first <<<'neither an entry nor an event'
}
