"""What is mutated: a log in files, with the keys that forge it, and how its files are put together again."""

import json
import pathlib

import published
import trees
from forge import Keys, Log, canonical
from canonical import from_base64, sha256


class Source:
    """`files`: name → bytes. `kind`: published, whole (a bag of a published directory) or partial (a bag of some entries).
    `log` is the whole log in each case; `prefix` is where the payload lies."""

    def __init__(self, kind, files, log, name=None):
        self.kind, self.files, self.log, self.name = kind, files, log, name or kind
        self.prefix = "" if kind == "published" else "data/"
        self.log_id = trees.leaf(log.entries[0]).hex()

    def payload(self):
        return {name[len(self.prefix):]: raw for name, raw in self.files.items() if name.startswith(self.prefix)}

    def with_payload(self, payload, manifests=True):
        """The files with another payload; in a bag the manifests are written anew, or left as they were."""
        files = {name: raw for name, raw in self.files.items() if not name.startswith(self.prefix)}
        files.update({self.prefix + name: raw for name, raw in payload.items()})
        return with_manifests(files) if self.prefix and manifests else files

    def of_log(self, log, notes=None, manifests=True):
        """The files with another log in them: entries, tiles and checkpoints. What else there is stays."""
        notes = log.notes() if notes is None else notes
        if self.kind == "partial":
            return self.with_payload(self.partial_of(log, notes[max(notes)]), manifests)
        kept = {name: raw for name, raw in self.payload().items()
                if not name.startswith(("tile/", "checkpoints/")) and name != "checkpoint"}
        kept.update(published.tile_files(log.entries[:max(notes)]))
        kept.update({f"checkpoints/{size}": note for size, note in notes.items()})
        kept["checkpoint"] = notes[max(notes)]
        self.restate(kept, "publication.json", log, max(notes))
        return self.with_payload(kept, manifests)

    def partial_of(self, log, head):
        payload = self.payload()
        size = int(head.split(b"\n")[1])
        kept = {name: raw for name, raw in payload.items() if not name.startswith(("entries/", "proofs/"))}
        index = json.loads(payload["bundle.json"])["entries"]
        index = [entry for entry in index if entry < size]
        leaves = [trees.leaf(raw) for raw in log.entries[:size]]
        for entry in index:
            kept[f"entries/{entry}.json"] = log.entries[entry]
            kept[f"proofs/{entry}.tlog-proof"] = proof_file(entry, path(entry, leaves), head)
        kept["checkpoint"] = head
        self.restate(kept, "bundle.json", log, size, index)
        return kept

    @staticmethod
    def restate(payload, name, log, size, entries=None):
        said = json.loads(payload[name])
        said.update(size=size, log=trees.leaf(log.entries[0]).hex(), origin=log.origin)
        if entries is not None:
            said["entries"] = entries
        payload[name] = canonical(said)


def path(index, leaves):
    """The hashes of annex D's path()."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if index < k:
        return path(index, leaves[:k]) + [trees.root(leaves[k:])]
    return path(index - k, leaves[k:]) + [trees.root(leaves[:k])]


def proof_file(index, hashes, head):
    import base64
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}"] + [base64.b64encode(h).decode() for h in hashes]
    return "\n".join(lines).encode() + b"\n\n" + head


def manifest(files, chosen):
    return b"".join(f"{sha256(files[name]).hex()}  {name}\n".encode() for name in sorted(files) if chosen(name))


def with_manifests(files, but=None):
    """The files with manifests written anew, except the one named `but`."""
    files = dict(files)
    payload, tags = "manifest-sha256.txt", "tagmanifest-sha256.txt"
    if but != payload:
        files[payload] = manifest(files, lambda name: name.startswith("data/"))
    if but != tags:
        files[tags] = manifest(files, lambda name: not name.startswith("data/") and name != tags)
    return files


def read_folder(folder):
    folder = pathlib.Path(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def entries_in(payload, size):
    """The entries of a published directory."""
    entries = []
    for start in range(0, size, 256):
        width = min(256, size - start)
        name = f"tile/entries/{trees.number_path(start // 256)}" + ("" if width == 256 else f".p/{width}")
        entries += trees.read_bundle(payload[name], width)
    return entries


def log_of(payload, keys):
    """The log in a published directory, with the key that signs its checkpoints."""
    size = int(payload["checkpoint"].split(b"\n")[1])
    entries = entries_in(payload, size)
    genesis = json.loads(entries[0])["submission"]["events"][0]["data"]
    sizes = [int(name.split("/")[1]) for name in payload if name.startswith("checkpoints/")]
    assert sha256(from_base64(genesis["log_key"]["public_key"])).hex() == genesis["log_key"]["key"]
    return Log(keys, entries, sizes or [size], genesis["log_key"]["key"])


def keys_in(folder, passphrase_file):
    keys = Keys()
    for file in sorted(pathlib.Path(folder).glob("*.key")):
        keys.add_file(file, passphrase_file)
    return keys
