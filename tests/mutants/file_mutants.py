"""Files of a directory or bag: missing, swapped, cut, lengthened, of other names."""

import json
import re

import published
from forge import canonical
from mutation import mutation, turned


def pick(rng, files, pattern):
    names = sorted(name for name in files if re.search(pattern, name))
    return rng.choice(names) if names else None


TILE = r"(^|/)tile/"
EVIDENCE = r"(^|/)evidence/[0-9a-f]{64}$"


def in_payload(rng, source, pattern, change, manifests=None):
    """One file of the payload changed; in a bag, with manifests that follow, or not."""
    payload = source.payload()
    name = pick(rng, payload, pattern)
    if name is None:
        return None
    what, altered = change(name, payload[name])
    payload.pop(name)
    if altered is not None:
        payload.update(altered if isinstance(altered, dict) else {name: altered})
    follow = rng.random() < 0.7 if manifests is None else manifests
    beside = "" if not source.prefix else ", manifests anew" if follow else ", manifests as they were"
    return f"{name} {what}{beside}", source.with_payload(payload, follow)


@mutation()
def a_file_is_missing(rng, source):
    return in_payload(rng, source, r"^(checkpoint|log\.vkey|publication\.json|bundle\.json|tile/|evidence/|checkpoints/|entries/|proofs/|states/)",
                      lambda name, raw: ("is missing", None))


@mutation(weight=2)
def a_file_is_cut(rng, source):
    return in_payload(rng, source, r"^(?!.*\.(html|sh)$)(?!rulebooks/)",
                      lambda name, raw: ("is cut", raw[:rng.randrange(len(raw))] if raw else raw))


@mutation(weight=2)
def a_file_is_longer(rng, source):
    more = rng.choice([b"\n", b" ", b"\0", b"0", b"\r\n", bytes(32)])
    return in_payload(rng, source, r"^(?!.*\.(html|sh)$)(?!rulebooks/)",
                      lambda name, raw: (f"has {more!r} at its end", raw + more))


@mutation()
def a_file_is_empty(rng, source):
    return in_payload(rng, source, r"^(?!.*\.(html|sh)$)(?!rulebooks/)", lambda name, raw: ("is empty", b""))


@mutation("published", "whole")
def a_tile_that_is_not_needed(rng, source):
    payload = source.payload()
    name = pick(rng, payload, r"tile/0/000\.p/")
    if name is None:
        return None
    width = int(name.rsplit("/", 1)[1])
    other = rng.choice([w for w in range(1, 256) if w != width])
    payload[f"tile/0/000.p/{other}"] = payload[name][:32 * other].ljust(32 * other, b"\1")
    return f"a tile of width {other} beside the one of {width}", source.with_payload(payload)


@mutation("published", "whole")
def a_hash_in_a_tile_is_another(rng, source):
    return in_payload(rng, source, TILE + "[0-9]", lambda name, raw: ("has another hash", turned(rng, raw)))


@mutation("published", "whole")
def a_length_in_a_bundle_is_another(rng, source):
    def change(name, raw):
        size = int.from_bytes(raw[:2], "big") + rng.choice([-1, 1, -300, 300])
        return "states another length first", size.to_bytes(2, "big") + raw[2:]
    return in_payload(rng, source, TILE + "entries/", change)


@mutation()
def evidence_is_swapped(rng, source):
    payload = source.payload()
    names = sorted(name for name in payload if re.search(EVIDENCE, name))
    if len(names) < 2:
        return None
    a, b = rng.sample(names, 2)
    payload[a], payload[b] = payload[b], payload[a]
    follow = rng.random() < 0.5
    return f"{a} and {b} swapped, manifests anew: {follow}", source.with_payload(payload, follow)


@mutation()
def evidence_is_withheld(rng, source):
    payload = source.payload()
    name = pick(rng, payload, EVIDENCE)
    about = "publication.json" if "publication.json" in payload else "bundle.json"
    said = json.loads(payload[about])
    said["evidence"]["withheld"].append({"digest": name[-64:], "reason": "it is confidential"})
    said["evidence"]["withheld"].sort(key=lambda one: one["digest"])
    gone = rng.random() < 0.7
    if gone:
        payload.pop(name)
    payload[about] = canonical(said)
    return f"{name} is withheld, and there: {not gone}", source.with_payload(payload)


