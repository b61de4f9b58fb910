#!/usr/bin/env bats
# Bundles: the evidence for one question in one file, and what a stranger finds out from it.

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  tell_story
  assay bundle phase/SIT-01 -o "$BATS_FILE_TMPDIR/phase.zip" >/dev/null
  assay show 0 --json | jq -r .ledger.log_id >log_id
}

tell_story() {
  printf 'minutes (invented)\n' >minutes.txt
  printf 'a document in confidence (invented)\n' >secret.txt
  assay evidence add minutes.txt --media-type text/plain --key dcc
  assay evidence add secret.txt --media-type text/plain --key dcc
  make_report report.xml 3
  assay import report.xml --phase SIT-01 --entry PEE-001 --key harness
  assay record document_registered document=DNB-SIT version=1.0 document_type=DNB_SIT 'title=SIT (invented)' \
    classification=CONFIDENTIAL "digest=$(sha256sum secret.txt | cut -c1-64)" obligations='[]' \
    'covers=[{"category":"DORMANT","dmc":"DMC-001","kind":"SIT","smso":"MDS"}]' --key dcc
  assay record tag_position_recorded about=phase/SIT-01 position=endorsed meeting=TAG-1 \
    "minutes=$(sha256sum minutes.txt | cut -c1-64)" conditions='[]' dissent='[]' --key tag
  assay record issue_raised issue=TI-1 phase=SIT-01 kind=unexpected_outcome planned_entries=PEE-001 \
    'title=no answer (invented)' --key harness
  assay record device_model_registered device_model=M9 device_type=ESME manufacturer=Invented model=I-9 \
    hardware_version=H9 firmware_version=9.9 --key dcc
}

setup() {
  use "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR" || return 1
}

verdict() { # claim file
  assay verify "$2" --json | jq -r --arg claim "$1" '.claims[] | select(.claim == $claim) | .verdict'
}

