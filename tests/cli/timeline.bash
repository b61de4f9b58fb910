# The invented programme MOC/MDS from its first entry to the EPCL, played with its dates: two phases
# side by side on four planned entries, eleven Testing Issues, a new build and its regression, a
# cut-off that fails and one that does not, a combined completion, a DMC that is replaced.
#
# Load `support` first. `play_timeline HOME` plays it, and keeps what somebody might have kept on the
# way: HOME-on-2019-11-15, a copy, and HOME-on-2019-11-19.pin. Needs faketime.

# For setup_file: a copy of the played ledger in `base`, and where the rest of it is in TIMELINE_HOME.
stand_on_timeline() {
  TIMELINE_HOME=${TIMELINE:?names the folder that play_timeline.sh has filled}/home
  export TIMELINE_HOME
  isolate
  cp -a "$TIMELINE_HOME" base
}

# The day and time of the next command; every command takes a minute, also one inside $(…), so the
# clock is a file.
on() { # "YYYY-MM-DD HH:MM"
  date -u -d "$1" +%s >clock
}

today() { date -u -d "@$(<clock)" "${1:-+%F}"; }

assay() {
  if [[ ! -s clock ]]; then
    "$ASSAY_BIN" "$@"
    return
  fi
  local now
  now=$(today '+%F %T')
  echo $(($(<clock) + 60)) >clock
  at_time "@$now" "$ASSAY_BIN" "$@"
}

say() { # key   <<< lines of events
  assay record --stream --key "$1" --quiet
}

last_events() { # type count
  assay log --json | jq -r --arg type "$1" --argjson count "$2" '[.events[] | select(.type == $type)][-$count:][].event'
}

last_event() { assay log --json | jq -r --arg type "$1" '[.events[] | select(.type == $type)][-1].event'; }

keep_evidence() { # text: prints its digest
  printf '%s\n' "$1" >evidence.txt
  assay evidence add evidence.txt --media-type text/plain --key "$2" --quiet >/dev/null || return 1
  sha256sum evidence.txt | cut -d' ' -f1
}

# One meeting takes a position on each of these: two members endorse them, one dissents.
tag_positions() { # position conditions about[@version]…
  local minutes position=$1 conditions=$2 events
  shift 2
  minutes=$(keep_evidence "minutes of $(today '+%F %T') (invented)" tag)
  printf '%s\n' "$@" | jq -cR --arg position "$position" --argjson conditions "$conditions" --arg minutes "$minutes" \
    --arg meeting "TAG-$(today +%d%m-%H%M)" '(. / "@") as [$about, $version] | {type: "tag_position_recorded", data: ({$about, $position,
      $meeting, $minutes, $conditions, dissent: []} + (if $version then {$version} else {} end))}' | say tag
  readarray -t events < <(last_events tag_position_recorded $#)
  assay endorse "${events[@]}" --key alpha --quiet
  assay endorse "${events[@]}" --key beta --quiet
  for event in "${events[@]}"; do
    assay dissent "$event" --reason 'too early for us (invented)' --key gamma --quiet
  done
}

play_timeline() { # home
  new_home "$1"
  begin_programme "$1"
  plan_entries
  open_consultation
  present_first_document
  close_consultation
  present_documents
  enter_phases
  run_tests
  deploy_and_regress
  cut_off_and_fail
  cp -a "$1" "$1-on-2019-11-15"
  mend_and_cut_off
  complete_together
  assay pin "$1-on-2019-11-19.pin" --quiet
  replace_dmc
  exit_and_list
}

