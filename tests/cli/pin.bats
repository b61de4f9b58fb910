#!/usr/bin/env bats
# Checkpoints, pins, proofs: what somebody outside keeps, and what a later run proves with it.

# shellcheck disable=SC2154 # `run --separate-stderr` sets stderr

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  assay pin early.pin
  assay record heartbeat --key harness
}

setup() {
  use "$BATS_FILE_TMPDIR/base"
  cp early.pin early.pin.state "$BATS_TEST_TMPDIR"
  cd "$BATS_TEST_TMPDIR" || return 1
}

verdict() { # claim arguments…
  local claim=$1
  shift
  assay verify "$@" --json | jq -r --arg claim "$claim" '.claims[] | select(.claim == $claim) | .verdict'
}
started_at() { assay verify "$@" --json | jq .checked.started_at; }

@test "a log that grew since the pin extends it; the run goes on from there" {
  [[ $(verdict pin --pin early.pin) == proved ]]
  [[ $(verdict identity --pin early.pin) == proved ]]
  [[ $(started_at --pin early.pin) == 7 ]]
  [[ $(started_at --pin early.pin --full) == 0 ]]
}

@test "what is new since the pin is said, by type" {
  run -0 assay verify --pin early.pin
  [[ $output == *'New since the pin of 7 entries: 1 entries with 1 events: heartbeat 1'* ]]
  assay pin now.pin
  run -0 assay verify --pin now.pin
  [[ $output == *'Nothing is new since the pin of 8 entries.'* ]]
  [[ $(assay verify --pin early.pin --full --json | jq -c .since_pin) == '{"size":7,"entries":1,"events":1,"types":[{"type":"heartbeat","count":1}]}' ]]
  [[ $(assay verify --json | jq -c .since_pin) == null ]]
}

# The pin of the first seven entries as it stood in some minutes.
on_paper() {
  assay pin --at 7 paper.pin --force --json >paper.json
  jq -r ".pin.$1" paper.json
}

@test "a pin from paper proves what its file proves, from entry 0" {
  local text
  text=$(on_paper text)
  [[ $text == "assay-pin/1 sample.invented.example/ledger 7 "*" $(assay status --json | jq -r .ledger.log_id)" ]]
  [[ $(verdict pin --pin-text "$text") == proved ]]
  [[ $(verdict identity --pin-text "$text") == proved ]]
  [[ $(started_at --pin-text "$text") == 0 ]]
  run -0 assay verify --pin-text "${text// /$'\n'}" --require pin
  [[ $output == *'New since the pin of 7 entries'* ]]
  # A file of it is a pin, too.
  echo "$text" >paper.txt
  [[ $(verdict pin --pin paper.txt) == proved ]]
  [[ $(assay log --since pin:paper.txt --json | jq '.events | length') == 1 ]]
  run -13 assay verify --pin-text "${text/ 7 / 6 }"
  run -13 assay verify --pin-text "${text/ 7 / 9 }"
  refuses 5 verify --pin-text "${text% *}" <<<'has 4 parts instead of 5'
  refuses 5 verify --pin-text nonsense <<<'assay-pin/1 ORIGIN SIZE ROOT LOG-ID'
  refuses 16 verify --pin-text "${text/pin\/1/pin\/2}" <<<'of a newer program'
  refuses 2 verify --pin early.pin --pin-text "$text" <<<'name one pin each'
  make_bare_ledger "$BATS_TEST_TMPDIR/other"
  run -13 assay verify --pin-text "$text"
}

@test "the twelve words of a head find it, and leave the pin assumed" {
  local words
  words=$(on_paper words)
  [[ $(wc -w <<<"$words") == 12 ]]
  # They are those of the checkpoint's text: the first of them names its first byte.
  [[ $(verdict pin --pin-words "$words") == assumed ]]
  [[ $(verdict pin --pin-words "${words^^}") == assumed ]]
  [[ $(verdict identity --pin-words "$words") == assumed ]]
  run -0 assay verify --pin-words "$words"
  [[ $output == *'the log extends the head of 7 entries whose words you were given'* ]]
  [[ $output == *'New since the pin of 7 entries'* ]]
  run -16 assay verify --pin-words "$words" --require pin
  local other=acorn
  [[ $words != acorn\ * ]] || other=window
  run -13 assay verify --pin-words "$other ${words#* }"
  [[ $output == *'no head of this log, at any size up to 8, has the words given'* ]]
  refuses 5 verify --pin-words 'acorn window' <<<'word'
}

# Reads the modules of a QR code from an SVG image or from half blocks, and writes them as a picture.
draw_qr() { # file picture
  python3 - "$1" "$2" <<'PYTHON'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
if text.startswith("<svg"):
    side = int(re.search(r'viewBox="0 0 (\d+) ', text)[1])
    dark = [[False] * side for _ in range(side)]
    for column, row, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", text):
        for at in range(int(width)):
            dark[int(row)][int(column) + at] = True
else:
    lines = [line for line in text.splitlines() if line and set(line) <= set(" ▀▄█")]
    dark = []
    for line in lines:
        dark.append([c in "▀█" for c in line])
        dark.append([c in "▄█" for c in line])
scale = 4
with open(sys.argv[2], "w") as out:
    out.write(f"P1\n{len(dark[0]) * scale} {len(dark) * scale}\n")
    for row in dark:
        line = " ".join("1" if is_dark else "0" for is_dark in row for _ in range(scale))
        out.write((line + "\n") * scale)
PYTHON
}

