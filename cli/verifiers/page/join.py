"""Joins the modules, the style and the template into one page that needs nothing else.

usage: join.py OUT

Every module becomes a function that is called once and gives what the module exports; so names of one module are
unknown in another. The policy of the page allows this very script and this very style, by their hashes, and
nothing else. The same sources give the same bytes.
"""

import base64
import hashlib
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ENTRY = "page.js"
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z0-9_]+\.js)";\n', re.M | re.S)
EXPORT = re.compile(r"^export (?=(?:async function\*?|function\*?|const|class) ([A-Za-z_0-9]+))", re.M)


def read(name):
    return (HERE / name).read_text(encoding="utf-8")


def variable(name):
    return "module_" + name[:-len(".js")]


def order(name, done, on_the_way):
    """Modules, each after those that it imports."""
    if name in on_the_way:
        raise SystemExit(f"{name} imports itself, by {' → '.join(on_the_way)}")
    if name not in done:
        for _, imported in IMPORT.findall(read(name)):
            order(imported, done, [*on_the_way, name])
        done.append(name)
    return done


def as_function(name):
    text = read(name)
    exported = EXPORT.findall(text)
    text = EXPORT.sub("", text)
    text = IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {variable(found[2])};\n", text)
    if re.search(r"^(import|export)\b", text, re.M):
        raise SystemExit(f"{name}: an import or export of a form that this script does not join")
    return f"const {variable(name)} = (() => {{\n{text}return {{ {', '.join(exported)} }};\n}})();\n"


def digest(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def main():
    names = order(ENTRY, [], [])
    script = '"use strict";\n' + "".join(as_function(name) for name in names)
    style = read("style.css")
    if "</script" in script or "<!--" in script or "</style" in style:
        raise SystemExit("the script or the style would end the element that it stands in")
    page = read("template.html")
    for place, text in (("{script_hash}", digest(script)), ("{style_hash}", digest(style)),
                        ("{style}", style), ("{script}", script)):
        if page.count(place) != 1:
            raise SystemExit(f"the template has not just one {place}")
        head, tail = page.split(place)
        page = head + text + tail
    pathlib.Path(sys.argv[1]).write_text(page, encoding="utf-8", newline="\n")


main()