begin_programme() { # home
  on '2019-09-20 08:00'
  assay init "$1/ledger" --origin moc-mds.invented.example/ledger --programme 'MOC/MDS (invented)' --root root:DCC --quiet
  local name
  for name in dcc reg sp tag panel alpha beta gamma; do assay key new "$name" --quiet; done
  say root <<'JSON'
{"type":"party_registered","data":{"party":"DCC","name":"DCC (invented)","class":"DCC"}}
{"type":"party_registered","data":{"party":"S1SP-A","name":"Provider A (invented)","class":"SERVICE_PROVIDER"}}
{"type":"party_registered","data":{"party":"SECAS","name":"SECAS (invented)","class":"SECAS"}}
{"type":"party_registered","data":{"party":"SUP-ALPHA","name":"Supplier Alpha (invented)","class":"SUPPLIER"}}
{"type":"party_registered","data":{"party":"SUP-BETA","name":"Supplier Beta (invented)","class":"SUPPLIER"}}
{"type":"party_registered","data":{"party":"SUP-GAMMA","name":"Supplier Gamma (invented)","class":"SUPPLIER"}}
JSON
  assay key register dcc reg --party DCC --key root --quiet
  assay key register sp --party S1SP-A --key root --quiet
  assay key register tag panel --party SECAS --key root --quiet
  assay key register alpha --party SUP-ALPHA --key root --quiet
  assay key register beta --party SUP-BETA --key root --quiet
  assay key register gamma --party SUP-GAMMA --key root --quiet
  say root <<'JSON'
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-RM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-TM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-IM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"reg","role":"DCC-REG"}}
{"type":"role_granted","data":{"party":"S1SP-A","holder":"sp","role":"HARNESS"}}
{"type":"role_granted","data":{"party":"S1SP-A","holder":"sp","role":"SP-TL"}}
{"type":"role_granted","data":{"party":"SECAS","holder":"tag","role":"TAG-SEC"}}
{"type":"role_granted","data":{"party":"SECAS","holder":"panel","role":"PANEL-SEC"}}
{"type":"role_granted","data":{"party":"SUP-ALPHA","holder":"alpha","role":"TAG-MEM"}}
{"type":"role_granted","data":{"party":"SUP-BETA","holder":"beta","role":"TAG-MEM"}}
{"type":"role_granted","data":{"party":"SUP-GAMMA","holder":"gamma","role":"TAG-MEM"}}
JSON
  say dcc <<'JSON'
{"type":"release_declared","data":{"release":"IOC","title":"Initial Operating Capability (invented sample)","cohorts":["CGI"]}}
{"type":"release_declared","data":{"release":"MOC","title":"Middle Operating Capability (invented sample)","cohorts":["MDS"]}}
{"type":"release_declared","data":{"release":"FOC","title":"Final Operating Capability (invented sample)","cohorts":["FOC"]}}
JSON
  assay rulebook publish "$ROOT/docs/rulebooks/before-consultation.json" --key reg --quiet
  assay rulebook publish "$ROOT/docs/rulebooks/proposed-2019-08.json" --effective-from 2019-09-20T12:00Z --key reg --quiet
}

plan_entries() {
  on '2019-09-23 09:00'
  say dcc <<'JSON'
{"type":"group_declared","data":{"group":"ZA","releases":["MOC"],"smso":"MDS"}}
{"type":"group_declared","data":{"group":"ZB","releases":["MOC"],"smso":"MDS"}}
{"type":"device_model_registered","data":{"device_model":"M1","device_type":"ESME","manufacturer":"Landis+Gyr","model":"E470","hardware_version":"INV-H1","firmware_version":"INV-1.07"}}
{"type":"device_model_registered","data":{"device_model":"M3","device_type":"GSME","manufacturer":"Landis+Gyr","model":"Libra 310","hardware_version":"INV-H2","firmware_version":"INV-2.31"}}
{"type":"device_model_registered","data":{"device_model":"M4","device_type":"CHF","manufacturer":"Landis+Gyr","model":"INV-CH-A","hardware_version":"INV-H3","firmware_version":"INV-3.02"}}
{"type":"device_model_registered","data":{"device_model":"M5","device_type":"PPMID","manufacturer":"INV-Display","model":"INV-IHD-1","hardware_version":"INV-H4","firmware_version":"INV-0.9"}}
{"type":"device_model_registered","data":{"device_model":"M6","device_type":"ESME","manufacturer":"Honeywell Elster","model":"AS300P","hardware_version":"INV-H5","firmware_version":"INV-5.11"}}
{"type":"device_model_registered","data":{"device_model":"M7","device_type":"GSME","manufacturer":"Honeywell Elster","model":"BK-G4E","hardware_version":"INV-H6","firmware_version":"INV-6.00"}}
{"type":"device_model_registered","data":{"device_model":"M8","device_type":"CHF","manufacturer":"Honeywell Elster","model":"INV-CH-B","hardware_version":"INV-H7","firmware_version":"INV-7.4"}}
{"type":"dmc_defined","data":{"dmc":"DMC-MDS-001","device_models":["M1","M3","M4","M5"],"comms_provider":"INV-CSP-1"}}
{"type":"dmc_defined","data":{"dmc":"DMC-MDS-002","device_models":["M5","M6","M7","M8"],"comms_provider":"INV-CSP-1"}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-001","release":"MOC","smso":"MDS","dmc":"DMC-MDS-001","category":"DORMANT","groups":["ZA"],"required_kinds":["MT","SIT"]}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-002","release":"MOC","smso":"MDS","dmc":"DMC-MDS-001","category":"ACTIVE","groups":["ZA"],"required_kinds":["MT","SIT"]}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-003","release":"MOC","smso":"MDS","dmc":"DMC-MDS-001","category":"MIXED","groups":["ZA"],"required_kinds":["MT","SIT"]}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-004","release":"MOC","smso":"MDS","dmc":"DMC-MDS-002","category":"DORMANT","groups":["ZB"],"required_kinds":["MT","SIT"]}}
{"type":"dmc_proposed","data":{"dmc":"DMC-MDS-001","release":"MOC","smso":"MDS","kinds":["MT","SIT"],"rationale":"most of the population (invented)"}}
{"type":"dmc_proposed","data":{"dmc":"DMC-MDS-002","release":"MOC","smso":"MDS","kinds":["MT","SIT"],"rationale":"most of the population (invented)"}}
JSON
}

