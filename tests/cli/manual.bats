#!/usr/bin/env bats
# Help, man pages, completions, schemas: made from the same table as the commands.

load support

setup_file() { isolate; }

@test "man pages of every command are well-formed" {
  command -v mandoc || skip 'mandoc is not installed'
  run -0 assay man --output "$BATS_TEST_TMPDIR/man"
  local pages=("$BATS_TEST_TMPDIR"/man/*.1)
  ((${#pages[@]} >= 20))
  mandoc -T lint -W warning "${pages[@]}"
}

@test "a man page names its command, its options and the exit codes" {
  assay man record >page
  command -v mandoc && mandoc -T ascii page | col -b >text
  grep -F 'assay\-record' page
  assay man show | mandoc -T ascii | col -b | grep -x ' *assay show \[OPTIONS\] ADDRESS'
  assay man evidence | mandoc -T ascii | col -b | grep -x ' *assay evidence add \[OPTIONS\] FILE'
  grep -F -- '\-\-dry\-run' page
  grep -F 'EXIT STATUS' page
}

@test "completions are scripts" {
  assay completion bash >assay.bash
  bash -n assay.bash
  assay completion zsh >_assay
  head -1 _assay | grep -x '#compdef assay'
  if command -v zsh; then zsh -n _assay; fi
  assay completion fish >assay.fish
  if command -v fish; then fish -n assay.fish; fi
  refuses 2 completion tcsh <<<'bash, zsh and fish are known'
}

@test "bash completes commands, subcommands and options" {
  assay completion bash >assay.bash
  completed() { # words…
    # shellcheck disable=SC1091 # made above
    bash -c 'source ./assay.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _assay; printf "%s\n" "${COMPREPLY[@]}"' - "$@"
  }
  [[ $(completed assay ver) == verify ]]
  [[ $(completed assay key reg) == register ]]
  [[ $(completed assay state ph) == phase ]]
  [[ $(completed assay record --dry) == --dry-run ]]
  # The value of an option is no command, and no subcommand.
  [[ $(completed assay -L ledger stat) == $'state\nstatus' ]]
  [[ $(completed assay record --key harness --dry) == --dry-run ]]
  [[ $(completed assay record heartb) == heartbeat ]]
  [[ $(completed assay record --key harness heartb) == heartbeat ]]
  [[ $(completed assay record heartbeat --dry) == --dry-run ]]
  [[ $(completed assay log --type issue_cl) == issue_closed ]]
  [[ $(completed assay help issue_cl) == issue_closed ]]
}

@test "there is a JSON Schema of every event type, and help on it" {
  assay schema >all.json
  local types type
  types=$(assay help events --json | jq -r '.event_types[].type')
  (($(wc -l <<<"$types") >= 60))
  for type in $types; do
    [[ $(jq --arg t "$type" '.[$t].properties.type.const == $t' all.json) == true ]]
  done
  for type in heartbeat issue_raised ledger_created; do
    assay schema "$type" | jq -e '."$schema"' >"$BATS_TEST_TMPDIR/schema"
    assay help "$type" | grep 'recorded by:'
  done
  refuses 3 schema heartbeet <<<'did you mean "heartbeat"?'
  refuses 3 help nothing <<<'topics: exit-codes'
  refuses 3 help recrod <<<'did you mean "record"?'
  refuses 3 help exitcodes <<<'did you mean "exit-codes"?'
  refuses 3 help isue_raised <<<'did you mean "issue_raised"?'
  refuses 3 help key nwe <<<'did you mean "key new"?'
}

@test "the exit codes of the help are those of README.md" {
  sed -n 's/^| \([0-9]*\) | \(.*\) |$/\1 \2/p' "$ROOT/README.md" >readme_codes
  assay help exit-codes | sed -n 's/^\([0-9][0-9]*\)  *\(.*\)$/\1 \2/p' >help_codes
  (($(wc -l <help_codes) == 16))
  diff readme_codes help_codes
}

@test "every command explains itself" {
  local command commands
  commands=$(assay help | sed -n '/^Subcommands:/,$s/^  \([a-z-]*\) .*/\1/p')
  (($(wc -w <<<"$commands") >= 20))
  for command in $commands; do
    assay "$command" --help | grep -F "Usage: assay $command"
    [[ $(assay help "$command") == "$(assay "$command" --help)" ]]
  done
  [[ $(assay help key new) == "$(assay key new --help)" ]]
  assay help key new | grep -F 'Examples:'
  [[ $(assay man key new) == *'assay key new'* ]]
  refuses 3 help key nwe <<<'no help on "key nwe"'
  run -0 assay --help
  [[ ${lines[1]} == 'Usage: assay [OPTIONS] [SUBCOMMAND]' ]]
  [[ $(assay) == "$(assay --help)" ]]
  [[ $(assay) == "$(assay help)" ]]
}
