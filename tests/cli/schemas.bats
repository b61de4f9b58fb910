#!/usr/bin/env bats
# docs/schemas: the answer in JSON of every command, successful or not, is what its schema says. The last
# test looks at what the ones before it have met, so it makes sense in a run of the whole file only.

load support
load tsa

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  make_story "$BATS_FILE_TMPDIR/story"
}

setup() {
  python3 -c 'from jsonschema import Draft202012Validator' || skip 'python3-jsonschema is not installed'
  cd "$BATS_TEST_TMPDIR" || return 1
}

# The same programme with a rulebook in force, and with nearly everything that the states can hold.
make_story() { # home
  cp -a "$BATS_FILE_TMPDIR/base" "$1"
  use "$1"
  assay record --stream --key root <<'JSON'
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-REG"}}
{"type":"role_granted","data":{"party":"SECAS","holder":"tag","role":"PANEL-SEC"}}
JSON
  assay record release_declared release=IOC 'title=Release (invented)' cohorts=MDS --key dcc
  assay rulebook publish "$ROOT/docs/rulebooks/before-consultation.json" "$ROOT/docs/rulebooks/proposed-2019-08.json" --key dcc
  tell_selection
  tell_testing
  tell_issues
  tell_regression
  tell_closing
}

last_event() { assay log --json | jq -r --arg type "$1" '[.events[] | select(.type == $type)][-1].event'; }

# The root of one leaf is its hash: SHA-256 of a zero byte and the item in canonical form.
leaf() { { printf '\0' && printf %s "$1"; } | sha256sum | cut -d' ' -f1; }

tell_selection() {
  local zeros
  zeros=$(printf '%064d' 1)
  assay record --stream --key dcc <<JSON
{"type":"dmc_proposed","data":{"dmc":"DMC-001","kinds":["MT","SIT"],"population":"most of them (invented)","rationale":"common (invented)","release":"MOC","smso":"MDS"}}
{"type":"ppcl_entry_recorded","data":{"date":"2019-10-09","determination":"testing_required","dmc":"DMC-001","requested_by":"SP-A"}}
{"type":"consultation_opened","data":{"consultation":"CON-1","about":"dmc_selection","title":"Which DMCs (invented)","audiences":["tag","sec_parties"],"documents":["$zeros"],"opens_at":"2019-09-30T08:00:00.000000Z","closes_at":"2019-10-11T16:00:00.000000Z"}}
{"type":"consultation_response_recorded","data":{"confidential":{"commitment":"$zeros"},"consultation":"CON-1","document":"$zeros","received_at":"2019-10-12T10:05:00.000000Z","respondent":"SP-A","response":"CR-1","summary":"yes (invented)"}}
{"type":"consultation_closed","data":{"consultation":"CON-1","closed_at":"2019-10-11T16:00:00.000000Z","responses_count":0}}
{"type":"consultation_opened","data":{"consultation":"CON-2","about":"dmc_selection","title":"Which other DMCs (invented)","audiences":["public"],"documents":[],"opens_at":"2019-10-30T08:00:00.000000Z","closes_at":"2039-10-11T16:00:00.000000Z"}}
{"type":"dmc_selected","data":{"dmc":"DMC-001","release":"MOC","kinds":["SIT"],"consultation":"CON-1"}}
{"type":"device_model_registered","data":{"device_model":"M3","device_type":"ESME","manufacturer":"Invented","model":"I-1","hardware_version":"H1","firmware_version":"1.09"}}
{"type":"dmc_defined","data":{"dmc":"DMC-002","device_models":["M2","M3"],"comms_provider":"INV-CSP-1"}}
JSON
  assay record selection_appealed appeal=AP-1 dmc=DMC-001 'grounds=too rare (invented)' "selection=$(last_event dmc_selected)" --key dcc
  assay record appeal_determined appeal=AP-1 outcome=dismissed 'reason=common enough (invented)' --key tag
  assay record --stream --key dcc <<JSON
{"type":"dmc_deselected","data":{"dmc":"DMC-001","release":"MOC","during_phase":true,"phase":"SIT-01","reason":"its firmware changes (invented)"}}
{"type":"dmc_substituted","data":{"old_dmc":"DMC-001","new_dmc":"DMC-002","release":"MOC","route":"firmware_only_13_11","differing_fields":["ESME.firmware_ver"]}}
{"type":"equivalence_claimed","data":{"differing_fields":["ESME.firmware_ver"],"planned_entry":"PEE-001","rationale":"$zeros","tested_dmc":"DMC-002"}}
{"type":"epcl_entry_made","data":{"basis":"tested","completions":["3.0"],"date_first_added":"2019-11-22","list_digest":"$zeros","list_version":"1","planned_entry":"PEE-001"}}
{"type":"epcl_entry_removed","data":{"planned_entry":"PEE-001","reason":"too early (invented)"}}
JSON
  assay endorse --all-pending --key tag
}

