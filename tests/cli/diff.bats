#!/usr/bin/env bats
# `assay diff`: what changed between two points of the log, as the commands that show it say it.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  mark began
  assay pin "$BATS_FILE_TMPDIR/began.pin"
  assay record issue_raised issue=TI-1 phase=SIT-01 kind=unexpected_outcome planned_entries=PEE-001 \
    'title=no answer (invented)' --key harness
  mark raised
  assay record issue_triaged issue=TI-1 severity=2 priority=1 attribution=dcc_systems owner=SP-A \
    'rationale=no workaround (invented)' --key dcc
  mark triaged
  assay rulebook publish "$ROOT/docs/rulebooks/proposed-2019-08.json" --key root
  mark governed
  assay record tag_position_recorded about=phase/SIT-01 position=endorsed meeting=TAG-1 \
    minutes="$(printf '%064d' 1)" --key tag
  assay dissent "$(assay log --json | jq -r '[.events[] | select(.type == "tag_position_recorded")][-1].event')" \
    --reason 'not yet (invented)' --key dcc
  mark spoken
  assay record role_granted party=SP-A holder=harness role=VER --key root
  assay record issue_rejected issue=TI-1 'rationale=as specified (invented)' --key dcc
  mark ended
}

setup() { use "$BATS_FILE_TMPDIR/base"; }

# The size that the log has now goes by this name.
mark() { entry_count >"$BATS_FILE_TMPDIR/size.$1"; }
at() { cat "$BATS_FILE_TMPDIR/size.$1"; }

# jq over one section of the answer: differences FROM TO SECTION FILTER
differences() {
  assay diff "$1" "$2" --json | jq -c --arg section "$3" ".sections[] | select(.section == \$section) | .differences | $4"
}

@test "nothing changed between a point and itself" {
  run -0 assay diff head head
  [[ $output == *"nothing changed: both points are size $(at ended)"* ]]
  [[ $output != *'new'* ]]
  run -0 assay diff "$(at raised)" "$(at raised)" --json
  [[ $(jq -c '[.direction, .differences]' <<<"$output") == '["same",0]' ]]
  [[ $(jq '.from == .to' <<<"$output") == true ]]
}

@test "an issue that is raised is new, and nothing else of the tests changed" {
  run -0 assay diff "$(at began)" "$(at raised)"
  [[ $output == *'issues: 1 new, 0 unchanged'* ]]
  [[ $output == *'+ TI-1  no answer (invented)'* ]]
  [[ $output == *'state RAISED, severity untriaged'* ]]
  [[ $output == *'the same: phases (1), planned entries (2), entries (2)'* ]]
}

@test "an issue that is judged and one that is settled: what it was, and what it is" {
  [[ $(differences "$(at raised)" "$(at triaged)" issues '.[0] | [.id, .kind, (.values[] | select(.name == "severity") | .from, .to)]') == '["TI-1","changed","untriaged","2"]' ]]
  [[ $(differences "$(at spoken)" head issues '.[0].values') == '[{"from":"TRIAGED","name":"state","to":"REJECTED"}]' ]]
  run -0 assay diff "$(at spoken)" head
  [[ $output == *'state: TRIAGED → REJECTED'* ]]
}

@test "a rulebook puts policies, clauses, limits and criteria into the answer" {
  local from to
  from=$(at triaged)
  to=$(at governed)
  [[ $(differences "$from" "$to" policies '[.[] | select(.id == "AUDIT.v2") | .kind, (.values[] | select(.name == "status") | .to)]') == '["new","in_force"]' ]]
  [[ $(differences "$from" "$to" clauses '[.[] | select(.id == "MTAD 12") | .kind] | length') == 1 ]]
  [[ $(differences "$from" "$to" thresholds '[.[] | select(.id == "SIT-01/PEE-001") | .values[] | select(.name == "verdict") | .from, .to]') == '["UNDETERMINED","NOT_MET"]' ]]
  [[ $(differences "$from" "$to" limits '[.[] | select(.title | startswith("part1_per_entry, severity 2,")) | select(.planned_entries == ["PEE-001"]) | .values[] | select(.name == "distance") | .to]') == '["-1"]' ]]
  [[ $(differences "$from" "$to" criteria '[.[] | select(.id == "SIT-01/PEE-001/exit/V2") | .kind, .values[0].to, .why_to]') == '["new","NOT_MET","beyond a limit: part1_per_entry"]' ]]
}