# One selection serves both kinds of test. One response has a confidential part.
open_consultation() {
  on '2019-09-30 07:30'
  say reg <<'JSON'
{"type":"consultation_opened","data":{"consultation":"CON-1","about":"dmc_selection","title":"Which DMCs (invented)","audiences":["tag","sec_parties"],"documents":[],"opens_at":"2019-09-30T08:00:00.000000Z","closes_at":"2019-10-11T16:00:00.000000Z"}}
JSON
  on '2019-10-04 10:00'
  printf 'Our stock of one model is low (invented).' >confidential.txt
  assay commitment make confidential.txt --opening response.opening --json >commitment.json
  assay record consultation_response_recorded consultation=CON-1 response=RESP-1 respondent=SUP-ALPHA \
    received_at=2019-10-04T09:12:00.000000Z 'summary=agrees, with a note in confidence (invented)' \
    "confidential=$(jq -r .commitment commitment.json)" --key reg --quiet
}

close_consultation() {
  on '2019-10-11 16:30'
  say reg <<'JSON'
{"type":"consultation_closed","data":{"consultation":"CON-1","closed_at":"2019-10-11T16:00:00.000000Z","responses_count":1}}
JSON
  on '2019-10-14 10:00'
  tag_positions endorsed '[]' dmc/DMC-MDS-001 dmc/DMC-MDS-002
  # Not in one pipe: two commands at a time would take the same minute.
  local positions
  positions=$(last_events tag_position_recorded 2)
  jq -cR '{type: "dmc_selected", data: {dmc: "DMC-MDS-00\(input_line_number)", release: "MOC",
    kinds: ["MT", "SIT"], consultation: "CON-1", position: .}}' <<<"$positions" | say dcc
}

# Depth and Breadth: version 0.9 of SIT is presented and superseded; 1.0 of both is presented and published.
document() { # document version type kind
  local digest
  digest=$(keep_evidence "$1 $2 (invented)" dcc)
  assay record document_registered "document=$1" "version=$2" "document_type=$3" "title=$1 (invented)" classification=public \
    "digest=$digest" obligations='[]' "covers=$(covers "$4")" --key dcc --quiet
}

covers() { # kind
  jq -cn --arg kind "$1" '[("ACTIVE","DORMANT","MIXED") as $c | {category:$c, dmc:"DMC-MDS-001", kind:$kind, smso:"MDS"}]
    + [{category:"DORMANT", dmc:"DMC-MDS-002", kind:$kind, smso:"MDS"}]'
}

present() { # document version
  assay record document_presented "document=$1" "version=$2" "meeting=TAG-$(today +%d%m-%H%M)" "date=$(today)" --key tag --quiet
}

present_first_document() {
  on '2019-10-09 09:00'
  document DNB-SIT 0.9 DNB_SIT SIT
  present DNB-SIT 0.9
  tag_positions endorsed_with_comments '[]' document/DNB-SIT@0.9
}

