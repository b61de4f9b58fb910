#!/usr/bin/env bats
# What the machine does to a run: locks, full disks, old copies, other formats, closed outputs.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  home=$BATS_TEST_TMPDIR/home
  cd "$BATS_TEST_TMPDIR" || return 1
}

# Holds the ledger open for writing until release is called.
hold() {
  mkfifo fifo
  "$ASSAY_BIN" record --stream --key harness <fifo >held 2>&1 3>&- &
  holder=$!
  exec 7>fifo
  echo '{"type":"heartbeat","data":{}}' >&7
  local i
  for ((i = 0; i < 200; i++)); do
    grep -q recorded held && return 0
    sleep 0.05
  done
  return 1
}
release() {
  exec 7>&-
  wait "$holder"
}

@test "a second writer is told who holds the ledger, and readers are not kept out" {
  hold
  refuses_and_leaves 6 record heartbeat --key dcc 7>&- <<<"is open for writing by process $holder"
  assay status 7>&-
  assay verify 7>&-
  release
  assay record heartbeat --key dcc
}

@test "--wait waits for the other writer" {
  hold
  "$ASSAY_BIN" record heartbeat note=waited --key dcc --wait 60 >waited 2>&1 3>&- 7>&- &
  local waiting=$!
  sleep 0.5
  [[ ! -s waited ]]
  release
  wait "$waiting"
  [[ $(cat waited) == 'recorded 8.0  heartbeat  log/heartbeat' ]]
}

@test "--wait gives up after its time" {
  hold
  refuses_and_leaves 6 record heartbeat --key dcc --wait 1 7>&- <<<'is open for writing'
  release
}

@test "an old copy of the ledger meets what its key released, in writing and in verifying" {
  cp -a "$home/ledger" old
  assay record heartbeat --key harness
  assay pin kept.pin
  rm -r "$home/ledger" && mv old "$home/ledger"
  mkdir empty
  local before
  before=$(ASSAY_KEYS=empty fingerprint)
  refuses 13 record heartbeat --key harness <<<$'ends at 7 entries\nreleased a checkpoint of 8\nput the newer copy back'
  refuses 13 record heartbeat --key harness --dry-run <<<'released a checkpoint of 8'
  refuses 13 verify <<<'released a checkpoint of 8'
  [[ $(ASSAY_KEYS=empty fingerprint) == "$before" ]]
  # A stranger has no such key, but may have a pin.
  assay verify --keys empty
  refuses 13 state phase --at pin:kept.pin --keys empty <<<'the pin states 8 entries; this log has only 7'
  local code=0
  assay verify --keys empty --pin kept.pin >answer 2>&1 || code=$?
  ((code == 13))
  grep -F 'starting from entry 0: the pin covers 8 entries, the log has 7' answer
  grep -F 'entry 7: the pin covers entries that are not there' answer
}

@test "a directory that is no ledger is not found" {
  mkdir empty
  refuses 3 status empty <<<$'empty is no ledger\nassay init'
  refuses 3 verify nowhere <<<'there is no such directory'
  refuses 3 record heartbeat --key harness -L empty <<<'empty is no ledger'
  refuses 3 log -L "$home/keys" <<<'is no ledger'
}

@test "a ledger of a newer format could not be checked" {
  sed -i 's/"format":[0-9]*/"format":99/' "$home/ledger/ledger.json"
  refuses 16 verify <<<$'format 99\nuse the program that wrote it, or a newer one'
  refuses 16 record heartbeat --key harness <<<'format 99'
}

@test "a clock that is behind the log, or far ahead of it, refuses the append and says so" {
  have_faketime || skip 'faketime is not installed'
  local code=0
  at_time '@2001-01-01 00:00:00' "$ASSAY_BIN" record heartbeat --key harness 2>error || code=$?
  ((code == 1))
  grep -i clock error
  code=0
  at_time '+400d' "$ASSAY_BIN" record heartbeat --key tag 2>error || code=$?
  ((code == 1))
  grep -i clock error
  [[ $(entry_count) == 7 ]]
}

# Signed submissions that wait in the outboxes of this home.
waiting() { find "$home/keys" -name '*.dsse' | wc -l; }

@test "what the clock refused is not recorded later" {
  have_faketime || skip 'faketime is not installed'
  local code=0
  at_time '-2d' "$ASSAY_BIN" record issue_raised issue=TI-1 phase=SIT-01 kind=unexpected_outcome \
    planned_entries=PEE-001 title=x --key harness 2>error || code=$?
  ((code == 1))
  grep -F 'the clock says' error
  [[ $(waiting) == 0 && $(entry_count) == 7 ]]
  assay record heartbeat --key harness
  [[ $(entry_count) == 8 && $(waiting) == 0 ]]
  [[ $(assay log issue/ --json | jq '.events | length') == 0 ]]
  assay verify
  # A trial says the same beforehand.
  code=0
  at_time '-2d' "$ASSAY_BIN" record heartbeat --key harness --dry-run 2>error || code=$?
  ((code == 1))
  grep -F 'the clock says' error
}

@test "a submission that waits is said, handed in first, and only once" {
  # An outcome that nobody was told leaves a signed submission behind; here one is put there by hand.
  assay draft heartbeat note=waiting --key harness -o waiting.dsse
  assay sign waiting.dsse --key harness
  local outbox log
  log=$(assay status --json | jq -r .ledger.log_id)
  outbox=$home/keys/harness.outbox/$log
  mkdir -p "$outbox"
  cp waiting.dsse "$outbox/0000000000000000.dsse"
  run -0 assay record heartbeat --key harness --dry-run
  [[ $output == *'would first hand in 1 submission'* ]]
  [[ $(assay record heartbeat --key harness --dry-run --json | jq .waiting_submissions) == 1 ]]
  if have_faketime; then
    local code=0
    at_time '-2d' "$ASSAY_BIN" record heartbeat --key harness 2>error || code=$?
    ((code == 1))
    grep -F 'is signed and waits: the next command that records with this key hands it in first' error
    [[ $(waiting) == 1 ]]
  fi
  assay record heartbeat --key harness
  [[ $(waiting) == 0 && $(entry_count) == 9 ]]
  [[ $(assay log --json | jq -r '.events[-2].data.note') == waiting ]]
}