@test "decisions, dissents and roles are told where they are new" {
  local from
  from=$(at governed)
  [[ $(differences "$from" "$(at spoken)" decisions '[.[] | .kind, .title]') == '["new","tag_position_recorded on phase/SIT-01"]' ]]
  [[ $(differences "$from" "$(at spoken)" dissents '[.[0].kind, .[0].values[0].to]') == '["new","not yet (invented)"]' ]]
  [[ $(differences "$from" head roles '[.[] | .id, .kind, .values[0].to]') == '["SP-A/harness","changed","SP-TL HARNESS VER"]' ]]
  [[ $(differences 2 "$from" keys '[.[] | select(.kind == "new")] | length') == 3 ]]
}

@test "obligations to regress and consultations are told as they come and go" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  local from opened deployed
  assay record role_granted party=DCC holder=dcc role=DCC-REG --key root
  assay record scope_items_listed -f - --key dcc <<'JSON'
{"scope":"SC-1","phase":"SIT-01","items":[{"item":"I1","planned_entry":"PEE-001","test_case":"TC-1"}]}
JSON
  assay record scope_baselined scope=SC-1 phase=SIT-01 version=1 --key dcc
  assay endorse "$(last_event scope_baselined)" --key harness
  assay record environment_baselined -f - --key harness <<'JSON'
{"environment":"ENV-1","phases":["SIT-01"],"components":[{"name":"S1SP","build":"B1"}]}
JSON
  from=$(entry_count)
  assay record consultation_opened -f - --key dcc <<'JSON'
{"consultation":"CON-1","about":"dmc_selection","title":"Which DMCs (invented)","audiences":["tag"],"documents":[],"opens_at":"2019-09-30T08:00:00.000000Z","closes_at":"2019-10-11T16:00:00.000000Z"}
JSON
  opened=$(entry_count)
  assay record build_deployed -f - --key harness <<'JSON'
{"environment":"ENV-1","component":"S1SP","from_build":"B1","to_build":"B2","phases":["SIT-01"]}
JSON
  deployed=$(entry_count)
  [[ $(differences "$from" head obligations '[.[] | .kind, .title, .phase, (.values[] | select(.name == "state") | .to)]') == '["new","build B2 of S1SP in ENV-1","SIT-01","UNASSESSED"]' ]]
  [[ $(differences "$from" "$opened" consultations '[.[] | .id, .kind, (.values[] | select(.name == "responses") | .to)]') == '["CON-1","new","0"]' ]]
  assay record impact_assessed -f - --key harness <<JSON
{"changes":["$(last_event build_deployed)"],"kinds":[],"planned_entries":[],"reason":"a log line (invented)","verdict":"no_regression_needed"}
JSON
  assay endorse "$(last_event impact_assessed)" --key dcc
  assay record consultation_closed -f - --key dcc <<'JSON'
{"consultation":"CON-1","closed_at":"2019-10-11T16:00:00.000000Z","responses_count":0}
JSON
  [[ $(differences "$deployed" head obligations '[.[] | .kind, (.values[] | select(.name == "state") | .from, .to)]') == '["changed","UNASSESSED","NO_REGRESSION_NEEDED"]' ]]
  [[ $(differences "$deployed" head consultations '[.[] | .kind, (.values[] | select(.name == "state") | .to)]') == '["changed","closed"]' ]]
  run -0 assay diff "$deployed" head
  [[ $output == *'state: UNASSESSED → NO_REGRESSION_NEEDED'* ]]
  # Of the phase that it falls on, and of no other.
  [[ $(assay diff "$from" head --phase SIT-01 --json | jq -c '[.sections[] | select(.section == "obligations") | .differences | length]') == '[1]' ]]
}

