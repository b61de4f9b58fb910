#!/usr/bin/env bats
# `assay what-if`: the same events under another rulebook, or counted in another way. It never writes. All
# numbers are invented.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/ungoverned"
  assay record issue_raised issue=TI-1 phase=SIT-01 kind=preventing_execution planned_entries=PEE-001,PEE-002 \
    'title=no answer (invented)' --key harness
  assay record issue_triaged issue=TI-1 severity=2 priority=1 attribution=dcc_systems owner=SP-A \
    'rationale=no workaround (invented)' --key dcc
  assay record issue_severity_changed issue=TI-1 from_severity=2 to_severity=3 'reason=rare (invented)' --key dcc
  cp -a "$BATS_FILE_TMPDIR/ungoverned" "$BATS_FILE_TMPDIR/governed"
  use "$BATS_FILE_TMPDIR/governed"
  assay rulebook publish "$ROOT/docs/rulebooks/proposed-2019-08.json" --key root
}

setup() {
  use "$BATS_FILE_TMPDIR/governed"
  BEFORE=$ROOT/docs/rulebooks/before-consultation.json
  PROPOSED=$ROOT/docs/rulebooks/proposed-2019-08.json
}

# One answer as it is and as it would be: ["NOT_APPLICABLE","NOT_MET"], or null where it stays.
verdicts() { # section id, of the answer on standard input
  jq -c --arg section "$1" --arg id "$2" '
    [.sections[] | select(.section == $section) | .differences[] | select(.id == $id)
     | .values[] | select(.name == "verdict") | [.from, .to]][0]'
}

@test "under the older regime an auditor's report is asked for, and is not there" {
  run -0 assay what-if --rulebook "$BEFORE" --phase SIT-01 --entry PEE-001
  [[ ${lines[0]} == 'hypothetical: nothing is recorded, and nothing in the log changes' ]]
  [[ $output == *'supposed: rulebook before-consultation in force from the beginning'* ]]
  [[ $output == *'SIT-01/PEE-001/exit/V7'* && $output == *'verdict: NOT_APPLICABLE → NOT_MET'* ]]
  [[ $output == *'set aside for it: APPROVAL version 1, AUDIT version 2'* ]]
  local answer
  answer=$(assay what-if --rulebook "$BEFORE" --json)
  [[ $(verdicts criteria SIT-01/PEE-001/exit/V7 <<<"$answer") == '["NOT_APPLICABLE","NOT_MET"]' ]]
  [[ $(verdicts claims SIT-01/PEE-001/C13 <<<"$answer") == '["MET","NOT_MET"]' ]]
  [[ $(jq -c '[.hypothetical, .supposition.rulebooks]' <<<"$answer") == '[true,["before-consultation"]]' ]]
}

@test "as is, it says what the other commands say" {
  local answer criteria
  answer=$(assay what-if --rulebook "$BEFORE" --json)
  criteria=$(assay state criteria --json | jq -c '[.assessed[] | {entry, exit} | to_entries[] | .key as $side | .value | .phase as $p | .planned_entry as $e | .answers[] | {key: "\($p)/\($e)/\($side)/\(.criterion)", value: .verdict}] | from_entries')
  jq -e --argjson is "$criteria" '
    [.sections[] | select(.section == "criteria") | .differences[] | select(.id | split("/") | length == 4)] as $changed
    | ($changed | length > 0) and all($changed[]; .values[0].from == $is[.id])' <<<"$answer"
  # What is counted as staying and what differs are all that there is.
  local claims
  claims=$(assay state claims --json | jq '[.assessed[].claims[]] | length')
  [[ $(jq '.sections[] | select(.section == "claims") | (.differences | length) + .unchanged' <<<"$answer") == "$claims" ]]
}

@test "under the rulebook that is in force no answer would be another one" {
  run -0 assay what-if --rulebook "$PROPOSED"
  [[ $output == *'no answer would be another one'* ]]
  [[ $(assay what-if --rulebook "$PROPOSED" --json | jq '[.differences, ([.sections[].unchanged] | add > 40)] | .[0] == 0 and .[1]') == true ]]
}

@test "what was judged earlier is judged under what is supposed, too" {
  use_copy_of "$BATS_FILE_TMPDIR/ungoverned"
  assay record phase_planned -f - --key dcc <<'JSON'
{"phase":"SIT-02","kind":"SIT","stage":"SIT","name":"SIT again (invented)","planned_entries":["PEE-001"],"groups":["ZA"]}
JSON
  assay record entry_decided phase=SIT-02 outcome=enter planned_entries=PEE-001 --key dcc
  assay rulebook publish "$PROPOSED" --key root
  # Entry was decided before there was a rulebook.
  local answer
  answer=$(assay what-if --rulebook "$PROPOSED" --phase SIT-02 --json)
  [[ $(verdicts criteria SIT-02/PEE-001/entry <<<"$answer") == '["UNDETERMINED","NOT_MET"]' ]]
  [[ $(jq '[.sections[0].differences[] | select(.id | startswith("SIT-02/PEE-001/entry/N"))] | length' <<<"$answer") -gt 5 ]]
  [[ $(jq '[.sections[0].differences[] | select(.id | startswith("SIT-02/PEE-001/exit"))] | length' <<<"$answer") == 0 ]]
}

