"""The bag around a bundle: manifests, declaration, files that no manifest knows."""

from mutation import mutation, turned
from source import with_manifests

BAG = ("whole", "partial")


def changed(source, name, raw, anew=False):
    files = dict(source.files)
    files.pop(name)
    if raw is not None:
        files[name] = raw
    if anew:
        files["tagmanifest-sha256.txt"] = with_manifests(files)["tagmanifest-sha256.txt"]
    return files


@mutation(*BAG, weight=5)
def another_manifest(rng, source):
    name = rng.choice(["manifest-sha256.txt", "tagmanifest-sha256.txt"])
    raw = source.files[name]
    lines = raw.splitlines(keepends=True)
    line = rng.choice(lines)
    what, altered = rng.choice([
        ("is missing", None), ("is empty", b""), ("lacks a line", raw.replace(line, b"")), ("has a line twice", raw + line),
        ("is in another order", b"".join(lines[::-1])), ("has a bit turned", turned(rng, raw)), ("has tabs", raw.replace(b"  ", b"\t")),
        ("has one space", raw.replace(b"  ", b" ")), ("has CR LF", raw.replace(b"\n", b"\r\n")), ("lacks its last LF", raw[:-1]),
        ("has capitals", raw.replace(line, line[:64].upper() + line[64:])), ("names what is not there", raw + b"00" * 32 + b"  data/none\n"),
        ("names what lies outside", raw + b"00" * 32 + b"  ../../etc/passwd\n"), ("names a device", raw + b"00" * 32 + b"  /dev/zero\n"),
        ("has a line that is none", raw + b"nonsense\n"), ("has an empty line", raw + b"\n"), ("has NUL", raw + b"\0\n"),
        ("has a shell's words", raw + b"00" * 32 + b"  $(touch x)`id`\n"), ("names evidence that is not there", raw + b"00" * 32 + b"  data/evidence/" + b"0" * 64 + b"\n"),
    ])
    anew = rng.random() < 0.6 and name.startswith("manifest")
    return f"{name} {what}, tag manifest anew: {anew}", changed(source, name, altered, anew)


@mutation(*BAG, weight=2)
def another_declaration(rng, source):
    raw = source.files["bagit.txt"]
    what, altered = rng.choice([
        ("is missing", None), ("is empty", b""), ("has a bit turned", turned(rng, raw)), ("is of version 0.97", raw.replace(b"1.0", b"0.97")),
        ("has CR LF", raw.replace(b"\n", b"\r\n")), ("has a line more", raw + b"More: x\n"), ("is in Latin-1", raw.replace(b"UTF-8", b"ISO-8859-1")),
    ])
    anew = rng.random() < 0.5
    return f"bagit.txt {what}, tag manifest anew: {anew}", changed(source, "bagit.txt", altered, anew)


@mutation(*BAG)
def another_bag_info(rng, source):
    name = "bag-info.txt"
    if name not in source.files:
        return None
    altered = rng.choice([None, b"", turned(rng, source.files[name]), source.files[name] + b"More: x\n"])
    anew = rng.random() < 0.5
    return f"{name} is another, tag manifest anew: {anew}", changed(source, name, altered, anew)


@mutation(*BAG)
def a_file_that_no_manifest_knows(rng, source):
    name = rng.choice(["data/more.txt", "more.txt", "data/evidence/" + "ab" * 32, "data/entries/99.json", "data/checkpoints/1", "fetch.txt",
                       "metadata/x", "data/a b", "data/$(touch x)", "data/tile/0/zzz"])
    files = dict(source.files)
    files[name] = b"something"
    anew = rng.random() < 0.5
    return f"{name} besides, in the manifests: {anew}", with_manifests(files) if anew else files
