#!/usr/bin/env bats
# The session in README.md works exactly as printed, in an empty directory.

load support

setup_file() { isolate; }

# The first block of the kind between the session's marks.
block() { # language
  sed -n '/<!-- session -->/,/<!-- \/session -->/p' "$ROOT/README.md" | sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" | sed '1d;$d'
}

setup() {
  mkdir "$BATS_TEST_TMPDIR/empty" "$BATS_TEST_TMPDIR/bin"
  ln -s "$ASSAY_BIN" "$BATS_TEST_TMPDIR/bin/assay"
  cd "$BATS_TEST_TMPDIR/empty" || return 1
}

@test "the session runs with sh -e, says what the page shows, and ends with a verified log" {
  block sh >../session.sh
  (($(wc -l <../session.sh) >= 8))
  [[ $(tail -1 ../session.sh) == 'assay verify'* ]]
  PATH=$BATS_TEST_TMPDIR/bin:$PATH sh -e ../session.sh >../output
  # Every claim that the page shows has been answered so, with the same words.
  local line
  block text | grep -E '^(✓|~|-|✗)' | sed -E 's/: bread arcade.*//' >../shown
  (($(wc -l <../shown) >= 4))
  while IFS= read -r line; do
    grep -F -- "$line" ../output >/dev/null || { echo "not said: $line"; cat ../output; return 1; }
  done <../shown
}

@test "the session names invented values as invented" {
  block sh | grep -q 'invented'
  run ! grep -E 'name=|--title|--programme' <(block sh | grep -v invented)
}
