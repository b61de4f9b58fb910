// What the entries of a bundle say about each other (docs/format.md section 11, steps 2, 7 and 9, as far as annex G
// asks for them where entries between are missing).

import { sha256, sha256Hex } from "./sha256.js";
import { toHex, toUtf8 } from "./bytes.js";
import { EMPTY_ROOT } from "./tree.js";

const ZEROS = "0".repeat(64);

export class PartialOrder {
  constructor(report) {
    this.report = report;
    this.last = null; // {value, leaf} of the entry before in the bundle
    this.keys = new Map(); // key → {sequence, digest, seen}
    this.digests = new Map();
    this.voided = new Map();
    this.heads = new Map([[0, toHex(EMPTY_ROOT)]]); // size → root, as authors saw them
  }

  know(size, root) {
    if (!this.heads.has(size)) this.heads.set(size, root);
  }

  // An entry that could not be read: what follows it has nothing before it.
  skip() {
    this.last = null;
    this.unread = true;
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
    const before = this.lastTimed;
    this.lastTimed = value;
    if (before === undefined || value.recorded_at >= before.recorded_at) return;
    const apart = this.unread || value.index > before.index + 1;
    const reset = before.submission.events.some(({ type }) => type === "clock_reset" || type === "decision_endorsed");
    if (apart || reset) this.report.leave("time_order", `whether the clock was reset before entry ${value.index}`);
    else this.report.object("time_order", value.index, "it was recorded before the entry before it", { expected: `${before.recorded_at} or later`, actual: value.recorded_at });
  }

  judgeStream(value, digest) {
    const { author, seen, events } = value.submission;
    const { index } = value;
    const object = (message, values) => this.report.object("author_streams", index, message, values);
    const known = this.keys.get(author.key);
    if (known !== undefined) this.judgeNext(value, known, object);
    else if (author.sequence === 0 && author.previous !== ZEROS) object("it is its author's first and names another before it");
    if (seen !== undefined) this.judgeSeen(index, seen, object);
    if (author.voids !== undefined && this.voided.has(author.voids)) object("it voids what another entry voids already");
    else if (author.voids !== undefined) this.voided.set(author.voids, index);
    for (const { type, data } of events) if (type === "key_retired") this.judgeRetired(index, data);
    if (!this.digests.has(digest)) this.digests.set(digest, index);
    this.keys.set(author.key, { index, sequence: author.sequence, digest, seen: Math.max(known?.seen ?? 0, seen?.size ?? 0) });
  }

  judgeNext({ index, submission: { author, seen } }, known, object) {
    const most = known.sequence + (index - known.index);
    if (author.sequence <= known.sequence) {
      object("the author's numbers do not rise", { expected: `more than ${known.sequence}`, actual: String(author.sequence) });
    } else if (author.sequence > most) {
      object("more submissions of the author lie between than entries", { expected: `at most ${most}`, actual: String(author.sequence) });
    } else if (author.sequence === known.sequence + 1 && author.previous !== known.digest) {
      object("previous is not the hash of the author's submission before", { expected: known.digest, actual: author.previous });
    }
    if (seen !== undefined && seen.size < known.seen) object("its author had seen less of the log than before");
  }

  judgeSeen(index, seen, object) {
    if (seen.size > index) {
      object("its author had seen what came after it");
      return;
    }
    this.know(seen.size, seen.root);
    const root = this.heads.get(seen.size);
    if (root !== seen.root) object(`two authors had seen two logs of the size ${seen.size}`, { expected: root, actual: seen.root });
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
