"""The golden log as files, for tests that have no ledger at hand.

usage: golden_files.py FOLDER      makes FOLDER/published, FOLDER/whole and FOLDER/partial (bags, unpacked), and
                                   FOLDER/beginning, the log as it was published when it had 8 entries
"""

import sys

import published
import trees
from forge import canonical
from source import path, proof_file, with_manifests
from verify_from_document import read_folder

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def bag_of(payload):
    files = {"bagit.txt": DECLARATION, "bag-info.txt": b"External-Identifier: golden\n"}
    return with_manifests({**files, **{f"data/{name}": raw for name, raw in payload.items()}})


def partial_of(payload, entries, chosen):
    """Some entries of a published directory, with their proofs and every file of evidence."""
    leaves, head = [trees.leaf(raw) for raw in entries], payload["checkpoint"]
    made = {f"entries/{index}.json": entries[index] for index in chosen}
    made.update({f"proofs/{index}.tlog-proof": proof_file(index, path(index, leaves), head) for index in chosen})
    made.update({name: raw for name, raw in payload.items() if name.startswith("evidence/") or name in ("checkpoint", "log.vkey")})
    made["bundle.json"] = canonical({
        "about": "run/R-1", "entries": chosen, "evidence": {"profile": "full", "withheld": []}, "log": leaves[0].hex(),
        "origin": "ledger.example/golden", "schema": "assay.bundle/1", "size": len(entries)})
    return made


def main(folder):
    files = read_folder(published.LOG)
    said = dict(line.split(" ", 1) for line in files["log.txt"].decode().splitlines())
    payload = published.of_golden(files, said["next_log_vkey"])
    entries = [files[name] for name in sorted(files) if name.startswith("entries/")]
    published.write(payload, f"{folder}/published")
    early = {name: raw for name, raw in files.items() if name[-7:] not in ("12.note", "14.note")}
    published.write(published.of_golden(early, said["log_vkey"]), f"{folder}/beginning")
    published.write(bag_of(payload), f"{folder}/whole")
    published.write(bag_of(partial_of(payload, entries, [0, 2, 7, 8, 9, 12, 13])), f"{folder}/partial")


if __name__ == "__main__":
    main(sys.argv[1])
