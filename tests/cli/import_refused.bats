#!/usr/bin/env bats
# Reports that cannot be read: exit 5, the bytes kept as evidence, and the refusal in the log.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() { use_copy_of "$BATS_FILE_TMPDIR/base"; }

# Imports the file: it must be refused with these words, kept, and recorded as refused.
refused_and_kept() { # file   <<< words
  local digest before
  digest=$(sha256sum <"$1" | cut -c1-64)
  before=$(entry_count)
  refuses 5 import "$1" --phase SIT-01 --entry PEE-001 --key harness
  assay evidence get "$digest" | cmp - "$1"
  [[ $(assay log -n 1 --json | jq -r '.events[0] | [.type, .data.evidence, .data.phase] | join(" ")') == "import_refused $digest SIT-01" ]]
  [[ $(entry_count) == $((before + 1)) ]]
  [[ $(assay state phase SIT-01 --json | jq .phase.imports_refused) == 1 ]]
  assay verify
}

@test "an XML bomb" {
  cat >bomb.xml <<'XML'
<?xml version="1.0"?>
<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<testsuite name="x" tests="1"><testcase name="&c;"/></testsuite>
XML
  refused_and_kept bomb.xml <<<$'a DOCTYPE at line 2\nnever expanded or fetched'
}

@test "an external entity" {
  cat >external.xml <<'XML'
<?xml version="1.0"?>
<!DOCTYPE t [<!ENTITY host SYSTEM "file:///etc/hostname">]>
<testsuite name="x" tests="1"><testcase name="&host;"/></testsuite>
XML
  refused_and_kept external.xml <<<'a DOCTYPE at line 2'
}

@test "an encoding that is not read" {
  printf '<?xml version="1.0" encoding="EBCDIC-US"?>\n<testsuite name="x" tests="1"><testcase name="a"/></testsuite>' >other.xml
  refused_and_kept other.xml <<<$'the encoding "EBCDIC-US" is not read\nUTF-8'
}

@test "bytes that are not of the encoding declared" {
  printf '<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="x\xff" tests="1"><testcase name="a"/></testsuite>' >wrong.xml
  refused_and_kept wrong.xml <<<'the byte 0xFF is not UTF-8 here'
}

@test "a file that is cut short" {
  printf '<?xml version="1.0"?>\n<testsuite name="x" tests="2"><testcase name="a"/><testcase na' >cut.xml
  refused_and_kept cut.xml <<<$'line 2, column 51\nthe file is cut short'
}

@test "an empty file" {
  : >empty.xml
  refused_and_kept empty.xml <<<'the file is empty'
}

@test "another kind of XML" {
  echo '<html><body>log in first</body></html>' >page.xml
  refused_and_kept page.xml <<<'not a JUnit report: the root element is <html>'
}

@test "the same refusal again adds nothing and says where the first is" {
  echo '<testsuite' >bad.xml
  refused_and_kept bad.xml <<<'bad.xml'
  local entry
  entry=$(($(entry_count) - 1))
  refuses_and_leaves 5 import bad.xml --phase SIT-01 --entry PEE-001 --key harness <<<"refused before in entry $entry; nothing was added"
  # For another entry it is another statement.
  refuses 5 import bad.xml --phase SIT-01 --entry PEE-002 --key harness <<<'bad.xml'
  [[ $(entry_count) == $((entry + 2)) ]]
}

@test "a file that --repair could read says so, and another does not" {
  local report=$ROOT/tests/data/junit/node-test-20.20.2.xml
  refuses 5 import "$report" --phase SIT-01 --entry PEE-001 --key harness <<<'it can be read with --repair'
  run -5 --separate-stderr assay import "$report" --phase SIT-01 --entry PEE-001 --key harness --json
  [[ $(jq -r .files[0].refused.hint <<<"$output") == 'it can be read with --repair'* ]]
  [[ $(jq -r .error.hint <<<"$output") == 'it can be read with --repair'* ]]
  echo '<testsuite' >bad.xml
  run -5 assay import bad.xml --lint
  [[ $output != *--repair* ]]
}

@test "with --json the reason is in the envelope, and the exit code the same" {
  echo '<testsuite' >bad.xml
  run -5 --separate-stderr assay import bad.xml --phase SIT-01 --entry PEE-001 --key harness --json
  [[ $(jq -c '[.ok, .exit_code, .error.code, .files[0].refused.code]' <<<"$output") == '[false,5,"malformed","malformed"]' ]]
}