# An item, committed to by both sides; a run that passed; a build that came after it; a run that goes on;
# counters that are missing.
tell_testing() {
  assay record scope_items_listed -f - --key dcc <<'JSON'
{"phase":"SIT-01","scope":"SC-1","items":[{"item":"I1","planned_entry":"PEE-001","test_case":"TC-1"}]}
JSON
  assay record scope_baselined phase=SIT-01 scope=SC-1 version=1 item_count=1 \
    "root=$(leaf '{"item":"I1","planned_entry":"PEE-001","test_case":"TC-1"}')" --key dcc
  assay endorse --all-pending --key harness
  assay record --stream --key harness <<'JSON'
{"type":"environment_baselined","data":{"environment":"ENV-1","phases":["SIT-01"],"components":[{"name":"S1SP","build":"B1"}]}}
{"type":"run_started","data":{"run":"R1","phase":"SIT-01","planned_entry":"PEE-001","item":"I1","test_case":"TC-1","attempt":1,"builds":["B1"],"counts_for":["MT","SIT"],"devices":[],"tool":{"name":"rig","run_counter":7}}}
{"type":"run_finished","data":{"run":"R1","outcome":"passed","evidence":[],"started_at":"2019-11-12T10:00:00.000000Z","ended_at":"2019-11-12T10:05:00.000000Z"}}
{"type":"run_started","data":{"run":"R2","phase":"SIT-01","planned_entry":"PEE-001","item":"I9","test_case":"TC-9","attempt":1,"builds":["B1"],"counts_for":["SIT"],"devices":[],"tool":{"name":"rig","run_counter":12}}}
{"type":"run_finished","data":{"run":"R2","outcome":"failed","evidence":[],"started_at":"2019-11-12T10:00:00.000000Z","ended_at":"2019-11-12T10:05:00.000000Z"}}
{"type":"run_started","data":{"run":"R3","phase":"SIT-01","planned_entry":"PEE-001","item":"I1","test_case":"TC-1","attempt":2,"builds":["B1"],"counts_for":["SIT"],"devices":[]}}
{"type":"gap_declared","data":{"from_counter":8,"phase":"SIT-01","reason":"a trial (invented)","source":"rig","to_counter":9}}
{"type":"build_deployed","data":{"environment":"ENV-1","component":"S1SP","from_build":"B1","to_build":"B2","phases":["SIT-01"]}}
JSON
  assay record run_invalidated run=R2 'reason=the rig was off (invented)' --key dcc
  make_report report.xml 2 'run_counter=20'
  assay import report.xml --phase SIT-01 --entry PEE-002 --key harness
}

