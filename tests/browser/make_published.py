"""Makes a published directory (docs/format.md annex G) out of the golden log, for tests of its verifiers.

usage: make_published.py tests/vectors/log OUT
"""

import json
import pathlib
import shutil
import sys


def main():
    log, out = map(pathlib.Path, sys.argv[1:3])
    said = dict(line.split(" ", 1) for line in (log / "log.txt").read_text().splitlines())
    out.mkdir(parents=True)
    shutil.copytree(log / "tile", out / "tile")
    shutil.copytree(log / "evidence", out / "evidence")
    (out / "checkpoints").mkdir()
    notes = sorted((log / "checkpoints").iterdir())
    for note in notes:
        shutil.copy(note, out / "checkpoints" / str(int(note.stem)))
    shutil.copy(notes[-1], out / "checkpoint")
    size = int(notes[-1].stem)
    (out / "log.vkey").write_text(said["next_log_vkey"] + "\n")
    publication = {"evidence": {"profile": "full", "withheld": []}, "log": said["log_id"], "origin": said["origin"],
                   "schema": "assay.publication/1", "size": size}
    (out / "publication.json").write_text(json.dumps(publication, separators=(",", ":"), sort_keys=True))


main()