present_documents() {
  on '2019-10-16 09:00'
  document DNB-SIT 1.0 DNB_SIT SIT
  assay record document_superseded document=DNB-SIT old_version=0.9 new_version=1.0 'reason=comments of TAG (invented)' --key dcc --quiet
  document DNB-MT 1.0 DNB_MT MT
  list_promises
  local name
  for name in DNB-SIT DNB-MT; do
    present "$name" 1.0
    assay record document_published "document=$name" version=1.0 date=2019-10-16 "url=https://invented.example/$name" --key dcc --quiet
  done
  tag_positions endorsed '[]' document/DNB-SIT@1.0 document/DNB-MT@1.0
}

# What the documents promise: one line an item, "planned entry, category, DMC, group".
readonly ENTRIES='PEE-001 DORMANT DMC-MDS-001 ZA
PEE-002 ACTIVE DMC-MDS-001 ZA
PEE-003 MIXED DMC-MDS-001 ZA
PEE-004 DORMANT DMC-MDS-002 ZB'
# Test case, stage, kind of test, phase.
readonly CASES='TC-INSTALL-ESME SIT SIT MOC-MDS-SIT-01
TC-SRV-4.1.1 SIT SIT MOC-MDS-SIT-01
TC-TMAD-ESME MIG_ST MT MOC-MDS-MT-01
TC-TMAD-GSME MIG_ST MT MOC-MDS-MT-01
TC-TMAD-SECURE MIG_ST MT MOC-MDS-MT-01
TC-DMRT MIG_DMRT MT MOC-MDS-MT-02'

# A JSON array with one object for every planned entry and every test case that `filter` keeps.
items() { # jq filter over {entry, category, dmc, group, case, stage, kind, phase}
  jq -cnR --arg entries "$ENTRIES" --arg cases "$CASES" \
    '[(($entries / "\n")[] / " ") as [$entry,$category,$dmc,$group] | (($cases / "\n")[] / " ") as [$case,$stage,$kind,$phase]
      | {$entry,$category,$dmc,$group,$case,$stage,$kind,$phase} | '"$1"']'
}

list_promises() {
  local kind
  for kind in SIT MT; do
    assay record document_items_listed "document=DNB-$kind" version=1.0 --key dcc --quiet "items=$(
      items "select(.kind == \"$kind\") | {category, dmc, kind, smso: \"MDS\", stage, tags: [], test_case: .case} + (if .stage == \"MIG_ST\" then {group} else {} end)"
    )"
  done
}

readonly PHASES='MOC-MDS-SIT-01 SIT SIT
MOC-MDS-MT-01 MT MIG_ST
MOC-MDS-MT-02 MT MIG_DMRT'
readonly ALL=PEE-001,PEE-002,PEE-003,PEE-004

enter_phases() {
  on '2019-10-21 07:00'
  say dcc <<'JSON'
{"type":"test_case_registered","data":{"test_case":"TC-INSTALL-ESME","version":"1","title":"joins the HAN (invented)","requirements":["INV-REQ-1"],"sides":["dcc_systems"],"tags":[]}}
{"type":"test_case_registered","data":{"test_case":"TC-SRV-4.1.1","version":"1","title":"reads registers (invented)","requirements":["INV-REQ-2"],"service_reference":"4.1.1","sides":["dcc_systems"],"tags":[]}}
{"type":"test_case_registered","data":{"test_case":"TC-TMAD-ESME","version":"1","title":"first step (invented)","requirements":["INV-REQ-3"],"sides":["dcc_systems","smso_systems"],"tags":[],"tmad_step":"Installing a SMETS1 Electricity Meter"}}
{"type":"test_case_registered","data":{"test_case":"TC-TMAD-GSME","version":"1","title":"second step (invented)","requirements":["INV-REQ-4"],"sides":["dcc_systems","smso_systems"],"tags":[],"tmad_step":"Installing a SMETS1 GSME"}}
{"type":"test_case_registered","data":{"test_case":"TC-TMAD-SECURE","version":"1","title":"third step (invented)","requirements":["INV-REQ-5"],"sides":["dcc_systems","smso_systems"],"tags":[],"tmad_step":"Securing a SMETS1 ESME"}}
{"type":"test_case_registered","data":{"test_case":"TC-DMRT","version":"1","title":"migration DMRT (invented)","requirements":["INV-REQ-6"],"sides":["dcc_systems"],"tags":[]}}
JSON
  local phase kind stage
  while read -r phase kind stage; do
    assay record phase_planned "phase=$phase" "kind=$kind" "stage=$stage" "name=$phase (invented)" "planned_entries=$ALL" \
      groups=ZA,ZB "document=DNB-$kind" --key dcc --quiet
    assay record scope_items_listed "phase=$phase" "scope=SC-$phase" --key dcc --quiet "items=$(
      items "select(.phase == \"$phase\") | {item: \"\(.case)-\(.entry)\", planned_entry: .entry, test_case: .case} + (if .stage == \"MIG_ST\" then {group} else {} end)"
    )"
    assay record scope_baselined "phase=$phase" "scope=SC-$phase" version=1 --key dcc --quiet
  done <<<"$PHASES"
  assay endorse --all-pending --key sp --quiet
  assay record environment_baselined environment=ENV-1 phases=MOC-MDS-MT-01,MOC-MDS-MT-02,MOC-MDS-SIT-01 \
    'components=[{"build":"S1SP-INV-2.4.0","name":"s1sp"}]' --key sp --quiet
  tag_positions endorsed '[]' phase/MOC-MDS-SIT-01 phase/MOC-MDS-MT-01 phase/MOC-MDS-MT-02
  while read -r phase kind stage; do
    assay record entry_decided "phase=$phase" outcome=enter "planned_entries=$ALL" --key dcc --quiet
    assay record phase_started "phase=$phase" "planned_entries=$ALL" --key dcc --quiet
  done <<<"$PHASES"
}

