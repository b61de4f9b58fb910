#!/usr/bin/env bats
# Terminals: colour and progress only there, and nothing from a report can drive one.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() { use "$BATS_FILE_TMPDIR/base"; }

# Runs the command with a terminal as standard output and error; what it wrote is in ./typescript.
on_terminal() { # command
  command -v script >"$BATS_TEST_TMPDIR/found" || skip 'script is not installed'
  script -qec "$1" "$BATS_TEST_TMPDIR/typescript" </dev/null >"$BATS_TEST_TMPDIR/seen"
}

coloured() { grep -q $'\e\\[[0-9]' "$1"; }

@test "colour on a terminal, none in a pipe" {
  on_terminal "$ASSAY_BIN state phase"
  coloured "$BATS_TEST_TMPDIR/seen"
  assay state phase >plain
  run ! coloured plain
}

@test "NO_COLOR, TERM=dumb and --color never turn it off, --color always on" {
  on_terminal "NO_COLOR=1 $ASSAY_BIN state phase"
  run ! coloured "$BATS_TEST_TMPDIR/seen"
  on_terminal "TERM=dumb $ASSAY_BIN state phase"
  run ! coloured "$BATS_TEST_TMPDIR/seen"
  on_terminal "$ASSAY_BIN state phase --color never"
  run ! coloured "$BATS_TEST_TMPDIR/seen"
  assay state phase --color always >forced
  coloured forced
}

@test "--json is never coloured" {
  on_terminal "$ASSAY_BIN state phase --json --color always"
  run ! coloured "$BATS_TEST_TMPDIR/seen"
}

@test "a progress bar on a terminal, not in a log, not with --quiet" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  make_report long.xml 40000
  local import="import long.xml --phase SIT-01 --entry PEE-001 --key harness"
  on_terminal "$ASSAY_BIN $import"
  grep -q 'importing \[#' "$BATS_TEST_TMPDIR/seen"
  # shellcheck disable=SC2086 # words on purpose
  assay $import --new-run >log 2>&1
  run ! grep -q 'importing \[' log
  on_terminal "$ASSAY_BIN $import --new-run --quiet"
  run ! grep -q 'importing \[' "$BATS_TEST_TMPDIR/seen"
}

@test "long work in a log is a line every ten seconds" {
  have_faketime || skip 'faketime is not installed'
  use_copy_of "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR"
  make_report long.xml 40000
  # A second of the machine is five minutes of the program.
  at_time '+0 x300' "$ASSAY_BIN" import long.xml --phase SIT-01 --entry PEE-001 --key harness >log 2>&1
  grep -Eq '^importing: [0-9]+ of 40000 \([0-9]+%\), [0-9]+ s left$' log
  run ! grep -q $'[\r\e]' log
  at_time '+1h x300' "$ASSAY_BIN" import long.xml --phase SIT-01 --entry PEE-002 --key harness --quiet >log 2>&1
  run ! grep -q '^importing' log
}

@test "a program is told of progress on a descriptor of its own, to the end" {
  assay verify --progress-fd 8 8>"$BATS_TEST_TMPDIR/progress" >"$BATS_TEST_TMPDIR/out"
  [[ $(jq -r .type "$BATS_TEST_TMPDIR/progress" | sort -u) == progress ]]
  [[ $(tail -1 "$BATS_TEST_TMPDIR/progress" | jq -c '[.what, .done == .total]') == '["verifying",true]' ]]
  # Who went away does not stop the work.
  assay verify --progress-fd 8 8> >(true) >"$BATS_TEST_TMPDIR/out"
  run -2 assay verify --progress-fd=-4
}

@test "--no-color is --color never" {
  on_terminal "$ASSAY_BIN state phase --no-color"
  run ! coloured "$BATS_TEST_TMPDIR/seen"
}

@test "control characters of imported names are shown, never sent" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR"
  local name
  name=$(printf 'report\e[31m\a.xml')
  # C1 control, right-to-left override, zero-width space, DEL: all of them legal in XML.
  printf '<testsuite name="x" tests="1"><testcase classname="a\302\233c" name="evil&#x202e;name\342\200\213\177"/></testsuite>' >"$name"
  assay import "$name" --phase SIT-01 --entry PEE-001 --key harness >out 2>&1
  local last
  last=$(($(entry_count) - 1))
  {
    assay show $last
    assay log
    assay state phase SIT-01
    assay verify
    assay show $last --json
    assay log --json
    assay state phase SIT-01 --json
  } >>out 2>&1
  run ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' out
  run ! grep -q -e $'\302\233' -e $'\342\200\256' -e $'\342\200\213' out
  grep -F 'evil\u202ename' out
  grep -F 'report\x1b[31m\x07.xml' out
  # And it is the same name still: escapes of JSON mean what was there.
  [[ $(assay show $last --json | jq -r '[.entry.events[] | select(.type == "result_imported")][0].data.name') == $(printf 'evil\342\200\256name\342\200\213\177') ]]
}

@test "a wrong command line full of escapes is shown, not sent" {
  run -2 assay "$(printf 'rec\e[2Jrod')"
  [[ $output != *$'\e'* ]]
}
