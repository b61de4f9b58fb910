"""Checkpoints: rolled back, swapped, of other keys, over other roots, with other lines."""

import base64
import json

import trees
from forge import base64_of, note
from mutation import mutation
from source import path, proof_file


def with_head(source, head, released=None):
    """Another `checkpoint`; in a bundle that is not whole, the proofs repeat it. `released`: other checkpoints/<size>."""
    payload = source.payload()
    if source.kind == "partial":
        for name in [name for name in payload if name.startswith("proofs/")]:
            payload[name] = payload[name].split(b"\n\n", 1)[0] + b"\n\n" + head
    payload["checkpoint"] = head
    for size, raw in (released or {}).items():
        payload[f"checkpoints/{size}"] = raw
    return source.with_payload(payload)


def parts(source):
    log = source.log
    size = max(log.sizes)
    return log, size, trees.root(log.leaves()[:size])


@mutation("published", "whole")
def rolled_back(rng, source):
    log = source.log
    size = rng.choice(log.sizes[:-1])
    notes = log.notes()
    what = rng.choice(["alone", "with the later ones", "as a whole"])
    payload = source.payload()
    payload["checkpoint"] = notes[size]
    if what != "with the later ones":
        for later in [later for later in log.sizes if later > size]:
            payload.pop(f"checkpoints/{later}", None)
    if what == "as a whole":
        kept = {n: note for n, note in notes.items() if n <= size}
        return f"rolled back to {size}, tiles too", source.of_log(log, kept)
    return f"checkpoint is the one of {size}, {what}", source.with_payload(payload)


@mutation("published", "whole")
def checkpoints_swapped(rng, source):
    payload = source.payload()
    names = sorted(name for name in payload if name.startswith("checkpoint"))
    a, b = rng.sample(names, 2)
    payload[a], payload[b] = payload[b], payload[a]
    return f"{a} and {b} swapped", source.with_payload(payload)


@mutation(weight=2)
def signed_by_another_key(rng, source):
    log, size, root = parts(source)
    key = rng.choice([log.keys.stranger("log"), rng.choice(sorted(k for k in log.keys.seeds if len(log.keys.seeds[k]) == 32))])
    signers = rng.choice([[key], [key, log.log_key], [log.log_key, key]])
    head = note(log.keys, log.origin, size, root, signers)
    return f"a head signed by {[k[:8] for k in signers]}", with_head(source, head, {size: head} if source.kind != "partial" else None)


@mutation()
def over_another_root(rng, source):
    log, size, _ = parts(source)
    what = rng.choice(["head", "released", "both"])
    head = note(log.keys, log.origin, size, bytes(rng.randrange(256) for _ in range(32)), [log.log_key])
    if source.kind == "partial" or what == "head":
        return "the log's key states another root, head", with_head(source, head)
    payload = source.payload()
    at = rng.choice(log.sizes)
    other = note(log.keys, log.origin, at, bytes(32), [log.log_key])
    payload[f"checkpoints/{at}"] = other
    if what == "both":
        payload["checkpoint"] = other if at == size else head
    return f"the log's key states another root of size {at}, {what}", source.with_payload(payload)


@mutation(weight=2)
def of_another_size(rng, source):
    log, size, root = parts(source)
    other = rng.choice([size + 1, size - 1, 0, 10**6, 2**53, 2**63 - 1, 2**63, 10**25])
    head = note(log.keys, log.origin, other, root, [log.log_key])
    return f"the log's key states its root for the size {other}", with_head(source, head)


@mutation(weight=5)
def in_other_words(rng, source):
    log, size, root = parts(source)
    text = f"{log.origin}\n{size}\n{base64_of(root)}\n"
    what = rng.choice(["an extension", "two extensions", "an empty extension", "a size with a zero first", "a size with a sign",
                       "a root without padding", "a root in hex", "no root", "CR LF", "another origin", "a space after the origin",
                       "a control character", "DEL", "NUL", "no UTF-8", "no final LF in its text"])
    text = {"an extension": text + "more\n", "two extensions": text + "more\nand more\n", "an empty extension": text + "\nmore\n",
            "a size with a zero first": text.replace(f"\n{size}\n", f"\n0{size}\n"), "a size with a sign": text.replace(f"\n{size}\n", f"\n+{size}\n"),
            "a root without padding": text.replace("=", ""), "a root in hex": f"{log.origin}\n{size}\n{root.hex()}\n",
            "no root": f"{log.origin}\n{size}\n", "CR LF": text.replace("\n", "\r\n"), "another origin": "x" + text,
            "a space after the origin": text.replace("\n", " \n", 1), "a control character": text + "\x01\n", "DEL": text + "\x7f\n",
            "NUL": text + "\0\n", "no UTF-8": text + "\udcff\n", "no final LF in its text": text[:-1]}[what]
    raw = text.encode("utf-8", "surrogateescape")
    keyid_and_signature = log_line(log, raw)
    return f"a head with {what}", with_head(source, raw + b"\n" + keyid_and_signature)


def log_line(log, text, name=None):
    import signatures
    name = name or log.origin
    keyid = signatures.note_keyid(name, 1, log.keys.spki[log.log_key][-32:])
    return trees.DASH + name.encode() + b" " + base64_of(keyid + log.keys.sign(log.log_key, text)).encode() + b"\n"