# Unpacks the bundle to `bag`, whose one folder is then the working directory.
unpack() { # file
  mkdir bag
  unzip -q "$1" -d bag
  cd bag/* || return 1
}

# A zip out of what was unpacked, with manifests that fit it again: what a careful forger hands on.
repack() { # file
  (find data -type f | LC_ALL=C sort | xargs sha256sum) >manifest-sha256.txt
  sha256sum bag-info.txt bagit.txt manifest-sha256.txt >tagmanifest-sha256.txt
  pack "$1"
}
# The same with the manifests as they are.
pack() { # file
  (cd .. && zip_of "$1" ./*)
}
zip_of() { # file names…
  python3 - "$@" <<'PYTHON'
import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as out:
    for top in sys.argv[2:]:
        for folder, _, names in os.walk(top):
            for name in sorted(names):
                out.write(os.path.join(folder, name), os.path.normpath(os.path.join(folder, name)))
PYTHON
}

# `assay verify FILE` must fail this claim, and end with this code.
fails() { # code claim file
  local actual=0
  assay verify "$3" --json >answer || actual=$?
  if [[ $actual != "$1" || $(jq -r --arg claim "$2" '.claims[] | select(.claim == $claim) | .verdict' answer) != failed ]]; then
    echo "exit code $actual, not $1, or $2 did not fail"
    jq -c '.claims[], .error' answer
    return 1
  fi
}

@test "a bundle is a bag that unzip and sha256sum can check" {
  unpack "$BATS_FILE_TMPDIR/phase.zip"
  sha256sum --quiet -c manifest-sha256.txt
  sha256sum --quiet -c tagmanifest-sha256.txt
  [[ $(basename "$PWD") == bundle-phase-SIT-01-at-* ]]
  python3 "$ROOT/tests/cli/check_bag.py" "$PWD"
  [[ $(jq -r .about data/bundle.json) == phase/SIT-01 ]]
  # Each entry and its proof, checked as `assay prove` says.
  local entry
  for entry in data/entries/*.json; do
    entry=$(basename "$entry" .json)
    assay verify "data/proofs/$entry.tlog-proof" --entry "data/entries/$entry.json" --vkey data/log.vkey >/dev/null
    assay show "$entry" --raw | cmp - "data/entries/$entry.json"
  done
}

@test "the checker of bags finds what RFC 8493 forbids" {
  unpack "$BATS_FILE_TMPDIR/phase.zip"
  echo more >>data/log.vkey
  run -1 python3 "$ROOT/tests/cli/check_bag.py" "$PWD"
  sed -i 's/^Payload-Oxum: ./&9/' bag-info.txt
  run -1 python3 "$ROOT/tests/cli/check_bag.py" "$PWD"
  rm bagit.txt
  run -1 python3 "$ROOT/tests/cli/check_bag.py" "$PWD"
}

@test "the same log, question and profile give the same bytes, in any time zone" {
  TZ=Pacific/Honolulu assay bundle phase/SIT-01 -o again.zip
  cmp again.zip "$BATS_FILE_TMPDIR/phase.zip"
  # The log went on; as of then it is the same bundle.
  use_copy_of "$BATS_FILE_TMPDIR/base"
  local size
  size=$(entry_count)
  assay record heartbeat --key harness
  assay bundle phase/SIT-01 --at "$size" -o as_of_then.zip
  cmp as_of_then.zip "$BATS_FILE_TMPDIR/phase.zip"
}

@test "a good bundle is verified claim by claim, without a ledger" {
  unset ASSAY_LEDGER ASSAY_KEYS
  run -0 assay verify "$BATS_FILE_TMPDIR/phase.zip" --log-id "$(<"$BATS_FILE_TMPDIR/log_id")"
  [[ $output == *'bundle about phase/SIT-01'* ]]
  assay verify "$BATS_FILE_TMPDIR/phase.zip" --log-id "$(<"$BATS_FILE_TMPDIR/log_id")" --json >answer
  local claim
  for claim in canonical_bytes tree log_signature author_signatures time_order evidence_files identity; do
    [[ $(jq -r --arg claim $claim '.claims[] | select(.claim == $claim) | .verdict' answer) == proved ]]
  done
  for claim in author_streams authority invariants projections pin witness_quorum indexes; do
    [[ $(jq -r --arg claim $claim '.claims[] | select(.claim == $claim) | .verdict' answer) == not_checked ]]
  done
  [[ $(jq .exit_code answer) == 0 && $(jq .checked.evidence_files answer) -ge 3 ]]
  assay verify "$BATS_FILE_TMPDIR/phase.zip" --json >answer
  [[ $(jq -r '.claims[] | select(.claim == "identity") | .verdict' answer) == assumed ]]
  refuses 16 verify "$BATS_FILE_TMPDIR/phase.zip" --require authority </dev/null
  refuses 2 verify "$BATS_FILE_TMPDIR/phase.zip" --at 3 <<<'a bundle is of the one point that it was made at'
  # Another log's id.
  refuses 13 verify "$BATS_FILE_TMPDIR/phase.zip" --log-id "$(printf '%064d' 7)" </dev/null
  # Unpacked, it says the same.
  unpack "$BATS_FILE_TMPDIR/phase.zip"
  diff <(jq '.claims' "$BATS_TEST_TMPDIR/answer") <(assay verify . --json | jq .claims)
}

@test "a pin of the same size proves the bundle's checkpoint; of another one nothing" {
  assay pin now.pin >/dev/null
  [[ $(assay verify "$BATS_FILE_TMPDIR/phase.zip" --pin now.pin --json |
    jq -r '[.claims[] | select(.claim == "pin" or .claim == "identity") | .verdict] | unique | join(",")') == proved ]]
  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay record heartbeat --key harness
  assay pin later.pin >/dev/null
  run -0 assay verify "$BATS_FILE_TMPDIR/phase.zip" --pin later.pin
  [[ $output == *'not checked  pin '*'takes the whole log'* ]]
}

@test "what belongs to a question" {
  # To the phase: its planning and start, its import, issue and position; not the model that came later.
  local event
  for event in import_started result_imported issue_raised tag_position_recorded phase_planned entry_decided ledger_created \
    key_registered planned_entry_declared; do
    event=$(assay log --json | jq -r --arg type $event '[.events[] | select(.type == $type)][0].event')
    assay bundle phase/SIT-01 --dry-run --json | jq -e --argjson entry "${event%.*}" '.bundle.entries | index($entry)' >/dev/null
  done
  event=$(assay log --json | jq -r '[.events[] | select(.type == "device_model_registered")][-1].event')
  assay bundle phase/SIT-01 --dry-run --json | jq -e --argjson entry "${event%.*}" '.bundle.entries | index($entry) == null' >/dev/null
  # An issue, a planned entry under its other spelling, an event, a decision, a file.
  assay bundle issue/TI-1 -o issue.zip --json >answer
  [[ $(jq '.bundle.entries | length' answer) -lt $(assay bundle phase/SIT-01 --dry-run --json | jq '.bundle.entries | length') ]]
  assay bundle planned-entry/PEE-001 -o entry.zip
  event=$(assay log --json | jq -r '[.events[] | select(.type == "tag_position_recorded")][-1].event')
  assay bundle "$event" -o event.zip
  assay bundle "decision/$event" -o decision.zip
  cmp event.zip decision.zip
  assay bundle "$(sha256sum "$BATS_FILE_TMPDIR/minutes.txt" | cut -c1-64)" -o file.zip
  local bundle
  for bundle in issue entry event file; do
    assay verify $bundle.zip >/dev/null
    [[ $(verdict author_signatures $bundle.zip) == proved ]]
  done
}

@test "voices for a decision travel with it, and so do the keys that they were signed with" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  local event
  event=$(assay log --json | jq -r '[.events[] | select(.type == "tag_position_recorded")][-1].event')
  assay endorse "$event" --key dcc >/dev/null || assay dissent "$event" --reason 'too early (invented)' --key tag >/dev/null
  assay bundle "$event" -o event.zip --json >answer
  jq -e --argjson entry "$(($(entry_count) - 1))" '.bundle.entries | index($entry)' answer >/dev/null
  assay verify event.zip >/dev/null
}

@test "what is withheld, erased or missing is counted and named" {
  local secret minutes
  secret=$(sha256sum "$BATS_FILE_TMPDIR/secret.txt" | cut -c1-64)
  minutes=$(sha256sum "$BATS_FILE_TMPDIR/minutes.txt" | cut -c1-64)
  assay bundle document/DNB-SIT -o full.zip
  [[ $(unzip -l full.zip) == *"evidence/$secret"* ]]
  assay bundle document/DNB-SIT --profile tag -o tag.zip --json >answer
  [[ $(jq -r '.bundle.evidence.withheld[].digest' answer) == "$secret" ]]
  [[ $(unzip -l tag.zip) != *"evidence/$secret"* ]]
  run -0 assay verify tag.zip
  [[ $output == *'1 evidence files withheld (profile tag)'*"withheld  $secret"*'CONFIDENTIAL'* ]]
  [[ $(verdict evidence_files tag.zip) == not_checked ]]
  refuses 16 verify tag.zip --require evidence_files </dev/null
  unzip -p tag.zip '*/data/READ-ME.html' >page.html
  grep -q "1 is withheld (profile <code>tag</code>), 0 were erased, 0 are missing" page.html
  grep -q "<code>$secret</code></td><td>withheld: event .* classifies it as CONFIDENTIAL" page.html
  assay bundle phase/SIT-01 --profile public -o public.zip
  [[ $(unzip -l public.zip) != *evidence/* ]]
  assay verify public.zip >/dev/null
  # Erased: said by the log itself.
  use_copy_of "$BATS_FILE_TMPDIR/base"
  assay record --stream --key root <<<'{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-REG"}}' >/dev/null
  assay evidence erase "$minutes" --legal-basis 'DPA (invented)' --reason 'asked for' --key dcc >/dev/null
  assay bundle phase/SIT-01 -o erased.zip --json >answer
  [[ $(jq -r '.bundle.evidence.erased[]' answer) == "$minutes" ]]
  [[ $(verdict evidence_files erased.zip) == not_checked ]]
}

@test "the page for a stranger says what is proved and what is not" {
  unzip -p "$BATS_FILE_TMPDIR/phase.zip" '*/data/READ-ME.html' >page.html
  grep -q 'What is proved, once it has been checked' page.html
  grep -q 'What is not proved' page.html
  grep -q "$(assay verify --json | jq -r .ledger.log_id)" page.html
  grep -q 'sha256sum -c manifest-sha256.txt' page.html
  run ! grep -qi '<script' page.html
  python3 - page.html <<'PYTHON'
import html.parser, sys
class Parser(html.parser.HTMLParser):
    open_tags = []
    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "br"): self.open_tags.append(tag)
        if tag == "a": assert all(":" not in value for name, value in attributes if name == "href"), attributes
    def handle_endtag(self, tag):
        assert self.open_tags.pop() == tag, tag
parser = Parser()
parser.feed(open(sys.argv[1], encoding="utf-8").read())
assert not parser.open_tags
PYTHON
}

@test "nothing is overwritten without --force, and a failed bundle leaves nothing" {
  echo mine >there.zip
  refuses 4 bundle phase/SIT-01 -o there.zip <<<'there.zip is there already'
  [[ $(<there.zip) == mine ]]
  assay bundle phase/SIT-01 -o there.zip --force
  cmp there.zip "$BATS_FILE_TMPDIR/phase.zip"
  refuses 2 bundle phase/SIT-01 <<<'add -o FILE.zip'
  refuses 3 bundle phase/SIT-01 -o nowhere/x.zip </dev/null
  refuses 2 bundle phase/SIT-01 -o . <<<'is a directory'
  refuses 3 bundle phase/SIT-99 -o x.zip <<<'nothing was recorded about phase/SIT-99'
  refuses 3 bundle 999.0 -o x.zip <<<'there is no event 999.0'
  refuses 2 bundle phse/SIT-01 -o x.zip <<<'did you mean "phase"?'
  refuses 2 bundle nonsense -o x.zip <<<'ask for a thing'
  refuses 2 bundle phase/SIT-01 --profile tags -o x.zip <<<'there is no profile "tags"'
  run -0 assay bundle phase/SIT-01 --dry-run
  [[ $output == *'nothing was written'* ]]
  [[ $(find . -mindepth 1 | sort | xargs) == ./error\ ./out\ ./there.zip ]]
}

# Tampers with a fresh copy of the bundle by a command, seals it or does not, and expects this failure.
tampered() { # code claim pack|repack command…
  local code=$1 claim=$2 seal=$3
  shift 3
  rm -rf "$BATS_TEST_TMPDIR/bag"
  cp -r "$BATS_TEST_TMPDIR/whole" "$BATS_TEST_TMPDIR/bag"
  cd "$BATS_TEST_TMPDIR"/bag/* || return 1
  eval "$*"
  "$seal" "$BATS_TEST_TMPDIR/forged.zip"
  fails "$code" "$claim" "$BATS_TEST_TMPDIR/forged.zip" || {
    echo "after: $*"
    return 1
  }
}

@test "each way to tamper with a bundle is found, and named" {
  unpack "$BATS_FILE_TMPDIR/phase.zip"
  cp -r "$BATS_TEST_TMPDIR/bag" "$BATS_TEST_TMPDIR/whole"
  local entry proof file
  entry=data/entries/$(jq -r '.entries[3]' data/bundle.json).json
  proof=data/proofs/$(basename "$entry" .json).tlog-proof
  file=$(find data/evidence -type f | sort | head -1)

  tampered 10 tree pack sed -i s/author/auther/ "$entry"
  tampered 10 tree repack sed -i 's/.recorded_at.:.2/\&9/' "$entry"
  tampered 10 tree repack sed -i "'s/^index .*/index 1/'" "$proof"
  tampered 11 tree repack rm "$proof"
  tampered 10 tree repack sed -i 2s/.\*/5/ data/checkpoint
  tampered 10 log_signature repack sed -i 2s/.\*/5/ data/checkpoint
  tampered 15 evidence_files pack echo more '>>' "$file"
  tampered 15 evidence_files repack echo more '>>' "$file"
  tampered 15 evidence_files repack rm "$file"
  tampered 15 evidence_files repack rm -r data/evidence
  tampered 15 evidence_files repack echo mine '>' "data/evidence/$(echo mine | sha256sum | cut -c1-64)"
  tampered 10 tree pack "sed -i '1{s/^0/x/;t;s/^./0/}' manifest-sha256.txt"
  tampered 11 tree pack rm tagmanifest-sha256.txt
  tampered 10 tree pack echo BagIt-Version: 0.97 '>' bagit.txt
  tampered 11 canonical_bytes pack rm "$entry"
  tampered 11 canonical_bytes repack rm "$entry"
  tampered 11 tree repack cp "$entry" data/entries/9999.json
  tampered 11 tree repack echo hello '>' data/notes.txt
  tampered 11 tree pack echo hello '>' data/notes.txt
  tampered 10 tree repack "sed -i 's/\"about\":/\"size\":9,&/' data/bundle.json"
  tampered 10 tree repack sed -i s/sample/another/ data/bundle.json
  tampered 12 log_signature repack sed -i s/sample/simple/ data/log.vkey
  tampered 10 tree repack "cp data/entries/0.json x; cp $entry data/entries/0.json; mv x $entry"
}

@test "whatever the order of its central directory, a zip holds the same bag" {
  cp "$BATS_FILE_TMPDIR/phase.zip" turned.zip
  assay verify turned.zip --json | jq .claims >in_order
  python3 - turned.zip <<'PYTHON'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "a") as zip_file:
    zip_file.filelist.reverse()
    zip_file._didModify = True
PYTHON
  unzip -qt turned.zip
  run ! cmp -s turned.zip "$BATS_FILE_TMPDIR/phase.zip"
  assay verify turned.zip --json | jq .claims | diff in_order -
}

