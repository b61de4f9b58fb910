#!/usr/bin/env bats
# A ledger that somebody changed, and one that cannot be read: the first is 10 to 15, the second never 0.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  head -c 3000000 /dev/urandom >file.bin
  assay evidence add file.bin --key harness
  assay pin kept.pin
}

setup() {
  cp -a "$BATS_FILE_TMPDIR/base/ledger" "$BATS_TEST_TMPDIR/copy"
  use "$BATS_FILE_TMPDIR/base"
  copy=$BATS_TEST_TMPDIR/copy
}

# verify must find the copy bad: 10 to 15, with these words.
found_bad() { # words
  local code=0
  assay verify "$copy" >"$BATS_TEST_TMPDIR/answer" 2>&1 || code=$?
  cat "$BATS_TEST_TMPDIR/answer"
  ((code >= 10 && code <= 15))
  grep -F -- "$1" "$BATS_TEST_TMPDIR/answer"
}

# verify must not call the copy good, nor say that it found what it could not look at.
never_good() {
  local code=0
  assay verify "$copy" >"$BATS_TEST_TMPDIR/answer" 2>&1 || code=$?
  cat "$BATS_TEST_TMPDIR/answer"
  ((code != 0 && code < 128))
}

@test "the untouched copy is good" { assay verify "$copy"; }

@test "one changed byte of any entry is found, and the entry named" {
  local entry
  for entry in 0 3 7; do
    rm -rf "$copy" && cp -a "$BATS_FILE_TMPDIR/base/ledger" "$copy"
    "$DAMAGE" "$copy" "$entry"
    found_bad "entry $entry"
  done
}

@test "a changed last entry is a finding of verify; whoever would build on it is refused" {
  local last
  last=$(($(entry_count) - 1))
  "$DAMAGE" "$copy" "$last"
  found_bad "entry $last"
  grep -E 'proved +author_streams' "$BATS_TEST_TMPDIR/answer"
  refuses 10 record heartbeat --key harness -L "$copy" <<<'the end of the log does not hold together'
  refuses 10 status -L "$copy" <<<'the end of the log does not hold together'
}

@test "with --json the findings name claim, entry and both values" {
  "$DAMAGE" "$copy" 3
  local code=0
  assay verify "$copy" --json >answer || code=$?
  ((code >= 10 && code <= 15))
  [[ $(jq .exit_code answer) == "$code" && $(jq .ok answer) == false ]]
  [[ $(jq '.findings | length > 0' answer) == true ]]
  [[ $(jq '[.claims[] | select(.verdict == "failed")] | length > 0' answer) == true ]]
}

@test "no pin is made of a log that does not verify" {
  "$DAMAGE" "$copy" 3
  local code=0
  ASSAY_LEDGER=$copy assay pin "$BATS_TEST_TMPDIR/new.pin" >answer 2>&1 || code=$?
  ((code >= 10))
  [[ ! -e $BATS_TEST_TMPDIR/new.pin ]]
}

@test "a missing piece of an evidence file is found, and half a file is never handed out" {
  local digest code=0
  digest=$(sha256sum <file.bin | cut -c1-64)
  "$DAMAGE" "$copy" chunk
  assay verify "$copy" >answer || code=$?
  ((code == 15))
  grep -E "evidence_files .*$digest.* bytes instead of 3000000" answer
  refuses 15 evidence get "$digest" -L "$copy" -o "$BATS_TEST_TMPDIR/back" <<<$'bytes instead of 3000000\nrestore it from a copy'
  [[ ! -e $BATS_TEST_TMPDIR/back && ! -e $BATS_TEST_TMPDIR/back.part ]]
}

@test "an evidence file that is back in place is whole again" {
  cp -a "$BATS_FILE_TMPDIR/base" "$BATS_TEST_TMPDIR/home" && use "$BATS_TEST_TMPDIR/home"
  "$DAMAGE" "$ASSAY_LEDGER" chunk
  run -0 assay evidence add file.bin --key harness
  [[ $output == 'kept '*'the log names it already, in event 7.0'* ]]
  assay evidence get "$(sha256sum <file.bin | cut -c1-64)" | cmp - file.bin
  assay verify
}

@test "bytes changed in the database's own files are found or refused, never good" {
  local file
  for file in $(find "$copy/db" -name '*.log' -size +0 -o -name '*.sst' | sort); do
    cp -a "$file" "$BATS_TEST_TMPDIR/kept"
    # In the middle of the file, so that a torn end cannot explain it.
    printf '\377\377\377\377' | dd of="$file" bs=1 seek=$(($(stat -c %s "$file") / 2)) conv=notrunc status=none
    if ! cmp -s "$file" "$BATS_TEST_TMPDIR/kept"; then never_good; fi
    cp -a "$BATS_TEST_TMPDIR/kept" "$file"
  done
  assay verify "$copy"
}

@test "a missing file of the database is never good" {
  local file
  for file in CURRENT MANIFEST; do
    rm -rf "$copy" && cp -a "$BATS_FILE_TMPDIR/base/ledger" "$copy"
    rm "$copy/db/$file"*
    never_good
  done
}

@test "all of the database's logs gone is a finding, a missing database could not be looked at" {
  rm "$copy"/db/*.log
  found_bad 'files of it were deleted'
  rm -r "$copy/db"
  refuses 16 verify "$copy" <<<'has no database in it'
}

@test "a ledger that may not be read could not be checked" {
  if ((EUID == 0)); then
    command -v setpriv >answer || skip 'as root every file can be read, and setpriv is not here'
    chmod -R a+rX "$copy" && chmod 0 "$copy"/db/CURRENT
    chmod a+x "$BATS_RUN_TMPDIR" "$BATS_FILE_TMPDIR" "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR"/..
    local code=0
    setpriv --reuid=65534 --regid=65534 --clear-groups "$ASSAY_BIN" verify "$copy" >answer 2>&1 || code=$?
    cat answer
    ((code == 1 || code == 16))
  else
    chmod 0 "$copy"/db/CURRENT
    local code=0
    assay verify "$copy" || code=$?
    ((code == 1 || code == 16))
  fi
}