@test "findings are new when they come, and cleared when they go" {
  local from to
  from=$(assay findings --at "$(at triaged)" --json | jq -c '[.findings[] | .rule] | sort')
  to=$(assay findings --json | jq -c '[.findings[] | .rule] | sort')
  [[ $from != "$to" ]]
  # What was there, without what was cleared, with what is new, is what is there.
  local all
  all=$(differences "$(at triaged)" head findings '.')
  jq -en --argjson from "$from" --argjson to "$to" --argjson all "$all" '
    def rules(kind): [$all[] | select(.kind == kind) | .id | split("/")[0] | split("@")[0]];
    ($from + rules("new") | sort) == ($to + rules("gone") | sort)'
  [[ $(jq '[.[] | select(.kind == "new")] | length' <<<"$all") -gt 0 ]]
  run -0 assay diff "$(at triaged)" head
  [[ $output == *'findings: '*' new, '* ]]
  run -0 assay diff head "$(at triaged)"
  [[ $output == *'findings: '*' cleared, '* ]]
}

@test "backwards says so, and undoes what forwards does" {
  run -0 assay diff head "$(at began)"
  [[ $output == *"backwards, from size $(at ended)"* ]]
  [[ $output == *'the second point is the earlier one'* ]]
  [[ $output == *'- TI-1  no answer (invented)'* ]]
  local there back
  there=$(assay diff "$(at began)" head --json)
  back=$(assay diff head "$(at began)" --json)
  [[ $(jq -c '[.direction, .differences]' <<<"$back") == "[\"backwards\",$(jq .differences <<<"$there")]" ]]
  turned='[.sections[].differences[] | {id, values: [.values[] | {name, from, to}]}]'
  turned_back='[.sections[].differences[] | {id, values: [.values[] | {name, from: .to, to: .from}]}]'
  # The names of values stand in the order of the second side; what they are is the same.
  [[ $(jq -c "$turned | map(.values |= sort_by(.name))" <<<"$there") == "$(jq -c "$turned_back | map(.values |= sort_by(.name))" <<<"$back")" ]]
}

@test "both sides say what the commands that show a state say, and have its digests" {
  local name answer shown
  for name in began triaged governed; do
    answer=$(assay diff "$(at "$name")" head --json)
    shown=$(assay state thresholds --at "$(at "$name")" --json)
    [[ $(jq -c '.from.state_digests' <<<"$answer") == "$(jq -c .state_digests <<<"$shown")" ]]
    [[ $(jq .from.size <<<"$answer") == "$(jq .at_size <<<"$shown")" ]]
  done
  [[ $(jq -c '.to.state_digests' <<<"$answer") == "$(assay state phase --json | jq -c .state_digests)" ]]
  # Every criterion that changed was, and is, what `state criteria` says.
  local was is
  was=$(assay state criteria --at "$(at governed)" --json | jq -c '[.assessed[].exit | .phase as $p | .planned_entry as $e | .answers[] | {key: "\($p)/\($e)/exit/\(.criterion)", value: .verdict}] | from_entries')
  is=$(assay state criteria --json | jq -c '[.assessed[].exit | .phase as $p | .planned_entry as $e | .answers[] | {key: "\($p)/\($e)/exit/\(.criterion)", value: .verdict}] | from_entries')
  jq -e --argjson was "$was" --argjson is "$is" '
    [.sections[] | select(.section == "criteria") | .differences[] | select(.id | test("/exit/"))] as $changed
    | ($changed | length > 0) and all($changed[]; .values[0].from == $was[.id] and .values[0].to == $is[.id])' <<<"$answer"
}

