#!/usr/bin/env bats
# A report that somebody was handed: `assay verify FILE` says whether the log names these very bytes.

load support
load timeline

setup_file() {
  stand_on_timeline
  use "$BATS_FILE_TMPDIR/base"
  assay publish -o site >published.log
  assay bundle log -o whole.zip >bundled.log
  assay bundle phase/MOC-MDS-SIT-01 -o part.zip >bundled.log
}

setup() {
  use "$BATS_FILE_TMPDIR/base"
  cd "$BATS_FILE_TMPDIR" || return 1
  report=$BATS_TEST_TMPDIR/completion.pdf
  printf 'the combined completion report (invented)\n' >"$report"
}

named() { jq -c '[.file.events[] | [.mention, .type, .subject, .party]]'; }

@test "a report is found by its bytes: issued by whom, and endorsed by whom" {
  run -0 assay verify "$report"
  [[ $output == *'completion_report_issued'*'report/CR-1'*'by DCC'* ]]
  [[ $output == *'refers to that'*'decision_endorsed'* ]]
  [[ $output == *'✓ proved'*'chain'* ]]
  run -0 assay verify "$report" --json
  [[ $(jq -r .file.digest <<<"$output") == "$(sha256sum <"$report" | cut -d' ' -f1)" ]]
  [[ $(jq .file.named <<<"$output") == true ]]
  [[ $(named <<<"$output") == '[["names","evidence_added",'*'["names","completion_report_issued","report/CR-1","DCC"],["refers","decision_endorsed",'* ]]
}

@test "a published log, the web's form of it and a bundle of it say the same" {
  local here
  here=$(assay verify "$report" --json | jq -S .file)
  [[ $(assay verify site --report "$report" --json | jq -S .file) == "$here" ]]
  [[ $(assay verify whole.zip --report "$report" --json | jq -S .file) == "$here" ]]
  refuses 2 verify part.zip --report "$report" <<<'a report is looked for in a whole log'
}

@test "a report that was altered, or that the log had not yet, is not found: exit 15" {
  printf 'the combined completion report (altered)\n' >"$report"
  run -15 assay verify "$report"
  [[ $output == *'no event of this log names a file with these bytes'* ]]
  [[ $(assay verify "$report" --json | jq '.file.named, .exit_code' | paste -sd' ') == 'false 15' ]]
  printf 'the combined completion report (invented)\n' >"$report"
  run -15 assay verify "$report" --at 3
}

@test "a version that was superseded is said to be" {
  printf 'DNB-SIT 0.9 (invented)\n' >"$report"
  run -0 assay verify "$report"
  [[ $output == *'names another file instead'*'document_registered'*'supersedes a version'*'document_superseded'* ]]
}

@test "what is wrong with the log comes first, and a report that cannot be read was not checked" {
  cp -r site "$BATS_TEST_TMPDIR/site"
  local tile
  tile=$(find "$BATS_TEST_TMPDIR/site/tile/0" -type f | head -1)
  printf 'x' | dd of="$tile" bs=1 seek=5 conv=notrunc 2>/dev/null
  run -10 assay verify "$BATS_TEST_TMPDIR/site" --report "$report"
  printf 'altered' >"$report"
  run -10 assay verify "$BATS_TEST_TMPDIR/site" --report "$report"
  refuses 16 verify site --report "$BATS_TEST_TMPDIR/absent" <<<'cannot read'
  refuses 16 verify site --report "$BATS_TEST_TMPDIR" <<<'cannot read'
}