@mutation()
def evidence_that_nobody_names(rng, source):
    payload = source.payload()
    payload["evidence/" + bytes(rng.randrange(256) for _ in range(32)).hex()] = b"nobody names this"
    return "another file of evidence", source.with_payload(payload)


@mutation("published", "whole", weight=3)
def a_file_of_a_strange_name(rng, source):
    payload = source.payload()
    name = rng.choice(["notes.txt", "checkpoints/abc", "checkpoints/007", "checkpoints/3.note", "tile/9/000", "tile/x", "a b",
                       "$(touch x)", "-rf", "`id`", "é.txt", "entries/0.json", "x'y", "tile/entries/zzz", "states/x/y.json"])
    payload[name] = b"something"
    return f"a file named {name!r}", source.with_payload(payload)


@mutation("published", "whole")
def the_states_of_another_size(rng, source):
    def change(name, raw):
        return "stands under another size", {re.sub(r"states/[0-9]+", f"states/{rng.randrange(9)}", name): raw}
    return in_payload(rng, source, r"^states/", change)


def of_description(rng, said):
    """Something else in publication.json or bundle.json."""
    change = rng.choice(["size", "log", "origin", "schema", "profile", "withheld", "order", "more", "less", "spaces", "type", "null"])
    if change == "size":
        said["size"] += rng.choice([-1, 1, 1000])
    elif change == "log":
        said["log"] = ("0" if said["log"][0] != "0" else "1") + said["log"][1:]
    elif change == "origin":
        said["origin"] += "x"
    elif change == "schema":
        said["schema"] = said["schema"].replace("/1", "/2")
    elif change == "profile":
        said["evidence"]["profile"] = rng.choice(["all", "tag", "", 1])
    elif change == "withheld":
        said["evidence"]["withheld"] = [{"digest": "11" * 32, "reason": "none such"}]
    elif change == "order":
        said["evidence"]["withheld"] = [{"digest": d * 32, "reason": "r"} for d in rng.choice([("22", "11"), ("11", "11")])]
    elif change == "more":
        rng.choice([said, said["evidence"]])["more"] = 1
    elif change == "less":
        where = rng.choice([said, said["evidence"]])
        del where[rng.choice(sorted(where))]
    elif change == "type":
        said["size"] = str(said["size"])
    elif change == "null":
        said["evidence"]["withheld"] = None
    raw = canonical(said)
    if change == "spaces":
        raw = rng.choice([raw + b"\n", raw.replace(b",", b", ", 1), b" " + raw, json.dumps(said, sort_keys=True).encode()])
    return change, raw


@mutation(weight=4)
def another_description(rng, source):
    def change(name, raw):
        what, altered = of_description(rng, json.loads(raw))
        return f"with another {what}", altered
    return in_payload(rng, source, r"^(publication|bundle)\.json$", change, True)


@mutation(weight=2)
def another_vkey(rng, source):
    def change(name, raw):
        text = raw.decode()
        keys = source.log.keys
        spki = keys.spki[keys.stranger("vkey")]
        what = rng.choice(["of a stranger", "without LF", "twice", "with CR", "of another name", "lower base64"])
        other = {"of a stranger": vkey(source.log.origin, spki), "without LF": text.rstrip("\n"), "twice": text * 2,
                 "with CR": text.replace("\n", "\r\n"), "of another name": vkey(source.log.origin + "x", keys.spki[source.log.log_key]),
                 "lower base64": text.lower()}[what]
        return what, other.encode()
    return in_payload(rng, source, r"^log\.vkey$", change, True)


def vkey(name, spki):
    import base64
    import signatures
    keyid = signatures.note_keyid(name, 1, spki[-32:]).hex()
    return f"{name}+{keyid}+{base64.b64encode(bytes([1]) + spki[-32:]).decode()}\n"


assert published
