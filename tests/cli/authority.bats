#!/usr/bin/env bats
# Who may say what: unregistered, expired and revoked keys, roles without authority.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() { use_copy_of "$BATS_FILE_TMPDIR/base"; }

key_id() { assay key show "$1" --json | jq -r .key.key; }

@test "a key that is not registered may say nothing, and may once it is" {
  assay key new stranger
  refuses_and_leaves 7 record heartbeat --key stranger <<<$'is not registered in this log\nhave it registered first'
  assay key register stranger --party SP-A --key root
  run -0 assay record heartbeat --key stranger
  [[ $output == 'recorded 8.0  heartbeat  log/heartbeat' ]]
}

@test "a role without authority over an event type is refused" {
  refuses_and_leaves 7 record tag_position_recorded about=phase/SIT-01 position=endorsed meeting=TAG-1 \
    minutes="$(printf '%064d' 1)" --key harness <<<$'tag_position_recorded\nSP-TL or HARNESS'
}

@test "what takes a root key is refused to any other" {
  refuses_and_leaves 7 record role_granted party=SP-A holder=harness role=DCC-TM --key harness <<<'only a root key may say this'
}

@test "a revoked key may say nothing more" {
  assay record heartbeat --key harness
  assay record key_revoked key="$(key_id harness)" reason=lost --key root
  refuses_and_leaves 7 record heartbeat --key harness <<<'revoked'
  assay verify
}

@test "what a compromised key signed is listed, with the conclusions that rest on it" {
  echo 'minutes (invented)' >"$BATS_TEST_TMPDIR/minutes.txt"
  assay evidence add "$BATS_TEST_TMPDIR/minutes.txt" --key tag
  assay record tag_position_recorded about=phase/SIT-01 position=endorsed meeting=TAG-1 \
    minutes="$(sha256sum <"$BATS_TEST_TMPDIR/minutes.txt" | cut -c1-64)" --key tag
  assay record key_revoked key="$(key_id tag)" reason=lost compromised_since=2019-01-01T00:00:00.000000Z --key root
  run -0 assay verify
  [[ $output == *'is compromised since 2019-01-01T00:00:00.000000Z, says entry 9'* ]]
  [[ $output == *'it signed 2 entries from then on: 7, 8'* ]]
  [[ $output == *'8.0 tag_position_recorded (phase/SIT-01) was said with it'* ]]
  # A run that goes on from a pin lists what lies before it all the same.
  assay pin "$BATS_TEST_TMPDIR/later.pin"
  assay record heartbeat --key harness
  [[ $(assay verify --pin "$BATS_TEST_TMPDIR/later.pin" --json | jq -c '.tainted[0] | [.revoked_by, .entries, .unread, [.resting[] | [.event, .type, .how]]]') == '[9,[7,8],0,[["8.0","tag_position_recorded","said"]]]' ]]
  run -0 assay verify --no-refold
  [[ $output == *'not checked: what rests on them, which takes a refold'* ]]
}

@test "a key whose time is over may say nothing more" {
  assay key new brief
  local id public
  id=$(key_id brief)
  public=$(assay key show brief --json | jq -r .key.public_key)
  assay record key_registered holder=brief key="$id" party=SP-A public_key="$public" \
    valid_from=2019-01-01T00:00:00.000000Z valid_to=2019-12-31T00:00:00.000000Z --key root --with-key brief
  refuses_and_leaves 7 record heartbeat --key brief <<<'2019-12-31'
}

@test "the same key is not registered twice" {
  assay key new extra
  assay key register extra --party SP-A --key root
  refuses_and_leaves 5 key register extra --party SP-A --key root <<<'event 0 (key_registered)'
}

@test "a further key for a holder with roles takes more than one registrar" {
  assay key new double
  refuses_and_leaves 7 key register double --holder dcc --party DCC --key harness <<<'event 0 (key_registered)'
}
