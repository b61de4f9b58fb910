"""Holds the source to the layers of docs/architecture.md.

    check_layers.py ROOT             reads every #include and refuses a crossing
    check_layers.py --program FILE   refuses a program that RocksDB was linked into

Exit codes: 0 nothing crosses, 1 something does, 2 used wrongly.
"""

import pathlib
import re
import sys

# What each layer may include beside itself. `tests` may include everything.
BELOW = {
    "ledger/base": [],
    "ledger/merkle": ["ledger/base"],
    "ledger/format": ["ledger/base", "ledger/merkle"],
    "ledger/events": ["ledger/base", "ledger/merkle", "ledger/format"],
    "ledger/verify": ["ledger/base", "ledger/merkle", "ledger/format", "ledger/events"],
    "ledger/store": ["ledger/base", "ledger/merkle", "ledger/format", "ledger/events",
                     "ledger/verify"],
    # Keys implement two interfaces of base and know nothing else of a ledger.
    "keys": ["ledger/base"],
    "projections": ["ledger/base", "ledger/merkle", "ledger/format", "ledger/events",
                    "ledger/verify"],
    "cli": ["ledger/base", "ledger/merkle", "ledger/format", "ledger/events", "ledger/verify",
            "ledger/store", "keys", "projections"],
}
FOLDERS = ["ledger", "keys", "projections", "cli", "tests"]

# Bytes in, values out.
PURE = ["ledger/base", "ledger/merkle", "ledger/format", "ledger/events", "ledger/verify",
        "projections"]
IMPURE_NAMES = re.compile(
    r"\b(system_clock|steady_clock|high_resolution_clock|getenv|secure_getenv|setenv|i?fstream|"
    r"ofstream|fopen|freopen|filesystem|random_device|mt19937\w*|srand|setlocale|gettimeofday|"
    r"clock_gettime|RAND_bytes)\b")
IMPURE_HEADERS = {"filesystem", "fstream", "iostream", "random", "locale", "ctime", "fcntl.h",
                  "unistd.h", "dirent.h", "sys/stat.h", "sys/mman.h", "sys/random.h",
                  "openssl/rand.h"}
# The C2SP texts carry trees and proofs; canonical JSON, which the rest of `format` is, does not.
FORMAT_WITH_TREES = {"checkpoint", "cosignature", "fork_evidence", "note", "note_verifier",
                     "proof_file", "refusal", "tlog_policy", "vkey", "witness_judgement",
                     "witness_request"}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)
# A raw string, a string, a character or a comment: whichever begins first swallows the others.
TOKENS = re.compile(
    r'R"([^()\\\s]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/',
    re.DOTALL)


def without_comments(text):
    return TOKENS.sub(lambda m: " " if m[0].startswith(("//", "/*")) else m[0], text)


def without_strings(text):
    return TOKENS.sub(" ", text)


def layer_of(path):
    """`ledger/base` for ledger/base/hash.hpp, `cli` for cli/render/text.hpp; else nothing."""
    parts = path.split("/")
    if len(parts) < 2 or parts[0] not in FOLDERS:
        return None
    return "/".join(parts[:2]) if parts[0] == "ledger" else parts[0]


def third_party_crossing(layer, path, header):
    if header.startswith("rocksdb/"):
        if layer not in ("ledger/store", "tests"):
            return "only ledger/store knows RocksDB"
        if layer == "ledger/store" and path.endswith(".hpp") and not path.endswith("_internal.hpp"):
            return "a header that the store offers to others shows no type of RocksDB"
    if layer in PURE and header in IMPURE_HEADERS:
        return f"{layer} is pure: bytes in, values out"
    return None


def crossing(layer, path, header):
    """Why the file at `path` may not include `header`; nothing where it may."""
    other = layer_of(header)
    if other is None:
        return third_party_crossing(layer, path, header)
    if layer == "tests":
        return None
    if other == "tests":
        return "the product does not lean on its tests"
    if other != layer and other not in BELOW[layer]:
        return f"{layer} does not stand above {other}"
    if header.endswith("_internal.hpp"):
        if other != layer:
            return f"{header} belongs to {other} alone"
        if path.endswith(".hpp") and not path.endswith("_internal.hpp"):
            return "a header for others does not hand out an internal one"
    if (layer, other) == ("ledger/format", "ledger/merkle"):
        if pathlib.PurePosixPath(path).stem not in FORMAT_WITH_TREES:
            return "canonical JSON does not know the tree"
    return None


def check_file(root, path):
    layer = layer_of(path)
    if layer is None or (layer not in BELOW and layer != "tests"):
        yield f"{path}: stands in no layer of docs/architecture.md"
        return
    text = (root / path).read_text(encoding="utf-8")
    for quote, header in INCLUDE.findall(without_comments(text)):
        # From the root only, so that no spelling of a path gets round the check.
        if ".." in header.split("/") or (quote == '"' and layer_of(header) is None):
            yield f"{path}: include <{header}> from the root"
            continue
        why = crossing(layer, path, header)
        if why:
            yield f"{path}: includes {header}: {why}"
    if layer in PURE:
        code = INCLUDE.sub("", without_comments(text))
        for name in sorted(set(IMPURE_NAMES.findall(without_strings(code)))):
            yield f"{path}: uses {name}: {layer} is pure"


def sources(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".hpp", ".cpp", ".h", ".inc", ".ipp") and path.is_file():
                yield path.relative_to(root).as_posix()


def check_tree(root):
    """Every crossing under `root`, and how many files were read."""
    paths = list(sources(root))
    return [problem for path in paths for problem in check_file(root, path)], len(paths)


def links_rocksdb(program):
    """Whether a program needs librocksdb at run time, or carries its code: its names are in the
    file either way."""
    content = pathlib.Path(program).read_bytes()
    return b"librocksdb" in content or b"N7rocksdb" in content


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "--program":
        if links_rocksdb(arguments[1]):
            print(f"{arguments[1]} links RocksDB, and only the store may")
            return 1
        return 0
    if len(arguments) != 1:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    problems, files = check_tree(pathlib.Path(arguments[0]))
    for problem in problems:
        print(problem)
    print(f"{files} files read, {len(problems)} crossings")
    return 1 if problems or files == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
