// The programme of tests/cli/timeline.bash, published: both programs prove the same of it, fold the same states, and
// reckon the same thresholds.

import test from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { scratch, verifyPath } from "./support.mjs";

const { ASSAY, TIMELINE } = process.env;
const home = join(TIMELINE ?? "", "home");
const skip = ASSAY && TIMELINE && existsSync(home) ? false : "the timeline was not played";
const environment = { ...process.env, ASSAY_LEDGER: join(home, "ledger"), ASSAY_KEYS: join(home, "keys"), ASSAY_PASSPHRASE_FROM: `file:${join(home, "passphrase")}` };
const assay = (...args) => execFileSync(ASSAY, args, { env: environment, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] }).toString();

const WORDS = { MET: "met", NOT_MET: "not met", UNDETERMINED: "undetermined" };

// What both say of a threshold, in one form.
const ofProgram = ({ policy, view }) => ({ phase: view.phase, entry: view.planned_entry, policy: policy?.policy, verdict: WORDS[view.verdict],
  limits: view.parts.flatMap((part) => part.scopes.flatMap((scope) => scope.limits.map(({ severities, max, count }) => [part.part, severities, max, count]))) });
const ofPage = ({ phase, planned_entry: entry, policy, verdict, limits }) => ({ phase, entry, policy, verdict,
  limits: limits.map(({ part, severities, max, count }) => [part, severities, max, count]) });

test("a played programme, published, is proved and folded alike", { skip }, async () => {
  const out = join(scratch(), "published");
  assay("publish", "-o", out);
  const { outcome, answers, run, verdictOf } = await verifyPath(out);
  assert.equal(outcome, "good", JSON.stringify(answers));
  for (const claim of ["canonical_bytes", "chain", "tree", "log_signature", "author_signatures", "author_streams", "authority", "invariants", "time_order"]) {
    assert.equal(verdictOf(claim), "proved", claim);
  }
  assert.match(answers.find(({ claim }) => claim === "projections").message, /what it folds agrees: issue_register and phase_board/);
  const { thresholds: theirs } = JSON.parse(assay("state", "thresholds", "--json"));
  const mine = run.besides().verdicts;
  assert.ok(mine.length > 0 && mine.some(({ limits }) => limits.some(({ count }) => count > 0)));
  assert.deepEqual(mine.map(ofPage), theirs.map(ofProgram));
});
