#!/usr/bin/env bats
# Rulebooks: checked, published once, shown, and the register of clauses on any day.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  assay record role_granted party=DCC holder=dcc role=DCC-REG --key root
  assay record release_declared release=IOC title='Release (invented)' cohorts=MDS --key dcc
  cp -a "$BATS_FILE_TMPDIR/base" "$BATS_FILE_TMPDIR/published"
  use "$BATS_FILE_TMPDIR/published"
  assay rulebook publish "$ROOT/docs/rulebooks/before-consultation.json" "$ROOT/docs/rulebooks/proposed-2019-08.json" --key dcc
}

setup() {
  use "$BATS_FILE_TMPDIR/published"
  BEFORE=$ROOT/docs/rulebooks/before-consultation.json
  PROPOSED=$ROOT/docs/rulebooks/proposed-2019-08.json
}

@test "check says what is in the samples, and what would be found of them" {
  run -0 assay rulebook check "$BEFORE" "$PROPOSED"
  [[ $output == *'before-consultation, '*' policies'* ]]
  run -0 assay rulebook check "$PROPOSED" --json
  [[ $(jq -r '.rulebooks[0].rulebook' <<<"$output") == proposed-2019-08 ]]
  [[ $(jq -r '[.findings[] | select(.subject == "policy/AUDIT") | .rule] | unique | join(" ")' <<<"$output") == P-PROPOSED ]]
}

@test "check needs no ledger" {
  ASSAY_LEDGER=$BATS_TEST_TMPDIR/nowhere run -0 assay rulebook check "$PROPOSED"
}

@test "a file that is not sound is refused with the member and its place" {
  sed 's/"criterion": "N3"/"criterion": "N33"/' "$PROPOSED" >bad.json
  refuses 5 rulebook check bad.json <<<'there is no criterion N33 here'
  line=$(grep -n '"criterion": "N33"' bad.json | head -1 | cut -d: -f1)
  refuses 5 rulebook check bad.json <<<"bad.json: line $line, column "
  sed 's/"max": 15/"max": 1/' "$PROPOSED" >bad.json
  refuses 5 rulebook check bad.json <<<'max: a limit on some severities exceeds the limit on more of them'
  sed 's/"combine"/"combination"/' "$PROPOSED" >bad.json
  refuses 5 rulebook publish bad.json --key dcc <<<'member "combination"'
  sed 's/"effective_on": "2019-08-29"/"effective_on": "2019-02-30"/' "$PROPOSED" >bad.json
  refuses 5 rulebook check bad.json <<<'effective_on is a date like 2019-08-29'
  refuses 3 rulebook check nowhere.json <<<'nowhere.json'
}

@test "publishing again adds nothing and says so" {
  before=$(fingerprint)
  run -0 assay rulebook publish "$BEFORE" "$PROPOSED" --key dcc
  [[ $output == *'nothing to add: the log has all of it'* ]]
  run -0 --separate-stderr assay rulebook publish "$PROPOSED" --key dcc --json
  [[ $(jq '.added | length' <<<"$output") == 0 && $(jq '.present | length' <<<"$output") -gt 20 ]]
  [[ $(fingerprint) == "$before" ]]
}

@test "other content under a version is a conflict, and nothing is recorded" {
  sed 's/"max": 15/"max": 16/' "$PROPOSED" >other.json
  refuses_and_leaves 4 rulebook publish other.json --key dcc <<<'THR-SAMPLE-A version 1 has other content in the log'
}

@test "--dry-run says what would be added and writes nothing" {
  use "$BATS_FILE_TMPDIR/base"
  before=$(fingerprint)
  run -0 assay rulebook publish "$PROPOSED" --key dcc --dry-run
  [[ $output == *'would add AUDIT version 2: in force from 2019-09-20T00:00:00.000000Z'* ]]
  [[ $output == *'nothing was signed or written'* ]]
  refuses 7 rulebook publish "$PROPOSED" --key harness --dry-run <<<'this takes a root key or DCC-REG'
  [[ $(fingerprint) == "$before" ]]
}

@test "a scope that names a release that is not declared is refused" {
  make_programme "$BATS_TEST_TMPDIR/none"
  assay record role_granted party=DCC holder=dcc role=DCC-REG --key root
  refuses_and_leaves 5 rulebook publish "$BEFORE" --key dcc <<<'there is no release/IOC'
  # Also when what comes before it would fill a submission of its own.
  refuses_and_leaves 5 rulebook publish "$PROPOSED" "$BEFORE" --key dcc <<<'there is no release/IOC'
}

@test "--effective-from puts everything in force from then on" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay rulebook publish "$PROPOSED" --key dcc --effective-from 2100-01-01T00:00Z
  run -0 assay rulebook list --json
  [[ $(jq -r '[.policies[].status] | unique | join(" ")' <<<"$output") == awaited ]]
}

@test "list and show" {
  run -0 assay rulebook list
  [[ $output == *AUDIT*overtaken* && $output == *'2019-09-20 01:00 BST'* ]]
  run -0 assay rulebook show AUDIT
  [[ $output == *'AUDIT version 2  No external audit'* && $output == *'rests on clause 12 of MTAD: removal_proposed'* ]]
  run -0 assay rulebook show AUDIT --version 1 --json
  [[ $(jq -r .policy.content.body.audit_regime.regime <<<"$output") == audit_required ]]
  refuses 3 rulebook show AUDIT --version 9 <<<'there is no policy AUDIT version 9'
  refuses 3 rulebook show NOBODY <<<'rulebook list'
}

@test "state rulebook, with its digest, at any point of the log" {
  run -0 assay state rulebook --json
  [[ $(jq '[.state_digests[] | select(.projection == "rulebook")] | length' <<<"$output") == 1 ]]
  [[ $(jq '.policies | length' <<<"$output") -gt 20 ]]
  run -0 assay state rulebook --at 5
  [[ $output == *'no policies: whatever rests on one is undetermined'* ]]
}

@test "state clauses says what held on any day" {
  status_on() { assay state clauses --on "$1" --json | jq -r --arg d "$2" --arg c "$3" '.clauses[] | select(.document == $d and .clause == $c) | .status // "unknown"'; }
  [[ $(status_on 2018-12-31 MTAD 12) == unknown ]]
  [[ $(status_on 2019-08-08 MTAD 12) == in_force ]]
  [[ $(status_on 2019-08-29 MTAD 12) == removal_proposed ]]
  [[ $(status_on 2019-08-29 SVTAD 13.11) == withdrawn_before_effect ]]
  [[ $(status_on 2019-08-29 MTAD 6.3.b) == proposed ]]
  run -0 assay state clauses --on 2019-08-29
  [[ $output == *'on 2019-08-29, as far as the log says'* ]]
  refuses 2 state clauses --on yesterday <<<'no date "yesterday"'
}

@test "the samples satisfy the published schema" {
  assay rulebook schema >schema.json
  jq -e '.properties.policies' schema.json
  python3 -c 'import jsonschema' 2>/dev/null || skip 'python3-jsonschema is not installed'
  for file in "$BEFORE" "$PROPOSED"; do
    python3 -c 'import json,sys,jsonschema; jsonschema.Draft202012Validator(json.load(open(sys.argv[1]))).validate(json.load(open(sys.argv[2])))' schema.json "$file"
  done
}
