#!/usr/bin/env bats
# A log published as files: whoever has the directory, or its address, verifies it without the ledger;
# publishing again writes what is new; and whatever is wrong in it is found, or refused unread.

load support
load web_server
server='' address='' # set by serve

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  use "$BATS_FILE_TMPDIR/base"
  head -c 700000 /dev/urandom >capture.bin
  echo 'not for everybody (invented)' >private.txt
  assay evidence add capture.bin --key harness --title 'a capture (invented)'
  assay evidence add private.txt --key harness
  assay record -f - document_registered --key dcc <<JSON
{"classification":"DCC Confidential","covers":[],"digest":"$(sha256sum <private.txt | cut -c1-64)","document":"DOC-1","document_type":"OTHER","obligations":[],"title":"plan (invented)","version":"1"}
JSON
  assay publish "$BATS_FILE_TMPDIR/base/ledger" -o published
}

setup() {
  use "$BATS_FILE_TMPDIR/base"
  cp -a published "$BATS_TEST_TMPDIR/copy"
  copy=$BATS_TEST_TMPDIR/copy
  size=$(entry_count)
}

teardown() { if [[ -n ${server:-} ]]; then kill "$server"; fi; }

# The copy must be found bad with this code, and of the claims exactly these have failed.
fails() { # code claims…
  local code=$1 actual=0
  shift
  assay verify "$copy" --json >"$BATS_TEST_TMPDIR/answer" || actual=$?
  jq -c '.claims[] | select(.verdict == "failed")' "$BATS_TEST_TMPDIR/answer"
  ((actual == code)) || { echo "exit code $actual, not $code"; return 1; }
  [[ $(jq -r '[.claims[] | select(.verdict == "failed") | .claim] | join(" ")' "$BATS_TEST_TMPDIR/answer") == "$*" ]]
}

# One bit of the byte in the middle of a file, or at an offset, the other way.
flip() { # file [offset]
  python3 - "$@" <<'PY'
import sys
name, *offset = sys.argv[1:]
data = bytearray(open(name, "rb").read())
data[int(offset[0]) if offset else len(data) // 2] ^= 1
open(name, "wb").write(data)
PY
}

verdicts() { jq -c '[.claims[] | [.claim, .verdict]]'; }

@test "a published directory is verified without the ledger and its keys, with the verdicts of the ledger" {
  assay verify --json | verdicts >ledger
  unset ASSAY_LEDGER ASSAY_KEYS ASSAY_PASSPHRASE_FROM
  assay verify "$copy" --json >answer
  # A copy has no indexes, and it states the digests of states, which a small ledger does not.
  sed 's/\["indexes","proved"\]/["indexes","not_checked"]/; s/\["projections","not_checked"\]/["projections","proved"]/' ledger |
    diff - <(verdicts <answer)
  [[ $(jq '.checked.evidence_files' answer) -ge 3 ]]
  [[ $(jq '.objection_count' answer) == 0 ]]
}

@test "so is an address on the web" {
  serve "$copy"
  assay verify "$address" --json >answer
  assay verify "$copy" --json | verdicts | diff - <(verdicts <answer)
  [[ $(jq -r .ledger.size answer) == "$size" ]]
  assay verify "$address/" --log-id "$(jq -r .ledger.log_id answer)" --require identity
  rm "$copy/tile/0/000.p/$size"
  run -11 assay verify "$address"
  rm "$copy/tile/entries/000.p/$size"
  run -11 assay verify "$address"
  rm "$copy/checkpoint"
  run -3 assay verify "$address"
}

@test "a server that is not there, or that does not answer with files, was not a check" {
  run -16 assay verify http://127.0.0.1:9
  [[ $output == *'asking http://127.0.0.1:9/checkpoint'* ]]
  serve "$copy"
  rm "$copy/log.vkey"
  mkdir "$copy/log.vkey" # asked for, the server sends on to log.vkey/
  run -16 assay verify "$address"
  [[ $output == *'the server answers 301'* ]]
  run -2 assay verify 'http://user:secret@127.0.0.1/'
  run -2 assay verify 'http://127.0.0.1/?a=b'
}

@test "a pin, a log id and an earlier point work on what was published" {
  assay pin kept.pin
  assay verify "$copy" --pin kept.pin --require pin --require identity
  run -13 assay verify "$copy" --log-id "$(printf '%064d' 1)"
  assay verify "$copy" --at 5 --json >answer
  [[ $(jq .checked.entries answer) == 5 ]]
  run -16 assay verify "$copy" --require indexes
  [[ $output == *'this source has no indexes'* ]]
}

@test "the files are C2SP tlog-tiles, as somebody else computes them" {
  for ((i = 0; i < size; i++)); do assay show "$i" --raw >"$BATS_TEST_TMPDIR/$i.json"; done
  python3 - "$copy" "$BATS_TEST_TMPDIR" "$size" <<'PY'
import hashlib, sys
copy, entries, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
data = [open(f"{entries}/{i}.json", "rb").read() for i in range(size)]
tile = b"".join(hashlib.sha256(b"\0" + entry).digest() for entry in data)
bundle = b"".join(len(entry).to_bytes(2, "big") + entry for entry in data)
assert open(f"{copy}/tile/0/000.p/{size}", "rb").read() == tile
assert open(f"{copy}/tile/entries/000.p/{size}", "rb").read() == bundle
PY
  assay checkpoint | cmp - "$copy/checkpoint"
  assay checkpoint --vkey | cmp - "$copy/log.vkey"
  for file in "$copy"/evidence/*; do [[ $(sha256sum <"$file" | cut -c1-64) == "${file##*/}" ]]; done
  [[ $(jq -r .log "$copy/publication.json") == $(assay log --json | jq -r .ledger.log_id) ]]
  assay attest --key harness --dry-run --json --at "$size" |
    jq -r '.state_digests[] | "\(.digest)  \(.projection).\(.version).json"' | (cd "$copy/states/$size" && sha256sum -c)
}

