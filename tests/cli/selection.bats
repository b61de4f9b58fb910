#!/usr/bin/env bats
# How DMCs were selected and replaced, consultations, and the EPCL held against the tests. Every
# number is invented.

load support

# Publishes a policy and puts it in force.
policy() { # id body
  local digest
  digest=$(jq -cS . <<<"$2" | tr -d '\n' | sha256sum | cut -d' ' -f1)
  jq -n --arg id "$1" --arg digest "$digest" --argjson body "$2" \
    '{policy:$id,version:1,title:$id,note:"invented",legal_basis:[],digest:$digest,body:$body}' >policy.json
  assay record policy_published -f policy.json --key root
  assay record policy_activated "policy=$1" version=1 effective_from=2019-09-20T00:00:00.000000Z \
    'scope={"kinds":[],"releases":[],"smsos":[]}' --key root
}

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  assay record --stream --key root <<'JSON'
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-REG"}}
{"type":"role_granted","data":{"party":"SECAS","holder":"tag","role":"PANEL-SEC"}}
JSON
  policy DMC-SEL '{"dmc_selection":{"consultation_working_days_min":10,"default_route":["consult_sec_parties","consult_tag"],"shared_by_kinds":["MT","SIT"],"substitution_routes":[{"enabled":false,"legal_basis":{"clause":"13.11","document":"SMETS1 SVTAD","status":"withdrawn_before_effect"},"releases":["FOC"],"route":"tag_only","steps":["consult_tag"],"when":{"differing_fields_within":["ESME.firmware_ver"],"during_test_phase":true}}]}}'
  policy CAL '{"calendar":{"from":"2019-01-01","holidays":[],"until":"2019-12-31"}}'
  assay record --stream --key dcc <<'JSON'
{"type":"consultation_opened","data":{"consultation":"CON-1","about":"dmc_selection","title":"Which DMCs (invented)","audiences":["tag","sec_parties"],"documents":[],"opens_at":"2019-09-30T08:00:00.000000Z","closes_at":"2019-10-11T16:00:00.000000Z"}}
{"type":"consultation_closed","data":{"consultation":"CON-1","closed_at":"2019-10-11T16:00:00.000000Z","responses_count":0}}
{"type":"dmc_selected","data":{"dmc":"DMC-001","release":"MOC","kinds":["SIT"],"consultation":"CON-1"}}
{"type":"device_model_registered","data":{"device_model":"M3","device_type":"ESME","manufacturer":"Invented","model":"I-1","hardware_version":"H1","firmware_version":"1.09"}}
{"type":"dmc_defined","data":{"dmc":"DMC-002","device_models":["M2","M3"],"comms_provider":"INV-CSP-1"}}
JSON
  assay state selection --json | jq .at_size >before
  assay record --stream --key dcc <<'JSON'
{"type":"dmc_deselected","data":{"dmc":"DMC-001","release":"MOC","during_phase":true,"reason":"its firmware changes (invented)"}}
{"type":"dmc_substituted","data":{"old_dmc":"DMC-001","new_dmc":"DMC-002","release":"MOC","route":"tag_only","differing_fields":["ESME.firmware_ver"]}}
JSON
  assay endorse --all-pending --key tag
  assay record epcl_entry_made planned_entry=PEE-001 basis=tested completions='[]' \
    date_first_added="$(TZ=Europe/London date +%F)" list_version=1 list_digest="$(printf '%064d' 1)" --key dcc
  assay endorse --all-pending --key tag
}

setup() { use "$BATS_FILE_TMPDIR/base"; }

@test "the list says where every DMC stands" {
  run -0 assay state selection
  [[ $output == *DMC-001*MOC*SUBSTITUTED*'replaced by DMC-002'* ]]
  [[ $output == *DMC-002*MOC*SELECTED*'MT, SIT'*'replaces DMC-001'* ]]
}

@test "one DMC shows its differences, and why the route was not open" {
  run -0 assay state selection DMC-001
  [[ $output == *'during a Test Phase (SIT-01 PEE-001, SIT-01 PEE-002)'* ]]
  [[ $output == *'they differ in ESME.firmware_ver'* ]]
  [[ $output == *'route tag_only not open'*'13.11, withdrawn_before_effect'*'FOC only, not to MOC'* ]]
  assay state selection DMC-001 --json >answer
  [[ $(jq -c '.dmc.replaced_by[0].route.obstacles' answer) == '["disabled","release_outside"]' ]]
  [[ $(jq -c '.dmc.replaced_by[0].differing_fields' answer) == '["ESME.firmware_ver"]' ]]
  [[ $(jq -c '.dmc.selections[0] | [.verdict, .kinds_served]' answer) == '["MET",["MT","SIT"]]' ]]
}

@test "before the de-selection it is in test" {
  run -0 assay state selection DMC-001 --at "$(<"$BATS_FILE_TMPDIR/before")"
  [[ $output == *'IN_TEST in MOC'* && $output != *de-selected* ]]
}

@test "a DMC that nobody knows" {
  run -3 assay state selection DMC-999
  [[ $output == *'there is no DMC DMC-999'* ]]
}

@test "a consultation in London time and working days" {
  run -0 assay state consultations
  [[ $output == *'2019-09-30 09:00 BST'*'2019-10-11 17:00 BST'* ]]
  [[ $output == *'NOT_MET: 9 working days, of at least 10'* ]]
  [[ $(assay state consultations --json | jq -c '.consultations[0] | [.working_days, .days_min, .verdict]') == '[9,10,"NOT_MET"]' ]]
}

@test "an entry of the EPCL that no completed test backs" {
  run -0 assay state epcl
  [[ $output == *'release MOC  PARTIALLY_ELIGIBLE  1 planned entries pending'* ]]
  [[ $output == *'when it was listed: not complete: MT, SIT'* ]]
  assay state epcl --json >answer
  [[ $(jq -c '.entries[0].listings[0] | [.backed_then, .date_agrees, .verdict]' answer) == '["NOT_MET",true,"NOT_MET"]' ]]
  [[ $(jq -c '[.entries[].life.state]' answer) == '["ELIGIBLE","DESELECTED"]' ]]
}
