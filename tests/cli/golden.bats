#!/usr/bin/env bats
# What commands print, word for word, of a known ledger. Times, hashes, ids and words are replaced by
# placeholders. After a wanted change: GOLDEN_UPDATE=1 ctest -R 'cli: golden', and read the difference.

load support

setup_file() {
  isolate
  new_home "$BATS_FILE_TMPDIR/base"
  assay init base/ledger --origin known.invented.example/ledger --programme 'Known (invented)' --root root:DCC
  # One registered key only: where keys are listed, they stand in the order of their ids.
  assay key new dcc
  assay record party_registered party=DCC 'name=DCC (invented)' class=DCC --key root
  assay key register dcc --party DCC --key root
  assay record --stream --key root <<'JSON'
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-RM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-TM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-IM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"HARNESS"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"SP-TL"}}
JSON
  assay record --stream -f - --key dcc <<'JSON'
{"type":"release_declared","data":{"release":"MOC","title":"Release (invented)","cohorts":["MDS"]}}
{"type":"group_declared","data":{"group":"ZA","releases":["MOC"],"smso":"MDS"}}
{"type":"device_model_registered","data":{"device_model":"M1","device_type":"ESME","manufacturer":"Invented","model":"I-1","hardware_version":"H1","firmware_version":"1.07"}}
{"type":"dmc_defined","data":{"dmc":"DMC-001","device_models":["M1"],"comms_provider":"INV-CSP-1"}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-001","release":"MOC","smso":"MDS","dmc":"DMC-001","category":"DORMANT","groups":["ZA"],"required_kinds":["SIT"]}}
{"type":"phase_planned","data":{"phase":"SIT-01","kind":"SIT","stage":"SIT","name":"SIT (invented)","planned_entries":["PEE-001"],"groups":["ZA"]}}
{"type":"scope_items_listed","data":{"scope":"SCOPE-1","phase":"SIT-01","items":[{"item":"case_000001","planned_entry":"PEE-001","test_case":"case_000001"}]}}
{"type":"phase_started","data":{"phase":"SIT-01","planned_entries":["PEE-001"]}}
JSON
  make_report report.xml 2
  assay import report.xml --phase SIT-01 --entry PEE-001 --key dcc
  assay record issue_raised issue=TI-1 phase=SIT-01 kind=unexpected_outcome planned_entries=PEE-001 \
    'title=no answer (invented)' --key dcc
}

setup() { use "$BATS_FILE_TMPDIR/base"; }

placeholders() {
  local word='[a-z]{3,10}'
  sed -E \
    -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{6})?Z/TIME/g' \
    -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}/DATE/g' \
    -e 's/[0-9a-f]{128}/SHA512/g' -e 's/[0-9a-f]{64}/HASH/g' -e 's/[0-9a-f]{16,63}…/HASH…/g' -e 's/imp-[0-9a-f]{32}/IMPORT/g' \
    -e 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/UUID/g' \
    -e 's#[A-Za-z0-9+/]{40,}={0,2}#BASE64#g' \
    -e "s/$word( $word){11}/WORDS/g" \
    -e 's/"elapsed_ms": *[0-9]+/"elapsed_ms":0/'
}

# The command's answer must be the file golden/<name>.txt, and with --json golden/<name>.json.txt.
golden() { # name command…
  local name=$1 form file
  shift
  for form in text json; do
    file=$BATS_TEST_DIRNAME/golden/$name.txt
    if [[ $form == text ]]; then
      assay "$@" >"$BATS_TEST_TMPDIR/raw"
    else
      file=$BATS_TEST_DIRNAME/golden/$name.json.txt
      assay "$@" --json | jq . >"$BATS_TEST_TMPDIR/raw"
    fi
    placeholders <"$BATS_TEST_TMPDIR/raw" >"$BATS_TEST_TMPDIR/now"
    if [[ ${GOLDEN_UPDATE:-} == 1 ]]; then cp "$BATS_TEST_TMPDIR/now" "$file"; fi
    diff -u "$file" "$BATS_TEST_TMPDIR/now"
  done
}

@test "help" { golden help help; }
@test "--version" { golden version --version; }
@test "help exit-codes" { golden exit_codes help exit-codes; }
@test "help of an event type" { golden help_heartbeat help heartbeat; }
@test "status" { golden status status; }
@test "state phase" { golden state_phase state phase; }
@test "state phase of one" { golden state_phase_one state phase SIT-01; }
@test "state issues" { golden state_issues state issues; }
@test "state programme" { golden state_programme state programme; }
@test "state selection" { golden state_selection state selection; }
@test "state selection of one" { golden state_selection_one state selection DMC-001; }
@test "state epcl" { golden state_epcl state epcl; }
@test "state consultations" { golden state_consultations state consultations; }
@test "log" { golden log log; }
@test "show" { golden show show 2; }
@test "verify" { golden verify verify; }
