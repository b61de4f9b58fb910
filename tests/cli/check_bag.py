"""Whether a folder is a complete and valid BagIt bag, by the rules of RFC 8493 alone.

    check_bag.py FOLDER     exits 0 if it is, 1 and says why if it is not
"""

import hashlib
import pathlib
import re
import sys


def lines(path):
    text = path.read_bytes().decode("utf-8")
    return [line for line in re.split(r"\r\n|\n|\r", text) if line]


def manifest(root, name):
    """Path to digest (section 2.1.3)."""
    listed = {}
    for line in lines(root / name):
        match = re.fullmatch(r"([0-9A-Fa-f]{64})[ \t]+\*?(\S.*)", line)
        assert match, f"{name}: {line!r} is no line of a manifest"
        path = match[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        assert path not in listed, f"{name} lists {path} twice"
        assert not path.startswith("/") and ".." not in path.split("/"), f"{name} lists {path}"
        listed[path] = match[1].lower()
    return listed


def check(root):
    # Section 2.1.1.
    assert lines(root / "bagit.txt") == ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"], "bagit.txt"
    # Section 2.1.2 and 3: every payload file in every manifest, every file of a manifest there.
    assert (root / "data").is_dir(), "no payload directory"
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    payload = {name for name in files if name.startswith("data/")}
    listed = manifest(root, "manifest-sha256.txt")
    assert set(listed) == payload, f"manifest and payload differ: {set(listed) ^ payload}"
    tags = manifest(root, "tagmanifest-sha256.txt")
    assert not any(name.startswith("data/") for name in tags), "a tag manifest lists payload"
    assert "tagmanifest-sha256.txt" not in tags, "a tag manifest lists itself"
    assert set(tags) == set(files) - payload - {"tagmanifest-sha256.txt"}, "tag files not listed"
    for name, digest in (listed | tags).items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest, f"{name} has another digest"
    # Section 2.2.2.
    info = {}
    for line in lines(root / "bag-info.txt"):
        match = re.fullmatch(r"([^\s:][^:]*): (\S.*)", line)
        assert match, f"bag-info.txt: {line!r}"
        info.setdefault(match[1], []).append(match[2])
    size = sum(files[name].stat().st_size for name in payload)
    assert info["Payload-Oxum"] == [f"{size}.{len(payload)}"], "Payload-Oxum"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", info["Bagging-Date"][0]), "Bagging-Date"


if __name__ == "__main__":
    try:
        check(pathlib.Path(sys.argv[1]))
    except (AssertionError, OSError, UnicodeDecodeError, KeyError) as problem:
        print(f"not a valid bag: {problem}")
        sys.exit(1)
