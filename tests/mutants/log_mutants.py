"""Entries and what they say: swapped, dropped, repeated, told anew; signed again by whoever could."""

import base64
import json
import re

import signatures
import trees
from forge import canonical, submission_of, with_s
from mutation import mutation, turned


def other_entries(source, entries, what, rng, relink=None):
    """The same checkpoints over other entries; or the log's own key links and states them."""
    log = source.log.with_entries(entries)
    how = rng.choice(["as they are", "tiles", "forged", "head"]) if relink is None else relink
    if how == "forged":  # links and checkpoints by the log's own key
        log = log.relinked()
        return f"{what}; linked and stated by the log's key", source.of_log(log)
    if how == "head":  # checkpoints only
        return f"{what}; stated by the log's key", source.of_log(log)
    notes = source.log.notes()
    if source.kind == "partial" or len(entries) < max(notes):
        notes = {size: note for size, note in notes.items() if size <= len(entries)} or notes
    if source.kind == "partial":
        return f"{what}; stated by the log's key", source.of_log(log)
    files = source.of_log(log, notes) if len(entries) >= max(notes) else source.of_log(log)
    return f"{what}; the checkpoints as they were", files


@mutation()
def two_entries_swapped(rng, source):
    entries = list(source.log.entries)
    a, b = rng.sample(range(len(entries)), 2)
    entries[a], entries[b] = entries[b], entries[a]
    return other_entries(source, entries, f"entries {a} and {b} swapped", rng)


@mutation()
def an_entry_dropped(rng, source):
    entries = list(source.log.entries)
    at = rng.randrange(len(entries))
    del entries[at]
    return other_entries(source, entries, f"entry {at} dropped", rng)


@mutation()
def an_entry_repeated(rng, source):
    entries = list(source.log.entries)
    at, to = rng.randrange(len(entries)), rng.randrange(len(entries))
    entries.insert(to, entries[at])
    return other_entries(source, entries, f"entry {at} again at {to}", rng)


@mutation()
def entries_in_another_order(rng, source):
    entries = list(source.log.entries)
    rng.shuffle(entries)
    return other_entries(source, entries, "entries shuffled", rng)


@mutation(weight=3)
def bytes_put_in(rng, source):
    entries = list(source.log.entries)
    at = rng.randrange(len(entries))
    raw = entries[at]
    place = rng.choice([0, len(raw), rng.randrange(len(raw))])
    more = rng.choice([b" ", b"\n", b"\t", b"\0", b"\xef\xbb\xbf", b"\xff", b"\x7f", b",", b"0", b"\\", b'"', b"{", b"1e3", b"\xed\xa0\x80"])
    entries[at] = raw[:place] + more + raw[place:]
    return other_entries(source, entries, f"{more!r} put into entry {at} at byte {place}", rng, rng.choice(["forged_raw", "head"]))


@mutation()
def a_bit_in_an_entry_and_the_log_states_it(rng, source):
    entries = list(source.log.entries)
    at = rng.randrange(len(entries))
    entries[at] = turned(rng, entries[at])
    return other_entries(source, entries, f"a bit of entry {at} turned", rng, "head")


