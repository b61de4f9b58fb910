"""Golden logs that whoever has the log's key can make, and nobody else's: entries with good links
under good checkpoints; and checkpoints that are not."""

import signatures
import trees
from altered import base64_of, note_of, relinked, thawed
from canonical import from_base64, read, sha256
from mutant import entries_of, entry_file, mutant, replaced


@mutant("author_signatures")
def a_signature_that_is_not_asked_for(files, keys):
    def change(index, entry):
        if index == 5:
            more = {"key": keys.id("stranger"), "signature": base64_of(b"x" * 64)}
            entry["signatures"].append(more)
            entry["signatures"].sort(key=lambda signature: signature["key"])
    return relinked(files, change, keys)


@mutant("author_signatures")
def a_key_without_proof_of_possession(files, keys):
    def change(index, entry):
        if index == 2:
            entry["signatures"] = [s for s in entry["signatures"] if s["key"] != keys.id("harness")]
    return relinked(files, change, keys)


@mutant("author_signatures")
def the_signature_of_another_submission(files, keys):
    other = thawed(read(files[entry_file(7)]))["signatures"]

    def change(index, entry):
        if index == 8:
            entry["signatures"] = other
    return relinked(files, change, keys)


def with_ecdsa(files, keys, index, change_signature):
    def change(at, entry):
        if at == index:
            signature = entry["signatures"][0]
            raw = from_base64(signature["signature"])
            signature["signature"] = base64_of(change_signature(raw))
    return relinked(files, change, keys)


def der_integer(value):
    raw = value.to_bytes(33, "big").lstrip(b"\0")
    raw = b"\0" + raw if raw[0] >= 0x80 else raw
    return bytes([2, len(raw)]) + raw


def der(r, s):
    body = der_integer(r) + der_integer(s)
    return bytes([0x30, len(body)]) + body


@mutant("author_signatures")
def an_ecdsa_signature_with_a_high_s(files, keys):
    def high(raw):
        r, rest = signatures.take_integer(raw[2:])
        s, _ = signatures.take_integer(rest)
        return der(r, signatures.ORDER - s)
    return with_ecdsa(files, keys, 6, high)


@mutant("author_signatures")
def an_ecdsa_signature_in_a_longer_form(files, keys):
    def longer(raw):
        r = raw[4:4 + raw[3]]
        return bytes([0x30, raw[1] + 1, 2, len(r) + 1, 0]) + r + raw[4 + len(r):]
    return with_ecdsa(files, keys, 6, longer)


@mutant("author_signatures")
def an_ecdsa_signature_with_a_byte_after_it(files, keys):
    return with_ecdsa(files, keys, 6, lambda raw: raw + b"\0")


# Checkpoints.


def note_form(name, claim, old, new):
    def make(files, _):
        return replaced(files, "checkpoints/08.note", old, new)
    make.__name__ = name
    mutant(claim)(make)


# A text that is no checkpoint states no root, so step 4 stumbles over it before step 5.
note_form("a checkpoint with a hyphen for its dash", "tree", "\u2014".encode(), b"-")
note_form("a checkpoint whose size has a leading zero", "tree", b"\n8\n", b"\n08\n")
note_form("a checkpoint with a carriage return", "tree", b"\n8\n", b"\r\n8\n")
note_form("a checkpoint without a blank line", "tree", b"\n\n", b"\n")
note_form("a checkpoint with an extension that nobody signed", "log_signature", b"\n\n",
          b"\nmore\n\n")
note_form("a checkpoint under another origin", "log_signature", b"ledger.example/golden\n",
          b"ledger.example/goldem\n")


@mutant("log_signature")
def a_checkpoint_signed_by_a_stranger(files, keys):
    root = trees.root([trees.leaf(raw) for raw in entries_of(files)[:8]])
    return {**files, "checkpoints/08.note": note_of(8, root, ["stranger"], keys=keys)}


@mutant("log_signature")
def a_checkpoint_of_another_origin_by_the_same_key(files, keys):
    root = trees.root([trees.leaf(raw) for raw in entries_of(files)[:8]])
    note = note_of(8, root, ["log-0"], origin="ledger.example/other", keys=keys)
    return {**files, "checkpoints/08.note": note}


@mutant("log_signature")
def a_checkpoint_by_the_next_key_too_early(files, keys):
    root = trees.root([trees.leaf(raw) for raw in entries_of(files)[:12]])
    return {**files, "checkpoints/12.note": note_of(12, root, ["log-1"], keys=keys)}


@mutant("log_signature")
def one_bit_of_a_checkpoints_signature(files, _):
    raw = files["checkpoints/01.note"]
    text, ((name, keyid, signature),) = trees.read_note(raw)
    line = keyid + bytes([signature[0] ^ 1]) + signature[1:]
    return {**files, "checkpoints/01.note": text + b"\n" + trees.DASH + name.encode() + b" " +
            base64_of(line).encode() + b"\n"}


@mutant("log_signature")
def a_second_line_of_the_log_that_does_not_verify(files, keys):
    text, lines = trees.read_note(files["checkpoints/12.note"])
    keyid = signatures.note_keyid(lines[0][0], 1, keys.spki["log-1"][-32:])
    line = base64_of(keyid + b"x" * 64).encode()
    return {**files, "checkpoints/12.note": files["checkpoints/12.note"] + trees.DASH +
            lines[0][0].encode() + b" " + line + b"\n"}


@mutant("tree")
def a_checkpoint_of_a_second_history(files, keys):
    leaves = [trees.leaf(raw) for raw in entries_of(files)[:8]]
    root = trees.root(leaves[:7] + [sha256(b"something else")])
    return {**files, "checkpoints/08.note": note_of(8, root, ["log-0"], keys=keys)}


@mutant("tree")
def a_checkpoint_of_more_entries_than_there_are(files, keys):
    leaves = [trees.leaf(raw) for raw in entries_of(files)]
    root = trees.root(leaves + [sha256(b"a fifteenth")])
    return {**files, "checkpoints/15.note": note_of(15, root, ["log-1"], keys=keys)}


@mutant("witness_quorum")
def a_cosignature_of_another_time(files, keys):
    text, lines = trees.read_note(files["checkpoints/14.note"])
    name, keyid, signature = lines[-1]
    old = base64_of(keyid + signature).encode()
    time = (int.from_bytes(signature[:8], "big") + 1).to_bytes(8, "big")
    new = base64_of(keyid + time + signature[8:]).encode()
    return replaced(files, "checkpoints/14.note", old, new)
