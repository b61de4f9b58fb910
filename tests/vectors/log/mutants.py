"""Altered golden logs, each of which verify_from_document.py must refuse, for the reason that is
named, and the program's own verifier with it.

usage: mutants.py <docs/format.md> <folder> [<verify_folder, the program's verifier>]
"""

import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import mutants_beside  # noqa: E402,F401
import mutants_bytes  # noqa: E402,F401
import mutants_log  # noqa: E402,F401
import mutants_told  # noqa: E402,F401
import signatures  # noqa: E402
from altered import Keys, Story  # noqa: E402
from mutant import MUTANTS  # noqa: E402
from trees import DASH  # noqa: E402
from verify_from_document import Failed, Verification, read_folder  # noqa: E402


def first_failure(page, files, known):
    """The claim that fails first, or None; and the claims that do not say "proved"."""
    said = []
    try:
        Verification(page, files, known).run(said.append)
    except Failed as error:
        return error.claim, said
    return None, said


def program_fails(program, files, known):
    """The claims that the program's own verifier calls failed."""
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        command = [program, folder] + (["known"] if known else [])
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode == 2:  # what was kept from outside cannot be read, so nothing was verified
        return {"pin", "identity"}
    lines = [line.split() for line in ran.stdout.splitlines()]
    assert lines and ran.returncode != 1, ran.stderr
    failed = {claim for claim, verdict in lines if verdict == "failed"}
    assert (ran.returncode == 0) == (not failed), (ran.returncode, failed)
    return failed


# Which claim of the program a step of the document belongs to, where the names differ. A checkpoint
# that its key did not sign is not held against the entries by the program, so there the claim that
# fails is the signature's.
# A genesis that is not sound names no key of the log: under which claim that shows first is each
# verifier's own order.
PROGRAM_CLAIM = {"log": {"author_signatures"}, "tree": {"tree", "log_signature"},
                 "log_signature": {"log_signature", "invariants"}}
# The program's verifier is not handed these files.
ONLY_HERE = {"refusal", "opening", "proof", "consistency", "tiles", "hashes"}


def bits(page, files):
    """The entries in which a bit can be turned unnoticed; one bit in each 61st byte is tried."""
    for name in (name for name in files if name.startswith("entries/")):
        for at in range(len(name) % 7, len(files[name]), 61):
            turned = bytes([files[name][at] ^ 1 << at % 8])
            altered = {**files, name: files[name][:at] + turned + files[name][at + 1:]}
            if first_failure(page, altered, True)[0] is None:
                yield f"bit {at % 8} of byte {at} of {name} can be turned"


def run(page, folder, program=None):
    files, problems = read_folder(folder), []
    keys = Keys(files)
    if first_failure(page, files, True)[0] is not None:
        problems.append("the golden log itself is refused")
    head = files["checkpoints/14.note"]
    alone = {**files, "checkpoints/14.note": head[:head.rindex(DASH)]}
    found, said = first_failure(page, alone, True)
    if found is not None or not any("witness_quorum not_checked" in line for line in said):
        problems.append(f"a head that no witness has cosigned: {found} {said}")
    story = Story(files, keys).tell()
    found, said = first_failure(page, story, False)
    if found is not None or any("not_checked" in line for line in said):
        problems.append(f"the story told anew: {found} {said}")
    if program and (program_fails(program, files, True) or program_fails(program, story, False)):
        problems.append("the program refuses the golden log, or the story told anew")
    for name, claim, make in MUTANTS:
        altered = make(files, keys)
        known = "log.txt" in altered
        found, _ = first_failure(page, altered, known)
        by_program = None
        if program and claim not in ONLY_HERE:
            by_program = program_fails(program, altered, known)
        if found != claim:
            problems.append(f"{name}: {found} fails first, not {claim}; program: {by_program}")
        if by_program is not None and not by_program & PROGRAM_CLAIM.get(claim, {claim}):
            problems.append(f"{name}: {claim} here, {sorted(by_program)} by the program")
    problems += bits(page, files)
    print(f"{len(MUTANTS)} altered logs, {len(problems)} problems")
    return problems


def main(page, folder, program=None):
    if not signatures.openssl_is_there():
        print("skipped: there is no openssl program")
        return 77
    problems = run(pathlib.Path(page).read_text(encoding="utf-8"), folder, program)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
