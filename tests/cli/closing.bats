#!/usr/bin/env bats
# What surrounds the end of testing: changes and regression, work-off plans, decisions.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  close_down
}

setup() { use "$BATS_FILE_TMPDIR/base"; }

# An item, committed to by both sides; a run that passed; a build that came after it; an issue in a work-off
# plan whose day has passed; a position with a condition that is overdue, from which somebody dissents.
close_down() {
  assay record --stream --key dcc <<'JSON'
{"type":"scope_items_listed","data":{"phase":"SIT-01","scope":"SC-1","items":[{"item":"I1","planned_entry":"PEE-001","test_case":"TC-1"}]}}
JSON
  # The root of one leaf is its hash: SHA-256 of a zero byte and the item in canonical form.
  local root
  root=$({ printf '\0'; printf '{"item":"I1","planned_entry":"PEE-001","test_case":"TC-1"}'; } | sha256sum | cut -d' ' -f1)
  assay record scope_baselined phase=SIT-01 scope=SC-1 version=1 item_count=1 root="$root" --key dcc
  assay endorse "$(last_event scope_baselined)" --key harness
  assay record --stream --key harness <<'JSON'
{"type":"environment_baselined","data":{"environment":"ENV-1","phases":["SIT-01"],"components":[{"name":"S1SP","build":"B1"}]}}
{"type":"run_started","data":{"run":"R1","phase":"SIT-01","planned_entry":"PEE-001","item":"I1","test_case":"TC-1","attempt":1,"builds":["B1"],"counts_for":["SIT"],"devices":[]}}
{"type":"run_finished","data":{"run":"R1","outcome":"passed","evidence":[],"started_at":"2019-11-12T10:00:00.000000Z","ended_at":"2019-11-12T10:05:00.000000Z"}}
{"type":"build_deployed","data":{"environment":"ENV-1","component":"S1SP","from_build":"B1","to_build":"B2","phases":["SIT-01"]}}
{"type":"issue_raised","data":{"issue":"TI-1","phase":"SIT-01","kind":"unexpected_outcome","planned_entries":["PEE-001"],"groups":[],"results":[],"runs":[],"title":"no answer (invented)"}}
JSON
  assay record --stream --key dcc <<'JSON'
{"type":"work_off_plan_baselined","data":{"work_off_plan":"WOP-1","phases":["SIT-01"],"items":[{"issue":"TI-1","owner":"SP-A","target":"2019-12-20"}]}}
JSON
  assay record tag_position_recorded -f - --key tag <<'JSON'
{"about":"phase/SIT-01","conditions":[{"due":"2019-11-29","text":"run it again (invented)"}],"dissent":[],"meeting":"TAG-1","minutes":"0000000000000000000000000000000000000000000000000000000000000001","position":"endorsed_with_comments"}
JSON
  assay dissent "$(last_event tag_position_recorded)" --reason 'not on this build (invented)' --key harness
}

@test "a build after the baseline obliges until both sides assess it" {
  run -0 assay state regression
  [[ $output == *'PEE-001'*'UNASSESSED'* ]]
  [[ $output == *'STALE  SIT-01 / PEE-001 / I1'* ]]
  [[ $(assay state regression --json | jq -c '[.open, .obligations[0].state, .places[0].items[0].outcome]') == '[1,"UNASSESSED","STALE"]' ]]
  [[ $(assay state regression --entry PEE-002 --json | jq -c .obligations) == '[]' ]]
  refuses 3 state regression --entry PEE-009 <<<'there is no planned entry PEE-009'

  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay record impact_assessed -f - --key harness <<JSON
{"changes":["$(last_event build_deployed)"],"kinds":[],"planned_entries":[],"reason":"a log line (invented)","verdict":"no_regression_needed"}
JSON
  [[ $(assay state regression --json | jq -r '.obligations[0].state') == AWAITING_ENDORSEMENT ]]
  assay endorse "$(last_event impact_assessed)" --key dcc
  [[ $(assay state regression --json | jq -c '[.open, .places[0].items[0].outcome]') == '[0,"PASSED"]' ]]
}

@test "work that is overdue says by how much, and who owns it" {
  run -0 assay state workoff
  [[ $output == *WOP-1*TI-1*SP-A*2019-12-20*OVERDUE* ]]
  [[ $(assay state workoff --json | jq -c '[.work_off.open, .work_off.overdue, .work_off.items[0].state]') == '[1,1,"OVERDUE"]' ]]
  [[ $(assay state workoff --at 1 --json | jq -c '.work_off.items') == '[]' ]]
}

@test "a decision shows roles, log state, conditions and every dissent" {
  run -0 assay state decisions --about phase/SIT-01 --type tag_position_recorded
  [[ $output == *'by tag of SECAS (TAG-SEC)'* ]]
  [[ $output == *'on the log'"'"'s first '*' entries, root '* ]]
  [[ $output == *'quorum UNDETERMINED'* ]]
  [[ $output == *'DISSENT by harness of SP-A'*'not on this build (invented)'* ]]
  [[ $output == *'condition overdue, due 2019-11-29: run it again (invented)'* ]]
  local event
  event=$(last_event tag_position_recorded)
  [[ $(assay state decisions "$event" --json | jq -c '.decision | [.authorised, .outcome, (.dissents | length)]') == '[true,"endorsed_with_comments",1]' ]]
  refuses 3 state decisions 0.0 <<<'event 0.0 is no decision'
}
