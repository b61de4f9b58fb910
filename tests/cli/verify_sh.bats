#!/usr/bin/env bats
# verify.sh, which needs nothing of the program: intact logs, altered ones, and folders that mean harm.

bats_require_minimum_version 1.5.0

setup_file() {
  ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  SCRIPT=$ROOT/cli/verifiers/verify.sh
  export ROOT SCRIPT
  python3 "$ROOT/tests/mutants/golden_files.py" "$BATS_FILE_TMPDIR"
}

setup() {
  cd "$BATS_TEST_TMPDIR" || return 1
  ID=4d8debb25c63330b5894c38eb9c7a541b530bfb341adcf9f8c305a1ea054263a
}

take() { # kind: works on a copy of it
  cp -r "$BATS_FILE_TMPDIR/$1" log
  chmod -R u+w log
}

# What verify.sh says of `log`: it must end with `code`, say nothing on standard error, and begin lines like those of
# standard input.
says() { # code [arguments…]   <<< "proved: chain"
  local code=$1 actual=0 line
  shift
  dash "$SCRIPT" "$@" log >said 2>error || actual=$?
  if [[ $actual != "$code" || -s error ]]; then
    echo "code $actual, not $code"
    cat error said
    return 1
  fi
  while IFS= read -r line; do
    grep -qF -- "$line" said && continue
    echo "not said: $line"
    cat said
    return 1
  done
}

@test "an intact directory: what is proved, what rests on something, what is not checked" {
  take published
  says 0 --log-id "$ID" <<'TEXT'
proved: canonical_bytes: 14 entries
proved: chain: 
proved: tree: the entries here are under the checkpoint, of size 14
assumed: log_signature: each of the log's keys signed only while in force
proved: author_signatures: 21 signatures
proved: author_streams: 
not checked: authority: left to assay verify and verify.html
not checked: invariants: left to assay verify and verify.html
not checked: time_order: left to assay verify and verify.html
proved: evidence_files: 3 files
not checked: projections: left to assay verify and verify.html
not checked: pin: left to assay verify and verify.html
not checked: witness_quorum: left to assay verify and verify.html
proved: identity: this is the log that was meant
TEXT
  [[ $(wc -l <said) == 14 ]]
  run ! grep -iq valid said
  says 0 <<<"assumed: identity: this is the log with the id $ID"
}

@test "intact bundles, whole and not: what takes the entries between is not checked" {
  take whole
  says 0 --log-id "$ID" <<<'proved: author_streams'
  rm -r log
  take partial
  says 0 --log-id "$ID" <<'TEXT'
proved: canonical_bytes: 7 entries
not checked: chain: entry 2 follows one that is not here
proved: tree
proved: author_signatures
not checked: author_streams: whether a submission is missing
proved: evidence_files: 3 files
proved: identity
TEXT
}

@test "another log than the one that was meant" {
  take beginning
  says 13 --log-id "${ID/4d8/4d9}" <<<"failed: identity: this is the log $ID"
}

@test "a byte of an entry: named with what it breaks" {
  take beginning
  local bundle=log/tile/entries/000.p/8 at
  at=$(grep -abo 'The company' "$bundle" | head -n 1 | cut -d: -f1)
  printf 'X' | dd of="$bundle" bs=1 seek="$at" conv=notrunc status=none
  says 10 --log-id "$ID" <<'TEXT'
proved: canonical_bytes
failed: chain: entry 2 follows ba53c08c
failed: tree: 
failed: author_signatures: the signature of key 8c3e4548adecc59fb4d7d38f7cc6398af73e875b9cbd97423fcff47d69650a51 on entry 1 does not match a known key
TEXT
}

@test "tiles, checkpoints, keys and descriptions that came to harm" {
  take beginning
  rm log/tile/0/000.p/8
  says 10 <<<'failed: tree: tiles of level 0 are missing, or have other hashes'
  cp -r "$BATS_FILE_TMPDIR/beginning/tile" log
  rm -r log/tile/entries
  says 11 <<'TEXT'
failed: canonical_bytes: tile/entries/000.p/8 is not there
failed: tree: entry 0 is not there
not checked: chain: see tree
not checked: author_signatures: 
TEXT
  cp -r "$BATS_FILE_TMPDIR/beginning/tile" log
  truncate -s -7 log/tile/entries/000.p/8
  says 10 <<<'failed: canonical_bytes: tile/entries/000.p/8 is no bundle'
  cp -r "$BATS_FILE_TMPDIR/beginning/tile" log
  cp log/checkpoints/1 log/checkpoint
  says 11 <<<'failed: canonical_bytes: tile/entries/000.p/1 is not there'
  cp log/checkpoints/8 log/checkpoint
  sed -i 's/golden$/silver/' log/checkpoint
  says 12 <<<"failed: log_signature: checkpoint is not signed by the log's key"
  cp log/checkpoints/8 log/checkpoint
  sed -i 's/+/+0/' log/log.vkey
  says 12 <<<'failed: log_signature: log.vkey is not'
  cp "$BATS_FILE_TMPDIR/beginning/log.vkey" log
  # It is written before the checkpoint, so it may be ahead of it, and not behind.
  sed -i 's/"size":8/"size":9/' log/publication.json
  says 0 <<<'proved: tree: '
  sed -i 's/"size":9/"size":7/' log/publication.json
  says 16 <<<'not checked: tree: publication.json is older than the checkpoint'
  sed -i 's/"size":7/"size":8/; s/assay.publication/assay-publication/' log/publication.json
  says 10 <<<'failed: tree: publication.json is not there, not of its form, or about something else'
  sed -i 's/"size":8/"size":"8"/; s/assay-publication/assay.publication/' log/publication.json
  says 10 <<<'failed: tree: publication.json is not there, not of its form, or about something else'
  cp "$BATS_FILE_TMPDIR/beginning/publication.json" log
  cp log/checkpoint log/checkpoints/9223372036854775807
  says 11 <<<'failed: tree: checkpoints/9223372036854775807 is of size 8'
  rm log/checkpoint
  says 11 <<<'failed: tree: no checkpoint'
}

