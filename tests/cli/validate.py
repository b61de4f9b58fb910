#!/usr/bin/env python3
"""Holds answers in JSON to docs/schemas. Reads lines from standard input; each names its schema.

usage: validate.py SCHEMA_FOLDER
"""

import json
import pathlib
import sys

import jsonschema


def bundled(schema, common):
    """The schema with what it takes from common.json in it, so that nothing has to be looked up."""

    def local(node):
        if isinstance(node, list):
            return [local(item) for item in node]
        if not isinstance(node, dict):
            return node
        return {
            name: value.removeprefix("common.json") if name == "$ref" else local(value)
            for name, value in node.items()
        }

    whole = local(schema)
    own = whole.get("$defs", {})
    assert not own.keys() & common["$defs"].keys(), "a definition that common.json has too"
    whole["$defs"] = own | local(common["$defs"])
    if whole.get("$ref") == "":
        del whole["$ref"]
        whole["allOf"] = [{k: v for k, v in local(common).items() if k not in ("$id", "$schema", "$defs")}]
    return whole


def schema_of(answer):
    if answer.get("type") in ("receipt", "progress"):
        return "record_receipt" if answer["type"] == "receipt" else "progress"
    name, version = answer["schema"].split("/")
    assert version == "1" and name.startswith("assay."), answer["schema"]
    return name.removeprefix("assay.")


def main():
    folder = pathlib.Path(sys.argv[1])
    schemas = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    checked = 0
    for line in sys.stdin:
        answer = json.loads(line)
        schema = bundled(schemas[schema_of(answer)], schemas["common"])
        schema.pop("$id")
        validator = jsonschema.Draft202012Validator(schema)
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