# Everything else in order, so that nothing but the form of some bytes is wrong.
TRAPS = [
    ("a space after a comma", lambda raw: raw.replace(b",", b", ", 1)),
    ("a space at the end", lambda raw: raw[:-1] + b" }"),
    ("a line feed", lambda raw: raw[:-1] + b"\n}"),
    ("a number with a fraction", lambda raw: re.sub(rb'"version":1\b', b'"version":1.0', raw, count=1)),
    ("a number with an exponent", lambda raw: re.sub(rb'"version":1\b', b'"version":1e0', raw, count=1)),
    ("a number with a leading zero", lambda raw: re.sub(rb'"sequence":(\d)', rb'"sequence":0\1', raw, count=1)),
    ("-0", lambda raw: raw.replace(b'"sequence":0', b'"sequence":-0', 1)),
    ("a number that is too large", lambda raw: re.sub(rb'"sequence":\d+', b'"sequence":9007199254740992', raw, count=1)),
    ("a number far too large", lambda raw: re.sub(rb'"sequence":\d+', b'"sequence":100000000000000000000', raw, count=1)),
    ("the largest number", lambda raw: re.sub(rb'"sequence":\d+', b'"sequence":9007199254740991', raw, count=1)),
    ("a letter as an escape", lambda raw: raw.replace(b'"type":"', b'"type":"\\u0061', 1)),
    ("a member twice", lambda raw: raw.replace(b'"author":', b'"author":1,"author":', 1)),
    ("a member out of order", lambda raw: raw.replace(b'"version":1}', b'"version":1,"a":2}', 1)),
    ("a member too many", lambda raw: raw.replace(b'"version":1}', b'"version":1,"w":2}', 1)),
    ("a member in capitals", lambda raw: raw.replace(b'"data":{', b'"data":{"A":1,', 1)),
    ("a member with a letter that is not ASCII", lambda raw: raw.replace(b'"version":1}', '"version":1,"é":2}'.encode(), 1)),
    ("null", lambda raw: raw.replace(b'"sequence":', b'"sequence":null,"x":', 1)),
    ("true", lambda raw: re.sub(rb'"sequence":\d+', b'"sequence":true', raw, count=1)),
    ("a negative number", lambda raw: re.sub(rb'"sequence":\d+', b'"sequence":-1', raw, count=1)),
    ("32 levels", lambda raw: deep(raw, 27)),
    ("33 levels", lambda raw: deep(raw, 29)),
    ("300 levels", lambda raw: deep(raw, 300)),
    ("UTF-8 that is cut", lambda raw: text(raw, b"\xc3")),
    ("UTF-8 that is too long", lambda raw: text(raw, b"\xc0\xaf")),
    ("half of a surrogate pair", lambda raw: text(raw, b"\xed\xa0\x80")),
    ("half of a surrogate pair, escaped", lambda raw: text(raw, b"\\ud800")),
    ("a code point beyond all", lambda raw: text(raw, b"\xf4\x90\x80\x80")),
    ("a character out of four bytes", lambda raw: text(raw, "😀".encode())),
    ("a character out of two", lambda raw: text(raw, "é".encode())),
    ("U+FFFD itself", lambda raw: text(raw, "\ufffd".encode())),
    ("U+2028", lambda raw: text(raw, "\u2028".encode())),
    ("U+007F itself", lambda raw: text(raw, b"\x7f")),
    ("U+007F, escaped", lambda raw: text(raw, b"\\u007f")),
    ("a backslash before u007f", lambda raw: text(raw, b"\\\\u007f")),
    ("a control character itself", lambda raw: text(raw, b"\x01")),
    ("a control character, escaped", lambda raw: text(raw, b"\\u0001")),
    ("a control character, escaped in capitals", lambda raw: text(raw, b"\\u001F")),
    ("a control character, escaped in small letters", lambda raw: text(raw, b"\\u001f")),
    ("a tab, the long way", lambda raw: text(raw, b"\\u0009")),
    ("a tab, the short way", lambda raw: text(raw, b"\\t")),
    ("NUL, escaped", lambda raw: text(raw, b"\\u0000")),
    ("an escaped solidus", lambda raw: text(raw, b"\\/")),
    ("a quote", lambda raw: text(raw, b'\\"')),
    ("what looks like a submission", lambda raw: text(raw, b',\\"submission\\":')),
    ("a byte order mark", lambda raw: b"\xef\xbb\xbf" + raw),
    ("a text that is too long", lambda raw: text(raw, b"x" * 16500)),
    ("a submission that is too large", lambda raw: raw.replace(b'"data":{', b'"data":{"a":"' + b"x" * 57000 + b'",', 1)),
]


def deep(raw, levels):
    return raw.replace(b'"data":{', b'"data":{"a":' + b"[" * levels + b"]" * levels + b",", 1)


def text(raw, what):
    """Into some text that anything may stand in."""
    for member in (b'"note":"', b'"comment":"', b'"title":"', b'"name":"', b'"programme":"', b'"reason":"'):
        if member in raw:
            return raw.replace(member, member + what, 1)
    return raw


def by_authors(source, raw):
    """A log that its authors signed over such bytes; the next of the same author names them."""
    return source.log.told(raw=raw)


@mutation(weight=16)
def a_form_that_its_author_signed(rng, source):
    what, change = rng.choice(TRAPS)
    candidates = [i for i, raw in enumerate(source.log.entries) if change(submission_of(raw)) != submission_of(raw)]
    if not candidates:
        return None
    at = rng.choice(candidates)
    log = by_authors(source, lambda index, raw: change(raw) if index == at else raw)
    return f"entry {at}: {what}, signed by its author", source.of_log(log)


