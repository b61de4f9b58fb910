"""Trees, tiles, notes, checkpoints and proofs, as annexes C, D and E of docs/format.md give them."""

import re

import signatures
from canonical import decimal, from_base64, need, sha256

DASH = "\u2014 ".encode()
SPACES = "\t\n\v\f\r \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    chr(c) for c in range(0x2000, 0x200B))


def leaf(entry):
    return sha256(b"\x00", entry)


def node(left, right):
    return sha256(b"\x01", left, right)


def split(n):
    return 1 << (n - 1).bit_length() - 1


def root(leaves):
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return node(root(leaves[:k]), root(leaves[k:]))


def check_inclusion(found, index, size, top, hashes):
    need(index < size, "no such entry in a tree of this size")
    f, s, r = index, size - 1, found
    for p in hashes:
        need(s != 0, "a hash too many")
        if f % 2 or f == s:
            r = node(p, r)
            while f % 2 == 0 and f != 0:
                f, s = f // 2, s // 2
        else:
            r = node(r, p)
        f, s = f // 2, s // 2
    need(s == 0 and r == top, "the path does not lead to the root")


def check_consistency(m, old, n, new, hashes):
    need(0 < m <= n, "sizes")
    if m == n:
        return need(not hashes and old == new, "equal sizes with different roots")
    need(hashes, "an empty proof")
    if m & (m - 1) == 0:
        hashes = [old] + hashes
    f, s = m - 1, n - 1
    while f % 2:
        f, s = f // 2, s // 2
    a = b = hashes[0]
    for p in hashes[1:]:
        need(s != 0, "a hash too many")
        if f % 2 or f == s:
            a, b = node(p, a), node(p, b)
            while f % 2 == 0 and f != 0:
                f, s = f // 2, s // 2
        else:
            b = node(b, p)
        f, s = f // 2, s // 2
    return need(a == old and b == new and s == 0, "the new tree does not extend the old one")


def a_text(raw):
    """UTF-8 without control characters other than LF."""
    need(not re.search(rb"[\x00-\x09\x0b-\x1f]", raw), "a control character")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return need(False, "not UTF-8")


def is_key_name(name):
    return name != "" and not any(c in SPACES or c == "+" or ord(c) < 0x20 for c in name)


def read_note(raw):
    """(text, [(name, keyid, signature)])"""
    need(len(raw) <= 1_000_000, "a note of more than 1,000,000 bytes")
    a_text(raw)
    blank = raw.rfind(b"\n\n")
    need(blank >= 0, "no blank line")
    text, rest = raw[:blank + 1], raw[blank + 2:]
    need(rest.endswith(b"\n"), "no signature line, or one without its end")
    lines = []
    for line in rest[:-1].split(b"\n"):
        need(line.startswith(DASH), "a line that does not begin with an em dash")
        name, _, encoded = line[len(DASH):].decode().partition(" ")
        signature = from_base64(encoded)
        need(is_key_name(name) and len(signature) > 4, "no name or no signature")
        lines.append((name, signature[:4], signature[4:]))
    need(len(lines) <= 100, "more than 100 lines")
    return text, lines


def open_note(raw, known):
    """`known`: (name, type, SubjectPublicKeyInfo). Gives the text and who of them signed it."""
    text, lines = read_note(raw)
    by = []
    for name, keyid, signature in lines:
        for key in known:
            if key[0] != name or signatures.note_keyid(name, key[1], key[2][-32:]) != keyid:
                continue
            if key in by:
                continue
            if key[1] == 1:
                signatures.verify(key[2], text, signature)
            else:
                check_cosignature(key[2], text, signature)
            by.append(key)
    need(by, "signed by none of the known keys")
    return text, by


def check_cosignature(spki, text, signature):
    need(len(signature) == 72, "no cosignature")
    time = int.from_bytes(signature[:8], "big")
    need(time < 2**63, "its time is out of range")
    signatures.verify(spki, b"cosignature/v1\ntime %d\n" % time + text, signature[8:])


def read_checkpoint(text):
    """(origin, size, root)"""
    need(text.endswith(b"\n"), "the last line has no end")
    lines = text.decode().split("\n")[:-1]
    need(len(lines) >= 3 and all(lines), "an empty line, or too few")
    size, top = decimal(lines[1]), from_base64(lines[2])
    need(len(top) == 32, "the root is not a hash")
    need(size > 0 or top == sha256(), "an empty tree with another root")
    return lines[0], size, top


def read_proof(raw):
    """(index, hashes, checkpoint)"""
    need(len(raw) <= 2_000_000, "a proof file of more than 2,000,000 bytes")
    head, blank, note = raw.partition(b"\n\n")
    need(blank, "no blank line")
    lines = head.decode("ascii", "replace").split("\n")
    need(lines[0] == "c2sp.org/tlog-proof@v1", "the first line")
    if len(lines) > 1 and lines[1].startswith("extra "):
        need(from_base64(lines.pop(1)[len("extra "):]), "empty extra data")
    need(len(lines) > 1 and lines[1].startswith("index "), "the index line")
    hashes = [from_base64(line) for line in lines[2:]]
    need(len(hashes) <= 63 and all(len(h) == 32 for h in hashes), "hashes")
    read_note(note)
    return decimal(lines[1][len("index "):]), hashes, note


def number_path(number):
    digits = str(number)
    digits = "0" * (-len(digits) % 3) + digits
    groups = [digits[i:i + 3] for i in range(0, len(digits), 3)]
    return "/".join(["x" + group for group in groups[:-1]] + groups[-1:])


def read_bundle(raw, width):
    entries = []
    for _ in range(width):
        need(len(raw) >= 2, "an entry is missing")
        size = int.from_bytes(raw[:2], "big")
        need(len(raw) >= 2 + size, "an entry is cut short")
        entries.append(raw[2:2 + size])
        raw = raw[2 + size:]
    need(not raw, "bytes after the last entry")
    return entries
