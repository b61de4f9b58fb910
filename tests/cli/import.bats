#!/usr/bin/env bats
# Importing reports: what comes in, where it goes, and that nothing comes in twice.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() { use_copy_of "$BATS_FILE_TMPDIR/base"; }

here=(--phase SIT-01 --entry PEE-001 --key harness)
reports() { echo "$ROOT/tests/data/junit"; }
events_of() { assay log --type "$1" --json | jq "[.events[].data] | $2" -c; }

@test "a report becomes an import, its results and its evidence, which comes back byte for byte" {
  local report
  report=$(reports)/pytest-7.2.1-xunit2.xml
  run -0 assay import "$report" "${here[@]}" --tz Europe/London
  [[ $output == *'19 results: 7 passed, 6 failed, 2 errors, 4 skipped'*'recorded 19 results for SIT-01 / PEE-001'* ]]
  [[ $(events_of import_started '.[0] | [.result_count, .time_zone, .dialect]') == '[19,"Europe/London","pytest"]' ]]
  [[ $(events_of result_imported 'length') == 19 ]]
  assay evidence get "$(sha256sum <"$report" | cut -c1-64)" | cmp - "$report"
  assay verify
}

@test "the same report again adds nothing and says so; --new-run adds it as another run" {
  make_report report.xml 5
  assay import report.xml "${here[@]}"
  local before
  before=$(fingerprint)
  run -0 assay import report.xml "${here[@]}"
  [[ $output == *'imported before as imp-'*'nothing was added'*'--new-run'* ]]
  [[ $(fingerprint) == "$before" ]]
  [[ $(assay import report.xml "${here[@]}" --json | jq -r '.files[0].imports[0].status') == already_there ]]
  run -0 assay import report.xml "${here[@]}" --new-run
  [[ $output == *'recorded 5 results'* ]]
  [[ $(events_of import_started '[.[].repeat]') == '[0,1]' ]]
}

@test "a report can name its phase, entry, build and counter itself" {
  make_report named.xml 3 ledger.phase=SIT-01 ledger.pee=PEE-002 ledger.build=B-1.2 ledger.run_counter_first=7
  assay import named.xml --key harness
  [[ $(events_of import_started '.[0] | [.phase, .planned_entry, .build, .run_counter_first]') == '["SIT-01","PEE-002","B-1.2",7]' ]]
  [[ $(assay state phase SIT-01 --json | jq -c '.phase.counters[0].seen') == '[{"from":7,"to":9}]' ]]
}

@test "what the command line says goes before what the report says" {
  make_report named.xml 1 ledger.phase=SIT-01 ledger.pee=PEE-002
  assay import named.xml --entry PEE-001 --key harness
  [[ $(events_of import_started '.[0].planned_entry') == '"PEE-001"' ]]
}

@test "a report without place, and places that do not exist, are refused before anything is recorded" {
  make_report report.xml 2
  refuses_and_leaves 2 import report.xml --key harness <<<$'no phase\n--phase PHASE --entry ENTRY'
  refuses_and_leaves 2 import report.xml --phase SIT-01 --key harness <<<'no planned entry'
  refuses_and_leaves 3 import report.xml --phase SIT-99 --entry PEE-001 --key harness <<<'there is no phase SIT-99'
  refuses_and_leaves 3 import report.xml --phase SIT-01 --entry PEE-099 --key harness <<<'there is no planned entry PEE-099'
  refuses_and_leaves 3 import nowhere.xml "${here[@]}" <<<'cannot open nowhere.xml'
  refuses_and_leaves 2 import report.xml --phase SIT-01 --entry PEE-001 <<<'no key was named'
  refuses_and_leaves 2 import report.xml "${here[@]}" --tz Nowhere/City <<<$'no time zone "Nowhere/City"\nEurope/London'
  refuses_and_leaves 2 import report.xml "${here[@]}" --run-counter first <<<'--run-counter "first" is not a number'
}

@test "a report that is not well-formed is read with --repair, and every repair is listed" {
  local report
  report=$(reports)/node-test-20.20.2.xml
  run -0 assay import "$report" "${here[@]}" --repair
  [[ $output == *'14 results: 4 passed, 5 failed, 0 errors, 5 skipped'*'repaired: line '* ]]
  [[ $output != *$'\e'* ]]
  (($(assay import "$report" "${here[@]}" --repair --dry-run --json | jq '.files[0].repairs | length') > 0))
}

@test "every report of a real tool comes in" {
  local report
  for report in "$(reports)"/{googletest-1.12.1,jest-junit-17.0.0,playwright-1.65.1}.xml; do
    assay import "$report" "${here[@]}" --tz UTC
  done
  [[ $(events_of import_finished length) == 3 ]]
  assay verify
}

