// What the entries of a bundle say about each other (docs/format.md section 11, steps 2, 7 and 9, as far as annex G
// asks for them where entries between are missing).

import { sha256, sha256Hex } from "./sha256.js";
import { toHex, toUtf8 } from "./bytes.js";

const ZEROS = "0".repeat(64);

export class PartialOrder {
  constructor(report) {
    this.report = report;
    this.last = null; // {value, leaf} of the entry before in the bundle
    this.keys = new Map(); // key → {sequence, digest, seen}
    this.digests = new Map();
    this.voided = new Map();
  }

  take(entry, leaf, origin) {
    const { value } = entry;
    this.judgeLink(value, origin);
    this.judgeTime(value);
    this.judgeStream(value, sha256Hex(entry.submission));
    this.last = { value, leaf };
  }

  judgeLink(value, origin) {
    const { report, last } = this;
    if (value.index === 0 && origin === null) report.object("chain", 0, "it does not begin with ledger_created");
    const before = value.index === 0 ? origin && sha256(toUtf8(origin)) : last?.value.index === value.index - 1 ? last.leaf : null;
    if (before !== null && value.previous !== toHex(before)) {
      report.object("chain", value.index, "previous is not the hash of what comes before", { expected: toHex(before), actual: value.previous });
    }
  }

  judgeTime(value) {
    const before = this.last?.value;
    if (before === undefined || value.recorded_at >= before.recorded_at) return;
    const apart = value.index > before.index + 1;
    const reset = before.submission.events.some(({ type }) => type === "clock_reset" || type === "decision_endorsed");
    if (apart || reset) this.report.leave("time_order", `whether the clock was reset before entry ${value.index}`);
    else this.report.object("time_order", value.index, "it was recorded before the entry before it", { expected: `${before.recorded_at} or later`, actual: value.recorded_at });
  }

  judgeStream(value, digest) {
    const { author, seen, events } = value.submission;
    const { index } = value;
    const object = (message, values) => this.report.object("author_streams", index, message, values);
    const known = this.keys.get(author.key) ?? { sequence: -1, digest: ZEROS, seen: 0 };
    if (author.sequence <= known.sequence) {
      object("the author's numbers do not rise", { expected: `more than ${known.sequence}`, actual: String(author.sequence) });
    } else if (author.sequence === known.sequence + 1 && author.previous !== known.digest) {
      object("previous is not the hash of the author's submission before", { expected: known.digest, actual: author.previous });
    } else if (author.sequence > 0 && author.previous === ZEROS) {
      object("it names no submission before, and is not the author's first");
    }
    if (seen !== undefined && (seen.size > index || seen.size < known.seen)) object("what its author had seen is out of order");
    if (author.voids !== undefined && this.voided.has(author.voids)) object("it voids what another entry voids already");
    else if (author.voids !== undefined) this.voided.set(author.voids, index);
    for (const { type, data } of events) if (type === "key_retired") this.judgeRetired(index, data);
    if (!this.digests.has(digest)) this.digests.set(digest, index);
    this.keys.set(author.key, { sequence: author.sequence, digest, seen: Math.max(known.seen, seen?.size ?? 0) });
  }

  // A retirement that states less than an entry of the bundle shows.
  judgeRetired(index, data) {
    const known = this.keys.get(data.key);
    if (known === undefined) return;
    const stated = data.last_hash === ZEROS ? -1 : data.last_sequence;
    const wrong = stated < known.sequence || (stated === known.sequence && data.last_hash !== known.digest);
    if (wrong) this.report.object("author_streams", index, "the retirement of a key names another last submission");
  }

  finish() {
    for (const [digest, index] of this.voided) {
      if (this.digests.has(digest)) this.report.object("author_streams", index, `it voids a submission that stands in entry ${this.digests.get(digest)}`);
    }
  }
}
