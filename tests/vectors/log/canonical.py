"""Canonical JSON and the values in it, as docs/format.md sections 2, 3, 5 and annex F give them."""

import base64
import calendar
import hashlib
import re

DEPTH = 32
INTEGER_MAX = 2**53 - 1
SHORT = {'"': '"', "\\": "\\", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Refused(Exception):
    """The bytes are not what the document asks for."""


def need(holds, why):
    if not holds:
        raise Refused(why)


class Object(dict):
    """An object and its own bytes."""

    raw = b""


class Text(str):
    """A string, and whether it was written with escapes."""

    escaped = False


class Reader:
    """Reads one value; refuses bytes that are not their own canonical form."""

    def __init__(self, raw):
        self.raw, self.at = raw, 0

    def peek(self):
        return self.raw[self.at:self.at + 1]

    def take(self, token):
        need(self.raw.startswith(token, self.at), f"{token.decode()} expected at byte {self.at}")
        self.at += len(token)

    def value(self, depth=0):
        first = self.peek()
        if first in (b"{", b"["):
            need(depth < DEPTH, "nested too deep")
            return self.object(depth) if first == b"{" else self.array(depth)
        if first == b'"':
            return self.string()
        for token, value in ((b"true", True), (b"false", False), (b"null", None)):
            if self.raw.startswith(token, self.at):
                self.at += len(token)
                return value
        return self.integer()

    def object(self, depth):
        found, start, last = Object(), self.at, None
        self.take(b"{")
        while self.peek() != b"}":
            if last is not None:
                self.take(b",")
            name = self.string()
            need(not name.escaped and re.fullmatch("[a-z][a-z0-9_]*", name), "not snake_case")
            need(last is None or last < name, f"member {name} is out of order or there twice")
            self.take(b":")
            found[str(name)] = self.value(depth + 1)
            last = name
        self.take(b"}")
        found.raw = self.raw[start:self.at]
        return found

    def array(self, depth):
        found = []
        self.take(b"[")
        while self.peek() != b"]":
            if found:
                self.take(b",")
            found.append(self.value(depth + 1))
        self.take(b"]")
        return found

    def integer(self):
        match = re.compile(rb"0|-?[1-9][0-9]*").match(self.raw, self.at)
        need(match, f"no value at byte {self.at}")
        self.at = match.end()
        need(self.peek() not in (b".", b"e", b"E") and not self.peek().isdigit(), "no integer")
        need(len(match[0]) <= 17 and abs(int(match[0])) <= INTEGER_MAX, "integer out of range")
        return int(match[0])

    def string(self):
        self.take(b'"')
        parts, escaped = [], False
        while True:
            match = re.compile(rb'[^"\\\x00-\x1f]*').match(self.raw, self.at)
            try:
                parts.append(match[0].decode("utf-8"))
            except UnicodeDecodeError as error:
                raise Refused("not UTF-8") from error
            self.at = match.end()
            if self.peek() != b"\\":
                self.take(b'"')
                text = Text("".join(parts))
                text.escaped = escaped
                return text
            escaped = True
            parts.append(self.escape())

    def escape(self):
        letter = self.raw[self.at + 1:self.at + 2].decode("latin-1")
        if letter in SHORT and letter:
            self.at += 2
            return SHORT[letter]
        match = re.compile(rb"\\u00([01][0-9a-f])").match(self.raw, self.at)
        need(match, f"escape at byte {self.at}")
        control = chr(int(match[1], 16))
        need(control not in "\b\f\n\r\t", "there is a short escape for this")
        self.at = match.end()
        return control


def read(raw):
    reader = Reader(raw)
    value = reader.value()
    need(reader.at == len(raw), "bytes after the value")
    return value


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def from_base64(text):
    need(re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", text) and len(text) % 4 == 0, "not base64")
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Refused("not base64") from error
    need(base64.b64encode(raw).decode() == text, "base64 that ends in bits that are not zero")
    return raw


def decimal(text):
    need(re.fullmatch("0|[1-9][0-9]{0,18}", text) and int(text) < 2**63, f"{text!r} is no decimal")
    return int(text)


def plain(value, pattern, what):
    """A string without escapes that has this form."""
    need(isinstance(value, Text) and not value.escaped and re.fullmatch(pattern, value, re.ASCII),
         f"{value!r} is no {what}")
    return str(value)


IDENTIFIER = r"[A-Za-z0-9._-]{1,128}"
TYPE_NAME = r"[a-z][a-z0-9_]{0,127}"


def a_hash(value):
    return bytes.fromhex(plain(value, "[0-9a-f]{64}", "hash"))


def an_integer(value, least=0):
    need(isinstance(value, int) and not isinstance(value, bool) and value >= least, f"{value!r}")
    return value


def a_time(value):
    form = r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{6}Z"
    text = plain(value, form, "time")
    year, month, day, hour, minute, second = map(int, re.fullmatch(form, text).groups())
    need(year >= 1 and 1 <= month <= 12 and hour < 24 and minute < 60 and second < 60, text)
    need(1 <= day <= calendar.monthrange(year, month)[1], text)
    return text


def a_subject(value):
    text = plain(value, TYPE_NAME + "/" + IDENTIFIER, "subject")
    need(len(text) <= 160, "subject too long")
    return text


def an_address(value):
    text = plain(value, r"[0-9]+\.[0-9]+", "event address")
    return tuple(decimal(number) for number in text.split("."))


def members(value, required, optional=()):
    need(isinstance(value, Object), "an object is missing")
    for name in required:
        need(name in value, f"member {name} is missing")
    for name in value:
        need(name in required or name in optional, f"unknown member {name}")


def check_entry(entry):
    """The shape of sections 3 and 5."""
    members(entry, ("index", "previous", "recorded_at", "signatures", "submission"))
    an_integer(entry["index"])
    a_hash(entry["previous"])
    a_time(entry["recorded_at"])
    need(isinstance(entry["signatures"], list), "signatures are no array")
    need(1 <= len(entry["signatures"]) <= 32, "none or too many signatures")
    for signature in entry["signatures"]:
        members(signature, ("key", "signature"))
        a_hash(signature["key"])
        need(from_base64(plain(signature["signature"], ".+", "base64")), "an empty signature")
    ascending([signature["key"] for signature in entry["signatures"]], "signatures")
    check_submission(entry["submission"])


def ascending(values, what):
    need(all(a < b for a, b in zip(values, values[1:])), f"{what} are not in ascending order")


def check_submission(submission):
    need(len(submission.raw) <= 57344, "a submission of more than 57,344 bytes")
    members(submission, ("author", "events", "log", "submission"), ("expect", "seen"))
    author = submission["author"]
    members(author, ("key", "previous", "sequence"), ("voids",))
    for name in ("key", "previous", "voids"):
        if name in author:
            a_hash(author[name])
    an_integer(author["sequence"])
    need(isinstance(submission["events"], list), "events are no array")
    need(1 <= len(submission["events"]) <= 1024, "none or too many events")
    for event in submission["events"]:
        members(event, ("data", "occurred_at", "subject", "type", "version"))
        need(isinstance(event["data"], Object), "data is no object")
        a_time(event["occurred_at"])
        a_subject(event["subject"])
        plain(event["type"], TYPE_NAME, "type")
        an_integer(event["version"], 1)
    check_expect(submission)
    log = submission["log"]
    need(isinstance(log, Text) and not log.escaped and 1 <= len(log.encode()) <= 255, "log")
    if "seen" in submission:
        members(submission["seen"], ("root", "size"))
        a_hash(submission["seen"]["root"])
        an_integer(submission["seen"]["size"])
    uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    plain(submission["submission"], uuid, "uuid")


def check_expect(submission):
    if "expect" not in submission:
        return
    expect = submission["expect"]
    need(isinstance(expect, list) and 1 <= len(expect) <= 1024, "expect")
    for expectation in expect:
        members(expectation, ("size", "subject"))
        an_integer(expectation["size"])
        a_subject(expectation["subject"])
    ascending([expectation["subject"] for expectation in expect], "expectations")
