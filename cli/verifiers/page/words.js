// The words of annex A (docs/format.md), and what somebody may have been given to know a log by.

import { ANNEX_A } from "./annex_text.js";
import { fromHex, toHex } from "./bytes.js";
import { need } from "./refused.js";

const WORDS = ANNEX_A.split("\n").flatMap((row) => row.trim().split(/\s+/).slice(1));
const COUNT = 12;

// Twelve words for the first twelve bytes of a hash.
export const wordsOf = (hash) => [...hash.subarray(0, COUNT)].map((byte) => WORDS[byte]).join(" ");

function byteOf(word) {
  const found = WORDS.findIndex((known) => known === word || (word.length >= 4 && known.startsWith(word)));
  need(found >= 0, `"${word.slice(0, 40)}" is none of the words`);
  return found;
}

// Bytes that a log id must begin with, from hex digits (at least 24) or words (at least twelve); null for nothing.
// Throws Refused where the text is neither.
export function readIdentity(text) {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === "") return null;
  if (/^[0-9a-f]{24,64}$/.test(trimmed) && trimmed.length % 2 === 0) return fromHex(trimmed);
  const words = trimmed.split(/[\s,-]+/).filter((word) => word !== "");
  need(words.length >= COUNT, "a log is known by 64 hex digits (24 at least) or by twelve words");
  need(words.length <= 32, "more words than a hash has bytes");
  return Uint8Array.from(words.map(byteOf));
}

// Says what the log id answers to what was given; `given` as readIdentity gives it.
export function judgeIdentity(report, logId, given) {
  const words = wordsOf(logId);
  if (given === null) {
    report.assume("identity", `this is the log that began as ${words}`);
  } else if (given.some((byte, i) => byte !== logId[i])) {
    report.object("identity", 0, "this is another log than the one you named", { expected: toHex(given), actual: toHex(logId) });
  } else if (given.length < 32) {
    report.assume("identity", `the log id goes on as it does after the ${given.length} bytes that you gave, which agree (${words})`);
  } else {
    report.show("identity", `this is the log that you named: ${words}`);
  }
}
