#!/usr/bin/env bats
# What Assay writes in the formats of transparency logs is read by code that others wrote: Go's
# golang.org/x/mod/sumdb, the packages behind the checksum database.

load ../cli/support

setup_file() {
  isolate
  READ_LOG=$BATS_FILE_TMPDIR/read_log
  export READ_LOG
  GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$BATS_FILE_TMPDIR/cache \
    go build -o "$READ_LOG" "$BATS_TEST_DIRNAME/read_log.go"
  golden_as_published "$BATS_FILE_TMPDIR/golden" log_vkey
}

golden() { # name: a value of the golden log's list
  sed -n "s/^$1 //p" "$ROOT/tests/vectors/log/log.txt"
}

# The golden log as a published directory, with one of its keys as the key in force.
golden_as_published() { # directory key
  local log=$ROOT/tests/vectors/log
  mkdir -p "$1/checkpoints"
  cp -r "$log/tile" "$1/"
  cp "$log/checkpoints/14.note" "$1/checkpoint"
  golden "$2" >"$1/log.vkey"
  local size
  for size in 01 08 12 14; do cp "$log/checkpoints/$size.note" "$1/checkpoints/$((10#$size))"; done
}

flip() { # file offset
  local byte
  byte=$(od -An -tu1 -j "$2" -N 1 "$1")
  # shellcheck disable=SC2059 # The format is the byte.
  printf "\\$(printf %03o $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

@test "Go reads the golden log: checkpoint, tiles, entries, older checkpoints, and a proof" {
  run -0 "$READ_LOG" "$BATS_FILE_TMPDIR/golden" "$ROOT/tests/vectors/log/entry-07.tlog-proof"
  [[ ${lines[0]} == "checkpoint of size 14 is signed by ledger.example/golden" ]]
  [[ ${lines[1]} == "14 entries are under its root" ]]
  [[ ${lines[2]} == "4 checkpoints are consistent with it, 0 are by another key" ]]
  [[ ${lines[3]} == "entry-07.tlog-proof holds" ]]
}

@test "after the log's key was replaced, Go reads the checkpoint that both keys signed with either" {
  golden_as_published "$BATS_TEST_TMPDIR/log" next_log_vkey
  run -0 "$READ_LOG" "$BATS_TEST_TMPDIR/log"
  [[ ${lines[2]} == "1 checkpoints are consistent with it, 3 are by another key" ]]
}

@test "what Go reads it also refuses: an entry, a tile, a signature and an older checkpoint with one bit changed" {
  local file
  for file in tile/entries/000.p/14 tile/0/000.p/14 checkpoint checkpoints/8; do
    rm -rf "$BATS_TEST_TMPDIR/log"
    cp -r "$BATS_FILE_TMPDIR/golden" "$BATS_TEST_TMPDIR/log"
    # In the first half of an entry, of a hash, and in the root of a note.
    flip "$BATS_TEST_TMPDIR/log/$file" 30
    run -1 --separate-stderr "$READ_LOG" "$BATS_TEST_TMPDIR/log"
  done
}

@test "Go reads what assay publish and assay prove write, before and after the log grew" {
  make_programme "$BATS_TEST_TMPDIR/home"
  cd "$BATS_TEST_TMPDIR" || return 1
  assay publish "$ASSAY_LEDGER" -o site
  local size
  size=$(assay status --json | jq .ledger.size)
  run -0 "$READ_LOG" site
  [[ ${lines[0]} == "checkpoint of size $size is signed by sample.invented.example/ledger" ]]
  [[ ${lines[1]} == "$size entries are under its root" ]]
  for _ in {1..3}; do assay record heartbeat --key harness; done
  assay publish "$ASSAY_LEDGER" -o site
  assay prove 5 -o entry5.tlog-proof
  run -0 "$READ_LOG" site entry5.tlog-proof
  [[ ${lines[1]} == "$((size + 3)) entries are under its root" ]]
  [[ ${lines[2]} == *" checkpoints are consistent with it, 0 are by another key" && ${lines[2]} != "0 "* ]]
  [[ ${lines[3]} == "entry5.tlog-proof holds" ]]
}

@test "Go reads tiles of several levels: a log of more than 256 entries" {
  make_programme "$BATS_TEST_TMPDIR/home"
  cd "$BATS_TEST_TMPDIR" || return 1
  # What comes slowly is submitted in small pieces, and each submission is an entry.
  while [[ $(assay status --json | jq .ledger.size) -le 256 ]]; do
    for _ in {1..100}; do
      printf '{"type":"heartbeat","data":{}}\n'
      sleep 0.01
    done | assay record --stream --key harness >/dev/null
  done
  assay publish "$ASSAY_LEDGER" -o site
  [[ -f site/tile/0/000 && -d site/tile/1/000.p ]]
  run -0 "$READ_LOG" site
}