@test "what is no bundle, or a hostile one, is refused with code 16, in bounded time and space" {
  hostile() { # what the message says   <<< python that fills `z`, a ZipFile
    rm -f hostile.zip
    python3 -c "
import sys, zipfile, stat, warnings
warnings.simplefilter('ignore')
z = zipfile.ZipFile('hostile.zip', 'w', zipfile.ZIP_DEFLATED)
exec(sys.stdin.read())
z.close()"
    refuses 16 verify hostile.zip <<<"$1"
    [[ ! -e ../evil && ! -e evil && ! -e /tmp/assay-evil ]]
  }
  hostile 'is not a plain relative one' <<<"z.writestr('bag/../../evil', 'x')"
  hostile 'is not a plain relative one' <<<"z.writestr('/tmp/assay-evil', 'x')"
  hostile 'is not a plain relative one' <<<"z.writestr('bag/b\\\\evil', 'x')"
  hostile 'is not a plain relative one' <<<"z.writestr('bag/\\u00e9', 'x')"
  hostile 'is not a plain relative one' <<<"z.writestr('bag/a\\x1b[31m', 'x')"
  hostile 'is not a plain relative one' <<<"z.writestr('bag//a', 'x')"
  hostile 'is a link' <<<"
i = zipfile.ZipInfo('bag/data/checkpoint'); i.create_system = 3; i.external_attr = (stat.S_IFLNK | 0o777) << 16
z.writestr(i, '/etc/passwd')"
  hostile 'stands in it twice' <<<"z.writestr('bag/bagit.txt', 'x'); z.writestr('bag/bagit.txt', 'y')"
  hostile 'more than one directory' <<<"z.writestr('bag/bagit.txt', 'x'); z.writestr('other/bagit.txt', 'y')"
  hostile 'lies in no directory' <<<"z.writestr('bagit.txt', 'x')"
  hostile 'times its size' <<<"
with z.open('bag/data/evidence/' + '0' * 64, 'w', force_zip64=True) as f:
  for _ in range(100): f.write(bytes(1 << 20))"
  hostile 'the zip is not read' <<<''
  hostile 'this is no bag of a bundle' <<<"z.writestr('bag/hello', 'x')"
  echo 'not a zip' >hostile.zip
  refuses 16 verify hostile.zip <<<'the zip is not read'
  head -c 3000 "$BATS_FILE_TMPDIR/phase.zip" >hostile.zip
  refuses 16 verify hostile.zip <<<'the zip is not read'
  : >hostile.zip
  refuses 16 verify hostile.zip <<<'the zip is not read'
  refuses 16 verify "$BATS_FILE_TMPDIR/phase.zip" --max-size 1000 <<<'more than 1000 bytes (--max-size)'
  refuses 3 verify nothing.zip <<<'give a ledger, a published directory, its address, or a bundle'
}