@test "the golden log's tiles, checkpoints and evidence are read as a published log" {
  local golden=$ROOT/tests/vectors/log log
  rm -rf "$copy" && mkdir -p "$copy/checkpoints"
  cp -r "$golden/tile" "$golden/evidence" "$copy"
  for note in "$golden"/checkpoints/*.note; do
    name=$(basename "$note" .note)
    cp "$note" "$copy/checkpoints/$((10#$name))"
  done
  cp "$golden/checkpoints/14.note" "$copy/checkpoint"
  sed -n 's/^next_log_vkey //p' "$golden/log.txt" >"$copy/log.vkey"
  log=$(sed -n 's/^log_id //p' "$golden/log.txt")
  printf '{"evidence":{"profile":"full","withheld":[]},"log":"%s","origin":"%s","schema":"assay.publication/1","size":14,"timestamps":[]}' \
    "$log" "$(sed -n 's/^origin //p' "$golden/log.txt")" >"$copy/publication.json"
  assay verify "$copy" --log-id "$log" --require tree --require log_signature --require evidence_files --require identity
  flip "$copy/tile/0/000.p/14" 200
  fails 10 tree
}

@test "publishing again writes nothing, and after more entries only what is new" {
  local before
  before=$(cd "$copy" && find . -type f -exec stat -c '%n %i %Y' {} + | sort)
  assay publish -o "$copy" --json >answer
  [[ $(jq .files.written answer) == 0 ]]
  [[ $(cd "$copy" && find . -type f -exec stat -c '%n %i %Y' {} + | sort) == "$before" ]]
  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay record heartbeat --key harness
  assay publish "$copy" --json >answer
  [[ $(jq .size_before answer) == "$size" ]]
  assay verify "$copy"
  # A bundle, a tile, a checkpoint, eight states; and what is replaced: page, publication, checkpoint.
  (cd "$copy" && find . -type f -newer "$BATS_FILE_TMPDIR/published/checkpoints/$size" | sort) >new
  grep -q "tile/entries/000.p/$((size + 1))" new
  run ! grep -q evidence/ new
  [[ $(jq .files.written answer) == $(wc -l <new) ]]
  cmp "$copy/tile/0/000.p/$size" "published/tile/0/000.p/$size"
  # The older partial tiles and states are still there, and still checked.
  flip "$copy/states/$size/plan.1.json"
  fails 14 projections
}

@test "a published log of several bundles grows by whole ones" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  make_report report.xml 40000
  assay import report.xml --phase SIT-01 --entry PEE-001 --key harness
  [[ $(entry_count) -gt 256 ]]
  assay publish -o "$copy"
  [[ -f $copy/tile/0/000 && -f $copy/tile/entries/000 && -f $copy/tile/1/000.p/1 ]]
  assay verify "$copy"
  flip "$copy/tile/1/000.p/1"
  fails 10 tree
  cp "$copy/tile/entries/000" "$BATS_TEST_TMPDIR/bundle"
  flip "$copy/tile/entries/000" 2000000
  run -10 assay verify "$copy"
  serve "$copy"
  run -10 assay verify "$address"
}

@test "a trial writes nothing and says what it would write" {
  run -0 assay publish -o "$BATS_TEST_TMPDIR/nowhere" --dry-run --json
  [[ ! -e $BATS_TEST_TMPDIR/nowhere ]]
  [[ $(jq .dry_run <<<"$output") == true ]]
  [[ $(jq .files.written <<<"$output") == $(find published -type f | wc -l) ]]
}

@test "profiles leave files out, named and with the reason, and never take back" {
  local private
  private=$(sha256sum <private.txt | cut -c1-64)
  assay publish -o tag --profile tag --json >answer
  [[ $(jq -r '.evidence.withheld[].digest' answer) == "$private" ]]
  [[ ! -e tag/evidence/$private ]]
  assay verify tag --json >answer
  [[ $(jq -r '.not_checked[] | select(.claim == "evidence_files") | .why' answer) == *"withheld"*"DCC Confidential"* ]]
  grep -q "$private" tag/index.html
  assay publish -o public --profile public
  [[ ! -e public/evidence ]]
  run -16 assay verify public --require evidence_files
  run -4 assay publish -o "$copy" --profile public
  [[ $output == *'this profile withholds it'* ]]
  run -2 assay publish -o x --profile secret
  # What is neither there nor withheld is missing, and the ledger's own copy is not asked.
  rm "$copy/evidence/$private"
  fails 15 evidence_files
}

@test "every file that was altered fails its claim" {
  local tile=tile/0/000.p/$size entries=tile/entries/000.p/$size file
  flip "$copy/$tile" && fails 10 tree
  cp published/"$tile" "$copy/$tile"
  flip "$copy/checkpoint" 5 && fails 12 log_signature
  cp published/checkpoint "$copy"
  flip "$copy/log.vkey" 60 && fails 12 log_signature
  cp published/log.vkey "$copy"
  # It is written before the checkpoint, so it may be ahead of it, and not behind.
  jq -cj '.size += 1' published/publication.json >"$copy/publication.json" && assay verify "$copy"
  jq -cj '.size -= 1' published/publication.json >"$copy/publication.json"
  run -16 assay verify "$copy"
  [[ $output == *'publication.json is older than the checkpoint'* ]]
  jq -cj '.log = "'"$(printf '%064d' 1)"'"' published/publication.json >"$copy/publication.json" && fails 10 tree
  rm "$copy/publication.json" && fails 11 tree
  cp published/publication.json "$copy"
  file=$(find "$copy/evidence" -size +100k)
  flip "$file" && fails 15 evidence_files
  rm "$file" && fails 15 evidence_files
  cp published/evidence/"${file##*/}" "$file"
  flip "$copy/states/$size/phase_board.2.json" && fails 14 projections
  cp published/"states/$size/phase_board.2.json" "$copy/states/$size"
  assay verify "$copy"
  flip "$copy/$entries" 3000
  run -10 assay verify "$copy"
  rm "$copy/$entries"
  run -11 assay verify "$copy"
}