ENVELOPES = [
    ("another index", lambda rng, e: e.update(index=e["index"] + rng.choice([1, 7, -e["index"] - 1]))),
    ("another previous", lambda rng, e: e.update(previous="11" * 32)),
    ("previous in capitals", lambda rng, e: e.update(previous=e["previous"].upper())),
    ("a time before all", lambda rng, e: e.update(recorded_at="2001-01-01T00:00:00.000000Z")),
    ("a time after all", lambda rng, e: e.update(recorded_at="2999-01-01T00:00:00.000000Z")),
    ("a day that there is not", lambda rng, e: e.update(recorded_at="2999-02-29T00:00:00.000000Z")),
    ("a leap second", lambda rng, e: e.update(recorded_at="2999-12-31T23:59:60.000000Z")),
    ("hour 24", lambda rng, e: e.update(recorded_at="2999-12-31T24:00:00.000000Z")),
    ("a time without fractions", lambda rng, e: e.update(recorded_at="2999-12-31T23:00:00Z")),
    ("a signature less", lambda rng, e: e["signatures"].pop(rng.randrange(len(e["signatures"])))),
    ("a signature twice", lambda rng, e: e["signatures"].append(dict(e["signatures"][-1]))),
    ("no signatures", lambda rng, e: e.update(signatures=[])),
    ("a signature that is empty", lambda rng, e: e["signatures"][0].update(signature="")),
    ("a signature without padding", lambda rng, e: e["signatures"][0].update(signature=e["signatures"][0]["signature"].rstrip("="))),
    ("a signature with bits over", lambda rng, e: e["signatures"][0].update(signature=bits_over(e["signatures"][0]["signature"]))),
    ("a signature with a byte over", lambda rng, e: e["signatures"][0].update(signature=longer(e["signatures"][0]["signature"]))),
    ("a bit of a signature turned", lambda rng, e: e["signatures"][0].update(signature=bit(rng, e["signatures"][0]["signature"]))),
    ("a member more", lambda rng, e: e.update(extra=1)),
    ("a member less", lambda rng, e: e.pop(rng.choice(["index", "previous", "recorded_at"]))),
]


def bits_over(signature):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    body = signature.rstrip("=")
    if body == signature:
        return signature + "="
    return body[:-1] + alphabet[alphabet.index(body[-1]) + 1] + signature[len(body):]


def longer(signature):
    return base64.b64encode(base64.b64decode(signature) + b"\0").decode()


def bit(rng, signature):
    return base64.b64encode(turned(rng, base64.b64decode(signature))).decode()


@mutation(weight=6)
def an_envelope_that_the_log_states(rng, source):
    what, change = rng.choice(ENVELOPES)
    at = rng.randrange(len(source.log.entries))

    def alter(index, envelope):
        if index == at:
            change(rng, envelope)
    return f"entry {at}: {what}; linked and stated by the log's key", source.of_log(source.log.relinked(alter))


SUBMISSIONS = [
    ("a number left out", lambda rng, s: s["author"].update(sequence=s["author"]["sequence"] + 1)),
    ("a number used twice", lambda rng, s: s["author"].update(sequence=max(0, s["author"]["sequence"] - 1))),
    ("another submission before", lambda rng, s: s["author"].update(previous="11" * 32)),
    ("no submission before", lambda rng, s: s["author"].update(previous="00" * 32)),
    ("it voids something", lambda rng, s: s["author"].update(voids="22" * 32)),
    ("it voids the one before", lambda rng, s: s["author"].update(voids=s["author"]["previous"])),
    ("for another log", lambda rng, s: s.update(log="33" * 32)),
    ("for the origin", lambda rng, s: s.update(log="sample.invented.example/ledger")),
    ("it saw another root", lambda rng, s: s.update(seen={"root": "44" * 32, "size": 1})),
    ("it saw nothing", lambda rng, s: s.update(seen={"root": trees.root([]).hex(), "size": 0})),
    ("it saw more than there was", lambda rng, s: s.update(seen={"root": "44" * 32, "size": 5000})),
    ("it expects something", lambda rng, s: s.update(expect=[{"size": 77, "subject": "phase/NONE"}])),
    ("it expects things out of order", lambda rng, s: s.update(expect=[{"size": 0, "subject": "b/b"}, {"size": 0, "subject": "a/a"}])),
    ("it expects nothing, in a list", lambda rng, s: s.update(expect=[])),
    ("no events", lambda rng, s: s.update(events=[])),
    ("an event of an unknown type", lambda rng, s: s["events"].append(heartbeat("came_later", {"note": "x"}))),
    ("an event of an unknown version", lambda rng, s: s["events"].append({**heartbeat("heartbeat", {}), "version": 9})),
    ("an event of version 0", lambda rng, s: s["events"].append({**heartbeat("heartbeat", {}), "version": 0})),
    ("a heartbeat more", lambda rng, s: s["events"].append(heartbeat("heartbeat", {"note": "more"}))),
    ("an event with a member more", lambda rng, s: rng.choice(s["events"])["data"].update(zzz=1)),
    ("an event without a member", lambda rng, s: drop(rng, rng.choice(s["events"])["data"])),
    ("an event with null", lambda rng, s: rng.choice(s["events"])["data"].update(note=None)),
    ("an event about something else", lambda rng, s: rng.choice(s["events"]).update(subject="thing/other")),
    ("a subject that is none", lambda rng, s: rng.choice(s["events"]).update(subject="Thing/other")),
    ("a subject that is too long", lambda rng, s: rng.choice(s["events"]).update(subject="thing_" + "x" * 40 + "/" + "y" * 120)),
    ("a uuid in capitals", lambda rng, s: s.update(submission=s["submission"].upper().replace("0", "A"))),
    ("evidence that is not there", lambda rng, s: s["events"].append(evidence("55" * 32, "66" * 64, 5))),
    ("a file that is erased", lambda rng, s: s["events"].append(erased("55" * 32))),
    ("a key retired", lambda rng, s: s["events"].append(retired(s["author"]["key"]))),
]


