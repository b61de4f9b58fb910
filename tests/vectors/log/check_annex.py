"""Holds every golden event against annex B of docs/format.md, as a stranger reads it there.

usage: check_annex.py <docs/format.md> <folder of golden events>
"""

import pathlib
import sys

sys.dont_write_bytecode = True
import annex  # noqa: E402
from canonical import Refused, read  # noqa: E402


def main(page, folder):
    blocks = annex.read_annex(pathlib.Path(page).read_text(encoding="utf-8"))
    files, seen, problems = sorted(pathlib.Path(folder).glob("*.json")), set(), []
    for file in files:
        event = read(file.read_bytes())
        seen.add((event["type"], event["version"]))
        try:
            kind = annex.decode(blocks, event)
            if kind is None or event["subject"] not in annex.expand(kind.subject, event["data"]):
                problems.append(f"{file.name}: not in the annex, or its subject is another")
        except Refused as error:
            problems.append(f"{file.name}: {error}")
    problems += [f"{name} {version}: no golden event" for name, version in set(blocks) - seen]
    print("\n".join(problems + [f"{len(files)} events, {len(problems)} problems"]))
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
