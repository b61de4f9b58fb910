"""What somebody could do to a log who holds keys of it: tell it anew from some entry on, sign it as its authors or as
the log, and state it in checkpoints. The bytes are those of docs/format.md; nothing here asks whether they make sense."""

import base64
import copy
import json
import pathlib
import subprocess
import tempfile

import signatures
import trees
from canonical import sha256

INTRODUCE = ("ledger_created", "key_registered", "roots_changed", "log_key_rotated")
ZEROS = "00" * 32


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def base64_of(raw):
    return base64.b64encode(raw).decode()


def low_s(der):
    """The same ECDSA signature with the lower of its two values of s."""
    r_end = 4 + der[3]
    s = int.from_bytes(der[r_end + 2:], "big")
    if s > signatures.ORDER // 2:
        s = signatures.ORDER - s
    return with_s(der, s)


def with_s(der, s):
    r = der[2:4 + der[3]]
    digits = s.to_bytes(s.bit_length() // 8 + 1, "big")
    body = r + bytes([2, len(digits)]) + digits
    return bytes([0x30, len(body)]) + body


class Keys:
    """Private keys by their id: the seed of an Ed25519 key, or a P-256 key in DER; and the SubjectPublicKeyInfo."""

    def __init__(self):
        self.seeds, self.spki, self.made = {}, {}, {}

    def add(self, seed):
        spki = signatures.public_of(seed)
        key = sha256(spki).hex()
        self.seeds[key], self.spki[key] = seed, spki
        return key

    def stranger(self, name):
        """A key that the log never heard of."""
        return self.add(sha256(b"a stranger/" + name.encode()))

    def add_file(self, path, passphrase_file):
        """A key file of the program, which openssl reads."""
        ran = subprocess.run(["openssl", "pkey", "-in", path, "-passin", f"file:{passphrase_file}", "-outform", "DER"],
                             check=True, capture_output=True)
        if len(ran.stdout) == len(signatures.PRIVATE_ED25519) + 32:
            return self.add(ran.stdout[-32:])
        spki = subprocess.run(["openssl", "pkey", "-inform", "DER", "-pubout", "-outform", "DER"], input=ran.stdout,
                              check=True, capture_output=True).stdout
        key = sha256(spki).hex()
        self.seeds[key], self.spki[key] = ran.stdout, spki
        return key

    def sign(self, key, message):
        if (key, message) not in self.made:
            private = self.seeds[key]
            self.made[key, message] = signatures.sign(private, message) if len(private) == 32 else p256(private, message)
        return self.made[key, message]


def p256(private, message):
    with tempfile.TemporaryDirectory() as folder:
        key, text = pathlib.Path(folder, "key"), pathlib.Path(folder, "message")
        key.write_bytes(private)
        text.write_bytes(message)
        command = ["openssl", "pkeyutl", "-sign", "-keyform", "DER", "-inkey", key, "-rawin", "-digest", "sha256", "-in", text]
        return low_s(subprocess.run(command, check=True, capture_output=True).stdout)


def submission_of(raw):
    """The bytes of the submission in an entry."""
    mark = b',"submission":'
    return raw[raw.index(mark) + len(mark):-1]


def introduced(submission):
    found = set()
    for event in submission["events"]:
        data = event.get("data")
        if event.get("type") not in INTRODUCE or not isinstance(data, dict):
            continue
        named = data.get("roots", []) + [data.get("log_key"), data]
        found |= {key["key"] for key in named if isinstance(key, dict) and {"key", "public_key"} <= key.keys()}
    return found


def note(keys, origin, size, root, signers, extensions=(), name=None):
    """A checkpoint that these keys signed."""
    text = f"{origin}\n{size}\n{base64_of(root)}\n".encode() + b"".join(e + b"\n" for e in extensions)
    made = text + b"\n"
    name = name or origin
    for key in signers:
        keyid = signatures.note_keyid(name, 1, keys.spki[key][-32:])
        made += trees.DASH + name.encode() + b" " + base64_of(keyid + keys.sign(key, text)).encode() + b"\n"
    return made


class Log:
    """Entries and the checkpoints over them. `signers`: the keys that sign a checkpoint of a size."""

    def __init__(self, keys, entries, sizes, log_key):
        self.keys, self.entries, self.sizes, self.log_key = keys, list(entries), sorted(sizes), log_key
        self.origin = json.loads(entries[0])["submission"]["log"]

    def leaves(self):
        return [trees.leaf(raw) for raw in self.entries]

    def notes(self, log_key=None, root_of=None):
        leaves = self.leaves()
        root_of = root_of or (lambda size: trees.root(leaves[:size]))
        return {size: note(self.keys, self.origin, size, root_of(size), [log_key or self.log_key])
                for size in self.sizes if size <= len(leaves)}

    def with_entries(self, entries):
        other = copy.copy(self)
        other.entries = list(entries)
        last = max(self.sizes)
        if len(other.entries) < last:  # the head is stated for whatever is there
            other.sizes = sorted({min(size, len(other.entries)) for size in self.sizes})
        return other

    def relinked(self, change=lambda index, envelope: None, first=0):
        """The submissions as they are; their places and links by whoever holds the log's key."""
        made = list(self.entries[:first])
        for index in range(first, len(self.entries)):
            raw = self.entries[index]
            envelope = json.loads(raw)
            envelope["index"] = index
            if made:
                envelope["previous"] = trees.leaf(made[-1]).hex()
            envelope.pop("submission")
            change(index, envelope)
            envelope["submission"] = 0
            made.append(canonical(envelope)[:-2] + submission_of(raw) + b"}")
        return self.with_entries(made)

    def told(self, submission=None, raw=None, entry=None, keep=None, order=None):
        """Every author says it again, in this order. Hooks, each handed the index first:

        submission   with everything worked out, as a dict to change, before it is signed
        raw          the submission's bytes → the bytes that are signed instead
        entry        the entry's envelope, signed, as a dict to change, before it is linked to
        """
        made, streams, said = [], {}, []
        order = list(order or range(len(self.entries)))
        for old in (index for index in order if keep is None or keep(index)):
            index, parsed = len(made), json.loads(self.entries[old])
            said_now = parsed["submission"]
            self.work_out(said_now, made, streams, said)
            if submission:
                submission(old, said_now)
            signed = canonical(said_now)
            if raw:
                signed = raw(old, signed)
            author = said_now["author"]["key"]
            streams[author] = (said_now["author"]["sequence"] + 1, sha256(signed).hex())
            said.append(said_now)
            message = signatures.pae(signatures.SUBMISSION, signed)
            by = sorted(key for key in {author} | introduced(said_now) if key in self.keys.seeds)
            envelope = {"index": index, "recorded_at": parsed["recorded_at"],
                        "previous": trees.leaf(made[-1]).hex() if made else parsed["previous"],
                        "signatures": [{"key": key, "signature": base64_of(self.keys.sign(key, message))} for key in by]}
            if entry:
                entry(old, envelope)
            envelope["submission"] = 0
            made.append(canonical(envelope)[:-2] + signed + b"}")
        return self.with_entries(made)

    @staticmethod
    def work_out(submission, made, streams, said):
        author = submission["author"]
        author["sequence"], author["previous"] = streams.get(author["key"], (0, ZEROS))
        if made:
            submission["log"] = trees.leaf(made[0]).hex()
        if "seen" in submission:
            size = min(submission["seen"]["size"], len(made))
            root = trees.root([trees.leaf(raw) for raw in made[:size]])
            submission["seen"] = {"root": root.hex(), "size": size}
        for event in submission["events"]:
            data = event["data"]
            if "last_hash" in data:
                count, last = streams.get(data["key"], (0, ZEROS))
                data["last_hash"], data["last_sequence"] = last, max(count - 1, 0)
            if "target" in data and "digest" in data:
                target, position = map(int, data["target"].split("."))
                if target < len(said) and position < len(said[target]["events"]):
                    data["digest"] = sha256(canonical(said[target]["events"][position])).hex()