@test "an import is one reading: another zone or build is refused, with what was recorded" {
  make_report report.xml 3
  assay import report.xml "${here[@]}" --tz Europe/London --build B-1
  refuses_and_leaves 4 import report.xml "${here[@]}" --tz UTC --build B-1 <<<$'was recorded with --tz Europe/London; this asks for --tz UTC\n--new-run'
  refuses_and_leaves 4 import report.xml "${here[@]}" <<<'was recorded with --tz Europe/London, --build B-1; this asks for no --tz, no --build'
  run -0 assay import report.xml "${here[@]}" --tz Europe/London --build B-1
  [[ $output == *'imported before'* ]]
  assay import report.xml "${here[@]}" --tz UTC --build B-1 --new-run
  [[ $(events_of import_started '[.[].time_zone]') == '["Europe/London","UTC"]' ]]
}

# An import of 3 results that was cut off after its first one, as a kill leaves it.
begin_import() { # zone
  make_report report.xml 3
  local copy=$BATS_TEST_TMPDIR/whole
  cp -a "$BATS_TEST_TMPDIR/home" "$copy"
  ASSAY_LEDGER=$copy/ledger ASSAY_KEYS=$copy/keys assay import report.xml "${here[@]}" --tz "$1"
  assay evidence add report.xml --key harness
  ASSAY_LEDGER=$copy/ledger assay log --json |
    jq -c '.events[] | select(.type == "import_started" or (.type == "result_imported" and .data.ordinal == 0)) | {type, data}' |
    assay record --stream --key harness
}

@test "an import that was cut off is resumed only as it was begun" {
  begin_import Europe/London
  refuses_and_leaves 4 import report.xml "${here[@]}" --tz UTC <<<$'was begun with --tz Europe/London; this asks for --tz UTC\nresume it as it was begun'
  refuses_and_leaves 4 import report.xml "${here[@]}" --tz Europe/London --build B-2 <<<'was begun with no --build; this asks for --build B-2'
  run -0 assay import report.xml "${here[@]}" --tz Europe/London
  [[ $output == *'resumed: 2 results'* ]]
  [[ $(events_of result_imported length) == 3 ]]
  assay verify
}

@test "what a report declares is kept as it declares it, and what it does not is absent" {
  printf '<testsuites><testsuite name="a" tests="2" failures="0"><testcase name="x"/><testcase name="y"/></testsuite><testsuite name="b" tests="1"><testcase name="z"/></testsuite><testsuite name="c"><testcase name="w"/></testsuite></testsuites>' >suites.xml
  assay import suites.xml "${here[@]}"
  [[ $(events_of import_finished '.[0].declared') == '{"cases":3,"failed":0}' ]]
  printf '<testsuites tests="4" skipped="0"><testsuite name="a" tests="9"><testcase name="x"/></testsuite></testsuites>' >root.xml
  assay import root.xml "${here[@]}"
  [[ $(events_of import_finished '.[1].declared') == '{"cases":4,"skipped":0}' ]]
  printf '<testsuite name="a"><testcase name="x"/></testsuite>' >none.xml
  assay import none.xml "${here[@]}"
  [[ $(events_of import_finished '.[2].declared') == '{}' ]]
  # A counter beyond what an event can state is no counter.
  printf '<testsuite name="a" tests="18446744073709551615"><testcase name="x"/></testsuite>' >huge.xml
  run -0 assay import huge.xml "${here[@]}"
  [[ $output == *'is not a number'* ]]
  assay verify
}

@test "standard input is a report too" {
  make_report report.xml 2
  run -0 assay import - "${here[@]}" <report.xml
  [[ $output == *'recorded 2 results'* ]]
  [[ $(events_of import_started '.[0].file_name') == '"standard-input"' ]]
  assay evidence get "$(sha256sum <report.xml | cut -c1-64)" | cmp - report.xml
  # The same bytes from a file are the same import.
  run -0 assay import report.xml "${here[@]}"
  [[ $output == *'imported before'* ]]
  refuses_and_leaves 2 import - - "${here[@]}" <<<'standard input can be read only once'
}

@test "a pipe is refused instead of waited on" {
  mkfifo pipe
  refuses_and_leaves 2 import pipe "${here[@]}" <<<$'pipe is not an ordinary file\nassay import -'
  refuses_and_leaves 2 evidence add pipe --key harness <<<'pipe is not an ordinary file'
}

@test "several files in one command, of which one is refused" {
  make_report good.xml 2
  echo '<testsuite' >bad.xml
  run -5 assay import good.xml bad.xml "${here[@]}"
  [[ $output == *'recorded 2 results'*'bad.xml'*'refused; kept as evidence'* ]]
}
