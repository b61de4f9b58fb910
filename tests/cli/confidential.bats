#!/usr/bin/env bats
# Values that are kept out of the log, provably: commitments and their openings.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR" || return 1
}

@test "a text is committed to, recorded, and opened again; the log never holds it" {
  echo 'the meter of 12 Acacia Road' >detail.txt
  run -0 --separate-stderr assay commitment make detail.txt --opening detail.opening
  local hash=$output
  [[ $hash =~ ^[0-9a-f]{64}$ ]]
  [[ $(stat -c %a detail.opening) == 600 ]]
  # Nothing but the program's own hash function says that these are the right bytes.
  run -0 python3 - detail.opening <<'PYTHON'
import hashlib, json, sys
opening = json.load(open(sys.argv[1]))
value = json.dumps(opening["value"]).encode()
print(hashlib.sha256(b"assay.commitment.v1\0" + bytes.fromhex(opening["salt"]) + value).hexdigest())
PYTHON
  [[ $output == "$hash" ]]
  assay record issue_raised issue=TI-0009 phase=SIT-01 title=t kind=unexpected_outcome detail="$hash" --key harness
  run -0 assay commitment check detail.opening
  [[ $output == *'issue_raised  issue/TI-0009'* && $output == *'"the meter of 12 Acacia Road"'* ]]
  [[ $(assay commitment check detail.opening --json | jq -r .value) == 'the meter of 12 Acacia Road' ]]
  run -1 grep -r Acacia "$ASSAY_LEDGER"
  assay verify
}

@test "the same text gives another commitment each time, and no opening is overwritten" {
  echo secret >text
  assay commitment make text --opening one >first 2>said
  assay commitment make - --opening two <text >second 2>said
  [[ $(jq -r .value one two | sort -u) == secret ]]
  run -1 cmp first second
  refuses 4 commitment make text --opening one <<<'one'
  [[ $(jq -r .commitment one) == "$(cat first)" ]]
}

@test "JSON is committed to in canonical form" {
  echo '{ "b": 1, "a": [ "x" ] }' >value.json
  assay commitment make value.json --value-is-json --opening o
  [[ $(jq -cS .value o) == '{"a":["x"],"b":1}' ]]
  echo '{"a":1.5}' >value.json
  refuses 5 commitment make value.json --value-is-json --opening p <<<'numbers are integers'
  [[ ! -e p ]]
}

@test "an opening that does not open is an evidence problem, one that is none is bad input" {
  echo secret >text
  assay commitment make text --opening o
  sed 's/"secret"/"Secret"/' o >changed
  refuses 10 commitment check changed <<<'salt and value give the commitment'
  refuses 3 commitment check o <<<'no event of this log carries commitment'
  echo '{"salt":"00"}' >broken
  refuses 5 commitment check broken <<<'commitment, salt and value'
  echo '{"commitment":"00","salt":"00","value":1}' >broken
  refuses 5 commitment check broken <<<'commitment: '
  refuses 3 commitment check nowhere <<<'nowhere'
}

@test "a text given for a confidential member is refused before it can enter the log" {
  refuses_and_leaves 5 record issue_raised issue=TI-0009 phase=SIT-01 title=t kind=unexpected_outcome \
    'detail=the meter of 12 Acacia Road' --key harness <<<$'detail is confidential\nassay commitment make'
}
