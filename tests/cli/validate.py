#!/usr/bin/env python3
"""Holds answers in JSON to docs/schemas. Reads lines from standard input; each names its schema.

usage: validate.py SCHEMA_FOLDER

For every answer prints its schema and "done" or "refused". An answer that is not what its schema says
fails, and so does a schema that would let a member through that it does not name.
"""

import copy
import json
import pathlib
import sys

import jsonschema

# Members that hold what a schema elsewhere describes: an event type's, a rulebook's, or JSON Schema itself.
OPEN = {"data", "event_schema", "json_schema", "schema_of_data", "schemas"}


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
    whole.pop("$id")
    return whole


def schema_of(answer):
    if answer.get("type") in ("receipt", "progress"):
        return "record_receipt" if answer["type"] == "receipt" else "progress"
    name, version = answer["schema"].split("/")
    assert version == "1" and name.startswith("assay."), answer["schema"]
    return name.removeprefix("assay.")


def objects(node, path=()):
    """Every object of an answer whose members its schema must name, with the way to it."""
    if isinstance(node, dict):
        yield path
        for name, value in node.items():
            if name not in OPEN:
                yield from objects(value, (*path, name))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from objects(value, (*path, index))


def too_lenient(validator, answer, seen):
    """Ways to objects that could have one more member; every kind of object is looked at once."""
    for path in objects(answer):
        kind = tuple("*" if isinstance(step, int) else step for step in path)
        if kind in seen:
            continue
        seen.add(kind)
        changed = copy.deepcopy(answer)
        at = changed
        for step in path:
            at = at[step]
        at["no schema names this"] = 1
        if validator.is_valid(changed):
            yield "/".join(map(str, path))


def main():
    folder = pathlib.Path(sys.argv[1])
    schemas = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    validators = {}
    seen = {}
    failed = False
    for line in sys.stdin:
        answer = json.loads(line)
        name = schema_of(answer)
        if name not in validators:
            validators[name] = jsonschema.Draft202012Validator(bundled(schemas[name], schemas["common"]))
        for problem in validators[name].iter_errors(answer):
            failed = True
            path = "/".join(str(step) for step in problem.absolute_path)
            print(f"{name}: {path}: {problem.message[:300]}", file=sys.stderr)
        for path in too_lenient(validators[name], answer, seen.setdefault(name, set())):
            failed = True
            print(f"{name}: {path}: any member may stand here", file=sys.stderr)
        print(name, "done" if answer.get("ok", True) else "refused")
    return 1 if failed or not seen else 0


sys.exit(main())
