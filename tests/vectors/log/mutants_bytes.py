"""Golden logs whose bytes somebody changed who has no key at all."""

from canonical import read, sha256
from mutant import entries_of, entry_file, mutant, replaced, with_entries


def form(name, index, old, new):
    """The same meaning in other bytes, or a form that is none."""
    def make(files, _):
        return replaced(files, entry_file(index), old, new)
    make.__name__ = name
    mutant("canonical_bytes")(make)


form("a space after a comma", 5, b',"previous"', b', "previous"')
form("a line feed at the end", 5, b"}}", b"}}\n")
form("a hash that begins with an upper case digit", 5, b'"key":"', b'"key":"A')
form("a repeated member", 1, b'"index":1,', b'"index":1,"index":1,')
form("members in another order", 1, b'"class":"DCC","name":"The company"',
     b'"name":"The company","class":"DCC"')
form("an unknown member of the entry", 1, b'"index":1,', b'"index":1,"indices":1,')
form("a null", 5, b',"submission":"', b',"seen":null,"submission":"')
form("an integer with a leading zero", 1, b'"index":1,', b'"index":01,')
form("an integer with an exponent", 1, b'"index":1,', b'"index":1e0,')
form("minus zero", 0, b'"index":0,', b'"index":-0,')
form("a slash escaped", 9, b"7/", b"7\\/")
form("a long escape for a line feed", 9, b"\\n", b"\\u000a")
form("an escape in upper case", 7, b"bench-a", b"bench-\\u001F")
form("a control character without escape", 9, b"\\n", b"\n")
form("a surrogate in UTF-8", 9, "\u00a7".encode(), b"\xed\xa0\x80")
form("an overlong form of a slash", 9, b"7/", b"7\xc0\xaf")
form("a name that is not snake case", 1, b'"index":1,', b'"Index":1,"index":1,')
form("a leap second", 3, b"09:03:00.123456Z", b"09:03:60.123456Z")
form("a day that the calendar lacks", 3, b"2019-11-04T09:03:00.123456Z",
     b"2019-02-29T09:03:00.123456Z")
form("a time with an offset", 3, b"00.123456Z", b"00.123456+00:00")
form("a version of zero", 1, b'"version":1', b'"version":0')
form("a subject with a space", 7, b'"subject":"run/R-0001"', b'"subject":"run/R 0001"')
form("an escape in a hash", 7, b'"previous":"', b'"previous":"\\u0030')


@mutant("canonical_bytes")
def base64_that_ends_in_bits_that_are_not_zero(files, _):
    raw = files[entry_file(5)]
    end = raw.index(b'=="}')
    digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = digits[digits.index(raw[end - 1:end]) + 1]
    return {**files, entry_file(5): raw[:end - 1] + bytes([other]) + raw[end:]}


@mutant("canonical_bytes")
def nested_one_level_too_deep(files, _):
    return replaced(files, entry_file(9), b'"dissent":[]', b'"dissent":' + b"[" * 40 + b"]" * 40)


@mutant("chain")
def one_letter_of_an_event(files, _):
    return replaced(files, entry_file(5), b"Middle", b"Muddle")


@mutant("chain")
def a_time_of_recording(files, _):
    return replaced(files, entry_file(5), b"09:05:00.123456Z", b"09:05:00.123457Z")


@mutant("chain")
def the_first_link(files, _):
    raw = read(files[entry_file(0)])["previous"].encode()
    return replaced(files, entry_file(0), raw, raw[::-1])


@mutant("tree")
def one_letter_of_the_last_entry(files, _):
    return replaced(files, entry_file(13), b"09:12:58", b"09:12:57")


@mutant("canonical_bytes")
def an_entry_left_out(files, _):
    entries = entries_of(files)
    return with_entries(files, entries[:5] + entries[6:])


@mutant("canonical_bytes")
def the_first_entry_left_out(files, _):
    return with_entries(files, entries_of(files)[1:])


@mutant("tree")
def the_last_entry_left_out(files, _):
    return with_entries(files, entries_of(files)[:-1])


@mutant("canonical_bytes")
def two_entries_swapped(files, _):
    entries = entries_of(files)
    entries[5], entries[6] = entries[6], entries[5]
    return with_entries(files, entries)


@mutant("canonical_bytes")
def an_entry_twice(files, _):
    entries = entries_of(files)
    return with_entries(files, entries[:7] + entries[6:])


@mutant("evidence_files")
def an_evidence_file_altered(files, _):
    name = "evidence/" + sha256(b"step 1: the meter joins\nstep 2: it answers\n").hex()
    return replaced(files, name, b"joins", b"burns")


@mutant("evidence_files")
def an_evidence_file_missing(files, _):
    name = "evidence/" + sha256(b"step 1: the meter joins\nstep 2: it answers\n").hex()
    return {other: raw for other, raw in files.items() if other != name}
