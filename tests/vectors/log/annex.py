"""Annex B of docs/format.md, read as data: what each type of event holds, who may say it, and what
must hold before it. Only types that a log uses are looked at."""

import re

from canonical import (IDENTIFIER, INTEGER_MAX, Object, Refused, Text, a_hash, a_subject, a_time,
                       an_address, an_integer, from_base64, members, need, plain, sha256)


class Type:
    def __init__(self, block):
        head, fields = block[0], {"data": "", "subject": "", "files": "", "rules": ""}
        label = None
        for line in block[1:]:
            label = line[2:10].strip() or label
            # A list of words may go on after one of its bars.
            fields[label] += ("" if fields[label].endswith("|") else " ") + line[10:].strip()
        self.name, rest = head.split(" ", 1)
        version, rest = rest.split(", ", 1)
        self.version = int(version)
        self.authority, self.endorsed, self.decision = "", [], False
        for part in rest.split("; "):
            if part == "a decision":
                self.decision = True
            elif part.startswith("endorsed: "):
                self.endorsed = part[len("endorsed: "):].split(", ")
            else:
                self.authority = part
        self.fields = split_members(fields["data"].strip())
        self.subject = fields["subject"].strip()
        self.rules = [rule for rule in fields["rules"].strip().split("; ") if rule]

    def roles(self):
        return self.authority.split(": ")[1].split(", ") if ": " in self.authority else []

    def takes_voices(self):
        return self.authority == "by root threshold" or bool(self.endorsed)


def read_annex(page):
    """(name, version) → the lines of its block."""
    annex = page[page.index("## Annex B."):]
    lines = annex[annex.index("```\n") + 4:]
    lines = lines[:lines.index("```\n")].splitlines()
    blocks = []
    for line in lines:
        if not line.startswith(" "):
            blocks.append([])
        blocks[-1].append(line)
    return {(b[0].split(" ")[0], int(b[0].split(" ")[1].rstrip(","))): b for b in blocks}


