#!/usr/bin/env bats
# Evidence files: bytes come back identical, damage is found, and nothing damaged is handed out.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  head -c 5000000 /dev/urandom >large.bin
  assay evidence add large.bin --key harness --title 'a capture (invented)' --media-type application/vnd.tcpdump.pcap
}

setup() {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  digest=$(sha256sum <large.bin | cut -c1-64)
}

@test "a file comes back byte for byte, to a file and to standard output" {
  assay evidence get "$digest" | cmp - large.bin
  assay evidence get "${digest:0:12}" -o "$BATS_TEST_TMPDIR/back"
  cmp "$BATS_TEST_TMPDIR/back" large.bin
}

@test "an empty file is a file" {
  : >empty
  assay evidence add empty --key harness
  assay evidence get e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 | cmp - empty
}

@test "the list names digest, size and event, and the log both digests" {
  [[ $(assay evidence list --json | jq -c --arg d "$digest" '.evidence[] | select(.digest == $d) | [.size_bytes, .event]') == '[5000000,"7.0"]' ]]
  [[ $(assay log --type evidence_added --json | jq -r '.events[0].data.digest_sha512') == "$(sha512sum <large.bin | cut -c1-128)" ]]
}

@test "the same file again is kept once and recorded once" {
  run -0 assay evidence add large.bin --key harness
  [[ $output == *'already kept'*'the log names it already, in event 7.0'* ]]
  [[ $(entry_count) == 8 ]]
}

@test "another file than the one expected is refused" {
  echo other >other
  refuses_and_leaves 15 evidence add other --key harness --expect "$digest" <<<'expected was'
  refuses_and_leaves 2 evidence add other --key harness --expect abc <<<'--expect "abc" is no SHA-256'
}

@test "a file without a key to record it is kept, and the message says what is missing" {
  echo unrecorded >unrecorded
  refuses_and_leaves 2 evidence add unrecorded <<<$'the log does not name it yet\n--key NAME'
  run -0 assay evidence add unrecorded --key harness
  [[ $output == *'already kept'*'recorded 8.0'* ]]
}

@test "a directory is no evidence, and a device is not replaced by a file" {
  mkdir -p folder
  refuses_and_leaves 2 evidence add folder --key harness <<<'folder is a directory'
  mkfifo "$BATS_TEST_TMPDIR/pipe"
  refuses_and_leaves 2 evidence get "$digest" -o "$BATS_TEST_TMPDIR/pipe" <<<'not an ordinary file'
  [[ -p $BATS_TEST_TMPDIR/pipe ]]
}

@test "--json does not mix a file into its answer" {
  refuses_and_leaves 2 evidence get "$digest" --json <<<$'--json cannot hold a file\n--output FILE'
}

@test "a file is erased by whom the roots gave that task, after the log says so" {
  refuses_and_leaves 7 evidence erase "$digest" --legal-basis law --reason r --key harness <<<'DCC-REG'
  assay evidence get "$digest" | cmp - large.bin
  assay record role_granted party=DCC holder=dcc role=DCC-REG --key root
  run -0 assay evidence erase "${digest:0:12}" --legal-basis law --reason r --key dcc --dry-run
  [[ $output == *'would record evidence_erased'*"would erase $digest  5000000 bytes"*'nothing was written'* ]]
  [[ $(entry_count) == 9 ]]
  run -0 assay evidence erase "$digest" --legal-basis 'the law (invented)' --reason 'names a household' --key dcc
  [[ $output == *'recorded 9.0  evidence_erased'*"erased $digest  5000000 bytes"* ]]
  [[ $(assay evidence list --json | jq --arg d "$digest" '[.evidence[] | select(.digest == $d)] | length') == 0 ]]
  refuses 3 evidence get "$digest" <<<"$digest"
  # Never failed: the log accounts for it.
  run -0 assay verify
  [[ $output == *'erased by entry 9'* ]]
  # The bytes are gone from the disk: neither a table nor a log has a piece of the file.
  local piece
  piece=$(head -c 1000016 large.bin | tail -c 16 | od -An -tx1 | tr -d ' \n')
  run -1 bash -c "cat '$ASSAY_LEDGER'/db/* | od -An -v -tx1 | tr -d ' \n' | grep -q '$piece'"
  refuses_and_leaves 3 evidence erase "$digest" --legal-basis law --reason r --key dcc <<<"$digest"
}

@test "an erasure that was recorded and cut short is completed, not recorded twice" {
  assay record role_granted party=DCC holder=dcc role=DCC-REG --key root
  assay record evidence_erased digest="$digest" legal_basis=law reason=r --key dcc
  run -0 assay evidence erase "$digest" --legal-basis law --reason r --key dcc
  [[ $output == *'the log says so already, in event 9.0'*"erased $digest"* ]]
  [[ $(entry_count) == 10 ]]
}
