#!/usr/bin/env bats
# assay drill: every kind of damage is done to a copy, and found by the claim that is there for it.

# shellcheck disable=SC2154 # `run --separate-stderr` sets stderr

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  echo 'A file (invented)' >"$BATS_FILE_TMPDIR/file"
  assay evidence add "$BATS_FILE_TMPDIR/file" --title 'A file (invented)' --key harness
}

setup() {
  use "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR" || return 1
}

# What the answer says of a class: its exit code and whether the claim is among those that failed.
found() { # class exit-code claim [verifier]
  jq -e --arg class "$1" --argjson code "$2" --arg claim "$3" --arg verifier "${4:-assay verify}" \
    '.drills[] | select(.class == $class and .verifier == $verifier)
    | .caught and .exit_code == $code and (.claims | index($claim) != null)' answer
}

@test "each kind of damage is found, by the claim and with the code that are documented" {
  assay drill --json >answer
  [[ $(jq '[.drills[] | select(.verifier == "assay verify")] | length' answer) == 10 ]]
  [[ $(jq .missed answer) == 0 && $(jq '.not_tried | length' answer) == 0 ]]
  found entry 10 chain
  found hash 10 indexes
  found index 10 indexes
  found signature 10 author_signatures
  found evidence 15 evidence_files
  found projection 14 projections
  found checkpoint 12 log_signature
  found truncation 10 tree
  found rollback 13 pin
  found fork 13 pin
  # In the forged histories the chain holds: only the head that was kept outside tells.
  [[ $(jq -c '.drills[] | select(.class == "rollback" and .verifier == "assay verify") | .claims' answer) == '["pin"]' ]]
  [[ $(jq -c '.drills[] | select(.class == "signature" and .verifier == "assay verify") | .claims | index("chain")' answer) == null ]]
}

@test "what is done to a published log is found there, by the program and by verify.sh alike" {
  assay drill --json >answer
  local verifier
  for verifier in 'assay verify, published' 'verify.sh, published'; do
    found entry 10 tree "$verifier"
    found hash 10 tree "$verifier"
    found signature 10 author_signatures "$verifier"
    found evidence 15 evidence_files "$verifier"
    found checkpoint 12 log_signature "$verifier"
    jq -e --arg verifier "$verifier" \
      '.drills[] | select(.class == "truncation" and .verifier == $verifier) | .caught' answer
  done
  found projection 14 projections 'assay verify, published'
  jq -e '.drills[] | select(.class == "rollback" and .verifier == "assay verify, published") | .claims | index("pin")' answer
}

@test "the ledger itself is only read, and nothing is left behind" {
  mkdir copies
  (cd "$ASSAY_LEDGER" && find . -type f ! -name 'LOG*' -exec sha256sum {} + | sort) >before
  run -0 assay drill --in copies
  [[ $output == *'✓ caught  fork '* ]]
  (cd "$ASSAY_LEDGER" && find . -type f ! -name 'LOG*' -exec sha256sum {} + | sort) >after
  diff before after
  [[ -z $(ls copies) ]]
}

@test "with --keep the damaged copies stay, and verify says the same of them" {
  mkdir copies
  run -0 assay drill --in copies --keep
  run -10 assay verify copies/assay-drill-*/signature
  [[ $output == *'✗ failed       author_signatures'* ]]
  run -12 assay verify copies/assay-drill-*/checkpoint
}

@test "a ledger that does not verify is no place for a drill" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  "$DAMAGE" "$ASSAY_LEDGER" 3
  run -10 --separate-stderr assay drill
  [[ $stderr == *'the ledger itself does not verify'* ]]
}

@test "what cannot be damaged is said to be untried, and never caught" {
  make_bare_ledger "$BATS_TEST_TMPDIR/bare"
  assay drill --json >answer
  [[ $(jq -r '[.not_tried[].class] | unique | join(" ")' answer) == rollback && $(jq .missed answer) == 0 ]]
  [[ $(jq '[.drills[] | select(.verifier == "assay verify")] | length' answer) == 9 ]]
}

@test "on trial it lists the kinds of damage; where there is no room it says what to do" {
  assay drill --dry-run --json >answer
  [[ $(jq '.would_damage | length' answer) == 10 ]]
  run -1 --separate-stderr assay drill --in "$BATS_TEST_TMPDIR/nowhere"
  [[ $stderr == *'name one that can be written to with --in'* ]]
  run -3 assay drill "$BATS_TEST_TMPDIR"
}
