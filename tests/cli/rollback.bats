#!/usr/bin/env bats
# An old copy of the ledger is put back where the keys are: whatever is asked of it, the answer is 13.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  echo notes >notes.txt
  assay evidence add notes.txt --key harness
  cp -a "$ASSAY_LEDGER" old
  assay record heartbeat --key harness
  mv "$ASSAY_LEDGER" newer
  mv old "$ASSAY_LEDGER"
}

setup() { use "$BATS_FILE_TMPDIR/base"; }

@test "no command takes an old copy for the ledger" {
  local command
  for command in status log 'show 0' 'state programme' checkpoint 'checkpoint --list' 'prove 0' 'pin none.pin' verify 'evidence list' \
    "evidence get $(sha256sum <notes.txt | cut -c1-64)" 'record heartbeat --key harness' \
    'record heartbeat --key harness --dry-run' 'draft heartbeat --key harness -o none.draft'; do
    # shellcheck disable=SC2086 # words of a command
    refuses 13 $command <<<'released a checkpoint of 9'
  done
  [[ ! -e none.pin && ! -e none.draft ]]
}

@test "the message says how to look at it all the same, and that works" {
  refuses 13 log <<<'name another key directory with --keys'
  mkdir -p "$BATS_TEST_TMPDIR/empty"
  assay log --keys "$BATS_TEST_TMPDIR/empty"
  assay verify --keys "$BATS_TEST_TMPDIR/empty"
}

@test "the newest of several records decides, not the first by name" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  # A key of the log that was replaced long ago: it released less, and its name comes first.
  cp -a "$BATS_FILE_TMPDIR/newer" "$BATS_TEST_TMPDIR/ledger"
  export ASSAY_LEDGER=$BATS_TEST_TMPDIR/ledger
  assay key new a-first
  cp -a "$ASSAY_KEYS/log.released" "$ASSAY_KEYS/a-first.released"
  assay record heartbeat --key harness
  assay status
  rm -r "$ASSAY_LEDGER" && cp -a "$BATS_FILE_TMPDIR/newer" "$ASSAY_LEDGER"
  refuses 13 log <<<'its key log released a checkpoint of 10'
  # And all of them are held against the ledger: here the older one is behind, the newer one gone.
  rm "$ASSAY_KEYS/log.released"
  assay log
  rm -r "$ASSAY_LEDGER" && cp -a "$BATS_FILE_TMPDIR/base/ledger" "$ASSAY_LEDGER"
  refuses 13 log <<<'its key a-first released a checkpoint of 9'
}
