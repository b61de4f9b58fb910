#!/usr/bin/env bats
# --dry-run of every command that writes: it says what would happen, and nothing has changed afterwards.

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

# Every file of the home but RocksDB's own diaries, which an opening writes without changing the ledger.
all_bytes() {
  (cd "$home" && find . -type f ! -path './ledger/db/*' -exec sha256sum {} + | sort)
  fingerprint
  assay evidence list --json | jq -c .evidence
}

# Runs the command with --dry-run: it must succeed, say these words and change nothing.
only_says() { # words command…
  local words=$1 before
  shift
  before=$(all_bytes)
  run -0 assay "$@" --dry-run
  [[ $output == *"$words"* ]]
  [[ $(all_bytes) == "$before" ]]
  run -0 --separate-stderr assay "$@" --dry-run --json
  [[ $(jq .dry_run <<<"$output") == true ]]
}

@test "record" { only_says 'would record 1 event; nothing was signed or written' record heartbeat --key harness; }

@test "attest" { only_says 'would record states_attested; nothing was signed or written' attest --key harness; }

@test "publish" { only_says 'nothing was written' publish -o "$BATS_TEST_TMPDIR/published"; }

@test "record refuses in a dry run what it would refuse" {
  refuses_and_leaves 7 record role_granted party=SP-A holder=harness role=DCC-TM --key harness --dry-run <<<'only a root key may say this'
  refuses_and_leaves 5 record issue_raised issue=TI-1 phase=SIT-99 kind=unexpected_outcome title=x --key harness --dry-run <<<'SIT-99'
}

@test "record --stream" {
  printf '{"type":"heartbeat","data":{}}\n{"type":"heartbeat","data":{}}\n' >two.jsonl
  only_says 'would record 2 events' record --stream -f two.jsonl --key harness
  run -0 assay record --stream --key harness --dry-run <two.jsonl
  [[ $output == *'would record 2 events'* && $(entry_count) == 7 ]]
}

@test "import" {
  make_report report.xml 3
  only_says 'would come in: 3 results for SIT-01 / PEE-001' import report.xml --phase SIT-01 --entry PEE-001 --key harness
  echo '<testsuite' >bad.xml
  refuses_and_leaves 5 import bad.xml --dry-run <<<'bad.xml'
}

@test "import asks the ledger what importing would answer" {
  make_report report.xml 3
  local here=(--phase SIT-01 --entry PEE-001)
  refuses_and_leaves 2 import report.xml --key harness --dry-run <<<'no phase: neither the command nor the report names one'
  refuses_and_leaves 3 import report.xml --phase SIT-99 --entry PEE-001 --dry-run <<<'there is no phase SIT-99'
  refuses_and_leaves 7 import report.xml "${here[@]}" --key tag --dry-run <<<'import_started'
  make_report named.xml 1 ledger.phase=SIT-01 ledger.pee=PEE-099
  refuses_and_leaves 3 import named.xml --key harness --dry-run <<<'there is no planned entry PEE-099'
  run -0 assay import report.xml report.xml "${here[@]}" --key harness --dry-run
  [[ $output == *'would come in: 3 results'*'nothing would be added'* ]]
  assay import report.xml "${here[@]}" --key harness --tz UTC
  only_says 'imported before as imp-' import report.xml "${here[@]}" --key harness --tz UTC
  [[ $(assay import report.xml "${here[@]}" --key harness --tz UTC --dry-run --json | jq -r '.files[0].targets[0].status') == already_there ]]
  refuses_and_leaves 4 import report.xml "${here[@]}" --key harness --dry-run <<<'was recorded with --tz UTC'
}

@test "import --lint reads the reports alone, and needs no ledger" {
  make_report report.xml 3
  mkdir nowhere
  run -0 env -u ASSAY_LEDGER "$ASSAY_BIN" import report.xml --lint -L nowhere
  [[ $output == *'(not said: --phase)'*'nothing was written'* ]]
  cd nowhere
  run -0 env -u ASSAY_LEDGER "$ASSAY_BIN" import ../report.xml --dry-run
  [[ $output == *'no ledger is named or here'*'(not said: --phase)'* ]]
  refuses 3 import ../report.xml --dry-run -L "$BATS_TEST_TMPDIR/nowhere" <<<'is no ledger'
}

@test "evidence add" {
  echo bytes >file
  only_says 'would record evidence_added' evidence add file --key harness
  refuses_and_leaves 15 evidence add file --key harness --dry-run --expect "$(printf '%064d' 0)" <<<'has SHA-256'
}

@test "key new, key register and init" {
  only_says 'would make spare  ed25519' key new spare
  assay key new extra
  only_says 'would register 1 key' key register extra --party SP-A --key root
  refuses_and_leaves 7 key register extra --party SP-A --key harness --dry-run <<<'event 0 (key_registered)'
  only_says 'would make key log-2' init elsewhere --origin other.invented.example/ledger --programme X --root root:DCC --log-key log-2
  [[ ! -e elsewhere ]]
}

@test "demo" {
  only_says 'nothing was written' demo "$BATS_TEST_TMPDIR/stage" --reports "$ROOT/tests/data/junit"
  [[ ! -e stage ]]
  refuses 3 demo elsewhere --reports nowhere --dry-run <<<$"the demo's reports are not in nowhere"
}

@test "demo finds its reports where the program is installed" {
  mkdir -p there/bin there/share/assay/demo
  cp "$ASSAY_BIN" there/bin/
  run -3 there/bin/assay demo stage --dry-run
  [[ $output == *'share/assay/demo of an installation'* ]]
  cp "$ROOT"/tests/data/junit/*.xml there/share/assay/demo/
  run -0 there/bin/assay demo stage --dry-run
  [[ $output == *"$BATS_TEST_TMPDIR/there/share/assay/demo/googletest-1.12.1.xml"* ]]
}

@test "sign" {
  assay draft heartbeat --key harness -o draft.dsse
  only_says 'would sign submission 0 with key harness' sign draft.dsse --key harness
  [[ $(jq '.signatures | length' draft.dsse) == 0 ]]
  assay record heartbeat --key harness
  refuses_and_leaves 13 sign draft.dsse --key harness --dry-run <<<"this key's own record says 1 submissions"
}

@test "submit" {
  assay draft heartbeat --key harness -o draft.dsse
  assay sign draft.dsse --key harness
  only_says 'would become entry 7' submit draft.dsse
  jq '.signatures[0].sig |= (if startswith("A") then "B" else "A" end + .[1:])' draft.dsse >forged.dsse
  refuses_and_leaves 12 submit forged.dsse --dry-run <<<'does not match'
  assay submit draft.dsse
  only_says 'is entry 7 already' submit draft.dsse
}

@test "endorse and dissent" {
  assay record tag_position_recorded about=phase/SIT-01 position=endorsed meeting=TAG-1 minutes="$(printf '%064d' 1)" --key tag
  only_says 'would record 1 event' dissent 7.0 --reason 'not yet (invented)' --key dcc
}