@test "evidence: altered, missing, withheld" {
  take published
  local file=7e66f17760292066afdd2f0c9b9a2f3e13ab0cec3329d31b433842d55dc23ffb
  echo more >>log/evidence/$file
  says 15 <<<"failed: evidence_files: $file, which entry 8 names, is not there, or is altered"
  rm log/evidence/$file
  says 15 <<<"failed: evidence_files: $file, which entry 8 names, is not there, or is altered"
  sed -i "s/\"withheld\":\[\]/\"withheld\":[{\"digest\":\"$file\",\"reason\":\"secret\"}]/" log/publication.json
  says 0 <<<"not checked: evidence_files: $file is withheld, or was erased"
}

@test "a bundle that is not whole: proofs, entries and manifests" {
  take partial
  sed -i 's/^index 7$/index 8/' log/data/proofs/7.tlog-proof
  says 10 <<<'failed: tree: the manifests and files differ, or bagit.txt is another'
  (cd log && find data -type f -exec sha256sum {} + >manifest-sha256.txt &&
    sha256sum bag-info.txt bagit.txt manifest-sha256.txt >tagmanifest-sha256.txt)
  says 10 <<<'failed: tree: entry 7 is not proved'
  rm -r log
  take partial
  rm log/data/entries/2.json
  says 10 <<<'failed: author_signatures: the signature of key'
  rm -r log
  take partial
  echo >>log/data/evidence/7e66f17760292066afdd2f0c9b9a2f3e13ab0cec3329d31b433842d55dc23ffb
  says 15 <<<'failed: evidence_files: the manifests and files differ'
}

@test "names that mean harm are only names" {
  take beginning
  # shellcheck disable=SC2016
  mkdir 'log/$(touch hit)' log/-rf
  # shellcheck disable=SC2016
  touch log/'`touch hit`' log/'; touch hit' log/checkpoints/'$(touch hit)' log/checkpoints/-1 log/checkpoints/'*' log/'a
b'
  says 0 --log-id "$ID" <<<'proved: tree'
  [[ ! -e hit && ! -e log/hit ]]
}

@test "nothing is read through a link or a pipe, and nothing that has no end" {
  take beginning
  local name
  for name in evidence tile/0/000.p/8 checkpoints/1; do
    mv "log/$name" away
    ln -s "$PWD/away" "log/$name"
    run -16 --separate-stderr dash "$SCRIPT" log
    [[ -z $output && $stderr == *'there is a link in the folder'* ]]
    rm "log/$name" && mv away "log/$name"
  done
  mkfifo log/checkpoints/2
  run -16 --separate-stderr timeout 60 dash "$SCRIPT" log
  [[ -z $output ]]
  rm log/checkpoints/2
  truncate -s 20G log/log.vkey
  timeout 60 dash "$SCRIPT" log >said || [[ $? == 12 ]]
  grep 'failed: log_signature: log.vkey' said
}

@test "what could not be looked at is neither good nor bad" {
  mkdir log
  local stderr=
  run -16 --separate-stderr dash "$SCRIPT" log
  [[ -z $output && $stderr == *'neither a published directory nor a bundle'* ]]
  run -16 --separate-stderr dash "$SCRIPT" none
  [[ $stderr == *'unpack a zip file first'* ]]
  run -2 --separate-stderr dash "$SCRIPT" --log-id 12 log
  run -2 --separate-stderr dash "$SCRIPT"
}

@test "the same under the shells that people have" {
  take beginning
  local shell
  for shell in dash 'bash --posix'; do
    $shell "$SCRIPT" log >"said.${shell%% *}"
  done
  cmp said.dash said.bash
}

@test "it knows every type of event that the format has, in each version" {
  sed -n "/^words='/,/^def of/p" "$SCRIPT" | sed "s/^words='//; s/;'\$/;/" >definitions
  sed -nE 's|^([a-z_]+) ([0-9]+), (entry\|by) .*|\1/\2|p' "$ROOT/docs/format.md" | sed 's|/1$||' >types
  (($(wc -l <types) > 100))
  run -0 jq -nrR "$(cat definitions)"' inputs | select(is([types[]] | join("|")) | not)' types
  [[ -z $output ]]
}

@test "it is short enough to be read" {
  (($(wc -l <"$SCRIPT") <= 335))
  LC_ALL=C.UTF-8 run ! grep -Eq '.{119}' "$SCRIPT"
}