# Runs every item that `filter` keeps, on a build, all passed but for those of `failing`; prints the events.
# Every run has the counter of its tool, without a gap.
runs() { # round build filter failing-item
  local from to
  from=$(date -u -d "@$(($(<clock) - 3600))" +%FT%T.000000Z)
  to=$(date -u -d "@$(($(<clock) - 1800))" +%FT%T.000000Z)
  items "$3 | {item: \"\\(.case)-\\(.entry)\", entry, phase, kind, case}" |
    jq -c --arg round "$1" --arg build "$2" --arg failing "$4" --arg log "$RUN_LOG" --arg from "$from" --arg to "$to" --argjson counter "$COUNTER" '
      to_entries[] | .key as $i | .value | "\(.item)-\($round)" as $run
      | {type: "run_started", data: {run: $run, phase, planned_entry: .entry, item, test_case: .case, attempt: ($round | tonumber),
          builds: [$build], counts_for: [.kind], devices: [], environment: "ENV-1", tool: {name: "rig-1", run_counter: ($counter + $i)}}},
        {type: "run_finished", data: {run: $run, outcome: (if .item == $failing then "failed" else "passed" end), evidence: [$log],
          started_at: $from, ended_at: $to}}'
}

COUNTER=1
play_runs() { # round build filter [failing-item]
  local events
  events=$(runs "$1" "$2" "$3" "${4:-}")
  COUNTER=$((COUNTER + $(grep -c run_started <<<"$events")))
  say sp <<<"$events"
}

# id, severity (- for none), attribution, planned entries
readonly ISSUES='TI-0001 2 dcc_systems PEE-001,PEE-002,PEE-003
TI-0002 3 dcc_systems PEE-001,PEE-002
TI-0003 3 dcc_systems PEE-002
TI-0004 3 smso_systems PEE-001
TI-0005 3 device PEE-003
TI-0006 4 dcc_systems PEE-001
TI-0007 4 dcc_systems PEE-001,PEE-002,PEE-003
TI-0008 3 dcc_systems PEE-004
TI-0009 2 dcc_systems PEE-002
TI-0010 3 test_artefact PEE-001
TI-0011 - - PEE-003'

raise_issues() {
  jq -cR '(. / " ") as [$issue, $severity, $attribution, $entries] | {type: "issue_raised", data: {$issue, phase: "MOC-MDS-SIT-01",
    kind: "unexpected_outcome", planned_entries: ($entries / ","), groups: [], results: [], title: "\($issue) (invented)",
    runs: (if $issue == "TI-0001" then ["TC-INSTALL-ESME-PEE-001-1"] else [] end)}}' <<<"$ISSUES" | say sp
  jq -cR '(. / " ") as [$issue, $severity, $attribution, $entries] | select($severity != "-") | {type: "issue_triaged", data: {$issue,
    severity: ($severity | tonumber), priority: 2, $attribution, owner: "S1SP-A", planned_entries: ($entries / ","),
    rationale: "as it was seen (invented)"}}' <<<"$ISSUES" | say dcc
}

