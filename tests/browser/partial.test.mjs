// Bundles that are not whole: some entries, each with its proof.

import test from "node:test";
import assert from "node:assert/strict";
import { sha256Hex } from "../../cli/verifiers/page/sha256.js";
import { treeOf, verify } from "./support.mjs";
import { begin, importResults, plan } from "./teller.mjs";

const teller = importResults(plan(begin()), 300, { each: 50 });
const ENTRIES = [0, 1, 2, 5, 6, 9];

function bagOf(payload) {
  const files = new Map([["bagit.txt", Buffer.from("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")]]);
  for (const [name, bytes] of payload) files.set(`data/${name}`, bytes);
  const manifest = (wanted) => Buffer.from([...files].filter(([name]) => wanted(name)).map(([name, bytes]) => `${sha256Hex(bytes)}  ${name}\n`).join(""));
  files.set("manifest-sha256.txt", manifest((name) => name.startsWith("data/")));
  files.set("tagmanifest-sha256.txt", manifest((name) => !name.startsWith("data/")));
  return treeOf(files);
}

const verifyBundle = (change = () => {}, options = {}) => {
  const payload = teller.bundle(ENTRIES, options);
  change(payload);
  return verify(bagOf(payload));
};

const replaced = (name, from, to) => (payload) => {
  const text = payload.get(name).toString("latin1");
  assert.ok(text.includes(from), `${name} has no ${from}`);
  payload.set(name, Buffer.from(text.replace(from, to), "latin1"));
};

test("what a bundle can show is proved, and what it cannot is said", async () => {
  const { outcome, kind, answers, verdictOf } = await verifyBundle();
  assert.equal(kind, "partial");
  assert.equal(outcome, "good", JSON.stringify(answers));
  for (const claim of ["canonical_bytes", "tree", "log_signature", "author_signatures", "time_order", "evidence_files"]) assert.equal(verdictOf(claim), "proved", claim);
  for (const claim of ["chain", "author_streams", "authority", "invariants", "projections"]) assert.equal(verdictOf(claim), "not_checked", claim);
  assert.equal(verdictOf("identity"), "assumed");
});

test("every part of it that is altered fails a claim", async () => {
  const cases = [
    ["tree", replaced("entries/5.json", "A phase", "B phase")],
    ["author_signatures", replaced("entries/5.json", "A phase", "B phase")],
    ["chain", replaced("entries/5.json", "A phase", "B phase")],
    ["canonical_bytes", replaced("entries/5.json", '{"index"', '{ "index"')],
    ["tree", replaced("proofs/5.tlog-proof", "index 5", "index 6")],
    ["tree", (payload) => payload.set("proofs/5.tlog-proof", payload.get("proofs/6.tlog-proof"))],
    ["tree", (payload) => payload.delete("proofs/5.tlog-proof")],
    ["canonical_bytes", (payload) => payload.delete("entries/5.json")],
    ["tree", (payload) => payload.set("entries/7.json", teller.entries[7])],
    ["tree", (payload) => payload.set("letter.txt", Buffer.from("Dear Sir or Madam"))],
    ["evidence_files", (payload) => payload.set(`evidence/${"0".repeat(64)}`, Buffer.from("more"))],
    ["canonical_bytes", (payload) => payload.set("entries/5.json", payload.get("entries/6.json"))],
    ["tree", replaced("checkpoint", "\n1", "\n2")],
    ["log_signature", replaced("checkpoint", "\n1", "\n2")],
    ["log_signature", (payload) => payload.set("log.vkey", Buffer.from("x\n"))],
    ["log_signature", (payload) => payload.delete("log.vkey")],
    ["tree", (payload) => payload.delete("checkpoint")],
    ["tree", (payload) => payload.delete("bundle.json")],
    ["tree", replaced("bundle.json", '"size":1', '"size":2')],
    ["tree", replaced("bundle.json", '"log":"', '"log":"0')],
    ["tree", replaced("bundle.json", "ledger.example/browser", "ledger.example/another")],
    ["tree", replaced("bundle.json", "[0,1,2,5,6,9]", "[0,1,2,5,6]")],
    ["evidence_files", (payload) => payload.set([...payload.keys()].find((name) => name.startsWith("evidence/")), Buffer.from("other"))],
    ["evidence_files", (payload) => payload.delete([...payload.keys()].find((name) => name.startsWith("evidence/")))],
  ];
  for (const [claim, change] of cases) {
    const { outcome, failed } = await verifyBundle(change);
    assert.equal(outcome, "failed", `${claim}: ${change}`);
    assert.ok(failed.includes(claim), `${claim} is not among ${failed}: ${change}`);
  }
});

test("without entry 0 nothing tells the log's key", async () => {
  const payload = teller.bundle([1, 2]);
  const { outcome, failed } = await verify(bagOf(payload));
  assert.equal(outcome, "failed");
  assert.ok(failed.includes("tree"), String(failed));
});

test("a file that is withheld is not checked, with its reason", async () => {
  const [digest] = teller.files.keys();
  const { outcome, answers, verdictOf } = await verifyBundle(undefined, { withheld: [{ digest, reason: "personal data" }] });
  assert.equal(outcome, "good");
  assert.equal(verdictOf("evidence_files"), "not_checked");
  assert.match(answers.find(({ claim }) => claim === "evidence_files").message, /withheld: personal data/);
});

test("two submissions of one author that contradict each other are found", async () => {
  const other = importResults(plan(begin()), 300, { each: 50 });
  other.key("harness").sequence = 0; // as if it had signed nothing before
  other.key("harness").previous = "0".repeat(64);
  other.say("harness", [["heartbeat", "log/heartbeat", {}]]);
  const payload = other.bundle([0, 1, 2, 6, other.entries.length - 1]);
  const { failed } = await verify(bagOf(payload));
  assert.deepEqual(failed, ["author_streams"]);
});

test("a time that goes back over entries that are missing may be a reset of the clock", async () => {
  const back = plan(begin());
  back.say("root", [["clock_reset", "log/clock", { reason: "a bad jump" }]]);
  back.say("root", [["heartbeat", "log/heartbeat", {}]], { step: -600 });
  const { outcome } = await verify(treeOf(back.published()));
  assert.equal(outcome, "good");
  const last = back.entries.length - 1;
  const bundle = await verify(bagOf(back.bundle([0, 1, 2, last - 2, last])));
  assert.equal(bundle.outcome, "good");
  assert.equal(bundle.verdictOf("time_order"), "not_checked");
});

test("who signed beside an event that lacks the key which it should introduce is not checked", async () => {
  const odd = plan(begin());
  const { id } = odd.key("odd");
  odd.say("root", [["key_registered", `key/${id}`, { key: id, party: "DCC" }]], { others: ["odd"] });
  const { outcome, failed, verdictOf } = await verify(bagOf(odd.bundle([0, 1, 2, odd.entries.length - 1])));
  assert.deepEqual(failed, []);
  assert.equal(outcome, "incomplete");
  assert.equal(verdictOf("author_signatures"), "not_checked");
  const whole = await verify(treeOf(odd.published()));
  assert.ok(whole.failed.includes("invariants"), String(whole.failed));
});
