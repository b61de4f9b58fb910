#!/usr/bin/env bats
# Samples: a population that is committed to first, a seed nobody chose, and tools on paper that agree.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  assay record scope_items_listed scope=SCOPE-1 phase=SIT-01 \
    'items=[{"item":"case_000001","planned_entry":"PEE-001","test_case":"case_000001"}]' --key dcc
  make_report report.xml 40
  assay import report.xml --phase SIT-01 --entry PEE-001 --key harness
  assay record run_started run=R-1 attempt=1 builds= counts_for=SIT devices= phase=SIT-01 planned_entry=PEE-001 \
    test_case=TC-1 --key harness
  assay record run_finished run=R-1 evidence= outcome=passed started_at=2019-11-12T10:00:00.000000Z \
    ended_at=2019-11-12T10:05:00.000000Z --key harness
  assay record issue_raised issue=TI-1 phase=SIT-01 kind=unexpected_outcome planned_entries=PEE-001 \
    'title=no answer (invented)' --key harness
}

setup() {
  use "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR" || return 1
  dice=4-1-6-6-2-3-1-5-5-2
}

draw_with() { # dice arguments…
  local given=$1
  shift
  assay sample --population results -n 5 --dice "$given" "$@"
}
draw() { draw_with "$dice" "$@"; }

@test "without chance there is no sample, and the refusal says why" {
  refuses 2 sample --population results -n 5 <<<'a sample that no chance chose could have been chosen by whoever draws it'
  refuses 2 sample --population results -n 5 --dice 41 <<<'so few dice are no chance'
  refuses 2 sample --population results -n 5 --dice "$dice" --list - <<<'writes the population alone'
  refuses 2 sample --population results --dice "$dice" <<<'either -n or --miss'
  refuses 2 sample --population results --dice "$dice" -n 5 --miss 5 <<<'either -n or --miss'
  refuses 2 sample --population result --dice "$dice" -n 5 <<<'evidence, issues, results, runs, scope_items'
  refuses 3 sample --population results --phase SIT-99 --dice "$dice" -n 5 <<<'there is no phase SIT-99'
  refuses 2 sample --population results -n 5 --cosignatures report.note <<<"a line by an unknown key is nobody's word"
}

@test "the population is listed first, and its digest is sha256sum of the list" {
  run -0 assay sample --population results --list members
  digest=$(sha256sum <members | cut -c1-64)
  [[ $output == *"digest      $digest"* ]]
  (($(wc -l <members) == 41))
  # The log lists the same results.
  assay log --json | jq -r '.events[] | select(.type == "result_imported" or .type == "run_finished") | .event' | cmp - members
  assay sample --population results --list - | cmp - members
  assay sample --population results --list - --json | jq -r '.members[]' | cmp - members
  [[ $(assay sample --population results --list members --json | jq -r .population.digest) == "$digest" ]]
  draw --expect "$digest" >drawn
  refuses 14 sample --population results --at 8 -n 1 --dice "$dice" --expect "$digest" <<<"not $digest"
}

@test "printf, sha256sum and sort draw the same sample" {
  draw --list members --json >answer
  [[ $(jq -r .seed.text answer | tr -d '\n' | sha256sum | cut -c1-64) == "$(jq -r .seed.digest answer)" ]]
  seed=$(printf '{"dice":"%s","population":"%s","population_name":"results","root":"%s","size":%d}' "$dice" \
    "$(sha256sum <members | cut -c1-64)" "$(jq -r .checkpoint.root answer)" "$(jq .checkpoint.size answer)" |
    sha256sum | cut -c1-64)
  [[ $seed == "$(jq -r .seed.digest answer)" ]]
  while read -r m; do printf '%s  %s\n' "$(printf '%s,%s' "$seed" "$m" | sha256sum | cut -c1-64)" "$m"; done <members |
    LC_ALL=C sort | head -n 5 >paper
  jq -r '.sample[] | "\(.ticket)  \(.member)"' answer | diff - paper
  # The root is that of the checkpoint that everybody can see.
  [[ $(assay checkpoint | sed -n 3p | base64 -d | od -An -v -tx1 | tr -d ' \n') == "$(jq -r .checkpoint.root answer)" ]]
}