@test "where nothing is in force, a rulebook that nobody published answers, and only what is met is met" {
  use "$BATS_FILE_TMPDIR/ungoverned"
  local answer
  answer=$(assay what-if --rulebook "$PROPOSED" --json)
  [[ $(verdicts thresholds SIT-01/PEE-001 <<<"$answer") == '["UNDETERMINED","MET"]' ]]
  [[ $(verdicts criteria SIT-01/PEE-001/exit <<<"$answer") == '["UNDETERMINED","NOT_MET"]' ]]
  # The same as if it had been published.
  local supposed published
  supposed=$(jq -c '[.sections[] | select(.section == "criteria") | .differences[] | select(.id | test("/exit/")) | {key: .id, value: .values[0].to}] | from_entries' <<<"$answer")
  use "$BATS_FILE_TMPDIR/governed"
  published=$(assay state criteria --json | jq -c '[.assessed[].exit | .phase as $p | .planned_entry as $e | .answers[] | {key: "\($p)/\($e)/exit/\(.criterion)", value: .verdict}] | from_entries')
  [[ $supposed == "$published" ]]
}

@test "severities at their worst, or without late downgrades, turn a verdict" {
  local answer
  answer=$(assay what-if --severity-at max_ever --json)
  [[ $(verdicts thresholds SIT-01/PEE-001 <<<"$answer") == '["MET","NOT_MET"]' ]]
  [[ $(verdicts criteria SIT-01/PEE-001/exit/V2 <<<"$answer") == '["MET","NOT_MET"]' ]]
  [[ $(jq -c '.sections[] | select(.section == "thresholds") | [.differences[].id]' <<<"$answer") == '["SIT-01/PEE-001","SIT-01/PEE-002"]' ]]
  answer=$(assay what-if --ignore-downgrades 72 --json)
  [[ $(verdicts criteria SIT-01/PEE-001/exit/V2 <<<"$answer") == '["MET","NOT_MET"]' ]]
  run -0 assay what-if --severity-at cutoff
  [[ $output == *'no answer would be another one'* ]]
  # It is what `state thresholds` has beside the verdict.
  [[ $(assay state thresholds --entry PEE-001 --json | jq -c '.thresholds[0].counterfactuals | [.as_it_is, .severity_at_max_ever, .downgrades_ignored]') == '["MET","NOT_MET","NOT_MET"]' ]]
}

@test "counting, untriaged issues, carry-over and readings" {
  use_copy_of "$BATS_FILE_TMPDIR/governed"
  assay record issue_raised issue=TI-2 phase=SIT-01 kind=preventing_execution planned_entries=PEE-001 'title=dark (invented)' --key harness
  [[ $(assay what-if --untriaged-as 4 --json | verdicts thresholds SIT-01/PEE-001) == '["NOT_MET","MET"]' ]]
  local limit='.sections[] | select(.section == "limits") | .differences[] | select(.id | startswith("SIT-01/THR-SAMPLE-A/part2_aggregate/") and endswith("/3")) | .values[] | select(.name == "count") | [.from, .to]'
  [[ $(assay what-if --counting per_affected_entry --json | jq -c "$limit") == '["1","2"]' ]]
  # By phase, part 1 counts over the phase instead of each entry.
  run -0 assay what-if --reading D
  [[ $output == *'supposed: reading D'* ]]
  [[ $output == *'+ SIT-01  part1_per_entry, severity 1, over phase SIT-01'* ]]
  [[ $output == *'- SIT-01  part1_per_entry, severity 1, over kind SIT, planned entry PEE-001'* ]]
  # The sample reads its limits by entry itself.
  run -0 assay what-if --reading B --phase SIT-01
  [[ $output == *'no answer would be another one'* ]]
  run -0 assay what-if --carry-over all_kinds --json
  [[ $(jq -c '.supposition.carry_over' <<<"$output") == '"all_kinds"' ]]
}

