// A bundle that is not the whole log (docs/format.md annex G): some entries, each with its proof. What needs the
// entries between is not checked, and said.

import { readEntry } from "./entry.js";
import { readProof, readVkey } from "./note.js";
import { readBytes } from "./canonical.js";
import { aHash, aLog, aText, anArray, anInteger, members } from "./values.js";
import { leafHash, inclusionHolds } from "./tree.js";
import { Checkpoints, readGivenPin, readSigned, textOfFile } from "./checkpoints.js";
import { Signatures, AnnouncedLogKeys } from "./signatures.js";
import { Evidence } from "./evidence.js";
import { readWithheld } from "./published.js";
import { originOf } from "./log_run.js";
import { PartialOrder } from "./partial_order.js";
import { judgeIdentity } from "./words.js";
import { typeOf } from "./annex.js";
import { fromHex, sameBytes, toHex } from "./bytes.js";
import { Unreadable } from "./file_tree.js";
import { need, Refused } from "./refused.js";

const NOTE_SIZE = 1000000;
const PROOF_SIZE = 2000000;
const BUNDLE_SIZE = 64 * 1024 * 1024;
const ENTRY_NAME = /^entries\/(0|[1-9][0-9]{0,15})\.json$/;

const EVIDENCE_NAME = /^evidence\/([0-9a-f]{64})$/;
const KNOWN = ["READ-ME.html", "bundle.json", "checkpoint", "log.vkey", "verify.html", "verify.sh"];

export const isPartial = (tree) => tree.has("bundle.json") || tree.names().some((name) => ENTRY_NAME.test(name));

export async function verifyPartial(tree, given, report, ring, steps) {
  const run = new PartialRun(tree, report, ring);
  await run.start();
  run.judgeNames();
  await run.takeEntries(steps);
  await run.finish(given, steps);
  return run;
}

class PartialRun {
  constructor(tree, report, ring) {
    this.tree = tree;
    this.report = report;
    this.ring = ring;
    this.signatures = new Signatures(report, ring);
    this.logKeys = new AnnouncedLogKeys();
    this.evidence = new Evidence(report);
    this.order = new PartialOrder(report);
    this.withheld = new Map();
    // Those that have a file, unless bundle.json says which there are.
    this.indexes = tree.names().map((name) => ENTRY_NAME.exec(name)).filter((found) => found !== null)
      .map((found) => Number(found[1])).sort((a, b) => a - b);
    this.checkpoint = null;
    this.checkpointBytes = null;
    this.origin = null;
    this.logId = null;
    this.events = 0;
    this.size = 0;
  }

  async attempt(claim, what, entry, read) {
    try {
      return await read();
    } catch (error) {
      if (error instanceof Unreadable) this.report.leave(claim, `${what} could not be read: ${error.message}`, true);
      else if (error instanceof Refused) this.report.object(claim, entry, `${what}: ${error.message}`);
      else throw error;
      return null;
    }
  }

  async file(name, limit) {
    need(this.tree.has(name), "it is missing");
    const bytes = await this.tree.read(name, limit);
    need(bytes !== null, "it is too large");
    return bytes;
  }

  async start() {
    this.checkpoint = await this.attempt("tree", "checkpoint", null, async () => {
      this.checkpointBytes = await this.file("checkpoint", NOTE_SIZE);
      return readSigned(this.checkpointBytes);
    });
    this.size = this.checkpoint?.size ?? 0;
    this.said = await this.attempt("tree", "bundle.json", null, async () => this.readBundle(await this.file("bundle.json", BUNDLE_SIZE)));
  }

  readBundle(bytes) {
    const { value } = readBytes(bytes);
    members(value, ["about", "entries", "evidence", "log", "origin", "schema", "size"]);
    need(value.schema === "assay.bundle/1", "another schema");
    aText(value.about);
    aHash(value.log);
    aLog(value.origin);
    anInteger(value.size);
    readWithheld(value.evidence, this.withheld);
    anArray(value.entries).forEach((index) => anInteger(index));
    for (let i = 1; i < value.entries.length; i++) need(value.entries[i - 1] < value.entries[i], "entries out of order");
    this.indexes = value.entries;
    if (value.entries[0] !== 0) this.report.object("tree", 0, "the bundle leaves out entry 0, which says what log it is of");
    return value;
  }

