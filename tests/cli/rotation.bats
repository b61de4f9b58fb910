#!/usr/bin/env bats
# The log's own key is replaced, by two roots of two parties, and everything goes on under the next one.

load support

setup_file() {
  isolate
  new_home "$BATS_FILE_TMPDIR/base"
  assay init "$ASSAY_LEDGER" --origin rotation.invented.example/ledger --programme 'Rotation (invented)' \
    --root root-a:DCC --root root-b:SECAS --threshold 2
  assay key new log-third
  assay pin before.pin
  rotate log-next log-third root-a
}

setup() {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  cp before.pin before.pin.state "$BATS_TEST_TMPDIR"
  cd "$BATS_TEST_TMPDIR" || return 1
}

key_member() { assay key show "$1" --json | jq -r ".key.$2"; }

# Proposes that `next` becomes the log's key; it takes a second root's voice.
rotate() { # next after root
  assay record --stream --key "$3" --with-key "$1" <<JSON
{"type":"log_key_rotated","data":{"log_key":{"key":"$(key_member "$1" key)","public_key":"$(key_member "$1" public_key)"},"next_log_key":"$(key_member "$2" key)","reason":"once a year"}}
JSON
}

# The voice of the second root, and `count` events after it, as one stream.
voice_and_beats() { # count
  local event
  event=$(assay show 1.0 --raw | sha256sum | cut -c1-64)
  printf '{"type":"decision_endorsed","data":{"target":"1.0","digest":"%s"}}\n' "$event"
  seq -f '{"type":"heartbeat","data":{"note":"beat %g"}}' "$1"
}

lines_on() { # size
  assay checkpoint "$1" | grep -c '^— '
}

verdict() { # claim arguments…
  local claim=$1
  shift
  assay verify "$@" --json | jq -r --arg claim "$claim" '.claims[] | select(.claim == $claim) | .verdict'
}

@test "a rotation in the midst of a stream: what follows is signed by the next key" {
  voice_and_beats 2000 >stream
  assay record --stream --key root-b <stream >receipts
  [[ $(entry_count) -gt 4 ]]
  assay verify
  assay verify --pin before.pin
  [[ $(verdict log_signature --pin before.pin) == proved ]]
  # The checkpoint that hands over ends with the voice that completed it, and both keys signed it.
  local size
  size=$(assay checkpoint --list --json | jq '.sizes | map(select(. > 2)) | min')
  [[ $(lines_on "$size") == 2 && $(lines_on 2) == 1 ]]
  [[ $(assay checkpoint | grep -c '^— ') == 1 ]]
}

@test "the next key goes on by itself, and the one that was replaced is no longer needed" {
  assay endorse 1.0 --key root-b
  [[ $(lines_on 3) == 2 ]]
  rm "$ASSAY_KEYS"/log.*
  assay record heartbeat --key root-a
  assay verify --pin before.pin
  [[ $(verdict log_signature) == proved ]]
}

@test "without the next key the voice is recorded, and nothing after it until that key is there" {
  mkdir away
  mv "$ASSAY_KEYS"/log-next.* away
  voice_and_beats 600 >stream
  local code=0
  assay record --stream --key root-b <stream 2>error || code=$?
  cat error
  ((code == 7))
  grep -F 'cannot sign here' error
  [[ $(entry_count) == 3 && $(lines_on 3) == 1 ]]
  assay verify
  mv away/* "$ASSAY_KEYS"
  # What was signed and had no receipt is handed in first.
  assay record heartbeat --key root-b
  (($(entry_count) > 4))
  [[ $(lines_on 3) == 2 ]]
  assay verify --pin before.pin
}
