#!/usr/bin/env bats
# `assay state thresholds`: open issues against the limits that the rulebook in the log names. All
# numbers are invented.

load support

body='{"threshold":{"carry_over":"none","combine":"all_parts","deselected_count":true,"downgrade_window_hours":72,"exclude_attributions":["test_artefact"],"open_states":["RAISED","TRIAGED","ASSIGNED","FIX_DELIVERED","DEFERRED","WORKAROUND","REOPENED","DISPUTED"],"parts":[{"attributions":[],"count":"issue_once_per_scope","limits":[{"max":0,"severities":[1]},{"max":0,"severities":[2]},{"max":1,"severities":[3]}],"part":"part1","scope":["kind","planned_entry"]},{"attributions":[],"count":"distinct_issue","limits":[{"max":1,"severities":[3,4]}],"part":"part2","scope":["kind","release","smso"]}],"severity_at":"cutoff","untriaged_counts_as":1,"work_off_severities":[3,4]}}'

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  assay record issue_raised issue=TI-1 phase=SIT-01 kind=preventing_execution planned_entries=PEE-001,PEE-002 \
    'title=no answer (invented)' --key harness
  assay record issue_triaged issue=TI-1 severity=2 priority=1 attribution=dcc_systems owner=SP-A \
    'rationale=no workaround (invented)' --key dcc
  assay record issue_severity_changed issue=TI-1 from_severity=2 to_severity=3 'reason=rare (invented)' --key dcc
}

setup() { use_copy_of "$BATS_FILE_TMPDIR/base"; }

activate() {
  local digest
  digest=$(printf %s "$body" | sha256sum | cut -d' ' -f1)
  assay record policy_published -f - --key root <<<"{\"policy\":\"THR-SAMPLE-A\",\"version\":1,\"title\":\"Sample (invented)\",\"note\":\"all numbers invented\",\"legal_basis\":[],\"digest\":\"$digest\",\"body\":$body}"
  assay record policy_activated -f - --key root <<'JSON'
{"policy":"THR-SAMPLE-A","version":1,"effective_from":"2019-09-20T00:00:00.000000Z","scope":{"kinds":["SIT"],"releases":["MOC"],"smsos":[]}}
JSON
}

answer() { assay state thresholds --json "$@"; }

@test "without a policy nothing is met" {
  run -0 assay state thresholds --entry PEE-001
  [[ $output == *'PEE-001 in SIT-01: UNDETERMINED  no threshold policy is in force for SIT, release MOC, SMSO MDS'* ]]
  [[ $(answer | jq -c '[.thresholds[].view.verdict] | unique') == '["UNDETERMINED"]' ]]
}

@test "counts, distance, and the verdict that a downgrade made" {
  activate
  [[ $(answer --phase SIT-01 | jq -c '[.thresholds[].view.verdict]') == '["MET","MET"]' ]]
  local one
  one=$(answer --entry PEE-002 | jq -c '.thresholds[0]')
  [[ $(jq -c '.policy | [.policy, .version]' <<<"$one") == '["THR-SAMPLE-A",1]' ]]
  [[ $(jq -c '.view.parts[1].scopes[0].limits[0] | [.count, .max, .distance, .per_entry, .issues]' <<<"$one") == '[1,1,0,2,["TI-1"]]' ]]
  [[ $(jq -c '.counterfactuals | [.as_it_is, .severity_at_max_ever, .downgrades_ignored, .downgraded, .would_change]' <<<"$one") == '["MET","NOT_MET","NOT_MET",["TI-1"],true]' ]]
  [[ $(answer | jq -c '[.findings[].rule]') == '["Q-DOWN","Q-DOWN1"]' ]]
}

@test "for people: what counts, what does not and why, and what would change the verdict" {
  activate
  assay record issue_raised issue=TI-2 phase=SIT-01 kind=preventing_execution planned_entries=PEE-001 'title=dark (invented)' --key harness
  assay record issue_rejected issue=TI-1 'rationale=as specified (invented)' --key dcc
  run -0 assay state thresholds --entry PEE-001
  [[ $output == *'PEE-001 in SIT-01: NOT_MET  beyond a limit: part1'* ]]
  [[ $output == *'part1: TI-2 is untriaged and counts as severity 1'* ]]
  [[ $output == *'part1: TI-1 does not count: state REJECTED does not count as open'* ]]
  [[ $output == *'ignoring downgrades of the last 72 h (TI-1): NOT_MET'* ]]
  [[ $output == *'! Q-UNTRIAGED [major] TI-2 had not been triaged at a cut-off and counted as severity 1 there.'* ]]
}

@test "as of an earlier point, with the policy that was in force then" {
  local before
  before=$(assay status --json | jq .ledger.size)
  activate
  [[ $(answer --at "$before" | jq -c '[.thresholds[].view.verdict] | unique') == '["UNDETERMINED"]' ]]
}

@test "a phase and an entry that are not there" {
  run -3 assay state thresholds --phase SIT-99
  [[ $output == *'there is no phase SIT-99'* ]]
  run -3 assay state thresholds --entry PEE-99
  [[ $output == *'there is no planned entry PEE-99'* ]]
}