@test "sizes that are declared and not there cost nothing" {
  python3 - <<'PYTHON'
import struct
name, huge = b"bag/bagit.txt", 10 << 30
extra = struct.pack("<HHQQ", 1, 16, huge, huge)
local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0, 0, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra)) + name + extra
central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0, 0, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra),
                      0, 0, 0, 0, 0) + name + extra
body = local + b"x"
end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(body), 0)
open("huge.zip", "wb").write(body + central + end)
PYTHON
  refuses 16 verify huge.zip <<<'more than 8589934592 bytes (--max-size)'
  refuses 16 verify huge.zip --max-size 20000000000 <<<'the zip is not read'
}

@test "an unpacked bag is not left by a link" {
  unpack "$BATS_FILE_TMPDIR/phase.zip"
  ln -sf /etc/passwd data/checkpoint
  refuses 16 verify . <<<'data/checkpoint is a link or something else that is no file'
  rm data/checkpoint
  mkfifo data/checkpoint
  refuses 16 verify . <<<'data/checkpoint is a link or something else that is no file'
}

@test "a bundle of the whole log is a published log in a bag, and verified as one" {
  assay bundle log -o log.zip --json >answer
  [[ $(jq -r .bundle.about answer) == log && $(jq '.bundle | has("entries")' answer) == false ]]
  assay bundle log -o again.zip
  cmp log.zip again.zip
  [[ $(assay bundle log --dry-run --json | jq -c .bundle) == "$(jq -c .bundle answer)" ]]
  assay publish -o published >/dev/null
  local log_id
  log_id=$(<"$BATS_FILE_TMPDIR/log_id")
  unset ASSAY_LEDGER ASSAY_KEYS
  run -0 assay verify log.zip --log-id "$log_id"
  [[ $output == *'bundle of the whole log'* ]]
  # The same answer as of the published directory.
  diff <(assay verify log.zip --log-id "$log_id" --json | jq -c '.claims[]') \
    <(assay verify published --log-id "$log_id" --json | jq -c '.claims[]')
  assay verify log.zip --log-id "$log_id" --require chain --require author_streams --require authority --require invariants >/dev/null
  unpack log.zip
  sha256sum --quiet -c manifest-sha256.txt
  python3 "$ROOT/tests/cli/check_bag.py" "$PWD"
  assay verify . --log-id "$log_id" >/dev/null
  cp -r "$BATS_TEST_TMPDIR/bag" "$BATS_TEST_TMPDIR/whole"
  tampered 10 tree pack sed -i s/sample/simple/ data/publication.json
  tampered 15 evidence_files pack find data/evidence -type f -print -quit '|' xargs rm
  tampered 11 tree pack echo more '>' data/more
  tampered 10 tree repack find data/tile/entries -type f '|' xargs sed -i s/PEE-001/PEE-009/
}