@mutation(weight=10)
def with_other_lines(rng, source):
    log, size, root = parts(source)
    text = f"{log.origin}\n{size}\n{base64_of(root)}\n".encode()
    own = log_line(log, text)
    good = own.split(b" ")[-1].strip()
    wrong = trees.DASH + log.origin.encode() + b" " + base64_of(bytes(base64.b64decode(good)[:4]) + bytes(64)).encode() + b"\n"
    short = trees.DASH + log.origin.encode() + b" " + base64_of(bytes(base64.b64decode(good)[:4]) + bytes(63)).encode() + b"\n"
    unknown = trees.DASH + b"witness.example " + base64_of(bytes(range(76))).encode() + b"\n"
    lines = rng.choice([
        ("unknown first", [unknown, own]), ("unknown last", [own, unknown]), ("own twice", [own, own]), ("own, then wrong", [own, wrong]),
        ("wrong, then own", [wrong, own]), ("only wrong", [wrong]), ("short, then own", [short, own]), ("only unknown", [unknown]),
        ("none", []), ("100 lines", [unknown] * 99 + [own]), ("101 lines", [unknown] * 100 + [own]),
        ("an empty line", [own, b"\n"]), ("a line without dash", [own, b"witness.example AAAAAAAA\n"]),
        ("a hyphen", [own.replace(trees.DASH, b"- ")]), ("two spaces", [own.replace(b" ", b"  ", 1)]),
        ("a name with +", [own, unknown.replace(b"witness", b"wit+ness")]), ("a name with a tab", [own, unknown.replace(b"witness", b"wit\tness")]),
        ("a name with U+00A0", [own, unknown.replace(b"witness", b"wit\xc2\xa0ness")]), ("a name with DEL", [own, unknown.replace(b"witness", b"wit\x7fness")]),
        ("a name with a quote", [own, unknown.replace(b"witness", b'wit"ness')]), ("a name with a backslash", [own, unknown.replace(b"witness", b"wit\\ness")]),
        ("a name in UTF-8", [own, unknown.replace(b"witness", "wítness".encode())]), ("a name in no UTF-8", [own, unknown.replace(b"witness", b"w\xffitness")]),
        ("a signature of 4 bytes", [own, trees.DASH + b"witness.example AAAAAA==\n"]), ("a signature of 5 bytes", [own, trees.DASH + b"witness.example AAAAAAA=\n"]),
        ("a signature with bits over", [own, trees.DASH + b"witness.example AAAAAAB=\n"]), ("no LF at the end", [own[:-1]]),
        ("text after the lines", [own, b"\nmore\n"]), ("another name", [log_line(log, text, log.origin + "x")]), ("CR", [own.replace(b"\n", b"\r\n")]),
    ])
    head = text + b"\n" + b"".join(lines[1])
    return f"a head with lines: {lines[0]}", with_head(source, head)


@mutation("partial", weight=4)
def another_proof(rng, source):
    payload = source.payload()
    log, size, root = parts(source)
    leaves = log.leaves()[:size]
    names = sorted(name for name in payload if name.startswith("proofs/"))
    name = rng.choice(names)
    index = int(name.split("/")[1].split(".")[0])
    hashes, head = path(index, leaves), payload["checkpoint"]
    good = proof_file(index, hashes, head)
    notes = log.notes()
    what, raw = rng.choice([
        ("of another entry", proof_file((index + 1) % size, path((index + 1) % size, leaves), head)),
        ("with another index", proof_file(index + 1, hashes, head)), ("with a hash more", proof_file(index, hashes + [bytes(32)], head)),
        ("with a hash less", proof_file(index, hashes[:-1], head)), ("with hashes in another order", proof_file(index, hashes[::-1], head)),
        ("for another checkpoint", proof_file(index, path(index, leaves[:index + 1]), notes.get(index + 1, head))),
        ("with an extra line", good.replace(b"\nindex", b"\nextra AAAA\nindex", 1)), ("with an empty extra", good.replace(b"\nindex", b"\nextra \nindex", 1)),
        ("with two extra lines", good.replace(b"\nindex", b"\nextra AAAA\nextra AAAA\nindex", 1)),
        ("of another version", good.replace(b"@v1", b"@v2", 1)), ("with CR", good.replace(b"\n", b"\r\n", 1)),
        ("with a space more", good.replace(b"index ", b"index  ", 1)), ("with a zero first", good.replace(b"index ", b"index 0", 1)),
        ("with 64 hashes", proof_file(index, [bytes(32)] * 64, head)), ("with a note more", good + head),
    ])
    payload[name] = raw
    return f"{name} is a proof {what}", source.with_payload(payload)


@mutation("partial")
def proofs_swapped(rng, source):
    payload = source.payload()
    folder = rng.choice(["proofs/", "entries/"])
    names = sorted(name for name in payload if name.startswith(folder))
    a, b = rng.sample(names, 2)
    payload[a], payload[b] = payload[b], payload[a]
    return f"{a} and {b} swapped", source.with_payload(payload)


@mutation("partial")
def other_entries_chosen(rng, source):
    """Less of the log, or more of it, with bundle.json as it was or anew."""
    payload = source.payload()
    log, size, _ = parts(source)
    said = json.loads(payload["bundle.json"])
    leaves = log.leaves()[:size]
    index = rng.randrange(size)
    if index in said["entries"]:
        del payload[f"entries/{index}.json"], payload[f"proofs/{index}.tlog-proof"]
        listed = [entry for entry in said["entries"] if entry != index]
    else:
        payload[f"entries/{index}.json"] = log.entries[index]
        payload[f"proofs/{index}.tlog-proof"] = proof_file(index, path(index, leaves), payload["checkpoint"])
        listed = sorted(said["entries"] + [index])
    anew = rng.random() < 0.6
    if anew:
        said["entries"] = listed
        payload["bundle.json"] = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return f"the entries {listed}, bundle.json says so: {anew}", source.with_payload(payload)