run_tests() {
  on '2019-10-22 10:00'
  RUN_LOG=$(keep_evidence 'what the rig wrote (invented)' sp)
  play_runs 1 S1SP-INV-2.4.0 . TC-INSTALL-ESME-PEE-001
  on '2019-10-24 10:00'
  raise_issues
  say dcc <<'JSON'
{"type":"issue_workaround_agreed","data":{"issue":"TI-0002","agreed_with":"S1SP-A","description":"restart (invented)"}}
{"type":"issue_assigned","data":{"issue":"TI-0003","owner":"S1SP-A"}}
{"type":"issue_assigned","data":{"issue":"TI-0004","owner":"S1SP-A"}}
{"type":"issue_assigned","data":{"issue":"TI-0005","owner":"S1SP-A"}}
{"type":"issue_assigned","data":{"issue":"TI-0006","owner":"S1SP-A"}}
{"type":"issue_deferred","data":{"issue":"TI-0007","reason":"cosmetic (invented)"}}
{"type":"issue_assigned","data":{"issue":"TI-0008","owner":"S1SP-A"}}
{"type":"issue_assigned","data":{"issue":"TI-0009","owner":"S1SP-A"}}
{"type":"issue_rejected","data":{"issue":"TI-0010","rationale":"the test was wrong (invented)"}}
JSON
}

# A new build; both sides assess it; one cycle counts for MT and SIT. The failed item passes on it.
deploy_and_regress() {
  on '2019-10-31 10:00'
  assay record build_deployed environment=ENV-1 component=s1sp from_build=S1SP-INV-2.4.0 to_build=S1SP-INV-2.4.1 \
    phases=MOC-MDS-MT-01,MOC-MDS-MT-02,MOC-MDS-SIT-01 --key sp --quiet
  DEPLOYED=$(last_event build_deployed)
  assay record impact_assessed "changes=[\"$DEPLOYED\"]" kinds=MT,SIT "planned_entries=$ALL" verdict=regress \
    'reason=all stacks link it (invented)' --key sp --quiet
  assay endorse --all-pending --key dcc --quiet
  assay record regression_items_listed regression=REG-1 --key dcc --quiet "items=$(items '{item: "\(.case)-\(.entry)", phase, planned_entry: .entry}')"
  assay record regression_scope_baselined regression=REG-1 kinds=MT,SIT --key dcc --quiet
  assay endorse --all-pending --key sp --quiet
  assay record regression_started regression=REG-1 "triggers=[\"$DEPLOYED\"]" --key dcc --quiet
  on '2019-11-01 10:00'
  play_runs 2 S1SP-INV-2.4.1 .
  on '2019-11-12 10:00'
  assay record regression_completed regression=REG-1 'summary=all passed (invented)' --key dcc --quiet
  assay record retest_recorded issue=TI-0001 passed=true run=TC-INSTALL-ESME-PEE-001-2 --key dcc --quiet
  assay record issue_closed issue=TI-0001 closure=retest_passed runs=TC-INSTALL-ESME-PEE-001-2 --key dcc --quiet
  assay record issue_fix_delivered issue=TI-0004 build=S1SP-INV-2.4.1 --key sp --quiet
}

cut_off() { # entries
  local phase kind stage
  while read -r phase kind stage; do
    assay record exit_cutoff_declared "phase=$phase" "planned_entries=$1" "cutoff_size=$(entry_count)" --key dcc --quiet
  done <<<"$PHASES"
}

cut_off_and_fail() {
  on '2019-11-14 09:12'
  assay record issue_severity_changed issue=TI-0009 from_severity=2 to_severity=3 'reason=rarer than thought (invented)' --key dcc --quiet
  on '2019-11-15 16:50'
  cut_off "$ALL"
}

