"""The golden log, and altered copies of it, as published directories (docs/format.md annex G).

usage: published.py tests/vectors/log OUT            the golden log itself
       published.py tests/vectors/log OUT --mutants  every altered log, in OUT/<number>, with OUT/list.json
"""

import json
import pathlib
import sys

sys.dont_write_bytecode = True
LOG = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(LOG.resolve()))
import signatures  # noqa: E402
import trees  # noqa: E402
from altered import Keys, note_of  # noqa: E402
from canonical import Refused, sha256  # noqa: E402

# Of these files a published directory has none.
BESIDE = {"refusal", "opening", "proof", "consistency", "hashes"}


def size_of(note):
    return trees.read_checkpoint(trees.read_note(note)[0])[1]


def name_of(path, note):
    """A checkpoint that cannot be read keeps the size in its file's name."""
    try:
        return str(size_of(note))
    except Refused:
        return str(int(pathlib.Path(path).stem))


def tiles(entries):
    """The tiles of a log of fewer than 256 entries."""
    if not entries:
        return {}
    width = f"000.p/{len(entries)}"
    hashes = b"".join(trees.leaf(entry) for entry in entries)
    bundle = b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
    return {f"tile/0/{width}": hashes, f"tile/entries/{width}": bundle}


def published(files, vkey, keep_tiles):
    entries = [files[name] for name in sorted(files) if name.startswith("entries/")]
    notes = [(name, files[name]) for name in sorted(files) if name.startswith("checkpoints/")]
    made = {f"checkpoints/{name_of(name, note)}": note for name, note in notes}
    made["checkpoint"] = notes[-1][1]
    made["log.vkey"] = vkey + b"\n"
    made.update({name: raw for name, raw in files.items() if name.startswith("evidence/")})
    kept = {name: raw for name, raw in files.items() if name.startswith("tile/")}
    made.update(kept if keep_tiles else tiles(entries))
    origin = made["checkpoint"].split(b"\n")[0].decode()
    said = {"evidence": {"profile": "full", "withheld": []}, "log": trees.leaf(entries[0]).hex(),
            "origin": origin, "schema": "assay.publication/1", "size": int(name_of(*notes[-1])),
            "timestamps": []}
    made["publication.json"] = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    return made


def said_of(files):
    lines = files["log.txt"].decode().splitlines() if "log.txt" in files else []
    return dict(line.split(" ", 1) for line in lines)


def write(folder, files):
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def vkey_of(keys, name, origin="ledger.example/golden"):
    raw = keys.spki[name][-32:]
    keyid = signatures.note_keyid(origin, 1, raw).hex()
    return f"{origin}+{keyid}+".encode() + signatures_base64(b"\x01" + raw)


def signatures_base64(raw):
    import base64
    return base64.b64encode(raw)


def covering(files, keys):
    """The altered log with a checkpoint by the log's keys over all of it, where its own covers less: what an
    altered log is refused for shall be the alteration, and a published directory ends with its checkpoint."""
    entries = [files[name] for name in sorted(files) if name.startswith("entries/")]
    sizes = [int(pathlib.Path(name).stem) for name in files if name.startswith("checkpoints/")]
    if max(sizes) >= len(entries):
        return files
    root = trees.root([trees.leaf(entry) for entry in entries])
    name = f"checkpoints/{len(entries):02}.note"
    return {**files, name: note_of(len(entries), root, ["log-1"], keys=keys)}


def main():
    out = pathlib.Path(sys.argv[2])
    from verify_from_document import read_folder
    files = read_folder(str(LOG))
    keys = Keys(files)
    last = vkey_of(keys, "log-1")
    if "--mutants" not in sys.argv:
        write(out, published(files, last, True))
        return
    import mutants  # noqa: F401
    from mutant import MUTANTS
    told = []
    for number, (name, claim, make) in enumerate(MUTANTS):
        if claim in BESIDE:
            continue
        altered = covering(make(files, keys), keys)
        write(out / str(number), published(altered, last, claim == "tiles"))
        pin = altered.get("pin.json")
        if pin is not None:
            (out / f"{number}.pin").write_bytes(pin)
        told.append({"name": name, "claim": claim, "folder": str(number), "pin": pin is not None,
                     "log_id": said_of(altered).get("log_id"), "witness": said_of(altered).get("witness_vkey")})
    (out / "list.json").write_text(json.dumps(told, indent=1))
    assert sha256()


main()
