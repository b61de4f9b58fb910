// What the verifier answers, claim by claim, in four words (docs/format.md section 11): proved, assumed, not
// checked, failed. It goes on after the first problem and names, for each claim, the one with the lowest entry.

export const CLAIMS = [
  "canonical_bytes", "chain", "tree", "log_signature", "author_signatures", "author_streams", "authority",
  "invariants", "time_order", "evidence_files", "projections", "pin", "witness_quorum", "identity",
];

const MOST_REASONS = 12;

const listed = (reasons) => reasons.slice(0, MOST_REASONS).join("; ") +
  (reasons.length > MOST_REASONS ? `; and ${reasons.length - MOST_REASONS} more` : "");

export class Report {
  constructor() {
    this.failed = new Map(); // claim → {entry, message, expected, actual, count}
    this.open = new Map(); // claim → set of reasons
    this.assumptions = new Map(); // claim → assumption
    this.shown = new Map(); // claim → what was looked at
    this.incomplete = false; // something that should have been looked at could not be
  }

  // `entry`: the first entry concerned, or null where it is about no entry.
  object(claim, entry, message, values = {}) {
    const known = this.failed.get(claim);
    const count = (known?.count ?? 0) + 1;
    const first = known === undefined || (entry !== null && (known.entry === null || entry < known.entry));
    this.failed.set(claim, first ? { entry, message, ...values, count } : { ...known, count });
  }

  // Could not be judged, and why. `incomplete`: it should have been.
  leave(claim, reason, incomplete = false) {
    if (!this.open.has(claim)) this.open.set(claim, new Set());
    this.open.get(claim).add(reason);
    this.incomplete ||= incomplete;
  }

  assume(claim, assumption) {
    if (!this.assumptions.has(claim)) this.assumptions.set(claim, assumption);
  }

  show(claim, text) {
    this.shown.set(claim, text);
  }

  answer(claim) {
    const failed = this.failed.get(claim);
    if (failed !== undefined) {
      const more = failed.count > 1 ? ` (and ${failed.count - 1} more)` : "";
      const answer = { claim, verdict: "failed", message: failed.message + more };
      for (const name of ["entry", "expected", "actual"]) if (failed[name] != null) answer[name] = failed[name];
      return answer;
    }
    if (this.open.has(claim)) return { claim, verdict: "not_checked", message: listed([...this.open.get(claim)]) };
    if (this.assumptions.has(claim)) return { claim, verdict: "assumed", message: this.assumptions.get(claim) };
    if (this.shown.has(claim)) return { claim, verdict: "proved", message: this.shown.get(claim) };
    return { claim, verdict: "not_checked", message: "nothing was there to check" };
  }

  outcome() {
    return this.failed.size > 0 ? "failed" : this.incomplete ? "incomplete" : "good";
  }

  answers() {
    return CLAIMS.map((claim) => this.answer(claim));
  }
}
