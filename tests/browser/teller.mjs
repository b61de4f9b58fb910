// Tells small and large logs for the tests, with keys that everybody can make again: entries, tiles, checkpoint.

import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const page = new URL("../../cli/verifiers/page/", import.meta.url);
const { Tree, leafHash, tilePath, tilesOf } = await import(new URL("tree.js", page));
const { keyid } = await import(new URL("note.js", page));
const { pae } = await import(new URL("keys.js", page));

const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const base64 = (bytes) => Buffer.from(bytes).toString("base64");

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).filter((name) => value[name] !== undefined).sort();
  return `{${names.map((name) => `"${name}":${canonical(value[name])}`).join(",")}}`;
}

export class Key {
  constructor(name) {
    const seed = sha256(`assay browser tests/${name}`);
    this.secret = createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]), format: "der", type: "pkcs8" });
    this.spki = createPublicKey(this.secret).export({ format: "der", type: "spki" });
    this.id = hex(sha256(this.spki));
    this.sequence = 0;
    this.previous = "0".repeat(64);
  }

  sign(message) {
    return sign(null, message, this.secret);
  }
}

function subtreeRoot(leaves) {
  const tree = new Tree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root(leaves.length);
}

export class Teller {
  constructor(origin = "ledger.example/browser") {
    this.origin = origin;
    this.keys = new Map();
    this.entries = [];
    this.tree = new Tree();
    this.files = new Map(); // evidence
    this.seconds = 0;
    this.digests = new Map(); // event address → SHA-256 of its bytes
  }

  key(name) {
    if (!this.keys.has(name)) this.keys.set(name, new Key(name));
    return this.keys.get(name);
  }

  time(seconds = this.seconds) {
    return new Date(Date.UTC(2019, 10, 4, 9) + 1000 * seconds).toISOString().replace("Z", "000Z");
  }

  file(text) {
    const digest = hex(sha256(text));
    this.files.set(digest, Buffer.from(text));
    return digest;
  }

  // `events` are [type, subject, data] or [type, subject, data, version]; `others` sign beside the author.
  say(author, events, { others = [], seen = false, expect, step = 60 } = {}) {
    const index = this.entries.length;
    const key = this.key(author);
    this.seconds += step;
    const said = events.map(([type, subject, data, version = 1]) => ({ data, occurred_at: this.time(), subject, type, version }));
    said.forEach((event, position) => this.digests.set(`${index}.${position}`, hex(sha256(canonical(event)))));
    const submission = canonical({
      author: { key: key.id, previous: key.previous, sequence: key.sequence },
      events: said,
      expect,
      log: index === 0 ? this.origin : hex(this.tree.levels[0][0]),
      seen: seen ? { root: hex(this.tree.root(index)), size: index } : undefined,
      submission: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    });
    const bytes = Buffer.from(submission);
    const message = Buffer.from(pae("application/vnd.assay.submission.v1+json", bytes));
    const signers = [...new Set([author, ...others])].map((name) => this.key(name)).sort((a, b) => (a.id < b.id ? -1 : 1));
    const signatures = signers.map((signer) => ({ key: signer.id, signature: base64(signer.sign(message)) }));
    const previous = hex(index === 0 ? sha256(this.origin) : this.tree.levels[0][index - 1]);
    const entry = Buffer.from(`{"index":${index},"previous":"${previous}","recorded_at":"${this.time()}","signatures":${canonical(signatures)},"submission":${submission}}`);
    key.sequence++;
    key.previous = hex(sha256(bytes));
    this.entries.push(entry);
    this.tree.add(leafHash(entry));
    return `${index}.0`;
  }

  note(size = this.entries.length, signer = "log-0") {
    const text = `${this.origin}\n${size}\n${base64(this.tree.root(size))}\n`;
    const { secret, spki } = this.key(signer);
    const raw = spki.subarray(12);
    const line = Buffer.concat([keyid(this.origin, 1, raw), sign(null, Buffer.from(text), secret)]);
    return `${text}\n\u2014 ${this.origin} ${base64(line)}\n`;
  }

