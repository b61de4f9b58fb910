"""Makes mutants of published directories and bundles, and asks three verifiers about each: they must agree.

usage: run.py N --sources FOLDER [--assay FILE] [--page run.mjs] [--script verify.sh] --kept FOLDER [--seed S] [--jobs N]
              [--only NUMBER] [--begin NUMBER] [--bits]

Half of the N are single bits: each byte of each file once, in an order that the seed gives, as far as N goes; where
that is far enough, every byte of the smallest source comes first. In a bundle of some entries the manifests follow what
was turned. The others are put together with knowledge of the format. `--only` makes that one mutant of a run again, and
`--begin` takes up a run that was interrupted; `--bits` makes only the single bits, which have even numbers. A mutant
that could not be made is one that they do not agree about. What they disagree about is left under `--kept`. It ends
with "N mutants, D disagreements", and with 1 where D is not 0.
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import published  # noqa: E402,F401  finds the golden log's tools
import agreement  # noqa: E402
import bag_mutants  # noqa: E402,F401
import file_mutants  # noqa: E402,F401
import log_mutants  # noqa: E402,F401
import note_mutants  # noqa: E402,F401
from mutation import IRRELEVANT, MUTATIONS, turned  # noqa: E402
from source import Source, keys_in, log_of, read_folder, with_manifests  # noqa: E402
from verifiers import GOOD, Page, Program, Script  # noqa: E402


def sources_in(folder):
    folder = pathlib.Path(folder)
    keys = keys_in(folder / "home" / "keys", folder / "home" / "passphrase")
    directory = read_folder(folder / "published")
    log = log_of(directory, keys)
    found = [Source("published", directory, log)]
    for name, kind in (("whole", "whole"), ("partial", "partial"), ("small", "partial")):
        if (folder / name).is_dir():
            found.append(Source(kind, read_folder(folder / name), log, name))
    return found


def bytes_of(sources):
    """Every (source, file, place) whose byte says something."""
    relevant = []
    for number, source in enumerate(sources):
        for name, raw in sorted(source.files.items()):
            inner = name[len(source.prefix):] if name.startswith(source.prefix) else name
            if source.kind == "published" and any(re.search(pattern, inner) for pattern, _ in IRRELEVANT):
                continue
            if re.search(IRRELEVANT[0][0], inner):  # in a bag the manifest knows them: a few bytes will do
                relevant += [(number, name, at) for at in range(0, len(raw), 997)]
            else:
                relevant += [(number, name, at) for at in range(len(raw))]
    return relevant


class Run:
    def __init__(self, options):
        self.options = options
        self.sources = sources_in(options.sources)
        self.places = self.in_order(bytes_of(self.sources))
        self.log_id = self.sources[0].log_id
        self.page = Page(options.page, self.log_id) if options.page else None
        self.verifiers = [v for v in (Program(options.assay) if options.assay else None, self.page,
                                       Script(options.script) if options.script else None) if v]
        self.scratch = tempfile.mkdtemp(prefix="mutants-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)

    def in_order(self, places):
        random.Random(self.options.seed).shuffle(places)
        counts = collections.Counter(which for which, _, _ in places)
        smallest = min(counts, key=counts.get)
        if self.options.count // 2 >= counts[smallest]:
            places.sort(key=lambda place: place[0] != smallest)
            print(f"every byte of {self.sources[smallest].name}: {counts[smallest]}")
        return places

    def mutant(self, number):
        """(source, words, files) of this number of this seed."""
        rng = random.Random(f"{self.options.seed}/{number}")
        if number % 2 == 0 and number // 2 < len(self.places):
            which, name, at = self.places[number // 2]
            source = self.sources[which]
            files = {**source.files, name: turned(rng, source.files[name], at)}
            if source.kind == "partial":  # or else its manifests find every one, and nothing else is asked
                files = with_manifests(files, but=name)
            return source, f"a bit of byte {at} of {name} turned", files
        while True:
            source = rng.choice(self.sources)
            name, kinds, make = rng.choice(MUTATIONS)
            made = make(rng, source) if source.kind in kinds else None
            if made and made[1] != source.files:
                return source, f"{name}: {made[0]}", made[1]

    def ask(self, files, name):
        folder = pathlib.Path(self.scratch, name)
        published.write(files, folder)
        answers = {verifier.name: verifier.ask(folder, self.log_id) for verifier in self.verifiers}
        return folder, answers

    def intact(self):
        """What each verifier proves of each source; all of them must call it good."""
        self.proves = {}
        for source in self.sources:
            folder, answers = self.ask(source.files, source.name)
            for name, answer in answers.items():
                if answer.outcome != GOOD:
                    raise SystemExit(f"{name} says of the intact {source.name}: {answer.outcome}\n{answer.words}")
            self.proves[source.name] = agreement.proved(answers, source.kind)
            print(f"{source.name}: " + "; ".join(f"{name} proves {len(claims)} claims" for name, claims in self.proves[source.name].items()))
            shutil.rmtree(folder)

    def judge(self, number):
        try:
            source, words, files = self.mutant(number)
        except Exception as error:  # what is at fault is the harness, and it should not end the run
            print(f"mutant {number} of seed {self.options.seed} could not be made: {error!r}", flush=True)
            return True, "none", set()
        folder, answers = self.ask(files, str(number))
        found = agreement.disagreements(answers, self.proves[source.name], source.kind, words)
        outcomes = {answer.outcome for answer in answers.values()}
        if found or self.options.only is not None:
            kept = pathlib.Path(self.options.kept, f"{self.options.seed}-{number}")
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(folder, kept / source.name)
            report = [f"mutant {number} of seed {self.options.seed}, of {source.name}: {words}"] + [f"  {line}" for line in found]
            (kept / "words").write_text("\n".join(report + [f"--- {name}\n{answer.words}" for name, answer in answers.items()]))
            print("\n".join(report), flush=True)
        shutil.rmtree(folder)
        return bool(found), words.split(":")[0] if number % 2 else "a bit", outcomes

    def run(self):
        self.intact()
        numbers = [self.options.only] if self.options.only is not None else range(
            self.options.begin, self.options.count, 2 if self.options.bits else 1)
        began, disagreed, harmless = time.monotonic(), 0, 0
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            for number, (found, _, outcomes) in zip(numbers, pool.map(self.judge, numbers)):
                disagreed += found
                harmless += outcomes == {GOOD}
                if number % 500 == (498 if self.options.bits else 499):
                    print(f"{number + 1} so far, {disagreed} disagreements, {time.monotonic() - began:.0f} s", flush=True)
                if sys.stderr.isatty():
                    print(f"\r{number + 1} of {len(numbers)} ", end="", file=sys.stderr, flush=True)
        took = time.monotonic() - began
        print(f"seed {self.options.seed}, {took:.0f} s; all called {harmless} of them good")
        print(f"{len(numbers)} mutants, {disagreed} disagreements")
        return 1 if disagreed else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--sources", required=True)
    parser.add_argument("--assay")
    parser.add_argument("--page")
    parser.add_argument("--script")
    parser.add_argument("--kept", required=True)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--only", type=int)
    parser.add_argument("--begin", type=int, default=0)
    parser.add_argument("--bits", action="store_true")
    options = parser.parse_args()
    if options.seed is None:
        options.seed = random.SystemRandom().randrange(10**9)
    print(f"seed {options.seed}")
    run = Run(options)
    try:
        return run.run()
    finally:
        if run.page:
            run.page.close()
        shutil.rmtree(run.scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
