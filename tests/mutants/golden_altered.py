"""The altered golden logs again, as published directories, for verify.sh: it must refuse each of them that breaks a
claim that it checks, and for that reason.

usage: golden_altered.py <verify.sh> [EVERY]      only each EVERY-th of them; 77: skipped, as openssl or jq is missing
"""

import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile

import published  # finds the golden log's tools
import mutants as golden
from altered import Keys, Story
from mutant import MUTANTS
from verify_from_document import read_folder

CLAIMS = {"canonical_bytes", "chain", "identity", "tree", "log_signature", "author_signatures",
          "author_streams", "log", "time_order", "evidence_files"}
# What only a refold finds: which key of the log was in force, and what an event may say.
BY_REFOLD = {"the old key after its rotation", "a threshold above the parties"}


def verdicts(script, folder, options=()):
    ran = subprocess.run(["sh", script, *options, folder], capture_output=True, text=True, check=False)
    lines = [line.split(": ", 2) for line in ran.stdout.splitlines()]
    return {claim: (verdict, words) for verdict, claim, words in lines}, ran


def check(script, files, name, claim, vkeys):
    """What is wrong, or None."""
    known = "log.txt" in files
    said = dict(line.split(" ", 1) for line in files["log.txt"].decode().splitlines()) if known else {}
    with tempfile.TemporaryDirectory() as folder:
        whole = sum(entry.startswith("entries/") for entry in files) == 14
        published.write(published.of_golden(files, vkeys[whole]), folder)
        found, ran = verdicts(script, folder, ["--log-id", said["log_id"][:64]] if known else [])
    failed = {claim for claim, (verdict, _) in found.items() if verdict == "failed"}
    if claim is None:
        return f"{name}: {failed} failed\n{ran.stderr}" if failed or not found or ran.stderr else None
    if not failed & golden.PROGRAM_CLAIM.get(claim, {claim}) or ran.returncode not in range(10, 16) or ran.stderr:
        return f"{name}: {claim} here; verify.sh: {ran.returncode} {failed} {ran.stderr}"
    return None


def main(script, every="1"):
    if not shutil.which("openssl") or not shutil.which("jq"):
        print("skipped: there is no openssl or no jq")
        return 77
    files = read_folder(published.LOG)
    keys = Keys(files)
    said = dict(line.split(" ", 1) for line in files["log.txt"].decode().splitlines())
    vkeys = [said["log_vkey"], said["next_log_vkey"]]
    cases = [("the golden log", None, lambda files, keys: files),
             ("the story told anew", None, lambda files, keys: Story(files, keys).tell())]
    cases += [case for case in MUTANTS if case[1] in CLAIMS and case[0] not in BY_REFOLD]
    cases = cases[::int(every)]
    with concurrent.futures.ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        asked = [pool.submit(check, script, make(files, keys), name, claim, vkeys) for name, claim, make in cases]
        problems = [problem for problem in (one.result() for one in asked) if problem]
    print("\n".join(problems))
    print(f"{len(cases)} logs, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