@test "the QR code of a pin reads back as its line, from the image and from the screen" {
  command -v zbarimg || skip 'zbarimg is not installed'
  run -0 assay pin --at 7 paper.pin --qr --qr-svg paper.svg
  echo "$output" | grep -E '^[ ▀▄█]+$' >screen.txt
  local text
  text=$(on_paper text)
  head -1 paper.svg | grep -F '<svg xmlns="http://www.w3.org/2000/svg"'
  for from in paper.svg screen.txt; do
    draw_qr "$from" picture.pbm
    [[ $(zbarimg --quiet --raw picture.pbm) == "$text" ]]
  done
  [[ $(verdict pin --pin-text "$(zbarimg --quiet --raw picture.pbm)") == proved ]]
  [[ $(assay pin --at 7 paper.pin --force --qr-svg paper.svg --json | jq -r .pin.qr_svg) == paper.svg ]]
}

@test "evidence files named before the pin are read only where somebody asks for it" {
  [[ $(verdict evidence_files --pin early.pin) == not_checked ]]
  run -0 assay verify --pin early.pin
  [[ $output == *'1 file named before entry 7, where this run began, which it did not read'* ]]
  [[ $(verdict evidence_files --pin early.pin --full) == proved ]]
  [[ $(verdict evidence_files --pin early.pin --require evidence_files) == proved ]]
  [[ $(started_at --pin early.pin --require evidence_files) == 7 ]]
  run -0 assay verify --pin early.pin --require evidence_files
}

@test "without the file of states beside it the pin is as good, from entry 0" {
  rm early.pin.state
  [[ $(verdict pin --pin early.pin) == proved ]]
  [[ $(started_at --pin early.pin) == 0 ]]
}

@test "an altered file of states is never trusted" {
  local size at
  size=$(wc -c <early.pin.state)
  for at in 0 40 200 $((size / 2)) $((size - 3)); do
    cp "$BATS_FILE_TMPDIR/early.pin.state" early.pin.state
    local byte
    byte=$(dd if=early.pin.state bs=1 skip="$at" count=1 status=none | od -An -tu1)
    printf '%b' "\\x$(printf '%02x' $((byte ^ 1)))" | dd of=early.pin.state bs=1 seek="$at" conv=notrunc status=none
    run -0 --separate-stderr assay verify --pin early.pin --json
    [[ $(jq .checked.started_at <<<"$output") == 0 ]]
    [[ $stderr == *'starting from entry 0'* ]]
  done
  head -c 100 "$BATS_FILE_TMPDIR/early.pin.state" >early.pin.state
  [[ $(started_at --pin early.pin 2>warning) == 0 ]]
}

@test "an altered pin is refused: its checkpoint is signed" {
  sed 's/\\n7\\n/\\n6\\n/' early.pin >altered.pin
  run ! cmp -s early.pin altered.pin
  local code=0
  assay verify --pin altered.pin >answer 2>&1 || code=$?
  ((code >= 10 && code <= 13))
  grep -E 'failed|error' answer
}

@test "a pin of another log does not hold" {
  make_bare_ledger "$BATS_TEST_TMPDIR/other"
  local code=0
  assay verify --pin early.pin >answer 2>&1 || code=$?
  ((code >= 10 && code <= 13))
}

@test "what is required and cannot be checked is 16" {
  run -16 assay verify --require pin
  [[ $output == *'no pin was given'* ]]
  assay verify --require pin --pin early.pin
  run -16 assay verify --require witness_quorum --pin early.pin
  refuses 2 verify --require pinn <<<'did you mean "pin"?'
  refuses 3 verify --pin nowhere.pin <<<'cannot open nowhere.pin'
}

@test "the identity of the log comes from outside, in hex or in words" {
  local id words
  id=$(assay status --json | jq -r .ledger.log_id)
  words=$(assay status --json | jq -r .log_id_words)
  [[ $(verdict identity) == assumed ]]
  [[ $(verdict identity --log-id "$id") == proved ]]
  # Words bind strangers, not whoever made the log: they may contradict it and prove nothing.
  [[ $(verdict identity --log-id "$words") == assumed ]]
  run -16 assay verify --log-id "$words" --require identity
  [[ $output == *"12 of its id's 32 bytes"* ]]
  local other=acorn
  [[ $words != acorn\ * ]] || other=window
  run -13 assay verify --log-id "$other ${words#* }"
  run -13 assay verify --log-id "$(printf '%064d' 0)"
  refuses 2 verify --log-id nonsense <<<'neither a log id nor its twelve words'
}