tell_issues() {
  assay record --stream --key harness <<'JSON'
{"type":"issue_raised","data":{"issue":"TI-1","phase":"SIT-01","kind":"unexpected_outcome","planned_entries":["PEE-001","PEE-002"],"groups":["ZA"],"results":[],"runs":["R1"],"title":"no answer (invented)","external_key":"K-1"}}
{"type":"issue_raised","data":{"issue":"TI-2","phase":"SIT-01","kind":"preventing_execution","planned_entries":["PEE-001"],"groups":[],"results":[],"runs":[],"title":"dark (invented)"}}
{"type":"issue_raised","data":{"issue":"TI-3","phase":"SIT-01","kind":"unexpected_outcome","planned_entries":["PEE-002"],"groups":[],"results":[],"runs":[],"title":"dark too (invented)"}}
{"type":"issue_fix_delivered","data":{"build":"B2","issue":"TI-2"}}
JSON
  assay record --stream --key dcc <<'JSON'
{"type":"issue_triaged","data":{"issue":"TI-1","severity":2,"priority":1,"attribution":"dcc_systems","owner":"SP-A","planned_entries":["PEE-001","PEE-002"],"rationale":"no workaround (invented)"}}
{"type":"issue_severity_changed","data":{"issue":"TI-1","from_severity":2,"to_severity":3,"reason":"rare (invented)"}}
{"type":"issue_scope_changed","data":{"added":[],"issue":"TI-1","reason":"only there (invented)","removed":["PEE-002"]}}
{"type":"issue_workaround_agreed","data":{"agreed_with":"SP-A","description":"try again (invented)","issue":"TI-1"}}
{"type":"issue_deferred","data":{"issue":"TI-1","reason":"rare (invented)","target":"2019-12-20"}}
{"type":"issue_disputed","data":{"issue":"TI-1","reason":"not ours (invented)"}}
{"type":"issue_referred","data":{"issue":"TI-1","reason":"not ours (invented)","to":"panel"}}
{"type":"issue_duplicated","data":{"issue":"TI-3","of":"TI-2"}}
{"type":"retest_recorded","data":{"issue":"TI-2","passed":true,"run":"R1"}}
{"type":"issue_closed","data":{"closure":"retest_passed","issue":"TI-2","runs":["R1"]}}
{"type":"issue_reopened","data":{"issue":"TI-2","reason":"dark again (invented)"}}
JSON
}

tell_regression() {
  local item='{"item":"I1","phase":"SIT-01","planned_entry":"PEE-001"}' deployed
  deployed=$(last_event build_deployed)
  assay record impact_assessed -f - --key harness <<JSON
{"changes":["$deployed"],"kinds":[],"planned_entries":[],"reason":"it changes answers (invented)","verdict":"regress"}
JSON
  assay record regression_items_listed regression=RG-1 "items=[$item]" --key dcc
  assay record regression_scope_baselined regression=RG-1 item_count=1 kinds=MT,SIT "root=$(leaf "$item")" --key dcc
  assay endorse "$(last_event impact_assessed)" --key dcc
  assay endorse "$(last_event regression_scope_baselined)" --key harness
  assay record regression_started regression=RG-1 "triggers=$deployed" --key dcc
}

# A position with conditions, from which somebody dissents; a work-off plan whose day has passed; an exit.
tell_closing() {
  assay record tag_position_recorded -f - --key tag <<'JSON'
{"about":"phase/SIT-01","conditions":[{"due":"2019-11-29","text":"run it again (invented)"},{"text":"look (invented)"}],"dissent":["not now (invented)"],"meeting":"TAG-1","minutes":"0000000000000000000000000000000000000000000000000000000000000001","position":"endorsed_with_comments"}
JSON
  assay dissent "$(last_event tag_position_recorded)" --reason 'not on this build (invented)' --key harness
  assay record --stream --key dcc <<JSON
{"type":"phase_suspended","data":{"phase":"SIT-01","reason":"power (invented)"}}
{"type":"phase_resumed","data":{"phase":"SIT-01","reason":"power (invented)"}}
{"type":"exit_cutoff_declared","data":{"cutoff_size":$(entry_count),"phase":"SIT-01","planned_entries":["PEE-001"]}}
{"type":"phase_completed","data":{"phase":"SIT-01","planned_entries":["PEE-001"]}}
{"type":"work_off_plan_baselined","data":{"work_off_plan":"WOP-1","phases":["SIT-01"],"items":[{"issue":"TI-1","owner":"SP-A","target":"2019-12-20"},{"issue":"TI-2","owner":"SP-A","target":"2019-12-20"}]}}
{"type":"work_off_item_updated","data":{"issue":"TI-1","reason":"later (invented)","target":"2019-12-24","work_off_plan":"WOP-1"}}
{"type":"work_off_item_completed","data":{"evidence":[],"issue":"TI-2","work_off_plan":"WOP-1"}}
{"type":"exit_decided","data":{"basis":[],"outcome":"exit_with_conditions","phase":"SIT-01","planned_entries":["PEE-001"]}}
{"type":"waiver_granted","data":{"phase":"SIT-01","planned_entries":["PEE-001"],"reason":"known (invented)","rule":"U-NOSCOPE","waiver":"W-1"}}
JSON
}

