#!/usr/bin/env bats
# draft, sign, submit, with the signing key in a folder of its own; and what comes of altering what was signed.

# shellcheck disable=SC2154 # `run --separate-stderr` sets stderr

load support

# A home whose key `remote` lies elsewhere: only its public half is beside the ledger.
setup_file() {
  isolate
  export HERE=$BATS_FILE_TMPDIR/base FAR=$BATS_FILE_TMPDIR/far-keys
  make_programme "$HERE"
  ASSAY_KEYS=$FAR assay key new remote
  cp "$FAR/remote.pub" "$HERE/keys/"
  local id public
  id=$(assay key show remote --json | jq -r .key.key)
  public=$(assay key show remote --json | jq -r .key.public_key)
  assay draft key_registered holder=remote key="$id" party=SP-A public_key="$public" \
    valid_from=2019-01-01T00:00:00.000000Z valid_to=2099-01-01T00:00:00.000000Z --key root -o introduce.dsse
  assay sign introduce.dsse --key root
  cp introduce.dsse without-possession.dsse
  ASSAY_KEYS=$FAR assay sign introduce.dsse --key remote
}

setup() {
  use_copy_of "$HERE"
  far=$BATS_TEST_TMPDIR/far
  cp -a "$FAR" "$far"
  cp introduce.dsse without-possession.dsse "$BATS_TEST_TMPDIR"
  cd "$BATS_TEST_TMPDIR" || return 1
}

far_sign() { ASSAY_KEYS=$far assay sign "$@" --key remote; }

issue() { # issue output
  assay draft issue_raised issue="$1" phase=SIT-01 kind=unexpected_outcome planned_entries=PEE-001 title=x --key remote -o "$2"
}

# The payload of an envelope, changed by a filter.
altered() { # envelope filter…
  local envelope=$1
  shift
  jq --arg payload "$(jq -r .payload "$envelope" | base64 -d | "$@" | base64 -w0)" '.payload = $payload' "$envelope"
}

@test "a key of another machine is introduced by both signatures, and then signs drafts there" {
  refuses_and_leaves 12 submit without-possession.dsse <<<'is missing'
  assay submit introduce.dsse
  assay record role_granted party=SP-A holder=remote role=SP-TL --key root
  issue TI-1 draft.dsse
  run -0 --separate-stderr far_sign draft.dsse -o signed.dsse
  [[ $stderr == *'issue_raised  issue/TI-1'* ]]
  run -0 assay submit signed.dsse
  [[ $output == 'recorded 9.0  issue_raised  issue/TI-1' ]]
  run -0 assay submit signed.dsse
  [[ $output == 'already recorded 9.0  issue_raised  issue/TI-1' ]]
  assay verify
}

@test "an unsigned draft is refused" {
  assay submit introduce.dsse
  issue TI-1 draft.dsse
  refuses_and_leaves 5 submit draft.dsse <<<$'the submission is not signed\nassay sign'
}

@test "what was changed after it was signed has no good signature" {
  assay submit introduce.dsse
  issue TI-1 draft.dsse
  far_sign draft.dsse
  altered draft.dsse sed 's/TI-1/TI-2/' >altered.dsse
  refuses_and_leaves 12 submit altered.dsse <<<'does not match the submission'
  altered draft.dsse sed 's/"log":"[0-9a-f]*"/"log":"0000000000000000000000000000000000000000000000000000000000000000"/' >elsewhere.dsse
  refuses_and_leaves 12 submit elsewhere.dsse <<<'does not match the submission'
  jq '.signatures[0].sig |= (if startswith("A") then "B" else "A" end + .[1:])' draft.dsse >forged.dsse
  refuses_and_leaves 12 submit forged.dsse <<<'does not match the submission'
}

@test "a pretty-printed submission is refused, though it means the same" {
  issue TI-1 draft.dsse
  altered draft.dsse jq . >pretty.dsse
  refuses_and_leaves 5 sign pretty.dsse --key dcc <<<'byte 1'
  altered introduce.dsse jq . >pretty.dsse
  refuses_and_leaves 5 submit pretty.dsse <<<'byte 1'
}

@test "a submission that is too large, cut off, or has a member twice is refused" {
  altered introduce.dsse sed "s/\"holder\":\"remote\"/\"holder\":\"$(head -c 60000 /dev/zero | tr '\0' x)\"/" >large.dsse
  refuses_and_leaves 5 submit large.dsse <<<'at most 57344 are taken'
  altered introduce.dsse sed 's/"holder":"remote"/"holder":"remote","holder":"remote"/' >twice.dsse
  refuses_and_leaves 5 submit twice.dsse <<<'a member name stands twice'
  altered introduce.dsse head -c 200 >cut.dsse
  refuses_and_leaves 5 submit cut.dsse <<<'byte 200'
  head -c 300 introduce.dsse >half.dsse
  refuses_and_leaves 5 submit half.dsse <<<'not usable JSON'
}

@test "nobody signs an event type that this program does not know" {
  issue TI-1 draft.dsse
  altered draft.dsse sed 's/issue_raised/issue_raisin/' >unknown.dsse
  refuses_and_leaves 5 sign unknown.dsse --key dcc <<<$'issue_raisin\ndid you mean "issue_raised"?'
}

@test "a submission for another log is refused, though its signature is good" {
  local other=$BATS_TEST_TMPDIR/other
  make_programme "$other"
  cp -a "$BATS_TEST_TMPDIR"/home/keys/dcc.{key,pub} "$other/keys/" 2>/dev/null
  use "$BATS_TEST_TMPDIR/home"
  assay draft heartbeat --key dcc -o draft.dsse
  assay sign draft.dsse --key dcc
  use "$other"
  assay key register dcc --holder dcc-2 --party DCC --key root
  refuses_and_leaves 5 submit draft.dsse <<<'log'
}

@test "a draft at the wrong place of its author's stream is not signed" {
  assay draft heartbeat --key dcc -o draft.dsse
  assay record heartbeat --key dcc
  refuses_and_leaves 13 sign draft.dsse --key dcc <<<$'the draft says sequence 1\nthis key\'s own record says 2 submissions'
}

@test "a signature at the wrong place of its author's stream is refused" {
  assay submit introduce.dsse
  assay draft heartbeat --key remote -o zero.dsse
  far_sign zero.dsse
  cp -a "$far" "$BATS_TEST_TMPDIR/old" && rm -r "$BATS_TEST_TMPDIR"/old/remote.streams
  assay draft heartbeat note=another --key remote -o other.dsse
  ASSAY_KEYS=$BATS_TEST_TMPDIR/old assay sign other.dsse --key remote
  assay submit zero.dsse
  local code=0
  assay submit other.dsse 2>error || code=$?
  ((code == 4 || code == 13))
  grep -F 'sequence' error
  [[ $(entry_count) == 9 ]]
}
