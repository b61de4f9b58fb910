"""What takes effect, and when: docs/format.md section 7, over the entries of one log."""

import annex
import trees
from canonical import Refused, a_hash, an_address, from_base64, need, sha256

INTRODUCE = ("ledger_created", "key_registered", "roots_changed", "log_key_rotated")


def introduced(entry):
    """Key id → SubjectPublicKeyInfo, of the keys that an entry introduces."""
    found = {}
    for event in entry["submission"]["events"]:
        data = event["data"]
        if event["type"] in ("ledger_created", "roots_changed"):
            found.update({root["key"]: from_base64(root["public_key"]) for root in data["roots"]})
        if event["type"] in ("ledger_created", "log_key_rotated"):
            found[data["log_key"]["key"]] = from_base64(data["log_key"]["public_key"])
        if event["type"] == "key_registered":
            found[data["key"]] = from_base64(data["public_key"])
    return found


class Waiting:
    """An event that others may endorse or dissent from."""

    def __init__(self, event, kind, key, party):
        self.event, self.kind, self.key, self.party = event, kind, key, party
        self.digest = sha256(event.raw).hex()
        self.voices, self.effective = [], False


class Fold:
    """Takes the entries in their order; `objections` has (claim, entry, why)."""

    def __init__(self, blocks):
        self.blocks, self.objections = blocks, []
        self.things, self.touched = annex.Things(), {}
        self.roots, self.threshold = {}, 0
        self.keys, self.roles, self.purpose = {}, {}, {}
        self.waiting, self.streams = {}, {}
        self.log_key, self.next_log_key, self.log_id = None, None, None
        self.log_keys = []      # (size, key id, SubjectPublicKeyInfo): in force from that size on
        self.resets = set()     # entries with which a clock_reset took effect

    def object(self, claim, entry, why):
        self.objections.append((claim, entry["index"], str(why)))

    def take(self, entry, raw):
        if entry["index"] == 0:
            self.log_id = trees.leaf(raw).hex()
        self.ready = []
        before = len(self.objections)
        author = self.judge_author(entry)
        self.judge_expect(entry)
        sound = len(self.objections) == before
        judged = [self.judge_event(entry, position, author) for position in
                  range(len(entry["submission"]["events"]))]
        for position, kind in enumerate(judged):
            if kind is not None and sound:
                self.fold_event(entry, position, kind, author)
        for event, waiting in self.ready:
            self.take_effect(entry, event, waiting)
        stream = entry["submission"]
        self.streams[stream["author"]["key"]] = (stream["author"]["sequence"] + 1,
                                                 sha256(stream.raw).hex())

    def judge_author(self, entry):
        """(party, roles, is a root), or None."""
        key, at = entry["submission"]["author"]["key"], entry["recorded_at"]
        roots = self.roots
        if entry["index"] == 0:
            first = entry["submission"]["events"][0]
            if first["type"] != "ledger_created":
                return self.object("authority", entry, "it does not begin with ledger_created")
            roots = {root["key"]: root["party"] for root in first["data"].get("roots", [])}
        if key in roots:
            return roots[key], set(), True
        if key not in self.keys:
            return self.object("authority", entry, "its author is not registered")
        found = self.keys[key]
        if found["status"] != "active":
            self.object("authority", entry, "its author's key is " + found["status"])
        elif not found["valid_from"] <= at < found["valid_to"]:
            self.object("authority", entry, "its author's key is not valid at that time")
        return found["party"], self.roles.get((found["holder"], found["party"]), set()), False

    def judge_expect(self, entry):
        for expectation in entry["submission"].get("expect", []):
            if self.touched.get(expectation["subject"], 0) != expectation["size"]:
                self.object("invariants", entry, expectation["subject"] + " was touched since")

    def may_say(self, entry, position, kind, author):
        _, roles, is_root = author
        if entry["index"] == 0:
            return (kind.name == "ledger_created") == (position == 0)
        if kind.authority == "by any key":
            return True
        if kind.authority == "by root threshold":
            return is_root
        if kind.authority.startswith("by root or role"):
            return is_root or bool(roles & set(kind.roles()))
        return kind.authority.startswith("by role") and bool(roles & set(kind.roles()))

    def judge_event(self, entry, position, author):
        """The type, where nothing is to be objected to."""
        event, before = entry["submission"]["events"][position], len(self.objections)
        try:
            kind = annex.decode(self.blocks, event)
        except Refused as error:
            return self.object("invariants", entry, error)
        if kind is None:
            return self.object("not_checked", entry, f"{event['type']} is not in annex B")
        if author is not None and not self.may_say(entry, position, kind, author):
            self.object("authority", entry, f"its author may not say {kind.name}")
        if kind.name == "key_registered":
            self.judge_holder(entry, event["data"], author)
        try:
            need(event["subject"] == annex.expand(kind.subject, event["data"])[0], "its subject")
            need(entry["index"] == 0 or not kind.decision or "seen" in entry["submission"],
                 "a decision that does not say what was seen")
            self.things.check(kind, event["data"])
            self.check_state(kind, event["data"])
            self.take_purposes(kind, event["data"])
        except Refused as error:
            self.object("invariants", entry, error)
        self.touched[event["subject"]] = entry["index"] + 1
        return kind if len(self.objections) == before else None

    def judge_holder(self, entry, data, author):
        has_roles = self.roles.get((data["holder"], data["party"]))
        if entry["index"] > 0 and has_roles and author and author[0] != data["party"]:
            self.object("authority", entry, "only the party itself gives its holder another key")

    def check_state(self, kind, data):
        if kind.name in ("decision_endorsed", "decision_dissented"):
            waiting = self.waiting.get(an_address(data["target"]))
            need(waiting is not None, "it endorses what cannot be endorsed")
            need(waiting.digest == data["digest"], "its digest is not that of its target")
        if kind.name == "log_key_rotated":
            need(data["log_key"]["key"] == self.next_log_key, "not the key that was announced")
        if kind.name == "key_retired":
            made, last = self.streams.get(data["key"], (0, "00" * 32))
            stated = 0 if a_hash(data["last_hash"]) == bytes(32) else data["last_sequence"] + 1
            need((stated, data["last_hash"]) == (made, last), "the key's stream ended elsewhere")

    def take_purposes(self, kind, data):
        taken = []
        if kind.name in ("ledger_created", "roots_changed"):
            taken += [(root["key"], "root") for root in data["roots"]]
        if kind.name in ("ledger_created", "log_key_rotated"):
            taken += [(data["log_key"]["key"], "log"), (data["next_log_key"], "log")]
        if kind.name == "key_registered":
            taken.append((data["key"], "author"))
        for key, purpose in taken:
            need(self.purpose.setdefault(key, purpose) == purpose, "one key with two purposes")

    def fold_event(self, entry, position, kind, author):
        event, key = entry["submission"]["events"][position], entry["submission"]["author"]["key"]
        data = event["data"]
        if kind.name in ("decision_endorsed", "decision_dissented"):
            if kind.name == "decision_endorsed":
                self.endorse(self.waiting[an_address(data["target"])], key, author)
            return
        if not (kind.takes_voices() or kind.decision):
            self.ready.append((event, None))
            return
        waiting = self.waiting[(entry["index"], position)] = Waiting(event, kind, key, author[0])
        if entry["index"] == 0 or not kind.takes_voices() or self.enough_roots(waiting):
            self.ready.append((event, waiting))

    def enough_roots(self, waiting):
        if waiting.kind.authority != "by root threshold":
            return False
        keys = [waiting.key] + waiting.voices
        return len({self.roots[key] for key in keys if key in self.roots}) >= self.threshold

    def endorse(self, waiting, key, author):
        party, roles, is_root = author
        waiting.voices.append(key)
        if waiting.effective:
            return
        if waiting.kind.authority == "by root threshold":
            if is_root and self.enough_roots(waiting):
                self.ready.append((waiting.event, waiting))
        elif waiting.kind.endorsed and party != waiting.party:
            if roles & set(waiting.kind.endorsed):
                self.ready.append((waiting.event, waiting))

    def take_effect(self, entry, event, waiting):
        name, data = event["type"], event["data"]
        if waiting is not None:
            if waiting.effective:
                return
            if name == "log_key_rotated" and data["log_key"]["key"] != self.next_log_key:
                return
            waiting.effective = True
        self.apply(entry, name, data)

    def apply(self, entry, name, data):
        if name in ("ledger_created", "roots_changed"):
            self.roots = {root["key"]: root["party"] for root in data["roots"]}
            self.threshold = data["root_threshold"]
        if name in ("ledger_created", "log_key_rotated"):
            self.log_key, self.next_log_key = data["log_key"]["key"], data["next_log_key"]
            self.log_keys.append((entry["index"] + 1, self.log_key,
                                  from_base64(data["log_key"]["public_key"])))
        if name == "key_registered":
            self.keys[data["key"]] = dict(data, status="active")
        if name == "key_revoked":
            self.keys[data["key"]]["status"] = "revoked"
        if name == "key_retired" and self.keys[data["key"]]["status"] != "revoked":
            self.keys[data["key"]]["status"] = "retired"
        if name == "role_granted":
            self.roles.setdefault((data["holder"], data["party"]), set()).add(data["role"])
        if name == "role_withdrawn":
            self.roles.get((data["holder"], data["party"]), set()).discard(data["role"])
        if name == "clock_reset":
            self.resets.add(entry["index"])

    def in_force(self, size):
        """The keys of the log that may have signed a checkpoint of this size."""
        spans = [span for span in self.log_keys if span[0] <= max(size, 1)]
        current = spans[-1:]
        if current and current[0][0] == size and len(spans) > 1:
            current = spans[-2:]
        return [spki for _, _, spki in current]