  get logId() {
    return hex(this.tree.levels[0][0]);
  }

  // The hashes between an entry and the root, lowest sibling first (docs/format.md annex D).
  path(index, from = 0, to = this.entries.length) {
    if (to - from === 1) return [];
    const middle = from + 2 ** Math.floor(Math.log2(to - from - 1));
    const side = (a, b) => subtreeRoot(this.tree.levels[0].slice(a, b));
    return index < middle ? [...this.path(index, from, middle), side(middle, to)] : [...this.path(index, middle, to), side(from, middle)];
  }

  proof(index) {
    return `c2sp.org/tlog-proof@v1\nindex ${index}\n${this.path(index).map((hash) => `${base64(hash)}\n`).join("")}\n${this.note()}`;
  }

  // Name → bytes of the payload of a bundle of some entries.
  bundle(indexes, { about = "phase/P-1", withheld = [] } = {}) {
    const whole = this.published();
    const files = new Map([["checkpoint", whole.get("checkpoint")], ["log.vkey", whole.get("log.vkey")]]);
    for (const index of indexes) {
      files.set(`entries/${index}.json`, this.entries[index]);
      files.set(`proofs/${index}.tlog-proof`, Buffer.from(this.proof(index)));
    }
    for (const [digest, bytes] of this.files) if (!withheld.some((one) => one.digest === digest)) files.set(`evidence/${digest}`, bytes);
    files.set("bundle.json", Buffer.from(canonical({ about, entries: indexes, evidence: { profile: "tag", withheld }, log: this.logId,
      origin: this.origin, schema: "assay.bundle/1", size: this.entries.length })));
    return files;
  }

  // Name → bytes of a published directory.
  published({ withheld = [] } = {}) {
    const size = this.entries.length;
    const files = new Map();
    for (const { number, width } of tilesOf("entries", size)) {
      const parts = this.entries.slice(256 * number, 256 * number + width)
        .flatMap((entry) => [Buffer.from([entry.length >> 8, entry.length & 0xff]), entry]);
      files.set(tilePath("entries", number, width), Buffer.concat(parts));
    }
    for (let level = 0; Math.floor(size / 256 ** level) > 0; level++) {
      for (const { number, width } of tilesOf(level, size)) files.set(tilePath(level, number, width), this.tree.tile(level, number, size));
    }
    for (const [digest, bytes] of this.files) files.set(`evidence/${digest}`, bytes);
    const raw = this.key("log-0").spki.subarray(12);
    const vkey = `${this.origin}+${hex(keyid(this.origin, 1, raw))}+${base64(Buffer.concat([Buffer.from([1]), raw]))}\n`;
    files.set("log.vkey", Buffer.from(vkey));
    files.set("publication.json", Buffer.from(canonical({ evidence: { profile: "full", withheld }, log: this.logId, origin: this.origin,
      schema: "assay.publication/1", size, timestamps: [] })));
    files.set(`checkpoints/${size}`, Buffer.from(this.note()));
    files.set("checkpoint", Buffer.from(this.note()));
    return files;
  }

  write(folder) {
    for (const [name, bytes] of this.published()) writeFile(folder, name, bytes);
  }
}

export function writeFile(folder, name, bytes) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
}