@test "an earlier checkpoint in place of the newest is a rollback that others still show" {
  cp "$copy/checkpoints/5" "$copy/checkpoint"
  run -11 assay verify "$copy"
  assay pin kept.pin
  rm -f "$copy"/checkpoints/[6-9] "$copy"/checkpoints/??
  run -11 --separate-stderr assay verify "$copy" --pin kept.pin --json
  [[ $(jq -r '.claims[] | select(.claim == "pin") | .verdict' <<<"$output") == failed ]]
}

@test "links are not followed, huge files not read, and neither was a check" {
  local tile=$copy/tile/0/000.p/$size
  mv "$tile" "$BATS_TEST_TMPDIR/tile" && ln -s "$BATS_TEST_TMPDIR/tile" "$tile"
  run -16 assay verify "$copy"
  [[ $output == *'link'* ]]
  rm "$tile" && mkfifo "$tile"
  run -16 timeout 20 "$ASSAY_BIN" verify "$copy"
  rm "$tile" && truncate -s 10G "$tile"
  run -10 assay verify "$copy"
  cp "$BATS_TEST_TMPDIR/tile" "$tile.new" && mv "$tile.new" "$tile"
  mv "$copy/tile" "$BATS_TEST_TMPDIR/elsewhere" && ln -s "$BATS_TEST_TMPDIR/elsewhere" "$copy/tile"
  run -16 assay verify "$copy"
  rm "$copy/tile" && mv "$BATS_TEST_TMPDIR/elsewhere" "$copy/tile"
  truncate -s 10G "$(find "$copy/evidence" -size +100k)"
  fails 15 evidence_files
  cp -f published/evidence/* "$copy/evidence"
  truncate -s 10G "$copy/checkpoint"
  run -12 assay verify "$copy"
  rm "$copy/checkpoint" && ln -s /etc/passwd "$copy/checkpoint"
  run -16 assay verify "$copy"
}

@test "a directory that is another log's, ahead, altered or something else is left alone" {
  local before
  cp -a "$copy" "$BATS_TEST_TMPDIR/untouched"
  make_bare_ledger "$BATS_TEST_TMPDIR/other" >/dev/null
  run -4 assay publish -o "$copy"
  [[ $output == *'is of another log'* ]]
  use "$BATS_FILE_TMPDIR/base"
  mkdir "$BATS_TEST_TMPDIR/files" && echo mine >"$BATS_TEST_TMPDIR/files/notes"
  run -4 assay publish -o "$BATS_TEST_TMPDIR/files"
  run -2 assay publish "$ASSAY_LEDGER"
  run -2 assay publish
  run -2 assay publish -o "$copy" --at 3
  [[ $output == *'not taken back'* ]]
  diff -r "$copy" "$BATS_TEST_TMPDIR/untouched"
  flip "$copy/tile/0/000.p/$size"
  before=$(sha256sum "$copy/tile/0/000.p/$size")
  run -4 assay publish -o "$copy"
  [[ $output == *"tile/0/000.p/$size is there already with other bytes"* ]]
  [[ $(sha256sum "$copy/tile/0/000.p/$size") == "$before" ]]
}

@test "an old copy of the ledger does not publish over what is newer" {
  cp -a "$BATS_FILE_TMPDIR/base" "$BATS_TEST_TMPDIR/old"
  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay record heartbeat --key harness
  assay publish -o "$copy"
  use "$BATS_TEST_TMPDIR/old"
  run -13 assay publish -o "$copy"
  [[ $output == *'old copy'* ]]
  # Another history of the same log, as somebody has who has its keys.
  assay record heartbeat --key harness && assay record heartbeat --key harness
  run -13 assay publish -o "$copy"
  [[ $output == *'another history'* ]]
}

@test "a first publication that was interrupted is taken up" {
  rm "$copy/checkpoint" "$copy/publication.json" "$copy/log.vkey"
  mkdir -p "$copy/.new" && echo half >"$copy/.new/file"
  assay publish -o "$copy"
  assay verify "$copy"
  diff -r -x .new "$copy" published
}

@test "the page says which log, where it stands, and what is not proven, without a script" {
  local words
  words=$(assay status --json | jq -r .log_id_words)
  grep -qF "$words" "$copy/index.html"
  grep -qF 'What is not proven' "$copy/index.html"
  grep -qF 'SIT-01' "$copy/index.html"
  run ! grep -qi '<script' "$copy/index.html"
  python3 - "$copy/index.html" <<'PY'
import html.parser, sys
class Balanced(html.parser.HTMLParser):
    open = []
    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br"): self.open.append(tag)
    def handle_endtag(self, tag): assert self.open.pop() == tag, tag
page = Balanced()
page.feed(open(sys.argv[1], encoding="utf-8").read())
assert page.open == [], page.open
PY
}

# Neither of the three may call what lies there tampered with.
no_alarm() { # folder
  local code
  for code in "$("$ASSAY_BIN" verify "$1" --json | jq .exit_code)" \
    "$(sh "$ROOT/cli/verifiers/verify.sh" "$1" >/dev/null && echo 0 || echo $?)" \
    "$(node "$ROOT/cli/verifiers/page/run.mjs" "$1" >/dev/null && echo 0 || echo $?)"; do
    ((code == 0)) || { echo "at step $step: $code"; return 1; }
  done
}

@test "a publication that is killed at any step leaves one of the size before, or the new one" {
  strace -qq -o /dev/null true || skip 'strace is not installed, or may not trace here'
  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay record heartbeat --key harness && assay record heartbeat --key harness
  local step code=1
  for ((step = 1; code != 0; step++)); do
    ((step < 200)) || { echo "it never came to its end: code $code"; return 1; }
    rm -rf "$BATS_TEST_TMPDIR/half" && cp -a "$copy" "$BATS_TEST_TMPDIR/half"
    code=0
    strace -f -qq -o /dev/null -e trace=renameat2,renameat,rename -e inject=renameat2,renameat,rename:signal=KILL:when=$step \
      "$ASSAY_BIN" publish -o "$BATS_TEST_TMPDIR/half" >/dev/null 2>&1 || code=$?
    no_alarm "$BATS_TEST_TMPDIR/half"
  done
  ((step > 15))
  [[ $(assay verify "$BATS_TEST_TMPDIR/half" --json | jq .ledger.size) == $((size + 2)) ]]
}

@test "the profile stays the one that was published before, unless another is asked for" {
  local out=$BATS_TEST_TMPDIR/public
  assay publish -o "$out" --profile public
  run -0 assay publish -o "$out" --json
  [[ $(jq -r '[.evidence.profile, (.evidence.withheld | length > 0)] | @csv' <<<"$output") == '"public",true' ]]
  run -0 assay publish -o "$out" --profile full --json
  [[ $(jq -r .evidence.profile <<<"$output") == full ]]
  run -0 assay publish -o "$BATS_TEST_TMPDIR/fresh" --json
  [[ $(jq -r .evidence.profile <<<"$output") == full ]]
}

@test "a stranger's page is not taken for one of ours" {
  mkdir "$BATS_TEST_TMPDIR/theirs"
  echo 'our home page (invented)' >"$BATS_TEST_TMPDIR/theirs/index.html"
  refuses 4 publish -o "$BATS_TEST_TMPDIR/theirs" <<<'holds "index.html" and no published log'
  [[ $(<"$BATS_TEST_TMPDIR/theirs/index.html") == 'our home page (invented)' ]]
}

@test "what is a bundle and a published log at once is neither" {
  mkdir "$copy/data" && echo x >"$copy/data/file"
  refuses 16 verify "$copy" <<<'is a published directory and a bundle at once'
  run -16 sh "$ROOT/cli/verifiers/verify.sh" "$copy"
  run -16 node "$ROOT/cli/verifiers/page/run.mjs" "$copy"
  printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$copy/bagit.txt"
  refuses 16 verify "$copy" <<<'this is a bundle and a published log at once'
}

@test "on the web: a publication.json that came to harm, a page of somebody's own, compressed tiles" {
  serve "$copy"
  jq -cj '.evidence.profile = "fuller"' published/publication.json >"$copy/publication.json"
  run -10 assay verify "$address"
  [[ $output == *'failed       tree'* ]]
  rm "$copy/publication.json"
  run -11 assay verify "$address"
  cp published/publication.json "$copy"
  echo '<html>Please log in</html>' >"$copy/checkpoint"
  refuses 16 verify "$address" <<<'is no checkpoint'
  cp published/checkpoint "$copy"
  kill "$server"
  rm "$BATS_TEST_TMPDIR/address"
  serve "$copy" gzip
  curl -s --output - "$address/tile/entries/000.p/$size" | gzip -t
  assay verify "$address"
}