def heartbeat(kind, data):
    return {"data": data, "occurred_at": "2019-11-12T10:00:00.000000Z", "subject": "log/heartbeat", "type": kind, "version": 1}


def evidence(digest, sha512, size):
    return {"data": {"digest": digest, "digest_sha512": sha512, "media_type": "text/plain", "name": "x", "size_bytes": size},
            "occurred_at": "2019-11-12T10:00:00.000000Z", "subject": f"evidence/{digest}", "type": "evidence_added", "version": 1}


def erased(digest):
    return {"data": {"digest": digest, "legal_basis": "x", "reason": "y"}, "occurred_at": "2019-11-12T10:00:00.000000Z",
            "subject": f"evidence/{digest}", "type": "evidence_erased", "version": 1}


def retired(key):
    return {"data": {"key": key, "last_hash": "77" * 32, "last_sequence": 3, "reason": "x"},
            "occurred_at": "2019-11-12T10:00:00.000000Z", "subject": f"key/{key}", "type": "key_retired", "version": 1}


def drop(rng, data):
    if data:
        data.pop(rng.choice(sorted(data)))


@mutation(weight=10)
def a_submission_that_its_author_signed(rng, source):
    what, change = rng.choice(SUBMISSIONS)
    at = rng.randrange(len(source.log.entries))

    def alter(index, submission):
        if index == at:
            change(rng, submission)
    return f"entry {at}: {what}; signed by its author", source.of_log(source.log.told(submission=alter))


@mutation()
def a_submission_of_another_author(rng, source):
    log = source.log
    at = rng.randrange(1, len(log.entries))
    authors = sorted({json.loads(raw)["submission"]["author"]["key"] for raw in log.entries} | {log.keys.stranger("author"), log.log_key})

    def alter(index, submission):
        if index == at:
            submission["author"]["key"] = rng.choice(authors)
    return f"entry {at} said by another author", source.of_log(log.told(submission=alter))


@mutation()
def signed_by_another_key(rng, source):
    log = source.log
    at = rng.randrange(len(log.entries))
    other = rng.choice(sorted(log.keys.seeds))
    message = signatures.pae(signatures.SUBMISSION, submission_of(log.entries[at]))
    signature = base64.b64encode(log.keys.sign(other, message)).decode()
    what = rng.choice(["signed under the author's name", "signed beside the author", "signed instead of the author"])

    def alter(index, envelope):
        if index != at:
            return
        if what == "signed under the author's name":
            rng.choice(envelope["signatures"])["signature"] = signature
        else:
            if what == "signed instead of the author":
                envelope["signatures"].pop()
            envelope["signatures"].append({"key": other, "signature": signature})
            unique = {one["key"]: one for one in envelope["signatures"]}
            envelope["signatures"] = [unique[key] for key in sorted(unique)]
    return f"entry {at}: another key {what}", source.of_log(log.relinked(alter))


