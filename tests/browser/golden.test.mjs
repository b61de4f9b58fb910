// The golden log, and altered copies of it, as published directories: each alteration must fail the claim that an
// independent verifier of the same page names.

import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LOG, python, Random, saidOfLog, scratch, treeOf, verify, verifyPath } from "./support.mjs";
import { openPath } from "../../cli/verifiers/page/node_tree.mjs";
import { verifyTree } from "../../cli/verifiers/page/verify.js";
import { KeyRing } from "../../cli/verifiers/page/keys.js";
import { readIdentity } from "../../cli/verifiers/page/words.js";
import { readWitnesses } from "../../cli/verifiers/page/checkpoints.js";

const folder = scratch();
python("published.py", LOG, join(folder, "log"));
const bytesOf = (path) => new Uint8Array(readFileSync(path));

test("every claim about the golden log is proved, and the states are those of its pin", async () => {
  const given = { identity: readIdentity(saidOfLog.log_id), pin: bytesOf(join(LOG, "states/pin.json")), witnesses: readWitnesses(saidOfLog.witness_vkey) };
  const { outcome, answers } = await verifyPath(join(folder, "log"), given);
  assert.equal(outcome, "good");
  for (const { claim, verdict, message } of answers) {
    if (claim === "projections") assert.match(message, /issue_register and phase_board as this page folded them itself, at the size 14/);
    else assert.equal(verdict, "proved", `${claim}: ${message}`);
  }
});

test("without anything from outside, identity is assumed and the rest said", async () => {
  const { outcome, verdictOf } = await verifyPath(join(folder, "log"));
  assert.equal(outcome, "good");
  assert.equal(verdictOf("identity"), "assumed");
  assert.equal(verdictOf("pin"), "not_checked");
  assert.equal(verdictOf("witness_quorum"), "not_checked");
});

test("altered golden logs fail, for the reason that another verifier gives", async () => {
  python("published.py", LOG, join(folder, "altered"), "--mutants");
  const list = JSON.parse(readFileSync(join(folder, "altered/list.json")));
  assert.ok(list.length > 100, `${list.length} altered logs`);
  // Another claim carries what the page calls this step; without a sound entry 0 no key of the log is known.
  const carriedBy = { log: ["author_signatures"], tiles: ["tree", "canonical_bytes"], log_signature: ["log_signature", "invariants"] };
  for (const { name, claim, folder: number, pin, log_id: id, witness } of list) {
    const path = join(folder, "altered", number);
    let given;
    try {
      given = { identity: id ? readIdentity(id) : null, pin: pin ? bytesOf(`${path}.pin`) : null, witnesses: witness ? readWitnesses(witness) : [] };
    } catch {
      assert.equal(claim, "identity", name); // what was kept is no log id, so nothing begins
      continue;
    }
    const { outcome, failed, answers } = await verifyPath(path, given);
    // A pin that cannot be read says nothing about the log, and the answer is that it could not be checked.
    if (claim === "pin" && outcome === "incomplete") continue;
    assert.equal(outcome, "failed", name);
    assert.ok((carriedBy[claim] ?? [claim]).some((one) => failed.includes(one)), `${name}: ${claim} is not among ${failed}; ${JSON.stringify(answers)}`);
  }
});

// Files of which every byte counts. The lines of the newest checkpoint are two by the log and one by a witness, of
// which one by the log suffices; it is altered in what they sign.
const files = ["tile/0/000.p/14", "tile/entries/000.p/14", "checkpoints/0", "checkpoints/1", "checkpoints/8", "checkpoints/12", "log.vkey", "publication.json"];

test("no byte can be turned unnoticed", async () => {
  const tree = await openPath(join(folder, "log"));
  const all = new Map();
  for (const name of tree.names()) all.set(name, await tree.read(name, Infinity));
  const seed = Number(process.env.SEED ?? 20191104);
  const random = new Random(seed);
  const unnoticed = [];
  const evidence = [...all.keys()].filter((name) => name.startsWith("evidence/"));
  for (let i = 0; i < 400; i++) {
    const name = random.pick([...files, ...evidence, "checkpoint"]);
    const bytes = all.get(name).slice();
    const end = name === "checkpoint" ? Buffer.from(bytes).indexOf("\n\n") : bytes.length;
    bytes[random.below(end)] ^= 1 << random.below(8);
    const { outcome, failed } = await verify(treeOf(new Map([...all, [name, bytes]])));
    if (outcome === "good" || failed.length === 0) unnoticed.push(`${name}, number ${i}`);
  }
  assert.deepEqual(unnoticed, [], `seed ${seed}`);
});

test("no file can be missing, cut short or longer unnoticed", async () => {
  const tree = await openPath(join(folder, "log"));
  const all = new Map();
  for (const name of tree.names()) all.set(name, await tree.read(name, Infinity));
  for (const name of all.keys()) {
    const bytes = all.get(name);
    // An earlier checkpoint need not be there.
    const without = new Map([...all].filter(([other]) => other !== name));
    if (!name.startsWith("checkpoints/")) assert.equal((await verify(treeOf(without))).outcome, "failed", `${name} missing`);
    for (const changed of [bytes.subarray(0, bytes.length - 1), new Uint8Array(), Buffer.concat([bytes, Buffer.from("x")])]) {
      assert.equal((await verify(treeOf(new Map([...all, [name, changed]])))).outcome, "failed", `${name}, ${changed.length} bytes`);
    }
  }
});

test("where the browser cannot check a signature, nothing is said of it, and the answer is incomplete", async () => {
  for (const subtle of [null, { importKey: async () => Promise.reject(Object.assign(new Error("no such algorithm"), { name: "NotSupportedError" })) }]) {
    const { report } = await verifyTree(await openPath(join(folder, "log")), { identity: null, pin: null, witnesses: [] }, () => {}, new KeyRing(subtle));
    assert.equal(report.outcome(), "incomplete");
    for (const claim of ["author_signatures", "log_signature"]) assert.equal(report.answer(claim).verdict, "not_checked");
    assert.match(report.answer("author_signatures").message, /this browser/);
    assert.equal(report.answer("tree").verdict, "proved");
  }
});

test("a checkpoint that states more entries than there can be ends soon", async () => {
  const tree = await openPath(join(folder, "log"));
  const all = new Map();
  for (const name of tree.names()) all.set(name, await tree.read(name, Infinity));
  const note = Buffer.from(Buffer.from(all.get("checkpoint")).toString().replace("\n14\n", "\n9007199254740991\n"));
  const started = performance.now();
  const { outcome, failed } = await verify(treeOf(new Map([...all, ["checkpoint", note]])));
  assert.equal(outcome, "failed");
  assert.ok(failed.includes("tree") && failed.includes("canonical_bytes"));
  assert.ok(performance.now() - started < 2000);
});
