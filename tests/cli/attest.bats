#!/usr/bin/env bats
# Attested states: recorded, refolded by every verification, and traced to an entry where they differ.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR" || return 1
}

claim() { # claim: verdict of the verification of the ledger
  assay verify --json | jq -r --arg claim "$1" '.claims[] | select(.claim == $claim) | .verdict'
}

valid() { # answers in JSON on standard input
  python3 -c 'from jsonschema import Draft202012Validator' || skip 'python3-jsonschema is not installed'
  python3 "$ROOT/tests/cli/validate.py" "$ROOT/docs/schemas"
}

# The event that was recorded as <event>, with these jq changes to its data, by key dcc.
attest_again() { # event jq-filter
  assay show "$1" --json | jq -c "{type: \"states_attested\", data: (.entry.events[0].data | $2)}" >again.json
  assay record -f again.json --key dcc
}

@test "what is attested is what the states have, and verify says so" {
  [[ $(claim projections) == not_checked ]]
  run -0 assay attest --key dcc --json
  [[ $(jq .at_size <<<"$output") == 7 ]]
  [[ $(jq -c .state_digests <<<"$output") == "$(assay state programme --at 7 --json | jq -c .state_digests)" ]]
  [[ $(assay show 7.0 --json | jq -r ".entry.events[0].type") == states_attested ]]
  [[ $(claim projections) == proved ]]
  run -0 assay verify --require projections
  [[ $output == *'8 digests of refolded states, as they were stated'* ]]
  # With no refold there is nothing to compare with.
  run -16 assay verify --no-refold --require projections
}

@test "any registered key may attest, nobody else, and a trial writes nothing" {
  assay key new nobody
  refuses_and_leaves 7 attest --key nobody <<<''
  refuses_and_leaves 7 attest --key nobody --dry-run <<<''
  before=$(fingerprint)
  run -0 assay attest --key harness --dry-run
  [[ $output == *'would record states_attested; nothing was signed or written'* ]]
  [[ $(fingerprint) == "$before" ]]
  assay attest --key harness
}

@test "an earlier point is attested too, and beyond the log there is none" {
  run -0 assay attest --at 3 --key dcc --json
  [[ $(jq .at_size <<<"$output") == 3 ]]
  [[ $(jq -c .state_digests <<<"$output") == "$(assay state programme --at 3 --json | jq -c .state_digests)" ]]
  [[ $(claim projections) == proved ]]
  refuses_and_leaves 3 attest --at 99 --key dcc <<<'the log has 8 entries, not 99'
  refuses_and_leaves 2 attest --at 0 --key dcc <<<'at size 0 there is nothing to attest'
  # Before the attestation was made nobody states anything.
  run -0 assay verify --at 6
  [[ $output == *'nobody states a digest at a size that this run refolded'* ]]
}

@test "a wrong attestation fails the claim with code 14, and names the entries between" {
  assay attest --key dcc
  assay record heartbeat --key harness
  assay record heartbeat --key harness
  wrong=$(printf '%064d' 0)
  now=$(assay attest --key dcc --dry-run --json | jq -c '.state_digests | map({digest, name: .projection, version})')
  attest_again 7.0 ".size = 10 | .digests = $now | .digests[3].digest = \"$wrong\""
  name=$(jq -r '.data.digests[3].name' again.json)
  run -14 assay verify
  [[ $output == *"the state \"$name\" at size 10 has another digest than event 10.0 states"* ]]
  [[ $output == *'at size 7 it had the one that event 7.0 states, so the two part in one of the entries 7 to 9'* ]]
  run -14 assay verify --json
  [[ $(jq -r '.claims[] | select(.verdict == "failed") | .claim' <<<"$output") == projections ]]
  [[ $(jq -r '.findings | map(.expected) | .[]' <<<"$output") == "$wrong" ]]
  [[ $(jq -r '.findings[0] | "\(.claim) \(.entry)"' <<<"$output") == 'projections 10' ]]
  [[ $(jq -r '.findings[0].actual' <<<"$output") != "$wrong" ]]
  valid <<<"$output"
  # Up to before it nothing is wrong.
  run -0 assay verify --at 10
}

@test "a wrong attestation is taken back by its author, and by nobody else" {
  assay attest --key dcc
  attest_again 7.0 '.size = 8 | .digests[0].digest = ("0" * 64)'
  run -14 assay verify
  correct() { assay record correction_recorded target=8.0 field=digests old_value=wrong new_value=none 'reason=a slip (invented)' --key "$1"; }
  correct harness
  run -14 assay verify
  correct dcc
  run -0 assay verify
  [[ $output == *'which its author took back in event 10.0'* ]]
  run -16 assay verify --require projections
}

@test "states of another version of a projection are not compared" {
  assay attest --key dcc
  attest_again 7.0 '.size = 8 | .digests[].version = 99'
  run -0 assay verify
  [[ $output == *'is of its version 99; this program folds version'* ]]
  run -16 assay verify --require projections
}

@test "answers in JSON keep to their schemas" {
  {
    assay attest --key dcc --dry-run --json
    assay attest --key dcc --json
    assay attest --key nobody --json || true
    assay bisect "$ASSAY_BIN" --json
    assay bisect ./nothing --json || true
  } >answers
  (($(wc -l <answers) == 5))
  valid <answers
}

# Another program that folds as this one, but wrong from size <size> on.
make_liar() { # size
  cat >liar <<SH
#!/bin/sh
echo "\$*" >>asked
answer=\$("$ASSAY_BIN" "\$@") || exit
[ "\$(printf '%s' "\$answer" | jq .at_size)" -lt $1 ] || answer=\$(printf '%s' "\$answer" | jq -c '.state_digests[2].digest = ("0" * 64)')
printf '%s\n' "\$answer"
SH
  chmod +x liar
}

@test "bisect names the one entry that another program folds differently" {
  size=$(entry_count)
  for wrong_from in 1 4 "$size"; do
    make_liar "$wrong_from"
    run -14 assay bisect ./liar --json
    [[ $(jq .entry <<<"$output") == $((wrong_from - 1)) ]]
    [[ $(jq -r '.states | map(.theirs) | .[]' <<<"$output") == "$(printf '%064d' 0)" ]]
    [[ $(jq -r '.events[0].event' <<<"$output") == $((wrong_from - 1)).0 ]]
    valid <<<"$output"
  done
  run -14 assay bisect ./liar
  [[ $output == *"entry $((size - 1)) is folded differently: before it the states are the same"* ]]
  # It is asked for the halves, not for every size.
  rm asked
  run -14 assay bisect ./liar
  (($(wc -l <asked) <= 5))
}

@test "bisect of a program that folds alike, and of what is none" {
  run -0 assay bisect "$ASSAY_BIN" --at 5
  [[ $output == *'both fold 5 entries to the same states (8 compared)'* ]]
  refuses 3 bisect ./nothing <<<'cannot run ./nothing'
  refuses 16 bisect /bin/echo <<<'its answer has no digests of states'
  refuses 16 bisect /bin/false <<<'it ended with exit code 1'
  # One that never stops talking is not waited for.
  printf '#!/bin/sh\nexec yes\n' >talker
  chmod +x talker
  refuses 5 bisect ./talker <<<'its answer is larger than 256 MiB'
}
