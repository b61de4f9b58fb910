// Random logs that attest the states which the page's modules folded: the program folds them too, and must find them
// to be what was attested, and everything else that is wrong with these logs at the same entry.

import test from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Random, scratch, verifyPath } from "./support.mjs";
import { tell } from "./random_log.mjs";
import { readEntry } from "../../cli/verifiers/page/entry.js";
import { Register } from "../../cli/verifiers/page/register.js";
import { Programme } from "../../cli/verifiers/page/projections.js";
import { sha256Hex } from "../../cli/verifiers/page/sha256.js";

const { ASSAY } = process.env;
const COUNT = Number(process.env.LOGS ?? 25);
const folder = scratch();

function folder_of() {
  const programme = new Programme();
  const register = new Register([programme]);
  return (bytes, isLast) => {
    const entry = readEntry(new Uint8Array(bytes));
    register.take(entry, { digest: sha256Hex(entry.submission), object: () => {}, unknown: (name) => assert.fail(name) });
    return isLast ? programme.digests() : null;
  };
}

function programSays(path) {
  let text;
  try {
    text = execFileSync(ASSAY, ["verify", path, "--json"], { stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26 });
  } catch (error) {
    text = error.stdout;
  }
  return JSON.parse(text);
}

test("the program and the page's modules say the same of random logs", { skip: ASSAY ? false : "the environment names no program" }, async () => {
  const seed = Number(process.env.SEED ?? 20191122);
  const reached = new Map();
  for (let i = 0; i < COUNT; i++) {
    const random = new Random(seed + 7919 * i);
    const teller = tell(random, 60, folder_of());
    const path = join(folder, String(i));
    teller.write(path);
    const mine = await verifyPath(path);
    const program = programSays(path);
    const where = `log ${i} of seed ${seed}`;
    const theirs = new Map(program.claims.map((claim) => [claim.claim, claim]));
    for (const { claim, verdict, entry, message } of mine.answers) {
      if (claim === "projections") assert.notEqual(theirs.get(claim).verdict, "failed", `${where}: ${JSON.stringify(theirs.get(claim))}`);
      else assert.equal(verdict, theirs.get(claim).verdict, `${where}: ${claim}: ${message}; the program: ${JSON.stringify(theirs.get(claim))}`);
      const named = program.findings.find((finding) => finding.claim === claim && finding.entry !== undefined);
      if (verdict === "failed" && named !== undefined) assert.equal(entry, named.entry, `${where}: ${claim}: ${message}; ${JSON.stringify(named)}`);
    }
    assert.match(mine.answers.find(({ claim }) => claim === "projections").message, /issue_register and phase_board/, where);
    for (const bytes of teller.entries) for (const { type } of JSON.parse(bytes).submission.events) reached.set(type, (reached.get(type) ?? 0) + 1);
  }
  const few = [...reached].filter(([, count]) => count < 3).map(([type]) => type);
  console.log(`${COUNT} logs of seed ${seed}; types of events: ${reached.size}; seldom: ${few.join(", ") || "none"}`);
});