# Runs the command with --json: it must exit so, and its answer is put with the others.
answers() { # code command…
  local code=$1 actual=0
  shift
  assay "$@" --json >answer 2>error </dev/null || actual=$?
  ((actual == code)) || {
    echo "exit code $actual, not $code, of: assay $*"
    cat error answer
    return 1
  }
  cat answer >>answers
}

# All answers so far keep to their schemas, which are noted as met.
valid() { python3 "$ROOT/tests/cli/validate.py" "$ROOT/docs/schemas" <answers >met && cat met >>"$BATS_FILE_TMPDIR/met"; }

# The schema of every command, by its name: "status", "key_new".
command_schemas() {
  local command name sub
  for command in $(subcommands); do
    sub=$(subcommands "$command")
    [[ -n $sub ]] || echo "${command//-/_}"
    for name in $sub; do echo "${command//-/_}_$name"; done
  done
}
subcommands() { assay help "$@" | sed -n '/^Subcommands:/,$s/^  \([a-z-][a-z-]*\) .*/\1/p'; }

# What is no command's: what all answers share, records of streams, and two answers of the program itself.
others='assay common progress record_receipt version'

@test "every command has a schema, and every schema belongs to something" {
  (command_schemas && tr ' ' '\n' <<<"$others") | sort >wanted
  (cd "$ROOT/docs/schemas" && printf '%s\n' *.json) | sed 's/\.json$//' | sort >there
  [[ $(wc -l <wanted) -gt 40 ]]
  diff wanted there
}

@test "commands that record" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  make_report report.xml 2
  echo bytes >file
  answers 0 key new spare --dry-run
  answers 0 key new spare
  answers 4 key new spare
  answers 0 key show spare --vkey spare.example
  answers 0 key list
  answers 0 key register spare --party SP-A --key root --dry-run
  answers 0 key register spare --party SP-A --key root
  answers 0 record heartbeat --key harness --dry-run
  answers 0 record heartbeat --key harness
  answers 5 record heartbeat x=1 --key harness
  answers 7 record heartbeat --key nobody
  answers 2 record --nonsense
  answers 0 record tag_position_recorded about=phase/SIT-01 position=endorsed meeting=TAG-1 minutes="$(printf '%064d' 1)" --key tag
  answers 0 dissent 9.0 --reason 'not yet (invented)' --key dcc
  answers 0 endorse 9.0 --key harness
  answers 3 endorse 0.0 --key dcc
  answers 0 draft heartbeat --key harness
  answers 0 draft heartbeat --key harness -o draft.dsse
  answers 0 sign draft.dsse --key harness --dry-run
  answers 0 sign draft.dsse --key harness
  answers 0 submit draft.dsse --dry-run
  answers 0 submit draft.dsse
  answers 0 import report.xml --lint
  answers 0 import report.xml --phase SIT-01 --entry PEE-001 --key harness --dry-run
  answers 0 import report.xml --phase SIT-01 --entry PEE-001 --key harness
  answers 0 import report.xml --phase SIT-01 --entry PEE-001 --key harness
  answers 4 import report.xml --phase SIT-01 --entry PEE-001 --key harness --tz UTC
  echo '<testsuite' >bad.xml
  answers 5 import bad.xml --phase SIT-01 --entry PEE-001 --key harness
  answers 0 import "$ROOT/tests/data/junit/node-test-20.20.2.xml" --phase SIT-01 --entry PEE-001 --key harness --repair
  answers 0 evidence add file --key harness --dry-run
  answers 0 evidence add file --key harness
  answers 0 evidence add file
  answers 0 evidence get "$(sha256sum <file | cut -c1-64)" -o back
  answers 0 evidence list
  assay record role_granted party=DCC holder=dcc role=DCC-REG --key root
  erase=("$(sha256sum <file | cut -c1-64)" --legal-basis 'a law (invented)' --reason 'a name (invented)' --key dcc)
  answers 0 evidence erase "${erase[@]}" --dry-run
  answers 0 evidence erase "${erase[@]}"
  answers 3 evidence erase "${erase[@]}"
  answers 0 evidence list
  answers 0 init other --origin other.invented.example/ledger --programme X --root root2:DCC --log-key log2 --dry-run
  answers 0 init other --origin other.invented.example/ledger --programme X --root root2:DCC --log-key log2
  answers 4 init other --origin other.invented.example/ledger --programme X --root root2:DCC --log-key log3
  echo 'a name (invented)' >name
  answers 0 commitment make name --opening name.opening
  commitment=$(jq -r .commitment answer)
  answers 3 commitment check name.opening
  assay record issue_raised issue=TI-1 phase=SIT-01 title=x kind=unexpected_outcome detail="$commitment" --key harness
  answers 0 commitment check name.opening
  answers 0 attest --key dcc --dry-run
  answers 0 attest --key dcc
  answers 7 attest --key nobody
  answers 0 demo stage --reports "$ROOT/tests/data/junit" --dry-run
  answers 0 demo stage --reports "$ROOT/tests/data/junit"
  answers 0 rulebook publish "$ROOT/docs/rulebooks/proposed-2019-08.json" --key dcc --dry-run
  answers 0 rulebook publish "$ROOT/docs/rulebooks/proposed-2019-08.json" --key dcc
  sed 's/"title": "No external audit"/"title": "No audit"/' "$ROOT/docs/rulebooks/proposed-2019-08.json" >rulebook
  answers 0 rulebook publish rulebook --key dcc
  sed 's/"max": 15/"max": 16/' "$ROOT/docs/rulebooks/proposed-2019-08.json" >rulebook
  answers 4 rulebook publish rulebook --key dcc
  sed 's/"combine"/"combination"/' "$ROOT/docs/rulebooks/proposed-2019-08.json" >rulebook
  answers 5 rulebook publish rulebook --key dcc
  valid
}

