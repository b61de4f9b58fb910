#!/usr/bin/env bats
# docs/schemas: the answer in JSON of every command, successful or not, is what its schema says.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() {
  python3 -c 'from jsonschema import Draft202012Validator' || skip 'python3-jsonschema is not installed'
  use_copy_of "$BATS_FILE_TMPDIR/base"
  home=$BATS_TEST_TMPDIR/home
  cd "$BATS_TEST_TMPDIR" || return 1
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

# All answers so far keep to their schemas.
valid() { python3 "$ROOT/tests/cli/validate.py" "$ROOT/docs/schemas" <answers; }

@test "every command has a schema" {
  local command sub
  for command in $(assay help | sed -n '/^Subcommands:/,$s/^  \([a-z]*\) .*/\1/p'); do
    sub=$(assay help "$command" | sed -n '/^Subcommands:/,$s/^  \([a-z]*\) .*/\1/p')
    if [[ -z $sub ]]; then
      [[ -f $ROOT/docs/schemas/$command.json ]]
    else
      for name in $sub; do [[ -f $ROOT/docs/schemas/${command}_$name.json ]]; done
    fi
  done
}

@test "commands that record" {
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
  answers 0 init other --origin other.invented.example/ledger --programme X --root root2:DCC --log-key log2 --dry-run
  answers 0 init other --origin other.invented.example/ledger --programme X --root root2:DCC --log-key log2
  answers 4 init other --origin other.invented.example/ledger --programme X --root root2:DCC --log-key log3
  echo 'a name (invented)' >name
  answers 0 commitment make name --opening name.opening
  answers 3 commitment check name.opening
  answers 0 attest --key dcc --dry-run
  answers 0 attest --key dcc
  answers 7 attest --key nobody
  answers 0 demo stage --reports "$ROOT/tests/data/junit" --dry-run
  valid
}

@test "commands that read" {
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
  answers 0 checkpoint
  answers 0 checkpoint --list
  answers 0 checkpoint --vkey
  answers 0 prove 3 -o proof
  answers 0 prove --consistency-from 3
  assay show 3 --raw >entry
  assay checkpoint --vkey >vkey
  answers 0 verify proof --entry entry --vkey vkey
  answers 0 sample --population evidence --list -
  answers 0 sample --population evidence -n 1 --dice 4-1-6-6-2 --explain
  answers 2 sample --population evidence -n 1
  answers 0 bisect "$ASSAY_BIN"
  answers 3 bisect ./nothing
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
  "$DAMAGE" "$home/ledger" 3
  answers 10 verify
  valid
}

@test "a stream of receipts, and of progress" {
  printf '{"type":"heartbeat","data":{}}\n{"type":"heartbeat","data":{}}\n' |
    assay record --stream --key harness --json >answers
  assay verify --progress-fd 8 8>progress >/dev/null
  cat progress >>answers
  [[ $(jq -r .type answers | sort -u | xargs) == 'progress receipt result' ]]
  valid
}

@test "the check itself finds a member that no schema has, and one that is missing" {
  assay status --json | jq -c '. + {extra: 1}' >answers
  run ! valid
  assay status --json | jq -c 'del(.phases)' >answers
  run ! valid
  assay status --json | jq -c 'del(.ledger)' >answers
  run ! valid
}