@mutation(weight=3)
def a_signature_in_another_form(rng, source):
    """ECDSA with the higher s, or with padding in DER; Ed25519 with S + L."""
    log = source.log
    at = rng.randrange(len(log.entries))
    done = []

    def alter(index, envelope):
        if index != at:
            return
        one = rng.choice(envelope["signatures"])
        raw = base64.b64decode(one["signature"])
        if len(log.keys.spki[one["key"]]) == 91:
            s = int.from_bytes(raw[6 + raw[3]:], "big")
            raw = rng.choice([with_s(raw, signatures.ORDER - s), with_s(raw, s + signatures.ORDER), raw + b"\0", padded(raw)])
        else:
            s = int.from_bytes(raw[32:], "little") + (1 << 252) + 27742317777372353535851937790883648493
            raw = raw[:32] + s.to_bytes(32, "little")
        done.append(one["key"][:8])
        one["signature"] = base64.b64encode(raw).decode()
    altered = log.relinked(alter)
    return f"entry {at}: the signature of {done} in another form", source.of_log(altered)


def padded(der):
    """The same numbers with a zero too many."""
    r = bytes([2, der[3] + 1, 0]) + der[4:4 + der[3]]
    body = r + der[4 + der[3]:]
    return bytes([0x30, len(body)]) + body


WEAK = [bytes(32), b"\1" + bytes(31), b"\1" + bytes(30) + b"\x80", b"\xec" + b"\xff" * 30 + b"\x7f", b"\xec" + b"\xff" * 31,
        b"\xed" + b"\xff" * 30 + b"\x7f", b"\xee" + b"\xff" * 30 + b"\x7f", b"\xff" * 32,
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"),
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]


@mutation(weight=4)
def a_weak_key_registered(rng, source):
    from canonical import sha256
    log = source.log
    spki = signatures.ED25519 + rng.choice(WEAK)
    form = rng.choice(["weak", "short", "long", "another prefix", "off the curve", "compressed"])
    if form == "short":
        spki = spki[:-1]
    elif form == "long":
        spki += b"\0"
    elif form == "another prefix":
        spki = bytes([spki[0] ^ 1]) + spki[1:]
    elif form == "off the curve":
        spki = signatures.P256 + bytes(63) + b"\1"
    elif form == "compressed":
        spki = signatures.P256[:-1] + b"\2" + bytes(31) + b"\1"
    key = sha256(spki).hex()
    candidates = [i for i, raw in enumerate(log.entries) if b'"type":"key_registered"' in raw]
    at = rng.choice(candidates)
    message_at = []

    def alter(index, submission):
        if index == at:
            event = next(e for e in submission["events"] if e["type"] == "key_registered")
            event["data"].update(key=key, public_key=base64.b64encode(spki).decode())
            event["subject"] = f"key/{key}"

    def sign(index, envelope):
        if index == at:
            neutral = base64.b64encode(b"\1" + bytes(63)).decode()
            envelope["signatures"].append({"key": key, "signature": neutral})
            envelope["signatures"].sort(key=lambda one: one["key"])
            message_at.append(index)
    return f"entry {at} registers a key that is {form}", source.of_log(log.told(submission=alter, entry=sign))


@mutation()
def a_key_with_another_id(rng, source):
    log = source.log
    candidates = [i for i, raw in enumerate(log.entries) if b'"public_key"' in raw]
    at = rng.choice(candidates)

    def alter(index, submission):
        if index != at:
            return
        events = [e for e in submission["events"] if "public_key" in json.dumps(e)]
        data = rng.choice(events)["data"]
        where = rng.choice([data.get("log_key"), *data.get("roots", []), data if "public_key" in data else None])
        if where:
            where["public_key"] = base64.b64encode(log.keys.spki[rng.choice(sorted(log.keys.spki))]).decode()
    return f"entry {at}: another public key under the same id", source.of_log(log.told(submission=alter))


@mutation()
def the_log_told_anew(rng, source):
    """A second history that everybody signed. Nothing but a pin could tell."""
    at = rng.randrange(1, len(source.log.entries))

    def alter(index, submission):
        if index >= at:
            submission["events"].append(heartbeat("heartbeat", {"note": "another history"}))
    return f"told anew from entry {at} on", source.of_log(source.log.told(submission=alter))


@mutation()
def another_log_of_the_same_name(rng, source):
    def alter(index, submission):
        if index == 0:
            submission["events"][0]["data"]["programme"] = "Another"
    return "told anew from entry 0 on", source.of_log(source.log.told(submission=alter))


@mutation()
def told_in_another_order(rng, source):
    order = list(range(1, len(source.log.entries)))
    rng.shuffle(order)
    return f"told in the order {order}", source.of_log(source.log.told(order=[0] + order))


@mutation()
def an_entry_never_told(rng, source):
    at = rng.randrange(1, len(source.log.entries))
    if len(source.log.entries) < 3:
        return None
    return f"told without entry {at}", source.of_log(source.log.told(keep=lambda index: index != at))


assert canonical