  // Every file has its place in a bundle, and a file of an entry is of one that bundle.json lists.
  judgeNames() {
    const listed = new Set(this.indexes);
    for (const name of this.tree.names()) {
      const found = /^(?:entries\/(.*)\.json|proofs\/(.*)\.tlog-proof)$/.exec(name);
      const index = found?.[1] ?? found?.[2];
      if (index !== undefined && /^(0|[1-9][0-9]{0,15})$/.test(index)) {
        if (!listed.has(Number(index))) this.report.object("tree", Number(index), `${name} is of an entry that bundle.json does not list`);
      } else if (!KNOWN.includes(name) && !EVIDENCE_NAME.test(name)) {
        this.report.object("tree", null, `${name} does not belong in a bundle`);
      }
    }
  }

  async takeEntries(steps) {
    let done = 0;
    for (const index of this.indexes) {
      await steps("entries", ++done, this.indexes.length);
      await this.takeEntry(index);
      if (done % 256 === 0) await this.signatures.settle();
    }
    await this.signatures.settle();
  }

  async takeEntry(index) {
    const { report } = this;
    const name = `entries/${index}.json`;
    const bytes = await this.attempt("canonical_bytes", name, index, () => this.file(name, 65535 + 1));
    if (bytes === null) {
      this.order.skip();
      this.leaveOpen();
      report.leave("tree", `entry ${index} is not there`);
      return;
    }
    const entry = await this.attempt("canonical_bytes", name, index, async () => {
      const read = readEntry(bytes);
      need(read.value.index === index, `it says that it is entry ${read.value.index}`);
      return read;
    });
    const leaf = leafHash(bytes);
    if (index === 0) {
      this.logId = leaf;
      this.order.know(1, toHex(leaf));
    }
    await this.judgeProof(index, leaf);
    if (entry === null) {
      this.order.skip();
      this.leaveOpen();
      return;
    }
    if (index === 0) this.origin = originOf(entry.value);
    this.events += entry.value.submission.events.length;
    this.judgeLog(entry.value);
    this.signatures.take(entry);
    this.logKeys.take(entry.value);
    this.order.take(entry, leaf, this.origin);
    this.evidence.takeUnjudged(entry.value);
    for (const event of entry.value.submission.events) {
      if (typeOf(event) === undefined) report.leave("evidence_files", `files that an event of an unknown type names (${event.type})`, true);
    }
  }

  leaveOpen() {
    this.signatures.missing = true;
    for (const claim of ["chain", "author_signatures", "time_order", "evidence_files"]) this.report.leave(claim, "entries could not be read");
  }

  judgeProof(index, leaf) {
    const name = `proofs/${index}.tlog-proof`;
    return this.attempt("tree", name, index, async () => {
      const proof = readProof(await this.file(name, PROOF_SIZE));
      need(proof.index === index, `it is about entry ${proof.index}`);
      if (this.checkpoint === null) return;
      need(sameBytes(proof.note, this.checkpointBytes), "its checkpoint is another than the bundle's");
      need(inclusionHolds(leaf, index, this.size, this.checkpoint.root, proof.hashes), "it does not lead from the entry to the checkpoint's root");
    });
  }

  judgeLog(value) {
    const log = value.index === 0 ? this.origin : this.logId && toHex(this.logId);
    if (log === null) this.report.leave("author_signatures", "entry 0, which says for which log was signed");
    else if (value.submission.log !== log) {
      this.report.object("author_signatures", value.index, "it was signed for another log", { expected: log, actual: value.submission.log });
    }
  }

  // For the checkpoint's signature: what entries of the bundle introduce.
  logKeysAt(size) {
    const keys = this.logKeys.within(size);
    return { keys, sure: keys.length === 1 };
  }

