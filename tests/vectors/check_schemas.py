"""Holds every golden event against its published JSON Schema, with a validator that others wrote.

usage: check_schemas.py <program that prints the schemas> <folder of golden events>
Exit 77: skipped, because python3-jsonschema is not installed.
"""

import copy
import json
import pathlib
import subprocess
import sys

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("skipped: python3-jsonschema (with draft 2020-12) is not installed")
    sys.exit(77)


def main(program, folder):
    lines = subprocess.run([program], check=True, capture_output=True).stdout.splitlines()
    schemas = {}
    for line in lines:
        schema = json.loads(line)
        Draft202012Validator.check_schema(schema)
        schemas[schema["title"], schema["properties"]["version"]["const"]] = Draft202012Validator(schema)
    failures = []
    files = sorted(pathlib.Path(folder).glob("*.json"))
    seen = set()
    for file in files:
        event = json.loads(file.read_text(encoding="utf-8"))
        kind = (event["type"], event["version"])
        validator = schemas[kind]
        seen.add(kind)
        for error in validator.iter_errors(event):
            failures.append(f"{file.name}: {error.json_path}: {error.message}")
        failures += too_lenient(file.name, validator, event)
    failures += [f"{kind}: no golden event" for kind in schemas if kind not in seen]
    for failure in failures:
        print(failure)
    print(f"{len(files)} events, {len(schemas)} schemas, {len(failures)} failures")
    return 1 if failures or not files else 0


def too_lenient(name, validator, event):
    """A schema that lets through what a reader refuses would be a promise not kept."""
    required = validator.schema["properties"]["data"]["required"]
    for member in required:
        changed = copy.deepcopy(event)
        del changed["data"][member]
        if validator.is_valid(changed):
            yield f"{name}: valid without {member}"
        changed["data"][member] = None
        if validator.is_valid(changed):
            yield f"{name}: valid with a null {member}"
    changed = copy.deepcopy(event)
    changed["data"]["unknown"] = 1
    if validator.is_valid(changed):
        yield f"{name}: valid with an unknown member"
    changed = copy.deepcopy(event)
    changed["version"] = 2
    if validator.is_valid(changed):
        yield f"{name}: valid as another version"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
