"""Makes a bundle of a whole log (docs/format.md annex G) out of a published directory: a bag in a zip.

usage: bag.py PUBLISHED OUT.zip
"""

import hashlib
import pathlib
import sys
import zipfile

sys.dont_write_bytecode = True


def bag(files, name="bundle"):
    """Name → bytes of the bag's files, in one directory."""
    made = {"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"}
    made.update({f"data/{path}": raw for path, raw in files.items()})

    def manifest(paths):
        return "".join(f"{hashlib.sha256(made[path]).hexdigest()}  {path}\n" for path in sorted(paths)).encode()
    made["manifest-sha256.txt"] = manifest([path for path in made if path.startswith("data/")])
    made["tagmanifest-sha256.txt"] = manifest([path for path in made if not path.startswith("data/")])
    return {f"{name}/{path}": raw for path, raw in made.items()}


def write_zip(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(files):
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED)


def read_folder(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


if __name__ == "__main__":
    write_zip(sys.argv[2], bag(read_folder(pathlib.Path(sys.argv[1]))))