@test "checkpoints are signed notes, one for every release" {
  run -0 assay checkpoint 3
  [[ ${lines[0]} == sample.invented.example/ledger && ${lines[1]} == 3 && $output == *'— sample.invented.example/ledger '* ]]
  [[ $(assay checkpoint --list --json | jq -c .sizes) == '[1,2,3,4,5,6,7,8]' ]]
  [[ $(assay checkpoint --vkey) == sample.invented.example/ledger+* ]]
  assay checkpoint -o latest.note
  [[ $(sed -n 2p latest.note) == 8 ]]
}

@test "a checkpoint goes into a pipe, which stays a pipe" {
  mkfifo pipe
  assay checkpoint -o pipe >said &
  [[ $(sed -n 1p <pipe) == sample.invented.example/ledger ]]
  wait $!
  [[ -p pipe ]]
}

@test "a proof holds the entry's place and the checkpoint it is under" {
  assay prove 3.0 -o entry.tlog-proof
  [[ $(sed -n 1,2p entry.tlog-proof) == $'c2sp.org/tlog-proof@v1\nindex 3' ]]
  [[ $(tail -4 entry.tlog-proof | sed -n 1,2p) == "$(assay checkpoint | sed -n 1,2p)" || $(cat entry.tlog-proof) == *"$(assay checkpoint)" ]]
  # A leaf hash follows from the entry's own bytes, with tools that everybody has.
  [[ $( (printf '\0' && assay show 3 --raw) | sha256sum | cut -c1-64) == "$(assay show 3 --json | jq -r .entry.leaf_hash)" ]]
  [[ $(assay show 4 --json | jq -r .entry.previous) == "$(assay show 3 --json | jq -r .entry.leaf_hash)" ]]
  [[ $(assay prove --consistency-from pin:early.pin --json | jq -c '[.from.size, .to.size]') == '[7,8]' ]]
  refuses 2 prove <<<'nothing to prove'
}

@test "a proof is checked offline with the entry and the log's key alone" {
  assay prove 3 -o entry.tlog-proof
  assay show 3 --raw >entry
  assay checkpoint --vkey >log.vkey
  local nothing=(-L nowhere --keys nowhere)
  run -0 assay "${nothing[@]}" verify entry.tlog-proof --entry entry --vkey log.vkey
  [[ $output == *'proved: these bytes are entry 3 of sample.invented.example/ledger'* ]]
  run -0 assay "${nothing[@]}" verify entry.tlog-proof --entry entry --vkey "$(cat log.vkey)" --json
  [[ $(jq -c '[.ok, .proof.entry, .proof.size]' <<<"$output") == '[true,3,8]' ]]
  # Another entry, an altered one, another log's key, an altered checkpoint, no proof.
  assay show 4 --raw >other
  refuses 10 verify entry.tlog-proof --entry other --vkey log.vkey <<<'leaf 3 of 8: the proof leads to'
  sed 's/Z"/Y"/' entry >altered
  refuses 10 verify entry.tlog-proof --entry altered --vkey log.vkey <<<'leaf 3 of 8: the proof leads to'
  assay key show dcc --vkey sample.invented.example/ledger --json | jq -r .key.vkey >dcc.vkey
  refuses 12 verify entry.tlog-proof --entry entry --vkey dcc.vkey <<<'sign'
  refuses 5 verify entry --entry entry --vkey log.vkey <<<'the proof'
  refuses 5 verify entry.tlog-proof --entry entry --vkey nonsense <<<'the verifier key'
  refuses 3 verify entry.tlog-proof --entry nowhere --vkey log.vkey <<<'nowhere'
  refuses 2 verify entry.tlog-proof --entry entry <<<'--entry and --vkey'
}

@test "a consistency proof is the body of an add-checkpoint request" {
  assay prove --consistency-from pin:early.pin -o extends
  [[ $(head -1 extends) == 'old 7' ]]
  sed '1,/^$/d' extends | cmp - <(assay checkpoint)
  [[ $(sed -n '2,/^$/p' extends | sed '$d') == "$(assay prove --consistency-from 7 --json | jq -r '.hashes[]')" ]]
}

@test "a pin is replaced by one that it agrees with, and by no other" {
  assay pin kept.pin
  cp kept.pin before
  # The same log, grown: the pin moves on. The same, rolled back: it stays, and says so.
  local old=$BATS_TEST_TMPDIR/old
  cp -a "$ASSAY_LEDGER" "$old"
  assay record heartbeat --key harness -q
  run -0 assay pin kept.pin
  run ! cmp -s kept.pin before
  cp kept.pin before
  run -13 assay pin kept.pin --ledger "$old"
  [[ $output == *'the log was cut or rolled back'* ]]
  cmp kept.pin before
  refuses 4 pin kept.pin --at 5 <<<'kept.pin is there already'
  echo 'a letter (invented)' >letter
  refuses 4 pin letter <<<'letter is there already'
  make_bare_ledger "$BATS_TEST_TMPDIR/other"
  run -12 assay pin "$BATS_TEST_TMPDIR/kept.pin"
  cmp kept.pin before
  run -0 assay pin "$BATS_TEST_TMPDIR/kept.pin" --force
}
