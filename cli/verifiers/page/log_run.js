// One pass over the entries of a whole log (docs/format.md section 11, steps 1, 2 and 6 to 11). Afterwards it has
// what checkpoints, pins, evidence and states are held against.

import { readEntry } from "./entry.js";
import { Tree, leafHash } from "./tree.js";
import { Register } from "./register.js";
import { Streams } from "./streams.js";
import { Signatures, AnnouncedLogKeys } from "./signatures.js";
import { Evidence } from "./evidence.js";
import { Attested, FoldedAt } from "./states.js";
import { Taint } from "./taint.js";
import { sha256, sha256Hex } from "./sha256.js";
import { toHex, toUtf8 } from "./bytes.js";
import { Refused } from "./refused.js";

const WITHOUT = "entries could not be read";

export class LogRun {
  // `sizes`: where the states are to be known.
  constructor(report, ring, sizes) {
    this.report = report;
    this.folded = new FoldedAt(sizes);
    this.attested = new Attested();
    this.taint = new Taint();
    this.tree = new Tree();
    this.register = new Register([this.folded]);
    this.streams = new Streams(report);
    this.signatures = new Signatures(report, ring);
    this.logKeys = new AnnouncedLogKeys();
    this.evidence = new Evidence(report);
    this.size = 0; // entries taken, read or not
    this.events = 0;
    this.folds = true; // the register has followed every entry so far
    this.whole = true; // the bytes of every entry so far are there
    this.missing = false; // some are known not to be there
    this.origin = null;
    this.logId = null;
    this.last = null; // {leaf, value}: the entry before; null where it is missing, value null where it could not be read
    this.stoppedBy = null;
  }

  // Entries that are not there.
  miss(count) {
    this.missing = true;
    const to = this.size + count - 1;
    this.report.object("canonical_bytes", this.size, count === 1 ? `entry ${this.size} is missing` : `entries ${this.size} to ${to} are missing`);
    this.pass(count, WITHOUT);
  }

  // Entries of which nothing is known.
  pass(count, reason) {
    this.whole = false;
    this.size += count;
    this.last = null;
    this.open(reason);
  }

  open(reason) {
    this.signatures.missing = true;
    this.streams.skip();
    this.stop(reason);
    for (const claim of ["chain", "author_signatures", "author_streams", "time_order", "evidence_files"]) this.report.leave(claim, reason);
  }

  stop(reason) {
    this.folds = false;
    this.stoppedBy ??= reason;
    for (const claim of ["authority", "invariants", "projections"]) this.report.leave(claim, `${reason}, and what follows rests on them`);
  }

  take(bytes) {
    const index = this.size++;
    const leaf = leafHash(bytes);
    if (this.whole) this.tree.add(leaf);
    if (index === 0) this.logId = leaf;
    const entry = this.read(bytes, index);
    if (entry === null) {
      this.last = { leaf, value: null };
      this.open(WITHOUT);
      return;
    }
    const { value } = entry;
    const digest = sha256Hex(entry.submission);
    this.events += value.submission.events.length;
    if (index === 0) this.origin = originOf(value);
    this.judgeChain(value);
    this.judgeLog(value);
    this.judgeTime(value);
    this.signatures.take(entry);
    this.taint.take(value);
    this.logKeys.take(value);
    this.streams.take(value, digest, (size) => (this.whole ? this.tree.root(size) : null));
    this.fold(entry, digest);
    this.last = { leaf, value };
  }

  read(bytes, index) {
    try {
      const entry = readEntry(bytes);
      if (entry.value.index !== index) {
        this.report.object("canonical_bytes", index, "an entry is not at its place", { expected: String(index), actual: String(entry.value.index) });
        return null;
      }
      return entry;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.report.object("canonical_bytes", index, error.message);
      return null;
    }
  }

  judgeChain(value) {
    const { index } = value;
    if (index === 0) {
      if (this.origin === null) {
        this.report.object("chain", 0, "it does not begin with ledger_created");
        return;
      }
      this.judgeLink(value, sha256(toUtf8(this.origin)));
    } else if (this.last !== null) {
      this.judgeLink(value, this.last.leaf);
    }
  }

  judgeLink(value, before) {
    if (value.previous === toHex(before)) return;
    this.report.object("chain", value.index, "previous is not the hash of what comes before", { expected: toHex(before), actual: value.previous });
  }

  judgeLog(value) {
    const log = value.index === 0 ? this.origin : this.logId && toHex(this.logId);
    if (log === null) this.report.leave("author_signatures", "entry 0, which says for which log was signed");
    else if (value.submission.log !== log) {
      this.report.object("author_signatures", value.index, "it was signed for another log", { expected: log, actual: value.submission.log });
    }
  }

  judgeTime(value) {
    const before = this.last?.value;
    if (!before || value.recorded_at >= before.recorded_at) return;
    if (this.folds ? this.register.resets.has(before.index) : maySayReset(before)) {
      if (!this.folds) this.report.leave("time_order", "it is not known whether a reset of the clock was in effect");
      return;
    }
    this.report.object("time_order", value.index, "it was recorded before the entry before it", { expected: `${before.recorded_at} or later`, actual: value.recorded_at });
  }

  fold(entry, digest) {
    const { index } = entry.value;
    if (!this.folds) {
      this.evidence.takeUnjudged(entry.value);
      return;
    }
    const unknown = (name) => {
      this.report.leave("evidence_files", `files that an event of an unknown type names (${name})`, true);
      for (const claim of ["authority", "invariants", "projections"]) this.report.leave(claim, `events of an unknown type: ${name}`, true);
    };
    const judged = this.register.take(entry, { digest, unknown, object: (claim, message) => this.report.object(claim, index, message) });
    this.evidence.take(index, judged);
    this.attested.take(entry.value, judged);
    this.folded.note(this.size);
    this.now = entry.value.recorded_at;
  }

  // Keys that may have signed a checkpoint of this size; `sure` where the register could follow the log so far.
  logKeysAt(size) {
    if (this.folds) return { keys: this.register.inForce(size), sure: true };
    const keys = this.logKeys.within(size);
    return { keys, sure: keys.length === 1 };
  }

  // Answers beside the claims: they rest on every entry before.
  besides() {
    if (!this.folds || this.size === 0) return {};
    return { verdicts: this.folded.programme.thresholds(this.now), tainted: this.taint.listed(this.register) };
  }

  async finish() {
    await this.signatures.settle();
    this.streams.finish();
    const { report, size } = this;
    if (size === 0) return;
    report.show("canonical_bytes", `all ${size} entries are in canonical form, at the place that each states`);
    report.show("chain", `each of the ${size} entries names the hash of the one before`);
    report.show("author_signatures", `exactly the keys that had to sign have signed each of the ${size} submissions, for this log`);
    report.show("author_streams", `the submissions of all ${this.streams.keys.size} keys are numbered without gaps, each naming the one before`);
    report.show("time_order", "the times of recording never go back");
    report.show("authority", "every author might say what they said, when they said it");
    report.show("invariants", `all ${this.events} events keep to the hard invariants`);
    for (const rule of this.register.things.notUnderstood) report.leave("invariants", `a rule that this page does not know: ${rule}`);
  }
}

export function originOf(value) {
  const [first] = value.submission.events;
  return first.type === "ledger_created" && typeof first.data.origin === "string" ? first.data.origin : null;
}

// Whether an entry says a clock_reset, or something that may endorse one.
function maySayReset(value) {
  return value.submission.events.some(({ type }) => type === "clock_reset" || type === "decision_endorsed");
}