@test "what --explain prints is a script that draws the same sample" {
  ln -s "$ASSAY_BIN" assay
  draw_with "it's 4-1-6-6-2" --json --explain >answer
  jq -r '.explain[]' answer >redo
  PATH=$PWD:$PATH sh -e redo >redone
  [[ $(sed -n 1p redone | cut -c1-64) == "$(jq -r .population.digest answer)" ]]
  [[ $(sed -n 2p redone | cut -c1-64) == "$(jq -r .seed.digest answer)" ]]
  sed 1,2d redone | diff - <(jq -r '.sample[] | "\(.ticket)  \(.member)"' answer)
  draw_with "it's 4-1-6-6-2" --explain | grep -F "printf '%s' '{\"dice\":\"it'\\''s 4-1-6-6-2\""
}

@test "other dice draw other members, and the same dice the same" {
  draw --json | jq -c '.sample' >one
  draw --json | jq -c '.sample' | cmp - one
  draw_with 4-1-6-6-2-3-1-5-5-3 --json | jq -c '.sample' >other
  run ! cmp -s one other
  # --nonce is another name for the same thing.
  assay sample --population results -n 5 --nonce "$dice" --json | jq -c '.sample' | cmp - one
}

@test "each member says what it rests on, and the commands work as they stand" {
  ln -s "$ASSAY_BIN" assay
  draw --json >answer
  [[ $(jq -r '.sample[0].files[0].digest' answer) == "$(sha256sum <"$BATS_FILE_TMPDIR/report.xml" | cut -c1-64)" ]]
  [[ $(jq '.sample[0].files[0].size_bytes' answer) == $(wc -c <"$BATS_FILE_TMPDIR/report.xml") ]]
  jq -r '.sample[].commands[]' answer | sort -u >commands
  (($(wc -l <commands) >= 11))
  PATH=$PWD:$PATH sh -e commands >looked
  cmp "$(jq -r '.sample[0].files[0].digest[0:12]' answer)" "$BATS_FILE_TMPDIR/report.xml"
  run -0 draw
  [[ $output == *'assay why '* && $output == *'assay evidence get '* ]]
}

@test "the bound is said in words, for a count and for a share" {
  run -0 draw
  [[ $output == *'if each of the 5 is there and says what the log says, then fewer than 18 of the 41 (43.91 %) are missing or wrong, with 95 % confidence'* ]]
  run -0 assay sample --population results --miss 10 --dice "$dice" --json
  [[ $(jq '.bound.missed_at_most * 10 < .population.size' <<<"$output") == true ]]
  [[ $(jq '.bound.drawn == (.sample | length)' <<<"$output") == true ]]
  run -0 assay sample --population results -n 99 --dice "$dice"
  [[ $output == *'all 41 were drawn, so nothing is left to conclude'* ]]
  refuses 2 sample --population results --miss 0 --dice "$dice" <<<'no share in per cent'
}

@test "every population can be drawn from, whole or of a phase" {
  for population in evidence issues runs scope_items; do
    run -0 assay sample --population "$population" --phase SIT-01 -n 1 --dice "$dice" --json
    [[ $(jq '.sample | length' <<<"$output") == 1 ]]
    [[ $(jq -r .population.name <<<"$output") == "$population" ]]
  done
  [[ $(assay sample --population issues -n 1 --dice "$dice" --json | jq -r '.sample[0].member') == TI-1 ]]
  refuses 3 sample --population issues --at 3 -n 1 --dice "$dice" <<<'the population has no members at that point'
}

bytes() { sed 's/../\\x&/g' | xargs -0 printf '%b'; } # hex on standard input

# A witness that knows nothing of this program: a key, its verifier key, and a line for a note's text.
make_witness() { # name
  openssl genpkey -algorithm ed25519 -out "$1.pem"
  { printf '%s\n\4' "$1" && openssl pkey -in "$1.pem" -pubout -outform DER | tail -c 32; } |
    sha256sum | cut -c1-8 >"$1.id"
  printf '%s+%s+%s\n' "$1" "$(cat "$1.id")" \
    "$( (printf '\4' && openssl pkey -in "$1.pem" -pubout -outform DER | tail -c 32) | base64 -w0)" >"$1.vkey"
}
cosign() { # name time note: appends the line
  { printf 'cosignature/v1\ntime %s\n' "$2" && sed '/^$/,$d' "$3"; } >message
  openssl pkeyutl -sign -rawin -in message -inkey "$1.pem" -out signature
  printf '— %s %s\n' "$1" "$({ printf '%s%016x' "$(cat "$1.id")" "$2" | bytes && cat signature; } | base64 -w0)" >>"$3"
}