  async finish(given, steps) {
    const { report } = this;
    this.order.finish();
    const asked = new Checkpoints(report, this.ring, this, given);
    if (this.checkpoint !== null) {
      const signed = await asked.judgeSignature(this.checkpoint, "checkpoint", "log_signature");
      if (signed) asked.best = [this.checkpoint];
      else report.leave("tree", "the log's key did not sign the checkpoint");
    }
    await this.judgeVkey();
    await asked.judgeWitnesses();
    this.judgeSaid();
    await this.evidence.check(this.tree, this.withheld, steps);
    for (const name of this.tree.names()) {
      const digest = EVIDENCE_NAME.exec(name)?.[1];
      // It might be taken for one that was checked.
      if (digest !== undefined && !this.evidence.isNamed(digest)) report.object("evidence_files", null, `no entry of the bundle names ${name}`);
    }
    const pin = readGivenPin(given.pin, report);
    if (pin !== null) await this.judgePin(pin, asked);
    if (this.logId !== null) judgeIdentity(report, this.logId, given.identity ?? (pin && fromHex(pin.log)));
    else report.leave("identity", "entry 0 is missing");
    this.say();
  }

  judgeVkey() {
    return this.attempt("log_signature", "log.vkey", null, async () => {
      const text = textOfFile(await this.file("log.vkey", 4096), "it");
      need(text.endsWith("\n"), "it does not end in a line end");
      const key = readVkey(text.slice(0, -1));
      const { keys } = this.logKeysAt(this.size);
      if (this.origin === null || keys.length === 0) return;
      need(key.type === 1 && key.name === this.origin && keys.some((spki) => sameBytes(spki.subarray(12), key.raw)), "it is no key of the log");
    });
  }

  judgeSaid() {
    const { said, report } = this;
    if (said === null) return;
    if (this.checkpoint !== null && said.size !== this.size) report.object("tree", null, `bundle.json states the size ${said.size}, checkpoint ${this.size}`);
    if (this.logId !== null && said.log !== toHex(this.logId)) report.object("tree", 0, "bundle.json names another log", { expected: toHex(this.logId), actual: said.log });
    if (this.origin !== null && said.origin !== this.origin) report.object("tree", 0, "bundle.json names another origin", { expected: this.origin, actual: said.origin });
  }

  async judgePin(pin, asked) {
    const { report } = this;
    asked.judgePinnedLog(pin);
    await asked.judgeSignature(pin.signed, "the pin", "pin");
    if (pin.signed.size !== this.size) {
      report.leave("pin", `a bundle of the size ${this.size} cannot be held against a pin of the size ${pin.signed.size}`);
    } else if (this.checkpoint !== null && !sameBytes(pin.signed.root, this.checkpoint.root)) {
      report.object("pin", null, "the pinned checkpoint has another root at the same size",
        { expected: toHex(pin.signed.root), actual: toHex(this.checkpoint.root) });
    }
    report.show("pin", "the bundle's checkpoint is the pinned one");
  }

  say() {
    const { report, indexes } = this;
    const count = indexes.length;
    const between = `the entries between, of which this bundle has ${count} out of ${this.size}`;
    report.leave("author_streams", `that no submission is missing: it takes ${between}`);
    report.leave("authority", `who might say what: it takes ${between}`);
    report.leave("invariants", `what was there before: it takes ${between}`);
    report.leave("projections", `states: they take ${between}`);
    if (count === 0) return;
    report.show("canonical_bytes", `all ${count} entries of the bundle are in canonical form, at the place that each states`);
    if (indexes.some((index, i) => index !== i)) report.leave("chain", "entries before some of these are not there; those that follow each other are linked");
    report.show("chain", "the entries of the bundle follow each other and are linked");
    report.show("tree", `each of the ${count} entries is proved to be in the log of ${this.size} entries`);
    report.show("log_signature", "the log's key signed the checkpoint");
    report.show("author_signatures", `exactly the keys that had to sign have signed each of the ${count} submissions, for this log`);
    report.show("time_order", "the times of recording never go back from one entry of the bundle to the next");
  }
}
