#!/usr/bin/env bats
# From keys to recorded events: pairs, files, standard input, idempotency, expectations, voices.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() { use_copy_of "$BATS_FILE_TMPDIR/base"; }

issue=(phase=SIT-01 kind=unexpected_outcome planned_entries=PEE-001 'title=no answer (invented)')

@test "an event from pairs on the command line" {
  run -0 assay record issue_raised issue=TI-1 "${issue[@]}" --key harness
  [[ $output == 'recorded 7.0  issue_raised  issue/TI-1' ]]
  [[ $(assay show 7.0 --json | jq -r '.entry.events[0].data.title') == 'no answer (invented)' ]]
}

@test "an event from a file, whole" {
  assay record heartbeat --occurred-at 2019-11-12T10:05Z --key harness
  [[ $(assay log -n 1 --json | jq -r '.events[0].occurred_at') == 2019-11-12T10:05:00.000000Z ]]
  refuses_and_leaves 2 record heartbeat --occurred-at 2019-11-12T10:05 --key harness <<<$'no time in UTC\n2019-11-15T17:00:00Z'
  echo '{"type":"heartbeat","data":{},"occurred_at":"yesterday"}' >when.json
  refuses_and_leaves 5 record -f when.json --key harness <<<'no time in UTC'
  echo '{"type":"heartbeat","data":{"note":"from a file"},"occurred_at":"2019-11-12T10:05:00.000000Z"}' >whole.json
  assay record -f whole.json --key harness
  [[ $(assay log -n 1 --json | jq -r '.events[0] | .data.note + " " + .occurred_at') == 'from a file 2019-11-12T10:05:00.000000Z' ]]
}

@test "the data of a named type from standard input, in any layout" {
  printf '{\n  "note" : "laid out"\n}\n' | assay record heartbeat -f - --key harness
  [[ $(assay log -n 1 --json | jq -r '.events[0].data.note') == 'laid out' ]]
}

@test "the same events under the same id return the first receipt" {
  local id=2f1c3b5e-8d4a-4c6b-9e7f-0a1b2c3d4e5f at=2019-11-12T10:05:00.000000Z
  assay record heartbeat --id $id --occurred-at $at --key harness
  run -0 assay record heartbeat --id $id --occurred-at $at --key harness
  [[ $output == 'already recorded 7.0  heartbeat  log/heartbeat' ]]
  [[ $(assay record heartbeat --id $id --occurred-at $at --key harness --json | jq -c '.receipts[0] | [.entry, .duplicate]') == '[7,true]' ]]
  [[ $(entry_count) == 8 ]]
}

@test "other events under the same id are a conflict" {
  local id=2f1c3b5e-8d4a-4c6b-9e7f-0a1b2c3d4e5f
  assay record heartbeat note=first --id $id --key harness
  refuses_and_leaves 4 record heartbeat note=second --id $id --key harness <<<"submission $id is entry 7 already, with other events"
  assay record heartbeat --key harness
}

@test "an expectation that does not hold is a conflict" {
  refuses_and_leaves 4 record issue_raised issue=TI-1 "${issue[@]}" --expect phase/SIT-01=3 --key harness <<<'phase/SIT-01'
  assay record issue_raised issue=TI-1 "${issue[@]}" --expect phase/SIT-01=7 --key harness
  refuses_and_leaves 2 record heartbeat --expect phase/SIT-01 --key harness <<<'not of the form SUBJECT=SIZE'
}

@test "a baseline takes effect when another party endorses it" {
  assay record scope_items_listed -f - --key dcc <<'JSON'
{"scope":"SCOPE-1","phase":"SIT-01","items":[{"item":"case_000001","planned_entry":"PEE-001","test_case":"case_000001"}]}
JSON
  assay record scope_baselined scope=SCOPE-1 phase=SIT-01 item_count=1 version=1 root="$(printf '%064d' 1)" --key dcc
  [[ $(assay status --json | jq .waiting_for_voices) == 1 ]]
  run -0 assay show 8.0
  [[ $output == *'not in effect: needs more voices'* ]]
  assay endorse --all-pending --comment 'read (invented)' --key harness
  [[ $(assay status --json | jq .waiting_for_voices) == 0 ]]
  run -0 assay show 8.0
  [[ $output == *'in effect by 9.0'*'endorsed by SP-A (9.0)'* ]]
}

@test "a change of scope states what it leaves, by itself or as its author says" {
  local change=(scope=SCOPE-1 phase=SIT-01 version=2 'reason=as agreed (invented)')
  assay record scope_items_listed -f - --key dcc <<'JSON'
{"scope":"SCOPE-1","phase":"SIT-01","items":[{"item":"I1","planned_entry":"PEE-001","test_case":"TC-1"},{"item":"I2","planned_entry":"PEE-001","test_case":"TC-2","variant":"prepayment"}]}
JSON
  refuses_and_leaves 5 record scope_changed "${change[@]}" removed=I1 --key dcc <<<'there is no scope/SCOPE-1'
  assay record scope_baselined scope=SCOPE-1 phase=SIT-01 version=1 --key dcc
  assay endorse --all-pending --key harness
  assay record scope_changed "${change[@]}" removed=I1 --key dcc
  run -0 assay log -n 1 --json
  [[ $(jq -c '.events[0].data | [.item_count, .root]' <<<"$output") == "[1,\"$({
    printf '\0'
    printf %s '{"item":"I2","planned_entry":"PEE-001","test_case":"TC-2","variant":"prepayment"}'
  } | sha256sum | cut -d' ' -f1)\"]" ]]
  [[ $(assay findings --rule SCOPE-ROOT-DIFFERS --json | jq '.findings | length') == 0 ]]
  assay record scope_changed "${change[@]}" removed=I2 item_count=1 root="$(printf '%064d' 1)" --key dcc
  [[ $(assay findings --rule SCOPE-ROOT-DIFFERS --json | jq -r '.findings[].sentence') == *'it leaves 0 with the root e3b0c442'* ]]
}