@test "a phase and a planned entry alone" {
  [[ $(assay diff "$(at began)" head --entry PEE-002 --json | jq -c '[.sections[] | select(.section == "issues") | .differences[].id]') == '[]' ]]
  [[ $(assay diff "$(at began)" head --entry PEE-001 --json | jq -c '[.sections[] | select(.section == "issues") | .differences[].id]') == '["TI-1"]' ]]
  [[ $(assay diff "$(at began)" head --phase SIT-01 --json | jq -c '[.sections[].differences[].phase] | unique') == '["SIT-01"]' ]]
  [[ $(assay diff "$(at began)" head --phase SIT-01 --json | jq -c '[.sections[] | select(.section == "policies") | .differences[], .unchanged]') == '[0]' ]]
  # An aggregate is about every entry that shares it.
  [[ $(assay diff "$(at triaged)" "$(at governed)" --entry PEE-002 --json | jq -c '[.sections[] | select(.section == "limits") | .differences[] | select(.title | startswith("part2")) | .planned_entries] | unique') == '[["PEE-001","PEE-002"]]' ]]
  refuses 3 diff 3 head --phase SIT-99 <<<'there is no phase SIT-99'
  refuses 3 diff 3 head --entry PEE-99 <<<'there is no planned entry PEE-99'
}

@test "points are named as --at names them" {
  [[ $(assay diff "pin:$BATS_FILE_TMPDIR/began.pin" "$(at raised)" --json | jq -c '[.from.size, .to.size, .direction]') == "[$(at began),$(at raised),\"forwards\"]" ]]
  [[ $(assay diff "$(at began)" 2100-01-01 --json | jq .to.size) == "$(at ended)" ]]
  [[ $(assay diff "$(at began)" 2100-01-01T00:00Z --json | jq .to.size) == "$(at ended)" ]]
  refuses 2 diff 3 yesterday <<<'"yesterday" names no point of the log'
  refuses 2 diff 0 head <<<'at size 0 there is no ledger yet'
  refuses 3 diff 3 4711 <<<"the log has $(at ended) entries, not 4711"
  refuses 2 diff 3 <<<'to is required'
}

@test "entries that change nothing of what is compared are not told as nothing" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay record heartbeat --key harness
  run -0 assay diff "$(at ended)" head
  [[ $output == *"from size $(at ended)"* ]]
  [[ $output == *'entries lie between them, and nothing of what is compared changed'* ]]
}

@test "results that came in at once are told together" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  local before
  local items=() item
  for item in case_00000{1..8}; do
    items+=("{\"item\":\"$item\",\"planned_entry\":\"PEE-001\",\"test_case\":\"$item\"}")
  done
  assay record scope_items_listed -f - --key dcc <<<"{\"scope\":\"SC-1\",\"phase\":\"SIT-01\",\"items\":[$(
    IFS=,
    echo "${items[*]}"
  )]}"
  before=$(entry_count)
  make_report "$BATS_TEST_TMPDIR/report.xml" 8
  assay import "$BATS_TEST_TMPDIR/report.xml" --phase SIT-01 --entry PEE-001 --key harness
  run -0 assay diff "$before" head
  [[ $output == *'SIT-01/PEE-001  outcome: NOT_RUN → PASSED  8: case_000001, case_000002, case_000003, case_000004, case_000005 and 3 more'* ]]
  [[ $(differences "$before" head items length) == 8 ]]
  [[ $(differences "$before" head entries '[.[] | select(.id == "SIT-01/PEE-001") | .values[] | select(.name == "passed") | .from, .to]') == '["0","8"]' ]]
}

@test "every answer is what its schema says" {
  python3 -c 'from jsonschema import Draft202012Validator' || skip 'python3-jsonschema is not installed'
  {
    assay diff head head --json
    assay diff 3 head --json
    assay diff head 3 --phase SIT-01 --json
    assay diff 3 4711 --json 2>/dev/null || true
  } >"$BATS_TEST_TMPDIR/answers"
  run -0 python3 "$ROOT/tests/cli/validate.py" "$ROOT/docs/schemas" <"$BATS_TEST_TMPDIR/answers"
  [[ $(grep -c . <<<"$output") == 4 ]]
  # The check can fail.
  jq -c '.sections[4].differences[0].kind = "other"' <(assay diff 3 head --json) >"$BATS_TEST_TMPDIR/bad"
  run ! python3 "$ROOT/tests/cli/validate.py" "$ROOT/docs/schemas" <"$BATS_TEST_TMPDIR/bad"
}
