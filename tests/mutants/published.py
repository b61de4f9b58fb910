"""A published directory (docs/format.md annex G), made from the entries and notes of a log that is held as a dict of
files, as the golden log's own tools hold it. It also makes what no honest publisher would: whatever is in the dict."""

import pathlib
import sys

sys.dont_write_bytecode = True
LOG = pathlib.Path(__file__).resolve().parent.parent / "vectors" / "log"
sys.path.insert(0, str(LOG))
import trees  # noqa: E402
from altered import canonical  # noqa: E402


def tiles_of(hashes_or_entries, level, body):
    """Name → bytes, of one level."""
    made = {}
    for start in range(0, len(hashes_or_entries), 256):
        part = hashes_or_entries[start:start + 256]
        width = "" if len(part) == 256 else f".p/{len(part)}"
        made[f"tile/{level}/{trees.number_path(start // 256)}{width}"] = body(part)
    return made


def tile_files(entries):
    leaves = [trees.leaf(raw) for raw in entries]
    made = tiles_of(entries, "entries",
                    lambda part: b"".join(len(e).to_bytes(2, "big") + e for e in part))
    level = 0
    while leaves:
        made.update(tiles_of(leaves, level, b"".join))
        leaves = [trees.root(leaves[i:i + 256]) for i in range(0, len(leaves) - 255, 256)]
        level += 1
    return made


def published(entries, notes, evidence, origin, vkey, withheld=()):
    """Name → bytes. `notes` maps sizes to checkpoints, `evidence` digests to files; the largest note is `checkpoint`."""
    made = tile_files(entries)
    made.update({f"checkpoints/{size}": note for size, note in notes.items()})
    made["checkpoint"] = notes[max(notes)]
    made["log.vkey"] = vkey.encode() + b"\n"
    made.update({f"evidence/{digest}": raw for digest, raw in evidence.items()})
    made["publication.json"] = canonical({
        "evidence": {"profile": "full", "withheld": [
            {"digest": digest, "reason": reason} for digest, reason in sorted(withheld)]},
        "log": trees.leaf(entries[0]).hex() if entries else "0" * 64, "origin": origin, "schema": "assay.publication/1", "size": max(notes),
        "timestamps": []})
    return made


def of_golden(files, vkey):
    """The files of the golden log, or of one that was altered, as a published directory."""
    entries = [files[name] for name in sorted(files) if name.startswith("entries/")]
    notes = {int(name[len("checkpoints/"):-len(".note")]): raw for name, raw in files.items()
             if name.startswith("checkpoints/")}
    entries = entries[:max(notes)]  # only what a checkpoint covers is ever published
    evidence = {name[len("evidence/"):]: raw for name, raw in files.items()
                if name.startswith("evidence/")}
    return published(entries, notes, evidence, "ledger.example/golden", vkey)


def write(files, folder):
    for name, raw in files.items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