@test "without the record of what the log's key released nothing is written until somebody says so" {
  assay pin kept.pin
  assay record heartbeat --key harness
  cp -a "$home/ledger" old
  assay record heartbeat --key harness
  rm "$home/keys/log.released"
  rm -r "$home/ledger" && mv old "$home/ledger"
  refuses_and_leaves 13 record heartbeat --key harness <<<$'whether this is an old copy cannot be told\n--adopt-pin FILE'
  refuses_and_leaves 13 record heartbeat --key harness --dry-run <<<'whether this is an old copy cannot be told'
  run -0 assay verify
  [[ $output == *'warning: the record of what the log'* ]]
  sed 's/[A-Za-z]/x/g' kept.pin >broken.pin
  refuses 5 record heartbeat --key dcc --adopt-pin broken.pin <<<''
  run -0 assay record heartbeat --key dcc --adopt-pin kept.pin
  [[ $output == *'the log extends the pin of 7 entries'* ]]
  # From here on there is a record again.
  assay record heartbeat --key dcc
  rm "$home/keys/log.released"
  run -0 assay record heartbeat --key dcc --adopt-head
  [[ $output == *'is adopted as the newest; nothing proved it'* ]]
}

@test "how far the clock may be ahead is an option" {
  # With no step allowed at all, now is too far ahead of the last entry.
  sleep 0.01
  refuses_and_leaves 1 record heartbeat --key harness --max-clock-step-days 0 <<<'clock'
  assay record heartbeat --key harness
}

# Puts the home on a disk of its own, and leaves so much room there.
on_small_disk() { # MiB left
  ((EUID == 0)) || skip 'mounting a small disk takes root'
  mkdir disk
  mount -t tmpfs -o size=160m tmpfs disk 2>error || skip 'no tmpfs can be mounted here'
  cp -a "$home"/* disk/
  use "$BATS_TEST_TMPDIR/disk"
  local left
  left=$(df --output=avail -B1M disk | tail -1)
  head -c $((left - $1))m /dev/zero >disk/filler 2>error || true
}

# The append is refused for want of room; the ledger is as it was, and goes on once there is some.
refuses_for_want_of_room() {
  local before
  before=$(entry_count)
  refuses_and_leaves 1 record heartbeat --key harness <<<$'the disk of\nnothing was stored: free some space'
  rm disk/filler
  assay record heartbeat --key harness
  # What was refused does not come after all.
  [[ $(entry_count) == $((before + 1)) && $(find disk -name '*.dsse' | wc -l) == 0 ]]
  assay verify
}

@test "a disk with little room left refuses the append" {
  on_small_disk 20
  refuses_for_want_of_room
}

@test "a full disk refuses the append" {
  on_small_disk 0
  refuses_for_want_of_room
}

# Makes ready for `stranger`: assay as a user who owns nothing, in a folder that everybody may enter.
for_stranger() {
  ((EUID == 0)) || skip 'becoming another user takes root'
  command -v setpriv >answer || skip 'setpriv is not installed'
  open=$(mktemp -d)
  chmod 755 "$open"
  cp -a "$home"/* "$open/"
  install -m 755 "$ASSAY_BIN" "$open/assay"
  chmod -R a+rX "$open/ledger"
  use "$open"
  stranger=(setpriv --reuid=65534 --regid=65534 --clear-groups "$open/assay")
}

@test "what may not be read is not said to be lost" {
  for_stranger
  "${stranger[@]}" status
  "${stranger[@]}" verify
  local part code
  for part in ledger ledger/db ledger/db/CURRENT; do
    chmod go-rwx "$open/$part"
    code=0
    "${stranger[@]}" status >answer 2>error || code=$?
    ((code == 1))
    grep -F 'Permission denied' error
    run ! grep -E 'no ledger|moved or deleted|damaged' error
    code=0
    "${stranger[@]}" verify >answer 2>error || code=$?
    ((code == 16))
    grep -F 'Permission denied' error
    chmod go+rX "$open/$part"
  done
}

@test "writing where only reading is allowed says so" {
  for_stranger
  cp -a "$open/keys" "$open/mine"
  chown -R 65534:65534 "$open/mine" "$open/passphrase"
  local code=0
  "${stranger[@]}" record heartbeat --key harness --keys "$open/mine" 2>error || code=$?
  ((code == 1))
  grep -F 'Permission denied' error
  grep -F "writing takes permission to write in the ledger's directory" error
}

teardown() {
  cd / || return 1
  [[ -z ${open:-} ]] || rm -rf "$open"
  if mountpoint -q "$BATS_TEST_TMPDIR/disk" 2>"$BATS_TEST_TMPDIR/error"; then umount "$BATS_TEST_TMPDIR/disk"; fi
}

@test "an answer that cannot be written is no success" {
  [[ -c /dev/full ]] || skip 'there is no /dev/full'
  local code=0
  assay log >/dev/full 2>error || code=$?
  ((code == 1))
  grep -F 'cannot write standard output' error
  code=0
  assay verify --json >/dev/full 2>error || code=$?
  ((code == 1))
}
