"""Annexes A and B of docs/format.md as a JavaScript module, so that the verifier reads them as data.

usage: annex.py docs/format.md > annex_text.js
"""

import pathlib
import sys


def block_after(page, heading):
    lines = page[page.index(heading):].splitlines()
    start = lines.index("```") + 1
    return lines[start:lines.index("```", start)]


def literal(lines):
    text = "\n".join(lines)
    if "`" in text or "\\" in text or "${" in text:
        raise SystemExit("the annex has a character that a template literal cannot hold as it is")
    return "`" + text + "`"


def main():
    page = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    print("// Made by annex.py out of docs/format.md. Change that page, and make this anew.\n")
    print("export const ANNEX_A = " + literal(block_after(page, "## Annex A.")) + ";\n")
    print("export const ANNEX_B = " + literal(block_after(page, "## Annex B.")) + ";")


main()
