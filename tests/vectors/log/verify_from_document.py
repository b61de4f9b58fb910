"""A verifier written from docs/format.md alone, for the golden log beside it.

usage: verify_from_document.py <docs/format.md> <folder> [--any]

It shares no code with the program. It takes the steps of section 11 in their order, prints each
claim, and ends with 1 at the first that fails; 77: skipped, because there is no openssl program.
With --any the log may be another than log.txt names, and nothing beside entries, checkpoints and
evidence is looked at. What annex B says about events it reads from the page, as data.
"""

import hashlib
import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True
import annex  # noqa: E402
import signatures  # noqa: E402
import trees  # noqa: E402
from canonical import (Refused, a_hash, check_entry, from_base64, members, need,  # noqa: E402
                       read, sha256)
from fold import Fold, introduced  # noqa: E402


class Failed(Exception):
    def __init__(self, claim, where, why):
        super().__init__(f"{claim} failed: {where}: {why}")
        self.claim = claim


class Verification:
    """`files`: path below the folder → bytes."""

    def __init__(self, page, files, known=True):
        self.files, self.known = files, known
        self.blocks = annex.read_annex(page)
        self.raw = [files[name] for name in sorted(files) if name.startswith("entries/")]
        notes = [name for name in sorted(files) if name.startswith("checkpoints/")]
        self.notes = {name: files[name] for name in notes}
        self.said = {}
        if known:
            lines = files["log.txt"].decode().splitlines()
            self.said = dict(line.split(" ", 1) for line in lines)

    def each(self, claim, check):
        """Runs a check over every entry; the first that objects ends it."""
        for index, entry in enumerate(self.entries):
            try:
                check(index, entry)
            except Refused as error:
                raise Failed(claim, f"entry {index}", error) from error

    def one(self, claim, where, check):
        try:
            return check()
        except Refused as error:
            raise Failed(claim, where, error) from error

    def steps(self):
        """(claim, what runs it), in the order of section 11."""
        steps = [("canonical_bytes", self.canonical), ("chain", self.chain),
                 ("identity", self.identity), ("tree", self.tree),
                 ("log_signature", self.log_signature),
                 ("author_signatures", self.author_signatures),
                 ("author_streams", self.author_streams), ("log", self.log),
                 ("time_order", self.time_order), ("authority", self.authority),
                 ("invariants", self.invariants), ("evidence_files", self.evidence)]
        if self.known:
            steps += [("pin", self.pin), ("witness_quorum", self.witnesses),
                      ("refusal", self.refusal), ("opening", self.opening),
                      ("proof", self.proof), ("consistency", self.consistency),
                      ("tiles", self.tiles), ("hashes", self.hashes)]
        return steps

    def run(self, say=lambda line: None):
        for claim, step in self.steps():
            say(f"{claim} {step() or 'proved'}")

    def canonical(self):
        self.entries = []
        for index, raw in enumerate(self.raw):
            def check(raw=raw, index=index):
                need(len(raw) <= 65535, "an entry of more than 65,535 bytes")
                entry = read(raw)
                check_entry(entry)
                need(entry["index"] == index, "its index is not its place")
                need(raw.endswith(b',"submission":' + entry["submission"].raw + b"}"), "the end")
                return entry
            self.entries.append(self.one("canonical_bytes", f"entry {index}", check))
        self.one("canonical_bytes", "the log", lambda: need(self.entries, "no entry"))
        self.leaves = [trees.leaf(raw) for raw in self.raw]
        self.roots = [trees.root(self.leaves[:n]) for n in range(len(self.leaves) + 1)]
        self.folded = None

    def chain(self):
        def check(index, entry):
            submission = entry["submission"]
            need(index > 0 or submission["events"][0]["type"] == "ledger_created",
                 "it does not begin with ledger_created")
            before = self.leaves[index - 1] if index else sha256(str(self.origin()).encode())
            need(a_hash(entry["previous"]) == before, "previous is not the hash of what is before")
        self.each("chain", check)

    def identity(self):
        if not self.known:
            return "assumed: this is the log that was meant"
        self.one("identity", "entry 0",
                 lambda: need(self.leaves[0].hex() == self.said["log_id"], "this is another log"))
        return None

    def tree(self):
        for name, note in self.notes.items():
            def check(note=note):
                _, size, root = trees.read_checkpoint(trees.read_note(note)[0])
                need(size <= len(self.raw), "it covers entries that are not there")
                need(root == self.roots[size], "the entries have another root")
            self.one("tree", name, check)

    def fold(self):
        if self.folded is None:
            self.folded = Fold(self.blocks)
            for entry, raw in zip(self.entries, self.raw):
                self.folded.take(entry, raw)
        return self.folded

    def open_checkpoint(self, note, witnesses=()):
        """By a key of the log that was in force at its size."""
        text, _ = trees.read_note(note)
        origin, size, root = trees.read_checkpoint(text)
        need(origin == self.origin(), "it is of another origin")
        known = [(origin, 1, spki) for spki in dict.fromkeys(
            spki for _, _, spki in self.fold().log_keys)]
        _, by = trees.open_note(note, known + list(witnesses))
        in_force = [(origin, 1, spki) for spki in self.fold().in_force(size)]
        need(any(key in by for key in in_force), "not signed by the key in force at its size")
        return size, root, by

    def origin(self):
        return self.entries[0]["submission"]["events"][0]["data"].get("origin")

    def log_signature(self):
        for name, note in self.notes.items():
            self.one("log_signature", name, lambda note=note: self.open_checkpoint(note))

    def author_signatures(self):
        known = {}

        def check(_, entry):
            try:
                new = introduced(entry)
            except (KeyError, TypeError) as error:
                raise Refused("an event that introduces keys is not what it should be") from error
            for key, spki in new.items():
                need(sha256(spki).hex() == key, "a key id that is not the hash of its key")
                signatures.check_key(spki)
                known[key] = spki
            signed = [signature["key"] for signature in entry["signatures"]]
            submission = entry["submission"]
            need(set(signed) == set(new) | {submission["author"]["key"]}, "not the right signers")
            message = signatures.pae(signatures.SUBMISSION, submission.raw)
            for signature in entry["signatures"]:
                need(signature["key"] in known, "a key that nobody introduced")
                signatures.verify(known[signature["key"]], message,
                                  from_base64(signature["signature"]))
        self.each("author_signatures", check)

    def author_streams(self):
        digests = [sha256(entry["submission"].raw).hex() for entry in self.entries]
        streams, seen, voided = {}, {}, set()

        def check(index, entry):
            author = entry["submission"]["author"]
            count, last = streams.get(author["key"], (0, "00" * 32))
            need(author["sequence"] == count, f"sequence {author['sequence']}, not {count}")
            need(author["previous"] == last, "previous is not the submission before")
            if "voids" in author:
                need(author["voids"] not in digests, "it voids what stands in the log")
                need(author["voids"] not in voided, "it voids what is voided already")
                voided.add(author["voids"])
            if "seen" in entry["submission"]:
                size = entry["submission"]["seen"]["size"]
                need(seen.get(author["key"], 0) <= size <= index, "what it saw is out of order")
                need(a_hash(entry["submission"]["seen"]["root"]) == self.roots[size], "what it saw")
                seen[author["key"]] = size
            for event in entry["submission"]["events"]:
                if event["type"] == "key_retired":
                    self.check_retired(event["data"], streams)
            streams[author["key"]] = (count + 1, digests[index])
        self.each("author_streams", check)

    @staticmethod
    def check_retired(data, streams):
        made, last = streams.get(data.get("key"), (0, "00" * 32))
        need(data.get("last_hash") == last, "the retirement of a key names another last submission")
        need(made == 0 or data.get("last_sequence") == made - 1, "… or another last number")

    def log(self):
        def check(index, entry):
            log = self.origin() if index == 0 else self.leaves[0].hex()
            need(entry["submission"]["log"] == log, "signed for another log")
        self.each("log", check)

    def time_order(self):
        def check(index, entry):
            if index == 0 or index - 1 in self.fold().resets:
                return
            need(self.entries[index - 1]["recorded_at"] <= entry["recorded_at"], "it goes back")
        self.each("time_order", check)

    def authority(self):
        return self.of_fold("authority")

    def invariants(self):
        return self.of_fold("invariants")

    def of_fold(self, claim):
        for kind, index, why in self.fold().objections:
            if kind == claim:
                raise Failed(claim, f"entry {index}", why)
        left = [why for kind, _, why in self.fold().objections if kind == "not_checked"]
        if claim == "invariants":
            left += sorted(self.fold().things.not_understood)
        return "not_checked: " + "; ".join(left) if left else None

    def evidence(self):
        held = {name[len("evidence/"):]: raw for name, raw in self.files.items()
                if name.startswith("evidence/")}

        def check(_, entry):
            for event in entry["submission"]["events"]:
                data = event["data"]
                if event["type"] == "ledger_created":
                    self.check_file(held, data["rulebook"])
                if event["type"] == "evidence_added":
                    raw = self.check_file(held, data["digest"])
                    need(hashlib.sha512(raw).hexdigest() == data["digest_sha512"], "its SHA-512")
                    need(len(raw) == data["size_bytes"], "its size")
        self.each("evidence_files", check)

    @staticmethod
    def check_file(held, digest):
        need(digest in held, f"the file {digest} is missing")
        need(sha256(held[digest]).hex() == digest, f"the file {digest} is another")
        return held[digest]

    def read_pin(self, raw):
        need(raw.endswith(b"\n"), "no LF at the end")
        pin = read(raw[:-1])
        members(pin, ("checkpoint", "log", "schema", "states"))
        need(pin["schema"] == "assay.pin/1", "another schema")
        names = [state["name"] for state in pin["states"]]
        need(names == sorted(set(names)), "states out of order")
        for state in pin["states"]:
            members(state, ("digest", "name"))
            a_hash(state["digest"])
        need(pin["log"] == self.leaves[0].hex(), "it is of another log")
        need(len(pin["checkpoint"].encode()) <= 16384, "its checkpoint is too large")
        size, root, _ = self.open_checkpoint(pin["checkpoint"].encode())
        need(size <= len(self.raw) and root == self.roots[size], "the log does not extend it")

    def pin(self):
        for name in ("pin.json", "states/pin.json"):
            self.one("pin", name, lambda name=name: self.read_pin(self.files[name]))

    def witnesses(self):
        def check():
            witness = signatures.read_vkey(self.said["witness_vkey"])
            largest = max(self.notes.values(),
                          key=lambda note: trees.read_checkpoint(trees.read_note(note)[0])[1])
            _, _, by = self.open_checkpoint(largest, [witness])
            return None if witness in by else "not_checked: the witness has not cosigned"
        return self.one("witness_quorum", "the last checkpoint", check)

    def envelope(self, name, kind):
        """JSON with white space, so no canonical form is asked for."""
        envelope = json.loads(self.files[name])
        need(envelope["payloadType"] == kind, "another payload type")
        payload = from_base64(envelope["payload"])
        signature, = envelope["signatures"]
        return payload, signature["keyid"], from_base64(signature["sig"])

    def refusal(self):
        self.one("refusal", "refusal.dsse", self.check_refusal)

    def check_refusal(self):
        """The five checks of section 9."""
        refused, author, signature = self.envelope("refused.dsse", signatures.SUBMISSION)
        payload, log_key, by_log = self.envelope("refusal.dsse", signatures.REFUSAL)
        said = read(payload)
        members(said, ("log", "message", "reason", "size", "submission"))
        digest = sha256(refused).hex()
        need(said["log"] == self.leaves[0].hex() and said["submission"] == digest, "1")
        keys = {sha256(spki).hex(): spki for spki in self.fold().in_force(said["size"])}
        need(log_key in keys, "2: not a key of the log in force then")
        signatures.verify(keys[log_key], signatures.pae(signatures.REFUSAL, payload), by_log)
        submission = read(refused)
        need(submission["author"]["key"] == author, "3")
        spki = from_base64(self.fold().keys[author]["public_key"])
        signatures.verify(spki, signatures.pae(signatures.SUBMISSION, refused), signature)
        for entry in self.entries:
            need(sha256(entry["submission"].raw).hex() != digest, "4: it is in the log")
            other = entry["submission"]["author"]
            if (other["key"], other["sequence"]) == (author, submission["author"]["sequence"]):
                need(other.get("voids") == digest, "5: its number was used without saying so")

    def opening(self):
        def check():
            raw = self.files["name.opening"]
            need(raw.endswith(b"\n"), "no LF at the end")
            opening = read(raw[:-1])
            members(opening, ("commitment", "salt", "value"))
            value = raw[raw.index(b',"value":') + len(b',"value":'):-2]
            read(value)
            made = sha256(b"assay.commitment.v1\x00", a_hash(opening["salt"]), value).hex()
            need(made == opening["commitment"], "salt and value do not open it")
            member = b'{"commitment":"' + made.encode() + b'"}'
            need(any(member in raw for raw in self.raw), "no event carries it")
        self.one("opening", "name.opening", check)

    def proof(self):
        def check():
            index, hashes, note = trees.read_proof(self.files["entry-07.tlog-proof"])
            size, root, _ = self.open_checkpoint(note)
            need(index < len(self.raw), "no such entry")
            trees.check_inclusion(self.leaves[index], index, size, root, hashes)
        self.one("proof", "entry-07.tlog-proof", check)

    def consistency(self):
        def check():
            old, new, *hashes = self.files["consistency.txt"].decode().splitlines()
            trees.check_consistency(int(old), self.roots[int(old)], int(new), self.roots[int(new)],
                                    [from_base64(line) for line in hashes])
        self.one("consistency", "consistency.txt", check)

    def tiles(self):
        def check():
            width = len(self.raw)
            place = f"{trees.number_path(0)}.p/{width}"
            need(self.files[f"tile/0/{place}"] == b"".join(self.leaves), "the tile")
            bundle = trees.read_bundle(self.files[f"tile/entries/{place}"], width)
            need(bundle == self.raw, "the bundle")
        self.one("tiles", "tile", check)

    def hashes(self):
        def check():
            lines = self.files["hashes.txt"].decode().splitlines()
            need(len(lines) == len(self.raw), "the number of lines")
            for index, line in enumerate(lines):
                submission = self.entries[index]["submission"].raw
                pae = signatures.pae(signatures.SUBMISSION, submission)
                need(line.split() == [f"{index:02}", sha256(submission).hex(), sha256(pae).hex(),
                                      self.leaves[index].hex()], f"line {index}")
        self.one("hashes", "hashes.txt", check)


def read_folder(folder):
    folder = pathlib.Path(folder)
    kept = re.compile(r"\.(py|md|pyc)$")
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file() and not kept.search(path.name)}


def main(page, folder, *options):
    if not signatures.openssl_is_there():
        print("skipped: there is no openssl program")
        return 77
    text = pathlib.Path(page).read_text(encoding="utf-8")
    verification = Verification(text, read_folder(folder), "--any" not in options)
    try:
        verification.run(print)
    except Failed as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