@test "commands that read" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  answers 0 status
  answers 0 status --at 3
  answers 0 log
  answers 3 log --type nonsense
  answers 0 show 3
  answers 0 show 3.0 --at 5
  answers 0 show 3 --raw
  answers 3 show 99
  answers 0 state phase
  answers 0 state phase SIT-01
  answers 0 state issues
  answers 0 state selection
  answers 0 state selection DMC-001
  answers 3 state selection DMC-9
  answers 0 state epcl
  answers 0 state consultations
  answers 0 state programme
  answers 0 verify
  answers 0 verify --at 5
  answers 16 verify --no-refold --require authority
  answers 3 verify nowhere
  answers 0 pin one.pin
  answers 0 verify --pin one.pin
  answers 0 pin two.pin --qr-svg two.svg
  answers 0 log --time
  answers 0 timestamp request -o head.tsq
  make_tsa tsa
  stamp tsa head.tsq head.tsr
  answers 0 timestamp get --url http://tsa.invented.example/ --ca tsa/root.pem --dry-run
  answers 1 timestamp get --url http://127.0.0.1:1/ --ca tsa/root.pem
  answers 16 timestamp verify --ca tsa/root.pem
  answers 0 timestamp add head.tsr --ca tsa/root.pem --record harness
  answers 0 timestamp list
  answers 0 timestamp verify --ca tsa/root.pem
  answers 0 verify --tsa tsa/root.pem
  answers 0 show 3
  answers 0 checkpoint
  answers 0 checkpoint --list
  answers 0 checkpoint --vkey
  answers 0 prove 3 -o proof
  answers 0 publish -o published
  answers 0 publish -o elsewhere --profile public --dry-run
  answers 2 publish
  answers 0 verify published
  cp -a published spoiled
  printf 'X' | dd of="$(echo spoiled/timestamps/*/*.tsr)" bs=1 seek=200 conv=notrunc status=none
  answers 12 monitor spoiled --pin spoiled.pin --log-id "$(assay status --json | jq -r .ledger.log_id)"
  answers 12 pin spoiled.pin --ledger spoiled
  answers 0 prove --consistency-from 3
  assay show 3 --raw >entry
  assay checkpoint --vkey >vkey
  answers 0 verify proof --entry entry --vkey vkey
  answers 0 sample --population evidence --list -
  answers 0 sample --population evidence -n 1 --dice 4-1-6-6-2 --explain
  answers 2 sample --population evidence -n 1
  answers 0 bisect "$ASSAY_BIN"
  answers 3 bisect ./nothing
  answers 0 drill
  answers 0 drill --dry-run
  answers 0 monitor --pin monitor.pin --log-id "$(assay verify --json | jq -r .ledger.log_id)"
  answers 2 monitor --pin no.pin
  answers 16 monitor http://127.0.0.1:9/ --pin monitor.pin
  answers 0 help
  answers 0 help events
  answers 0 help exit-codes
  answers 0 help heartbeat
  answers 0 help record
  answers 3 help nothing
  answers 0 record --help
  answers 0 schema
  answers 0 schema heartbeat
  answers 0 man
  answers 0 completion bash
  answers 0 --version
  answers 2 nonsense
  answers 2 status --nonsense
  "$DAMAGE" "$BATS_TEST_TMPDIR/home/ledger" 3
  answers 10 verify
  valid
}

