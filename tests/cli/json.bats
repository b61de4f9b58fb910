#!/usr/bin/env bats
# --json: one envelope on standard output, nothing else there, and the exit code in it is the program's.

# shellcheck disable=SC2154 # `run --separate-stderr` sets stderr

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  make_report report.xml 2
}

setup() { use "$BATS_FILE_TMPDIR/base"; }

# Standard output must be one JSON object with schema, ok and exit_code; prints the exit code.
envelope() { # arguments…
  local code=0 out=$BATS_TEST_TMPDIR/envelope
  assay "$@" --json >"$out" 2>"$BATS_TEST_TMPDIR/messages" </dev/null || code=$?
  [[ $(jq -s length "$out") == 1 ]] || { echo "not one object: assay $*"; cat "$out"; return 1; }
  jq -e --argjson code "$code" '(.schema | test("^assay\\.[a-z_]+/1$")) and .exit_code == $code
    and .ok == ($code == 0) and (.elapsed_ms >= 0) and ((.error == null) == ($code == 0))' "$out" >"$BATS_TEST_TMPDIR/judged" ||
    { echo "a bad envelope of: assay $*"; cat "$out"; return 1; }
  if grep -q $'\e' "$out"; then echo "colour in: assay $*"; return 1; fi
}

@test "every reading command answers with an envelope" {
  local command
  for command in status log 'log issue/' 'show 3' 'show 3.0' 'show 3 --raw' 'state phase' 'state phase SIT-01' 'state issues' 'state rulebook' \
    'state clauses' 'rulebook list' 'rulebook schema' \
    'state programme' 'state decisions' 'state regression' 'state workoff' checkpoint 'checkpoint 3' 'checkpoint --list' 'checkpoint --vkey' 'prove 3' \
    'prove --consistency-from 3' verify 'evidence list' 'key list' 'key show dcc' help 'help record' 'help heartbeat' \
    'help events' 'help exit-codes' schema 'schema heartbeat' man 'man record' 'completion bash' --version --help \
    'record --help'; do
    # shellcheck disable=SC2086 # words on purpose
    envelope $command
  done
}

@test "so does every writing command" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR"
  envelope record heartbeat --key harness
  envelope draft heartbeat --key harness -o draft.dsse
  envelope sign draft.dsse --key harness
  envelope submit draft.dsse
  envelope import "$BATS_FILE_TMPDIR/report.xml" --phase SIT-01 --entry PEE-001 --key harness
  envelope import "$BATS_FILE_TMPDIR/report.xml" --dry-run
  envelope evidence add draft.dsse --key harness
  envelope key new another
  envelope key register another --party SP-A --key root
  envelope pin my.pin
  envelope verify --pin my.pin
  envelope record tag_position_recorded about=phase/SIT-01 position=endorsed meeting=TAG-1 minutes="$(printf '%064d' 1)" --key tag
  envelope dissent 13.0 --reason 'no (invented)' --key dcc
  envelope init other --origin other.invented.example/ledger --programme X --root root:DCC --log-key log-2
}

@test "and so does everything that goes wrong" {
  local command
  for command in recrod key state 'record' 'record heartbet --key harness' 'record heartbeat --key nobody' 'show 999' 'show x' \
    'log --at never' 'log --type x' 'verify --require pinn' 'verify --pin nowhere' 'evidence get abc' 'checkpoint 99' 'prove' \
    'import nowhere.xml --phase SIT-01 --entry PEE-001 --key harness' 'submit nowhere' 'help nothing' 'schema nothing' \
    'man nothing' 'completion tcsh' 'status nowhere' '--no-such-option' 'endorse --all-pending --key dcc' 'demo'; do
    # shellcheck disable=SC2086 # words on purpose
    envelope $command
    [[ $(jq .ok "$BATS_TEST_TMPDIR/envelope") == false ]]
  done
}

@test "an error has code, message and hint, and is told on standard error too" {
  run -5 --separate-stderr assay record heartbeet --key harness --json
  [[ $(jq -r '.error | [.code, .hint] | join(" ")' <<<"$output") == 'rejected did you mean "heartbeat"?' ]]
  [[ $stderr == *'no event type "heartbeet"'* ]]
}

@test "what is required and not proved shows in the envelope's code" {
  run -16 --separate-stderr assay verify --require pin --json
  [[ $(jq -c '[.ok, .exit_code, (.not_checked | map(.claim) | index("pin") != null)]' <<<"$output") == '[false,16,true]' ]]
}

@test "an empty answer is an empty list" {
  [[ $(assay state issues --json | jq -c .issues) == '[]' ]]
  [[ $(assay log issue/ --json | jq -c .events) == '[]' ]]
}

@test "characters that deceive are escaped in JSON, and mean the same" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  local note
  note=$(printf 'a\342\200\256b\363\240\200\241c')
  assay record heartbeat note="$note" --key harness
  assay log -n 1 --json >answer
  [[ $(jq -r '.events[0].data.note' answer) == "$note" ]]
  grep -F '\u202e' answer
  grep -F '\udb40\udc21' answer
  run -1 grep -F "$note" answer
}
