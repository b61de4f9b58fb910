// The claims and the answers in words for people.

export const CLAIM_WORDS = {
  canonical_bytes: "Every entry is written in its one exact form, at its place",
  chain: "Every entry is linked to the one before it",
  tree: "The entries are those that the log’s checkpoints stand for",
  log_signature: "The log signed its checkpoints",
  author_signatures: "Every entry was signed by those it names",
  author_streams: "No author’s entries are missing in between",
  authority: "Everybody was entitled to say what they said",
  invariants: "Everything that an entry refers to is there",
  time_order: "The times of recording never go back",
  evidence_files: "The evidence files are there and unaltered",
  projections: "The stated results follow from the entries",
  pin: "The log still holds what you kept of it",
  witness_quorum: "Independent witnesses saw the same log",
  identity: "This is the log that you mean",
};

export const VERDICT_WORDS = {
  proved: "✔ proved",
  assumed: "≈ assumed",
  not_checked: "○ not checked",
  failed: "✘ failed",
};

export const STEP_WORDS = {
  manifests: "Comparing the bundle with its lists",
  entries: "Reading entries",
  tiles: "Comparing tiles of the tree",
  evidence: "Hashing evidence files",
  states: "Folding states",
};

const times = (count, one, many) => (count === 1 ? `one ${one}` : `${count} ${many}`);

// One sentence for the whole. It never calls a log good: it says what was looked at.
export function summaryOf(outcome, answers) {
  const count = (verdict) => answers.filter((answer) => answer.verdict === verdict).length;
  if (outcome === "failed") {
    return `Something is wrong: ${times(count("failed"), "claim", "claims")} failed. The table says where it shows first.`;
  }
  const rest = `${times(count("proved"), "claim is", "claims are")} proved, ` +
    `${count("assumed")} assumed, ${count("not_checked")} not checked.`;
  if (outcome === "incomplete") return `Not everything that should have been checked could be. ${rest} That is no answer about the log.`;
  return `Nothing that was checked failed. ${rest} Read below what was not checked, and why.`;
}
