// The signatures of entries (docs/format.md section 11, step 6): exactly those that section 4 asks for, each by a
// key that is what its id says.

import { introducedKeys } from "./entry.js";
import { fromBase64, sameBytes } from "./bytes.js";
import { sha256Hex } from "./sha256.js";
import { checkKey, pae, Unsupported } from "./keys.js";
import { need, refusalOf } from "./refused.js";

export const SUBMISSION_TYPE = "application/vnd.assay.submission.v1+json";

export class Signatures {
  constructor(report, ring) {
    this.report = report;
    this.ring = ring;
    this.keys = new Map(); // key id → SubjectPublicKeyInfo
    this.pending = [];
    this.missing = false; // entries were missing that may have introduced keys
  }

  take(entry) {
    const { value } = entry;
    const refuse = (message) => this.report.object("author_signatures", value.index, message);
    const { keys, unread } = introducedKeys(value);
    if (unread) this.missing = true;
    const refused = refusalOf(() => {
      for (const [id, spki] of keys) {
        need(sha256Hex(spki) === id, "a key id is not the hash of its key");
        checkKey(spki);
        this.keys.set(id, spki);
      }
    });
    if (refused !== null) return refuse(refused);
    const asked = new Set([...keys.keys(), value.submission.author.key]);
    const by = new Set(value.signatures.map(({ key }) => key));
    for (const key of by) {
      if (!asked.has(key) && !unread) return refuse(`a signature that is not asked for, by key ${key.slice(0, 16)}…`);
    }
    for (const key of asked) if (!by.has(key)) return refuse("a signature is missing");
    const message = pae(SUBMISSION_TYPE, entry.submission);
    for (const { key, signature } of value.signatures) this.verify(value.index, key, message, signature);
    return undefined;
  }

  verify(index, key, message, signature) {
    const spki = this.keys.get(key);
    if (spki === undefined) {
      if (this.missing) this.report.leave("author_signatures", "a key that an entry which is missing may have introduced", true);
      else this.report.object("author_signatures", index, `signed by key ${key.slice(0, 16)}…, which no entry before introduces`);
      return;
    }
    this.pending.push(this.ring.problemOf(spki, message, fromBase64(signature)).then(
      (problem) => problem !== null && this.report.object("author_signatures", index, `${problem} (key ${key.slice(0, 16)}…)`),
      (error) => {
        if (!(error instanceof Unsupported)) throw error;
        this.report.leave("author_signatures", error.message, true);
      }));
  }

  // Waits for what was begun, so that what waits stays small.
  async settle() {
    const pending = this.pending;
    this.pending = [];
    await Promise.all(pending);
  }
}

// The key with which a log begins and those it names later, in the order of the entries.
export class AnnouncedLogKeys {
  constructor() {
    this.known = []; // {entry, spki}
    this.next = new Set();
  }

  take(value) {
    for (const { type, data } of value.submission.events) {
      if (type !== "ledger_created" && type !== "log_key_rotated") continue;
      const spki = typeof data.log_key?.public_key === "string" ? fromBase64(data.log_key.public_key) : null;
      if (spki === null || (type === "log_key_rotated" && !this.next.has(data.log_key.key))) continue;
      this.known.push({ entry: value.index, spki });
      this.next.add(data.next_log_key);
    }
  }

  // Those that may have signed a checkpoint of this size; that of entry 0 also one of size 0.
  within(size) {
    const all = this.known.filter(({ entry }) => entry < Math.max(size, 1)).map(({ spki }) => spki);
    return all.filter((spki, i) => all.findIndex((other) => sameBytes(spki, other)) === i);
  }
}
