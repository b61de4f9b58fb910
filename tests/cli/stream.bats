#!/usr/bin/env bats
# record --stream: events as they come, in order, with a receipt before the next line is waited for.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() { use_copy_of "$BATS_FILE_TMPDIR/base"; }

beat() { printf '{"type":"heartbeat","data":{"note":"%s"}}\n' "$1"; }

# Waits until the command succeeds, ten seconds at most.
eventually() {
  local i
  for ((i = 0; i < 200; i++)); do
    "$@" && return 0
    sleep 0.05
  done
  echo "never came true: $*"
  return 1
}

@test "a receipt is out, and readers see the event, while the stream is still open" {
  mkfifo "$BATS_TEST_TMPDIR/fifo"
  "$ASSAY_BIN" record --stream --key harness <"$BATS_TEST_TMPDIR/fifo" >receipts 2>&1 3>&- &
  local writer=$!
  exec 7>"$BATS_TEST_TMPDIR/fifo"
  beat one >&7
  eventually grep -qx 'recorded 7.0  heartbeat  log/heartbeat' receipts
  [[ $(entry_count) == 8 ]]
  printf '\n%s\n%s' "$(beat two)" "$(beat three)" >&7
  exec 7>&-
  wait "$writer"
  [[ $(assay log --type heartbeat --json | jq -r '[.events[].data.note] | join(" ")') == 'one two three' ]]
}

@test "lines before one that is no event are recorded, and the message counts them" {
  run -5 assay record --stream --key harness < <(beat one; beat two; echo '{"type":"heartbeat","data":{"x":1}}'; beat four)
  [[ $output == *'standard input, line 3: heartbeat has no member "x" (2 events of earlier lines were recorded)'* ]]
  [[ $(assay log --type heartbeat --json | jq '.events | length') == 2 ]]
  beat five | assay record --stream --key harness
}

@test "a file with a bad line records nothing" {
  { beat one; echo '{"type":"heartbeat","data":'; } >events.jsonl
  refuses_and_leaves 5 record --stream -f events.jsonl --key harness <<<'events.jsonl, line 2: not usable JSON'
}

@test "many events share submissions and keep their order" {
  seq -f '{"type":"heartbeat","data":{"note":"%g"}}' 5000 | assay record --stream --key harness --json >answer
  [[ $(jq -s '[.[] | select(.type == "receipt") | .events] | add' answer) == 5000 ]]
  (($(jq -s 'length' answer) < 500))
  [[ $(assay log --type heartbeat --json | jq -c '[.events[].data.note | tonumber] == [range(1; 5001)]') == true ]]
}

@test "a line that no submission could hold is refused" {
  run -5 assay record --stream --key harness < <(beat one; head -c 70000 /dev/zero | tr '\0' x)
  [[ $output == *'standard input, line 2 is longer than 57344 bytes'* ]]
}

@test "nothing on standard input is no success" {
  refuses_and_leaves 5 record --stream --key harness <<<'standard input holds no event'
}

@test "a stream takes no type, id or expectation" {
  refuses_and_leaves 2 record heartbeat --stream --key harness <<<'--stream takes no TYPE'
  refuses_and_leaves 2 record --stream --id 2f1c3b5e-8d4a-4c6b-9e7f-0a1b2c3d4e5f --key harness <<<'a stream becomes many'
}

@test "with --json every receipt is a line as it comes, and the last line is the only result" {
  mkfifo "$BATS_TEST_TMPDIR/fifo"
  "$ASSAY_BIN" record --stream --key harness --json <"$BATS_TEST_TMPDIR/fifo" >records 2>errors 3>&- &
  local writer=$!
  exec 7>"$BATS_TEST_TMPDIR/fifo"
  beat one >&7
  eventually grep -q '"type":"receipt","entry":7' records
  run ! grep -q '"type":"result"' records
  beat two >&7
  echo 'no event' >&7
  exec 7>&-
  local code=0
  wait "$writer" || code=$?
  ((code == 5))
  [[ $(jq -r .type records | tail -1) == result ]]
  [[ $(jq -s '[.[] | select(.type == "result")] | length' records) == 1 ]]
  [[ $(tail -1 records | jq -c '[.schema, .ok, .exit_code, .events, .ledger.size, .error.code]') == '["assay.record/1",false,5,2,9,"malformed"]' ]]
}