@test "cosignatures of the checkpoint are chance too, and must be of this checkpoint" {
  make_witness w1
  make_witness w2
  assay checkpoint -o note
  cosign w1 1567000000 note
  cosign w2 1567000001 note
  both=(--population results -n 5 --cosignatures note --witness w1.vkey --witness w2.vkey)
  run -0 assay sample "${both[@]}" --json
  [[ $(jq -r '.seed.cosignatures[]' <<<"$output") == "$(tail -n 2 note | LC_ALL=C sort)" ]]
  [[ $(jq -r .seed.text <<<"$output" | tr -d '\n' | sha256sum | cut -c1-64) == "$(jq -r .seed.digest <<<"$output")" ]]
  # Fewer witnesses, another line, or dice besides: another seed each.
  {
    jq -r .seed.digest <<<"$output"
    assay sample --population results -n 5 --cosignatures note --witness "$(cat w1.vkey)" --json | jq -r .seed.digest
    assay sample "${both[@]}" --dice "$dice" --json | jq -r .seed.digest
    assay checkpoint -o note >/dev/null
    cosign w1 1567000000 note
    cosign w2 1567000002 note
    assay sample "${both[@]}" --json | jq -r .seed.digest
  } >seeds
  (($(sort -u seeds | wc -l) == 4))
  # Lines of another checkpoint, by nobody who was named, or that do not verify.
  assay checkpoint 5 -o early
  cosign w1 1567000000 early
  refuses 2 sample --population results -n 5 --cosignatures early --witness w1.vkey <<<'give --at 5'
  refuses 3 sample --population evidence -n 1 --cosignatures early --witness w2.vkey --at 5 <<<'no cosignature in that file is by a witness that was named'
  sed '$s/\(.*\)\(.\{8\}\)$/\1AAAAAAA=/' note >altered
  refuses 12 sample --population results -n 5 --cosignatures altered --witness w2.vkey <<<''
  refuses 5 sample --population results -n 5 --cosignatures note --witness nonsense <<<'--witness'
}

@test "a sample is of a checkpoint, wherever the log has gone since" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  size=$(entry_count)
  draw --json | jq -c '.population, .seed, .sample' >before
  assay record heartbeat --key harness
  draw --at "$size" --json | jq -c '.population, .seed, .sample' | cmp - before
  # With a later checkpoint the seed is another one, though the population is the same.
  draw --json >later
  [[ $(jq -c .population later) == "$(sed -n 1p before)" ]]
  [[ $(jq -c .seed later) != "$(sed -n 2p before)" ]]
}

@test "answers in JSON keep to their schema" {
  python3 -c 'from jsonschema import Draft202012Validator' || skip 'python3-jsonschema is not installed'
  {
    draw --json --explain --list members
    assay sample --population results --phase SIT-01 --list - --json
    assay sample --population results -n 5 --json || true
  } >answers
  (($(wc -l <answers) == 3))
  python3 "$ROOT/tests/cli/validate.py" "$ROOT/docs/schemas" <answers
}

# The worked example of docs/sampling.md: members, root and size stand there, and so do the answers.
@test "the worked example of docs/sampling.md comes out as printed" {
  awk '/<!-- example -->/,/<!-- \/example -->/' "$ROOT/docs/sampling.md" >example
  sed -n "/^\`\`\`sh\$/,/^\`\`\`\$/p" example | sed '/^`/d' >example.sh
  sed -n "/^\`\`\`text\$/,/^\`\`\`\$/p" example | sed '/^`/d' >shown
  (($(wc -l <example.sh) >= 4 && $(wc -l <shown) >= 5))
  sh -e example.sh >said
  diff shown said
}