def split_members(text):
    """Name → (type, optional)."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    fields = {}
    for part in parts:
        name, kind = part.strip().split(" ", 1)
        fields[name.strip("[]")] = (kind, name.startswith("["))
    return fields


def a_text(value):
    need(isinstance(value, Text) and len(value.encode()) <= 16384, "no text")


def a_commitment(value):
    members(value, ("commitment",))
    a_hash(value["commitment"])


def a_boolean(value):
    need(isinstance(value, bool), "no boolean")


KINDS = {
    "hash": a_hash, "time": a_time, "event address": an_address, "integer": an_integer,
    "signed integer": lambda value: an_integer(value, -INTEGER_MAX),
    "text": a_text, "boolean": a_boolean, "confidential member": a_commitment,
    "identifier": lambda value: plain(value, IDENTIFIER, "identifier"),
    "bytes": lambda value: from_base64(plain(value, ".*", "base64")),
}


def check_value(kind, value):
    if kind in KINDS:
        KINDS[kind](value)
    elif kind.startswith("{"):
        check_fields(split_members(kind[1:-1]), value)
    elif kind.startswith("list of ") or kind.startswith("set of "):
        word, inner = kind.split(" of ", 1)
        need(isinstance(value, list), "no array")
        for element in value:
            check_value(inner, element)
        if word == "set":
            order = [rank(inner, element) for element in value]
            need(all(a < b for a, b in zip(order, order[1:])), "a set out of order")
    elif "|" in kind:
        need(isinstance(value, Text) and value in kind.split("|"), f"{value!r} is none of {kind}")
    else:
        raise AssertionError(f"the annex has a kind of value that sections 2 and F do not: {kind}")


def rank(kind, value):
    if "|" in kind:
        return kind.split("|").index(value)
    return an_address(value) if kind == "event address" else value.encode()


def check_fields(fields, value):
    members(value, [name for name, (_, optional) in fields.items() if not optional],
            [name for name, (_, optional) in fields.items() if optional])
    for name, (kind, _) in fields.items():
        if name in value:
            check_value(kind, value[name])


def values_of(data, name):
    """What stands under this member, here or further in; each element of a list by itself."""
    found = []
    if isinstance(data, list):
        for element in data:
            found += values_of(element, name)
    if isinstance(data, Object):
        for member, value in data.items():
            if member != name:
                found += values_of(value, name)
            else:
                found += value if isinstance(value, list) else [value]
    return found


def holders_of(data, names):
    """The objects, here or further in, that have all these members."""
    if isinstance(data, list):
        return [found for element in data for found in holders_of(element, names)]
    if not isinstance(data, Object):
        return []
    if all(name in data for name in names):
        return [data]
    return [found for value in data.values() for found in holders_of(value, names)]


def expand(template, data):
    """Every text that a template like `document/<document>.v<version>` stands for."""
    names = re.findall("<([a-z_0-9]+)>", template)
    texts = []
    # What stands together in one element of a list is not mixed with what stands in another.
    for held in holders_of(data, names) or [data]:
        made = [template]
        for name in names:
            made = [text.replace(f"<{name}>", str(value), 1)
                    for text in made for value in values_of(held, name)]
        texts += made
    return texts


def dates(data, name):
    for value in values_of(data, name):
        a_time(Text(value + "T00:00:00.000000Z"))
    return True


def key_ids(data):
    if isinstance(data, list):
        return all(key_ids(element) for element in data)
    if not isinstance(data, Object):
        return True
    if "public_key" in data and sha256(from_base64(data["public_key"])) != a_hash(data["key"]):
        return False
    return all(key_ids(value) for value in data.values())


def key_of(data, field):
    return tuple(map(str, values_of(data, field)))


SENTENCES = {
    "a key id is the SHA-256 of the DER public key": key_ids,
    "root keys are listed in ascending order of their ids, each once":
        lambda d: all(a["key"] < b["key"] for a, b in zip(d["roots"], d["roots"][1:])),
    "the root threshold lies between 1 and the number of root parties":
        lambda d: 1 <= d["root_threshold"] <= len({root["party"] for root in d["roots"]}),
    "the next log key must be another key than the log key":
        lambda d: d["next_log_key"] != d["log_key"]["key"],
    "a party needs a name": lambda d: d["name"] != "",
    "valid_to must lie after valid_from": lambda d: d["valid_from"] < d["valid_to"],
    "a DMC names at least one device model": lambda d: d["device_models"],
    "a planned entry requires at least one kind of test": lambda d: d["required_kinds"],
    "target_date is a date like 2019-11-22": lambda d: dates(d, "target_date"),
    "a phase is planned for at least one planned entry": lambda d: d["planned_entries"],
    "the step names the planned entries it is about": lambda d: d["planned_entries"],
    "attempts count from 1": lambda d: d["attempt"] >= 1,
    "a run cannot end before it started": lambda d: d["started_at"] <= d["ended_at"],
    "digest_sha512 is 128 lower-case hexadecimal digits":
        lambda d: re.fullmatch("[0-9a-f]{128}", d["digest_sha512"]),
    "about is a subject, like phase/MOC-MDS-SIT-01": lambda d: a_subject(d["about"]),
    "due is a date like 2019-11-29":
        lambda d: all(dates(condition, "due") for condition in d["conditions"]),
}
AGREES = "states the SHA-512 and size of evidence/<digest> that earlier events state"


class Things:
    """What was made, closed, touched and combined so far."""

    def __init__(self):
        self.state, self.combined, self.not_understood = {}, set(), set()
        self.stated = {}

    def check(self, kind, data):
        """The hard invariants of annex B, in their order; takes note of what they make."""
        for rule in kind.rules:
            self.check_rule(rule, data)

    def check_rule(self, rule, data):
        if rule.startswith("creates "):
            for thing in expand(rule[len("creates "):], data):
                need(thing not in self.state, f"{thing} is there already")
                self.state[thing] = "open"
        elif rule.endswith(" exists"):
            for thing in expand(rule[:-len(" exists")], data):
                need(thing in self.state, f"there is no {thing}")
        elif rule.startswith("closes ") and "," not in rule:
            for thing in expand(rule[len("closes "):], data):
                need(self.state.get(thing) == "open", f"{thing} is not open")
                self.state[thing] = "closed"
        elif rule.startswith("no other "):
            kind, fields = rule[len("no other "):].split(" has ")
            found = (kind,) + tuple(key_of(data, f.strip("<>")) for f in fields.split(" + "))
            need(found not in self.combined, rule)
            self.combined.add(found)
        elif rule == AGREES:
            said = (data["digest_sha512"], data["size_bytes"])
            need(self.stated.setdefault(data["digest"], said) == said, rule)
        elif rule in SENTENCES:
            need(SENTENCES[rule](data), rule)
        else:
            self.not_understood.add(rule)


def decode(blocks, event):
    """The type of an event whose data are as annex B says. None: not a type of this annex."""
    block = blocks.get((event["type"], event["version"]))
    if block is None:
        return None
    kind = Type(block)
    try:
        check_fields(kind.fields, event["data"])
    except Refused as error:
        raise Refused(f"{event['type']}: {error}") from error
    return kind