mend_and_cut_off() {
  on '2019-11-18 09:00'
  RUN_LOG=$(keep_evidence 'what the rig wrote again (invented)' sp)
  play_runs 3 S1SP-INV-2.4.1 'select(.case == "TC-SRV-4.1.1" and .entry == "PEE-001")'
  assay record retest_recorded issue=TI-0004 passed=true run=TC-SRV-4.1.1-PEE-001-3 --key dcc --quiet
  assay record issue_closed issue=TI-0004 closure=retest_passed runs=TC-SRV-4.1.1-PEE-001-3 --key dcc --quiet
  assay record issue_triaged issue=TI-0011 severity=4 priority=4 attribution=dcc_systems owner=S1SP-A planned_entries=PEE-003 \
    'rationale=cosmetic (invented)' --key dcc --quiet
  assay record work_off_plan_baselined work_off_plan=WOP-1 phases=MOC-MDS-MT-01,MOC-MDS-MT-02,MOC-MDS-SIT-01 --key dcc --quiet \
    "items=$(jq -cn '[("TI-0002","TI-0003","TI-0005","TI-0006","TI-0007","TI-0008","TI-0009","TI-0011") | {issue: ., owner: "S1SP-A", target: "2020-01-31"}]')"
  on '2019-11-18 17:00'
  cut_off "$ALL"
}

readonly EXITING=PEE-001,PEE-002,PEE-003

# One report and one position for both kinds (MTAD 10.2, SVTAD 9.7); the criteria stay apart.
complete_together() {
  on '2019-11-19 10:00'
  REPORT=$(keep_evidence 'the combined completion report (invented)' dcc)
  assay record completion_report_issued report=CR-1 kind=COMBINED "document=$REPORT" phases=MOC-MDS-MT-01,MOC-MDS-MT-02,MOC-MDS-SIT-01 \
    "planned_entries=$ALL" outstanding_issues=TI-0002,TI-0003,TI-0005,TI-0006,TI-0007,TI-0008,TI-0009,TI-0011 work_off_plan=WOP-1 --key dcc --quiet
  assay endorse "$(last_event completion_report_issued)" --key reg --quiet
  tag_positions endorsed_with_comments '[{"due":"2019-12-13","text":"show the retest of TI-0009 (invented)"}]' report/CR-1 \
    phase/MOC-MDS-SIT-01 phase/MOC-MDS-MT-01 phase/MOC-MDS-MT-02
}

# Firmware of PEE-004's meter changes while it is in test: another DMC comes in its place, by a route that the
# rulebook holds closed, because clause 13.11 was withdrawn before it took effect.
replace_dmc() {
  on '2019-11-20 10:00'
  say dcc <<'JSON'
{"type":"device_model_registered","data":{"device_model":"MB","device_type":"ESME","manufacturer":"Honeywell Elster","model":"AS300P","hardware_version":"INV-H5","firmware_version":"INV-5.12"}}
{"type":"dmc_defined","data":{"dmc":"DMC-MDS-004","device_models":["M5","M7","M8","MB"],"comms_provider":"INV-CSP-1"}}
{"type":"dmc_deselected","data":{"dmc":"DMC-MDS-002","release":"MOC","during_phase":true,"phase":"MOC-MDS-SIT-01","reason":"its firmware changes (invented)"}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-006","release":"MOC","smso":"MDS","dmc":"DMC-MDS-004","category":"DORMANT","groups":["ZB"],"required_kinds":["MT","SIT"]}}
{"type":"dmc_substituted","data":{"old_dmc":"DMC-MDS-002","new_dmc":"DMC-MDS-004","release":"MOC","route":"firmware_only_13_11","differing_fields":["ESME.firmware_ver"]}}
JSON
  assay endorse "$(last_event dmc_substituted)" --key tag --quiet
}

exit_and_list() {
  on '2019-11-22 10:00'
  local phase kind stage
  while read -r phase kind stage; do
    assay record exit_decided "phase=$phase" outcome=exit "planned_entries=$EXITING" "basis=[\"$(last_event completion_report_issued)\"]" --key dcc --quiet
  done <<<"$PHASES"
  local decided
  readarray -t decided < <(last_events exit_decided 3)
  assay endorse "${decided[@]}" --key panel --quiet
  while read -r phase kind stage; do
    assay record phase_completed "phase=$phase" "planned_entries=$EXITING" --key dcc --quiet
  done <<<"$PHASES"
  local entry list
  list=$(keep_evidence 'the EPCL, version 1 (invented)' dcc)
  for entry in PEE-001 PEE-002 PEE-003; do
    assay record epcl_entry_made "planned_entry=$entry" basis=tested date_first_added=2019-11-22 list_version=1 "list_digest=$list" \
      "completions=$(completions)" --key dcc --quiet
    assay endorse --all-pending --key panel --quiet
  done
  rm clock
}

completions() { assay log --json | jq -c '[.events[] | select(.type == "phase_completed") | .event]'; }
