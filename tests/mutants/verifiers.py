"""The three verifiers, each asked what it says of a folder: {claim: verdict}, and whether it could look at all."""

import json
import os
import subprocess
import threading

GOOD, FAILED, INCOMPLETE = "good", "failed", "incomplete"


class Answer:
    def __init__(self, outcome, claims, words=""):
        self.outcome, self.claims, self.words = outcome, claims, words

    def of(self, verdict):
        return {claim for claim, said in self.claims.items() if said == verdict}


class Program:
    """`assay verify`, which refolds the log as well."""

    name = "assay"

    def __init__(self, binary):
        self.binary = binary

    def ask(self, folder, log_id):
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        command = [self.binary, "verify", str(folder), "--log-id", log_id, "--json"]
        ran = subprocess.run(command, capture_output=True, env=env, check=False, timeout=120)
        try:
            said = json.loads(ran.stdout)
        except ValueError:
            return self.without_claims(ran)
        if "claims" not in said:
            return self.without_claims(ran)
        claims = {one["claim"]: one["verdict"] for one in said["claims"]}
        outcome = GOOD if ran.returncode == 0 else INCOMPLETE if ran.returncode == 16 else FAILED
        if ran.returncode not in (0, *range(10, 17)):
            outcome = f"exit code {ran.returncode}"
        return Answer(outcome, claims, ran.stdout.decode("utf-8", "replace"))

    @staticmethod
    def without_claims(ran):
        """It could not look: 1 to 9 say something about the run, 16 that nothing was checked."""
        words = (ran.stdout + ran.stderr).decode("utf-8", "replace")
        outcome = INCOMPLETE if ran.returncode in (1, 2, 3, 5, 16) else f"exit code {ran.returncode}"
        return Answer(outcome, {}, words)


class Page:
    """The modules of verify.html under Node, one process for all folders."""

    name = "page"

    def __init__(self, script, log_id):
        self.lock = threading.Lock()
        self.node = subprocess.Popen(["node", script, "--batch", "--log-id", log_id], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def ask(self, folder, _):
        with self.lock:
            self.node.stdin.write(f"{folder}\n")
            self.node.stdin.flush()
            line = self.node.stdout.readline()
        if not line:
            raise RuntimeError(f"the page's verifier ended at {folder}")
        said = json.loads(line)
        claims = {one["claim"]: one["verdict"].replace(" ", "_") for one in said["claims"]}
        return Answer(said["outcome"], claims, line)

    def close(self):
        self.node.stdin.close()
        self.node.wait()


class Script:
    """verify.sh, under the plainest shell."""

    name = "script"

    def __init__(self, script):
        self.script = script

    def ask(self, folder, log_id):
        ran = subprocess.run(["dash", self.script, "--log-id", log_id, str(folder)], capture_output=True, check=False, timeout=600)
        text = ran.stdout.decode("utf-8", "replace")
        claims = {}
        for line in text.splitlines():
            verdict, claim, _ = line.split(": ", 2)
            claims[claim] = verdict.replace(" ", "_")
        outcome = {0: GOOD, 16: INCOMPLETE}.get(ran.returncode, FAILED if 10 <= ran.returncode < 16 else f"exit code {ran.returncode}")
        errors = ran.stderr.decode("utf-8", "replace")
        if errors and claims:
            outcome = "words on standard error"
        return Answer(outcome, claims, text + errors)
