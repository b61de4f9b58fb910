"""Tools for altering the golden log: putting bytes, links and checkpoints together again, and
telling the whole story anew with something changed in it, signed by the keys of keys.txt."""

import base64
import copy
import json

import signatures
import trees
from canonical import read, sha256
from fold import introduced

SEED = b"assay golden log/"


def canonical(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def thawed(value):
    """Plain dicts and lists, to change."""
    return json.loads(json.dumps(value))


def base64_of(raw):
    return base64.b64encode(raw).decode()


class Keys:
    """Every key of the story by its name and by its id."""

    def __init__(self, files):
        self.seeds, self.spki = {}, {}
        for line in files["keys.txt"].decode().splitlines():
            name, key, kind, *seed = line.split()
            if kind == "ed25519":
                self.add(name, bytes.fromhex(seed[0]))
            else:
                self.ecdsa = key
        # Nobody has the ECDSA key, so a story told anew gives its holder another one.
        self.add("dcc-tm", sha256(SEED + b"dcc-tm anew"))
        self.add("stranger", sha256(SEED + b"stranger"))

    def add(self, name, seed):
        self.spki[name] = signatures.public_of(seed)
        self.seeds[name] = self.seeds[self.id(name)] = seed

    def id(self, name):
        return sha256(self.spki[name]).hex()


_signed = {}


def sign(seed, message):
    if (seed, message) not in _signed:
        _signed[seed, message] = signatures.sign(seed, message)
    return _signed[seed, message]


def note_of(size, root, signers, origin="ledger.example/golden", keys=None):
    """A checkpoint; `signers` are names of Ed25519 keys."""
    text = f"{origin}\n{size}\n{base64_of(root)}\n".encode()
    note = text + b"\n"
    for name in signers:
        raw = keys.spki[name][-32:]
        line = signatures.note_keyid(origin, 1, raw) + sign(keys.seeds[name], text)
        note += trees.DASH + origin.encode() + b" " + base64_of(line).encode() + b"\n"
    return note


def put_together(files, entries, keys, sign_anew=True):
    """The files of a log of these entries, with checkpoints of the sizes that there were. Nothing
    beside entries, checkpoints and evidence stays."""
    made = {name: raw for name, raw in files.items() if name.startswith("evidence/")}
    for index, raw in enumerate(entries):
        made[f"entries/{index:02}.json"] = raw
    leaves = [trees.leaf(raw) for raw in entries]
    for name in sorted(name for name in files if name.startswith("checkpoints/")):
        size = int(name[len("checkpoints/"):-len(".note")])
        if not sign_anew:
            made[name] = files[name]
        elif size <= len(entries):
            signers = ["log-0"] if size < 14 else ["log-0", "log-1"]
            made[name] = note_of(size, trees.root(leaves[:size]), signers, keys=keys)
    return made


def relinked(files, change, keys):
    """Every entry with its envelope changed, then linked, and new checkpoints signed: what a log
    can do that has its own key and nobody else's. `change` gets (index, entry as a dict)."""
    entries, last = [], None
    for name in sorted(name for name in files if name.startswith("entries/")):
        entry = read(files[name])
        submission = entry["submission"].raw
        envelope = {key: thawed(value) for key, value in entry.items() if key != "submission"}
        if last is not None:
            envelope["previous"] = last.hex()
        change(entry["index"], envelope)
        envelope["submission"] = "here"
        entries.append(canonical(envelope).replace(b'"here"', submission))
        last = trees.leaf(entries[-1])
    return put_together(files, entries, keys)


class Story:
    """The log told anew. Every hook may change what it is handed:

    events(index, events)          what an entry says, before anything is worked out
    submission(index, submission)  with everything worked out, before it is signed
    entry(index, entry)            signed, before it is linked to
    keep(index)                    whether it is told at all
    """

    def __init__(self, files, keys):
        self.files, self.keys = files, keys
        names = sorted(name for name in files if name.startswith("entries/"))
        told = [thawed(read(files[name])) for name in names]
        text = json.dumps(told).replace(keys.ecdsa, keys.id("dcc-tm"))
        self.told = json.loads(text)
        for event in self.told[2]["submission"]["events"]:
            if event["data"]["holder"] == "dcc-tm":
                event["subject"] = "key/" + keys.id("dcc-tm")
                event["data"]["public_key"] = base64_of(keys.spki["dcc-tm"])
        self.events = self.submission = self.entry = lambda index, thing: None
        self.keep = lambda index: True
        self.after = lambda files: None  # what else is changed when all is told
        self.more = []  # (name of the author, events): further entries at the end

    def tell(self):
        self.leaves, self.bytes, self.streams, self.said = [], [], {}, []
        for index, entry in enumerate(copy.deepcopy(self.told)):
            if self.keep(index):
                self.record(index, entry["submission"], entry["recorded_at"])
        for author, events in self.more:
            index, last = len(self.told), self.told[-1]
            submission = {"author": {"key": self.keys.id(author)}, "events": events, "log": "",
                          "submission": "00000000-0000-4000-8000-0000000000ff"}
            self.record(index, submission, last["recorded_at"])
        return put_together(self.files, self.bytes, self.keys)

    def record(self, index, submission, recorded_at):
        here = len(self.bytes)
        author = submission["author"]
        self.events(index, submission["events"])
        for event in submission["events"]:
            self.work_out(event["data"])
        author["sequence"], author["previous"] = self.streams.get(author["key"], (0, "00" * 32))
        if here:
            submission["log"] = self.leaves[0].hex()
        if "seen" in submission:
            size = min(submission["seen"]["size"], here)
            submission["seen"] = {"root": trees.root(self.leaves[:size]).hex(), "size": size}
        self.submission(index, submission)
        raw = canonical(submission)
        entry = {"index": here, "previous": (self.leaves[-1] if here else sha256(
            submission["log"].encode())).hex(), "recorded_at": recorded_at,
                 "signatures": self.sign(raw), "submission": submission}
        self.entry(index, entry)
        self.bytes.append(canonical(entry))
        self.leaves.append(trees.leaf(self.bytes[-1]))
        self.said.append(submission)
        self.streams[author["key"]] = (author["sequence"] + 1, sha256(raw).hex())

    def work_out(self, data):
        """What an event says about what was recorded before."""
        if "last_hash" in data:
            count, last = self.streams.get(data["key"], (0, "00" * 32))
            data["last_hash"], data["last_sequence"] = last, max(count - 1, 0)
        if "target" in data:
            entry, position = map(int, data["target"].split("."))
            if entry < len(self.said) and position < len(self.said[entry]["events"]):
                target = canonical(self.said[entry]["events"][position])
                data["digest"] = sha256(target).hex()

    def sign(self, raw):
        submission = read(raw)
        keys = {submission["author"]["key"]}
        try:
            keys |= set(introduced({"submission": submission}))
        except (KeyError, TypeError):
            pass
        message = signatures.pae(signatures.SUBMISSION, raw)
        return [{"key": key, "signature": base64_of(sign(self.keys.seeds[key], message))}
                for key in sorted(keys) if key in self.keys.seeds]
