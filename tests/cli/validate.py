#!/usr/bin/env python3
"""Holds answers in JSON to docs/schemas. Reads lines from standard input; each names its schema.

usage: validate.py SCHEMA_FOLDER
"""

import json
import pathlib
import sys

import jsonschema
from referencing import Registry, Resource


def schema_of(answer):
    if answer.get("type") in ("receipt", "progress"):
        return "record_receipt" if answer["type"] == "receipt" else "progress"
    name, version = answer["schema"].split("/")
    assert version == "1" and name.startswith("assay."), answer["schema"]
    return name.removeprefix("assay.")


def main():
    folder = pathlib.Path(sys.argv[1])
    schemas = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}
    registry = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()
    )
    checked = 0
    for line in sys.stdin:
        answer = json.loads(line)
        validator = jsonschema.Draft202012Validator(schemas[schema_of(answer)], registry=registry)
        problems = [problem for problem in validator.iter_errors(answer)]
        for problem in problems:
            path = "/".join(str(step) for step in problem.absolute_path)
            print(f"{schema_of(answer)}: {path}: {problem.message[:300]}", file=sys.stderr)
        if problems:
            return 1
        checked += 1
    print(checked)
    return 0 if checked else 1


sys.exit(main())
