"""Turns bits of a bundle's zip, most of them in what a zip says of its files, and asks the program and the page about each:
where one of the two finds nothing wrong, so must the other. In fields that do not change what anybody unpacks one of them
may refuse to read the zip, which the other reads.

usage: zips.py N --sources FOLDER --assay FILE --page run.mjs [--seed S]

FOLDER is one that play.sh filled. It ends with "N mutants, D disagreements", and with 1 where D is not 0.
"""

import argparse
import pathlib
import random
import re
import sys
import tempfile

sys.dont_write_bytecode = True
from mutation import turned  # noqa: E402
from verifiers import FAILED, GOOD, Page, Program  # noqa: E402

END, CENTRAL, LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
HEADER_SIZE = 60  # of a file's own header and some of its name
DESCRIPTOR_SIZE = 16  # behind a file whose maker did not know its size before


class Layout:
    """Where in the zip which field is (PKWARE APPNOTE 4.3)."""

    def __init__(self, raw):
        self.raw = raw
        end = raw.rindex(END)
        self.directory = at = self.number(end + 16, 4)
        self.headers, self.loose = [], set()
        while raw[at:at + 4] == CENTRAL:
            name, extra, comment = (self.number(at + place, 2) for place in (28, 30, 32))
            behind = at + 46 + name
            # Version, flags, time, CRC-32, packed size, the sizes of what follows; extra fields, comment.
            self.loose.update(range(at + 4, at + 10), range(at + 12, at + 24), range(at + 30, at + 38))
            self.loose.update(range(behind, behind + extra + comment))
            self.local(self.number(at + 42, 4), self.number(at + 20, 4))
            at = behind + extra + comment

    def number(self, at, size):
        return int.from_bytes(self.raw[at:at + size], "little")

    def local(self, at, packed):
        assert self.raw[at:at + 4] == LOCAL
        self.headers.append(at)
        name, extra = self.number(at + 26, 2), self.number(at + 28, 2)
        data = at + 30 + name + extra
        self.loose.update(range(at, at + 30), range(at + 30 + name, data))
        self.loose.update(range(data + packed, data + packed + DESCRIPTOR_SIZE))

    def places(self, rng):
        """Where to turn a bit, for ever: anywhere, before a file, and in the directory at the end."""
        while True:
            yield rng.randrange(len(self.raw))
            yield rng.choice(self.headers) + rng.randrange(HEADER_SIZE)
            yield rng.randrange(self.directory, len(self.raw))
            yield rng.randrange(self.directory, len(self.raw))


def agree(outcomes, loosely):
    return len({outcome == GOOD for outcome in outcomes}) == 1 or (loosely and FAILED not in outcomes)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--sources", required=True)
    parser.add_argument("--assay", required=True)
    parser.add_argument("--page", required=True)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    if options.seed is None:
        options.seed = random.SystemRandom().randrange(10**9)
    print(f"seed {options.seed}")
    rng = random.Random(options.seed)
    raw = pathlib.Path(options.sources, "partial.zip").read_bytes()
    log_id = re.search(r"log id +([0-9a-f]{64})", pathlib.Path(options.sources, "played").read_text())[1]
    program, page = Program(options.assay), Page(options.page, log_id)
    layout = Layout(raw)
    disagreed = 0
    with tempfile.TemporaryDirectory(prefix="zips-") as folder:
        mutant = pathlib.Path(folder, "mutant.zip")
        for number, at in zip(range(options.count), layout.places(rng)):
            mutant.write_bytes(turned(rng, raw, at))
            outcomes = {verifier.name: verifier.ask(mutant, log_id).outcome for verifier in (program, page)}
            if not agree(outcomes.values(), at in layout.loose):
                disagreed += 1
                print(f"mutant {number}, byte {at}: {outcomes}", flush=True)
    page.close()
    print(f"{options.count} mutants, {disagreed} disagreements")
    return 1 if disagreed else 0


if __name__ == "__main__":
    sys.exit(main())