# A zip whose directory at the end gives two files each other's names, or another.
swap_names() { # file from to…
  python3 - "$@" <<'PYTHON'
import sys
name, *pairs = sys.argv[1:]
raw = bytearray(open(name, "rb").read())
begin = raw.rindex(b"PK\x05\x06")
central = int.from_bytes(raw[begin + 16:begin + 20], "little")
head, tail = bytes(raw[:central]), bytes(raw[central:])
one, other = (word.encode() for word in pairs)
tail = tail.replace(one, b"\0" * len(one)).replace(other, one).replace(b"\0" * len(one), other)
open(name, "wb").write(head + tail)
PYTHON
}

@test "a zip that is one thing to some readers and another to others is not read" {
  cp "$BATS_FILE_TMPDIR/phase.zip" swapped.zip
  local files
  mapfile -t files < <(unzip -Z1 swapped.zip | grep -o 'evidence/[0-9a-f]*$')
  swap_names swapped.zip "${files[0]}" "${files[1]}"
  [[ $(unzip -p swapped.zip "*/${files[0]}" | sha256sum) == "${files[1]#*/}"* ]]
  refuses 16 verify swapped.zip <<<'is one file to some readers, and another to others'
  # The same bytes, packed by somebody else's program, are as good.
  unpack "$BATS_FILE_TMPDIR/phase.zip"
  pack "$BATS_TEST_TMPDIR/again.zip"
  assay verify "$BATS_TEST_TMPDIR/again.zip"
}

@test "a bundle in a folder that it was unpacked to is pointed at" {
  mkdir there
  unzip -q "$BATS_FILE_TMPDIR/phase.zip" -d there
  refuses 3 verify there <<<"there is a bundle in it: assay verify there/$(ls there)"
}

@test "evidence that was taken out of an unpacked bundle is missed" {
  unpack "$BATS_FILE_TMPDIR/phase.zip"
  rm data/evidence/*
  run -15 assay verify .
  [[ $output == *'failed       evidence_files'* ]]
  run -15 sh data/verify.sh .
  mkdir data/empty
  run -15 assay verify .
  run -16 assay verify data
  [[ $output == *'is the inside of a bundle'* ]]
}