@test "what a rulebook file holds, and what a ledger has of it" {
  use "$BATS_FILE_TMPDIR/story"
  local policy
  answers 0 rulebook check "$ROOT/docs/rulebooks/before-consultation.json" "$ROOT/docs/rulebooks/proposed-2019-08.json"
  answers 3 rulebook check nowhere.json
  answers 0 rulebook schema
  answers 0 rulebook list
  answers 0 rulebook list --at 20
  for policy in $(assay rulebook list --json | jq -r '.policies[].policy' | sort -u); do
    answers 0 rulebook show "$policy"
  done
  # Every kind of policy has been looked into.
  [[ $(jq -r 'select(.policy) | .policy.content.body | keys[]' answers | sort -u | wc -l) == 14 ]]
  answers 0 rulebook show AUDIT --version 1
  answers 3 rulebook show NO-SUCH
  answers 0 state rulebook
  answers 0 state clauses
  answers 0 state clauses --on 2019-08-29
  answers 2 state clauses --on someday
  valid
}

@test "the states of a programme in which much has happened" {
  use "$BATS_FILE_TMPDIR/story"
  local id
  answers 0 status
  answers 0 log
  answers 0 state phase
  answers 0 state phase SIT-01
  answers 3 state phase SIT-99
  answers 0 state issues
  answers 0 state issues --state DISPUTED
  for id in TI-1 TI-2 TI-3; do answers 0 state issues "$id"; done
  answers 0 state thresholds
  answers 0 state thresholds --phase SIT-01 --entry PEE-001 --at "$(($(entry_count) - 1))"
  answers 0 state programme
  answers 0 state criteria
  answers 8 state criteria SIT-01 --entry PEE-001 --require-met
  answers 0 state claims
  answers 0 state decisions --governance
  answers 0 state decisions --about phase/SIT-01
  answers 0 state decisions "$(last_event tag_position_recorded)"
  answers 3 state decisions 0.0
  answers 0 state regression
  answers 0 state regression --entry PEE-001 --at 20
  answers 0 state workoff
  answers 0 state coverage
  answers 0 state migration
  answers 3 state migration NONE
  answers 0 state traceability
  answers 0 state selection
  for id in DMC-001 DMC-002; do answers 0 state selection "$id"; done
  answers 0 state epcl
  answers 0 state consultations
  answers 0 findings
  answers 8 findings --rule Q- --phase SIT-01 --require-met
  answers 0 why issue/TI-1
  answers 0 diff 3 head
  answers 0 diff head 3
  answers 2 diff 3
  answers 0 what-if --severity-at max_ever
  answers 0 what-if --rulebook "$ROOT/docs/rulebooks/before-consultation.json"
  answers 2 what-if
  answers 0 why phase/SIT-01 --depth 6
  answers 0 why "$(last_event result_imported)"
  answers 0 why "$(assay evidence list --json | jq -r '.evidence[0].digest')"
  answers 3 why issue/TI-99
  answers 2 why nonsense
  answers 0 bundle phase/SIT-01 --profile tag -o bundle.zip
  answers 0 bundle issue/TI-1 --dry-run
  answers 3 bundle issue/TI-99 -o other.zip
  answers 15 verify bundle.zip # a file that the story names was never there
  echo rubbish >rubbish.zip
  answers 16 verify rubbish.zip
  echo rubbish >report.pdf
  answers 15 verify report.pdf
  valid
}

@test "a ledger with a key that was compromised" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay record key_revoked "key=$(assay key show dcc --json | jq -r .key.key)" compromised_since=2019-01-01T00:00:00.000000Z \
    'reason=lost (invented)' --key root
  answers 0 verify
  [[ $(jq '.tainted[0].resting | length' answer) -gt 0 ]]
  answers 0 state programme
  answers 0 state decisions
  valid
}