@test "a phase says under which policies it is planned, and what does not hold of that is found" {
  assay record phase_planned phase=SIT-02 kind=SIT stage=SIT 'name=SIT again (invented)' planned_entries=PEE-001 \
    'policies={"exit":{"policy":"EXIT-9","version":1}}' --key dcc
  [[ $(assay show 7.0 --json | jq -c '.entry.events[0] | [.version, .data.policies.exit.policy]') == '[2,"EXIT-9"]' ]]
  run -0 assay findings --rule X-POLICY --json
  [[ $(jq -r '.findings[].sentence' <<<"$output") == 'SIT-02 is planned under EXIT-9 version 1 as its policy of exit, and no such version is published.' ]]
}

@test "evidence is attached to what has no member for it" {
  echo 'a trace (invented)' >trace.txt
  assay evidence add trace.txt --key harness
  local digest
  digest=$(sha256sum trace.txt | cut -d' ' -f1)
  assay record issue_raised issue=TI-1 "${issue[@]}" --key harness
  assay record evidence_attached about=issue/TI-1 digest="$digest" 'note=line 1 (invented)' --key harness
  run -0 assay why issue/TI-1
  [[ $output == *"$digest"* ]]
  refuses_and_leaves 5 record evidence_attached about=issue/TI-9 digest="$digest" --key harness <<<'there is no issue/TI-9'
}

@test "an older version of a type is read, and recorded no more" {
  echo '{"type":"phase_suspended","version":1,"data":{"phase":"SIT-01","reason":"(invented)"}}' >older.json
  refuses_and_leaves 5 record -f older.json --key dcc <<<$'phase_suspended version 1 is read and no longer recorded; version 2 is\nleave version out'
  echo '{"type":"phase_suspended","version":2,"data":{"criteria":["SUSPEND-1"],"phase":"SIT-01","reason":"(invented)"}}' >newest.json
  assay record -f newest.json --key dcc
  [[ $(assay log -n 1 --json | jq -c '.events[0].data.criteria') == '["SUSPEND-1"]' ]]
}

@test "a dissent stands beside what it is about" {
  assay record tag_position_recorded about=phase/SIT-01 position=endorsed meeting=TAG-1 \
    minutes="$(printf '%064d' 1)" --key tag
  assay dissent 7.0 --reason 'the runs are incomplete (invented)' --key dcc
  run -0 assay show 7.0
  [[ $output == *'dissented by DCC (8.0)'* ]]
  refuses_and_leaves 2 dissent 7.0 --key dcc <<<'--reason is required'
  refuses_and_leaves 3 endorse 3.0 --key dcc <<<'event 3.0 is not one that others may endorse'
  refuses_and_leaves 2 endorse --all-pending --key dcc <<<'nothing waits for voices'
}

@test "states of the past are rebuilt at a size, a time and a pin" {
  assay pin before.pin
  assay record issue_raised issue=TI-1 "${issue[@]}" --key harness
  local at
  at=$(assay show 6 --json | jq -r .entry.recorded_at)
  [[ $(assay state issues --json | jq '.issues | length') == 1 ]]
  [[ $(assay state issues --at 7 --json | jq '.issues | length') == 0 ]]
  [[ $(assay state issues --at "$at" --json | jq '[.at_size, (.issues | length)] | @csv' -r) == 7,0 ]]
  [[ $(assay state issues --at pin:before.pin --json | jq '[.at_size, (.issues | length)] | @csv' -r) == 7,0 ]]
  run -0 assay state issues --at 7
  [[ $output == *'as of size 7 of 8'*'no issues'* ]]
}

@test "a key that one of many submissions introduces signs that one alone" {
  assay key new late
  local id public
  id=$(assay key show late --json | jq -r .key.key)
  public=$(assay key show late --json | jq -r .key.public_key)
  {
    seq -f '{"type":"heartbeat","data":{"note":"beat %g"}}' 600
    printf '{"type":"key_registered","data":{"holder":"late","key":"%s","party":"SP-A","public_key":"%s","valid_from":"2019-01-01T00:00:00.000000Z","valid_to":"2119-01-01T00:00:00.000000Z"}}\n' "$id" "$public"
    seq -f '{"type":"heartbeat","data":{"note":"beat %g"}}' 600
  } >"$BATS_TEST_TMPDIR/stream"
  assay record --stream --key root --with-key late <"$BATS_TEST_TMPDIR/stream"
  [[ $(assay log --type heartbeat --json | jq '.events | length') == 1200 ]]
  assay record heartbeat --key late
  refuses_and_leaves 2 record heartbeat --key root --with-key late <<<'no event here introduces key'
  assay verify
}
