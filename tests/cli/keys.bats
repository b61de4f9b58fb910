#!/usr/bin/env bats
# Key files: missing, unreadable, damaged, wrong passphrases, and where passphrases may come from.

load support

setup_file() {
  isolate
  make_bare_ledger "$BATS_FILE_TMPDIR/base"
}

setup() {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  home=$BATS_TEST_TMPDIR/home
}

party=(record party_registered party=SP-A class=SERVICE_PROVIDER 'name=A (invented)')

@test "a key that is not here is named, with its file" {
  refuses_and_leaves 7 "${party[@]}" --key nobody <<<$'there is no key "nobody"\nkeys/nobody.pub does not exist'
}

@test "a missing key of the log is named as that" {
  mv "$home/keys/log.key" "$home/kept"
  refuses_and_leaves 7 "${party[@]}" --key root <<<$'the log\'s key\nkeys/log.key does not exist'
  mv "$home/kept" "$home/keys/log.key"
  assay "${party[@]}" --key root
}

@test "a key file with a flipped byte is refused" {
  sed -i '2s/^./A/;3s/^./B/' "$home/keys/root.key"
  refuses_and_leaves 7 "${party[@]}" --key root <<<'root.key'
}

@test "a key file that is not one is refused" {
  echo 'nothing of the kind' >"$home/keys/root.key"
  refuses_and_leaves 7 "${party[@]}" --key root <<<'root.key'
}

@test "a wrong passphrase is refused" {
  (umask 077 && echo 'not the one' >wrong)
  refuses_and_leaves 7 "${party[@]}" --key root --passphrase-from file:wrong --log-passphrase-from "$ASSAY_PASSPHRASE_FROM" <<<'wrong passphrase'
}

@test "a passphrase file that others may read is refused" {
  cp "$home/passphrase" open && chmod 644 open
  refuses_and_leaves 7 "${party[@]}" --key root --passphrase-from file:open <<<$'may be read or changed by others\nchmod 600 open'
}

@test "a passphrase is not taken as an argument, and not repeated in the message" {
  refuses_and_leaves 2 "${party[@]}" --key root --passphrase-from hunter2 <<<'file:PATH or fd:N'
  run ! grep hunter2 "$BATS_TEST_TMPDIR/error"
}

@test "a passphrase comes through a file descriptor" {
  unset ASSAY_PASSPHRASE_FROM
  assay "${party[@]}" --key root --passphrase-from fd:8 --log-passphrase-from fd:9 8<"$home/passphrase" 9<"$home/passphrase"
}

@test "one descriptor serves all keys of a run, and of several lines each key takes its own" {
  unset ASSAY_PASSPHRASE_FROM
  assay "${party[@]}" --key root --passphrase-from fd:8 8<"$home/passphrase"
  printf 'log words\nnext words\nroot words\n' >three
  assay init "$BATS_TEST_TMPDIR/other" --origin other.invented.example/ledger --programme X --root root2:DCC \
    --log-key log2 --passphrase-from fd:8 8<three
  export ASSAY_LEDGER=$BATS_TEST_TMPDIR/other
  local beat=(record heartbeat --key root2 --passphrase-from fd:8)
  printf 'log words\nroot words\n' >two
  assay "${beat[@]}" 8<two
  printf 'root words\nlog words\n' >swapped
  run -7 assay "${beat[@]}" 8<swapped
  run -7 assay "${beat[@]}" 8< <(echo 'log words')
  # A writer that keeps its pipe open is not waited for.
  mkfifo pipe
  exec 9<>pipe
  cat "$home/passphrase" >&9
  export ASSAY_LEDGER=$home/ledger
  timeout 20 "$ASSAY_BIN" record heartbeat --key root --passphrase-from fd:9
  exec 9>&-
}

@test "init asks a person once for all the keys that it makes, and once more" {
  command -v script >found || skip 'script is not installed'
  unset ASSAY_PASSPHRASE_FROM
  local init="$ASSAY_BIN init made --origin made.invented.example/ledger --programme X --root r:DCC --keys fresh"
  { for _ in 1 2 3; do sleep 1; echo 'one phrase'; done; sleep 2; } | script -qec "$init" typescript >seen
  [[ $(grep -c 'assphrase for' seen) == 2 ]]
  (umask 077 && echo 'one phrase' >phrase)
  assay record heartbeat --key r -L made --keys fresh --passphrase-from file:phrase
}

@test "without a terminal nobody is asked" {
  unset ASSAY_PASSPHRASE_FROM
  refuses_and_leaves 7 "${party[@]}" --key root <<<'file:PATH or fd:N'
}

@test "a key is never overwritten" {
  refuses_and_leaves 4 key new root <<<'there is a key root'
  refuses_and_leaves 2 key new 'a/b' <<<'not a key name'
}

@test "a P-256 key signs like any other" {
  assay "${party[@]}" --key root
  assay key new profile --algorithm ecdsa-p256
  assay key register profile --party SP-A --key root
  assay record heartbeat --key profile
  assay verify
  [[ $(assay key list --json | jq -r '.keys[] | select(.name == "profile") | .algorithm') == ecdsa-p256 ]]
}

@test "a signer whose own record is ahead of the ledger meets a rollback" {
  assay key new sp
  assay "${party[@]}" --key root
  assay key register sp --party SP-A --key root
  assay draft heartbeat --key sp -o kept.dsse
  assay sign kept.dsse --key sp
  refuses_and_leaves 13 record heartbeat --key sp <<<$'the record of key sp and the ledger disagree: the key signed 1 submissions\nthe ledger holds nothing'
  # A trial says the same, and has nothing to take back.
  refuses_and_leaves 13 record heartbeat --key sp --dry-run <<<$'the record of key sp and the ledger disagree: the key signed 1 submissions\nthe ledger holds nothing'
  assay submit kept.dsse
  assay record heartbeat --key sp
}

@test "a signer whose own record is an old copy signs nothing" {
  cp -a "$home/keys/root.streams" old
  assay "${party[@]}" --key root
  rm -r "$home/keys/root.streams" && cp -a old "$home/keys/root.streams"
  refuses_and_leaves 13 record party_registered party=SP-B class=SERVICE_PROVIDER name=B --key root <<<$'the key signed 1 submissions\nnothing was signed'
}

@test "one log key serves one log" {
  refuses 4 init second --origin other.invented.example/ledger --programme X --root other:DCC <<<$'the key log in\nsigns another log already\n--log-key'
  [[ ! -e second && ! -e $home/keys/other.key ]]
  assay init second --origin other.invented.example/ledger --programme X --root other:DCC --log-key log-2
  assay verify second
}

@test "a directory that is a ledger already is left alone" {
  refuses_and_leaves 4 init "$home/ledger" --origin other.invented.example/ledger --programme X --root other:DCC <<<'is a ledger already'
  refuses 2 init third --origin 'a b' --programme X --root root:DCC <<<'an origin is'
  refuses 2 init third --origin a.example/b --programme X --root rootDCC <<<'not of the form NAME:PARTY'
  [[ ! -e third ]]
}