@test "a witness, those who ask it, and the evidence of a fork" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay checkpoint --vkey >log.vkey
  assay key new witness >/dev/null
  answers 0 witness init state --name witness.invented.example --key witness --dry-run
  answers 0 witness init state --name witness.invented.example --key witness
  jq -r .vkey answer >witness.vkey
  answers 4 witness init state --name witness.invented.example --key witness
  "$ASSAY_BIN" witness serve state --listen 127.0.0.1:0 --log log.vkey --json >served 2>log 3>&- &
  until grep -q 'listens on' log; do sleep 0.1; done
  url=$(sed -n 's/.*listens on \([^ ]*\) .*/\1/p' log)
  answers 0 cosign "--witness=$url=$(cat witness.vkey)" --dry-run
  answers 0 cosign "--witness=$url=$(cat witness.vkey)" --record root
  answers 8 cosign "--witness=http://127.0.0.1:1=$(cat witness.vkey)"
  answers 2 cosign
  kill %1 && wait %1
  cat served >>answers
  answers 0 witness status state
  answers 2 witness serve state --log log.vkey --listen 127.0.0.1:99999
  cp -a "$BATS_FILE_TMPDIR/base" other
  assay pin my.pin >/dev/null
  ASSAY_LEDGER=other/ledger ASSAY_KEYS=other/keys assay record heartbeat --key root -q >/dev/null
  ASSAY_LEDGER=other/ledger ASSAY_KEYS=other/keys assay record heartbeat --key root -q >/dev/null
  ASSAY_LEDGER=other/ledger ASSAY_KEYS=other/keys answers 0 fork-evidence make my.pin -o evidence
  answers 4 fork-evidence make my.pin -o evidence --ledger other/ledger
  answers 0 fork-evidence check evidence
  answers 5 fork-evidence check log.vkey
  ASSAY_LEDGER=other/ledger ASSAY_KEYS=other/keys answers 13 verify --pin my.pin --fork-evidence found
  answers 16 verify --witness witness.vkey
  valid
}

@test "a stream of receipts, and of progress" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  printf '{"type":"heartbeat","data":{}}\n{"type":"heartbeat","data":{}}\n' |
    assay record --stream --key harness --json >answers
  assay verify --progress-fd 8 8>progress >/dev/null
  cat progress >>answers
  [[ $(jq -r .type answers | sort -u | xargs) == 'progress receipt result' ]]
  valid
}

@test "the check itself finds a member that no schema has, and one that is missing" {
  use "$BATS_FILE_TMPDIR/base"
  assay status --json | jq -c '. + {extra: 1}' >answers
  run ! valid
  assay status --json | jq -c 'del(.phases)' >answers
  run ! valid
  assay status --json | jq -c 'del(.ledger)' >answers
  run ! valid
  assay state programme --json | jq -c '.programme.parties[0].value.class = "NOBODY"' >answers
  run ! valid
}

@test "it finds a schema that asks for what is not there, and one that lets everything through" {
  use "$BATS_FILE_TMPDIR/base"
  assay state workoff --json >answers
  cp -r "$ROOT/docs/schemas" schemas
  python3 "$ROOT/tests/cli/validate.py" schemas <answers
  jq '."$defs".work_off_view.required += ["nothing"]' "$ROOT/docs/schemas/state_workoff.json" >schemas/state_workoff.json
  run -1 python3 "$ROOT/tests/cli/validate.py" schemas <answers
  [[ $output == *"state_workoff: work_off: 'nothing' is a required property"* ]]
  jq 'del(."$defs".work_off_view.additionalProperties)' "$ROOT/docs/schemas/state_workoff.json" >schemas/state_workoff.json
  run -1 python3 "$ROOT/tests/cli/validate.py" schemas <answers
  [[ $output == *'state_workoff: work_off: any member may stand here'* ]]
}

@test "every schema was met by an answer, and that of every command by one that succeeded" {
  sort -u "$BATS_FILE_TMPDIR/met" >met
  (command_schemas && echo version && echo progress && echo record_receipt) | sed 's/$/ done/' | sort | comm -23 - met >missing
  diff /dev/null missing
  (cd "$ROOT/docs/schemas" && printf '%s\n' *.json) | sed 's/\.json$//' | grep -vxF common | sort >there
  cut -d' ' -f1 met | sort -u | diff there -
}