@test "a policy that cannot be read so is undetermined, never met" {
  local answer
  jq '.policies |= map(select(.policy == "THR-SAMPLE-A" or .policy == "EXIT-SIT") | if .body.threshold then .body.threshold.parts |= [.[0]] else . end) | .clauses = []' "$PROPOSED" >one-part.json
  answer=$(assay what-if --rulebook one-part.json --reading A --json 2>error)
  [[ $(verdicts thresholds SIT-01/PEE-001 <<<"$answer") == '["MET","UNDETERMINED"]' ]]
  [[ $(verdicts criteria SIT-01/PEE-001/exit/V2 <<<"$answer") == '["MET","UNDETERMINED"]' ]]
  [[ $(jq -c .supposition.unreadable <<<"$answer") == '["THR-SAMPLE-A version 1"]' ]]
  grep -F 'cannot be read so, and what rests on it is undetermined: THR-SAMPLE-A version 1' error
  use "$BATS_FILE_TMPDIR/ungoverned"
  for reading in A B C D; do
    [[ $(assay what-if --reading "$reading" --json | jq '[.sections[].differences[]] | length') == 0 ]]
  done
}

@test "a policy that the file puts in force for nothing is not supposed" {
  jq '.policies |= map(select(.policy == "AUDIT") | del(.activation)) | .clauses = []' "$BEFORE" >published.json
  run -0 assay what-if --rulebook published.json --json
  [[ $(jq -c '[.differences, .supposition.policies, .supposition.not_in_force]' <<<"$output") == '[0,[],["AUDIT version 1"]]' ]]
}

@test "as of an earlier point, and of a phase and an entry alone" {
  local size
  size=$(entry_count)
  run -0 assay what-if --rulebook "$PROPOSED" --at 8 --json
  [[ $(jq -c '[.at_size, (.state_digests | length > 5)]' <<<"$output") == '[8,true]' ]]
  # Nobody had triaged the issue by then.
  [[ $(verdicts thresholds SIT-01/PEE-001 <<<"$output") == '["UNDETERMINED","NOT_MET"]' ]]
  run -0 assay what-if --severity-at max_ever --entry PEE-002 --json
  [[ $(jq -c '[.sections[] | select(.section == "criteria") | .differences[].planned_entries[]] | unique' <<<"$output") == '["PEE-002"]' ]]
  refuses 3 what-if --severity-at raised --phase SIT-99 <<<'there is no phase SIT-99'
  refuses 3 what-if --severity-at raised --entry PEE-99 <<<'there is no planned entry PEE-99'
  [[ $(entry_count) == "$size" ]]
}

@test "what cannot be supposed is refused" {
  refuses 2 what-if <<<'nothing is supposed'
  refuses 2 what-if --reading E <<<'--reading'
  refuses 2 what-if --counting twice <<<'--counting'
  refuses 2 what-if --untriaged-as 6 <<<'--untriaged-as'
  refuses 3 what-if --rulebook nowhere.json <<<'nowhere.json'
  echo '{"rulebook":"x"}' >bad.json
  refuses 5 what-if --rulebook bad.json <<<'bad.json: line 1'
}

@test "the ledger and the keys are as they were, byte for byte" {
  use_copy_of "$BATS_FILE_TMPDIR/governed"
  local before
  # Every file but RocksDB's own diaries, which an opening writes without changing the ledger.
  all_bytes() {
    (cd "$BATS_TEST_TMPDIR/home" && find . -type f ! -path './ledger/db/*' -exec sha256sum {} + | sort)
    fingerprint
    assay state rulebook --json | jq -c '.state_digests, .policies'
  }
  before=$(all_bytes)
  [[ $(wc -l <<<"$before") -gt 5 ]]
  assay what-if --rulebook "$BEFORE" --reading A --severity-at max_ever --ignore-downgrades 72
  assay what-if --rulebook - --json <"$BEFORE"
  [[ $(all_bytes) == "$before" ]]
  run -0 assay verify
}

@test "every answer is what its schema says" {
  python3 -c 'from jsonschema import Draft202012Validator' || skip 'python3-jsonschema is not installed'
  {
    assay what-if --rulebook "$BEFORE" --json
    assay what-if --reading A --counting distinct_issue --severity-at raised --carry-over none \
      --deselected left-out --untriaged-as 3 --ignore-downgrades 24 --json
    assay what-if --json 2>/dev/null || true
  } >"$BATS_TEST_TMPDIR/answers"
  run -0 python3 "$ROOT/tests/cli/validate.py" "$ROOT/docs/schemas" <"$BATS_TEST_TMPDIR/answers"
  [[ $(grep -c . <<<"$output") == 3 ]]
  jq -c '.hypothetical = false' <(assay what-if --reading A --json) >"$BATS_TEST_TMPDIR/bad"
  run ! python3 "$ROOT/tests/cli/validate.py" "$ROOT/docs/schemas" <"$BATS_TEST_TMPDIR/bad"
}