// A log with its parties, keys and roles.
export function begin(teller = new Teller()) {
  const key = (name) => ({ key: teller.key(name).id, public_key: base64(teller.key(name).spki) });
  const people = [["dcc", "dcc-rm", "DCC-RM"], ["dcc", "dcc-tm", "DCC-TM"], ["dcc", "dcc-im", "DCC-IM"], ["dcc", "dcc-reg", "DCC-REG"],
    ["sp", "sp-tl", "SP-TL"], ["sp", "harness", "HARNESS"], ["smso", "smso-tl", "SMSO-TL"], ["tag", "tag-sec", "TAG-SEC"]];
  teller.say("root", [["ledger_created", "log/genesis", { log_key: key("log-0"), next_log_key: teller.key("log-1").id, origin: teller.origin,
    programme: "An invented programme", root_threshold: 1, roots: [{ ...key("root"), party: "dcc" }], rulebook: teller.file("the rulebook\n") }]],
  { others: ["log-0"] });
  const classes = { dcc: "DCC", sp: "SERVICE_PROVIDER", smso: "SMSO", tag: "TAG" };
  teller.say("root", Object.entries(classes).map(([party, kind]) => ["party_registered", `party/${party}`, { class: kind, name: `The ${party}`, party }]));
  teller.say("root", people.map(([party, holder]) => ["key_registered", `key/${teller.key(holder).id}`,
    { ...key(holder), holder, party, valid_from: teller.time(0), valid_to: "2029-01-01T00:00:00.000000Z" }]), { others: people.map(([, holder]) => holder) });
  teller.say("root", people.map(([party, holder, role]) => ["role_granted", `party/${party}`, { holder, party, role }]));
  return teller;
}

// A release with one planned entry, and a phase that has begun.
export function plan(teller, phase = "P-1") {
  teller.say("dcc-rm", [
    ["release_declared", "release/R1", { cohorts: ["ACTIVE"], release: "R1", title: "Release 1" }],
    ["group_declared", "group/G1", { group: "G1", releases: ["R1"], smso: "smso" }],
    ["device_model_registered", "device_model/M1", { device_model: "M1", device_type: "ESME", firmware_version: "1", hardware_version: "1", manufacturer: "Maker", model: "One" }],
    ["dmc_defined", "dmc/D1", { comms_provider: "CSP", device_models: ["M1"], dmc: "D1" }],
    ["planned_entry_declared", "planned_entry/E1", { category: "ACTIVE", dmc: "D1", groups: ["G1"], planned_entry: "E1", release: "R1", required_kinds: ["SIT"], smso: "smso" }],
  ]);
  teller.say("dcc-tm", [
    ["phase_planned", `phase/${phase}`, { groups: ["G1"], kind: "SIT", name: "A phase", phase, planned_entries: ["E1"], stage: "S1" }],
    ["phase_started", `phase/${phase}`, { phase, planned_entries: ["E1"] }],
  ]);
  return teller;
}

// `count` imported results, as many in a submission as fit.
export function importResults(teller, count, { name = "I-1", phase = "P-1", each = 100, build = "b1", text = "" } = {}) {
  const evidence = teller.file(`report of ${name}\n`);
  teller.say("harness", [["import_started", `import/${name}`, { build, dialect: "junit", evidence, file_name: `${name}.xml`, format: "junit",
    import: name, kind: "SIT", mapping: "m1", parser: "p1", phase, planned_entry: "E1", repeat: 1, result_count: count }]]);
  for (let from = 0; from < count; from += each) {
    const events = [];
    for (let ordinal = from; ordinal < Math.min(count, from + each); ordinal++) {
      events.push(["result_imported", `import/${name}`, { class_name: "suite.Case", duration_ns: 1234567, evidence, import: name, item: `T-${ordinal}`,
        name: `case ${ordinal}${text}`, ordinal, outcome: ordinal % 50 === 7 ? "failed" : "passed", position: { column: 1, line: ordinal + 2, offset: 40 * ordinal } }]);
    }
    teller.say("harness", events);
  }
  const failed = Array.from({ length: count }, (_, i) => i).filter((i) => i % 50 === 7).length;
  const counts = { cases: count, errors: 0, failed, passed: count - failed, skipped: 0 };
  teller.say("harness", [["import_finished", `import/${name}`, { counts, declared: {}, elements: counts, import: name, readings: [], repairs: [],
    result_count: count, warnings: [] }, 2]]);
  return teller;
}

// node teller.mjs OUT EVENTS: a published directory with that many imported results.
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [out, events] = process.argv.slice(2);
  const teller = importResults(plan(begin()), Number(events));
  teller.write(out);
  console.log(`${teller.entries.length} entries, log id ${teller.logId}`);
}
