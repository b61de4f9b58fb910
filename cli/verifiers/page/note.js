// Signed notes, checkpoints, verifier keys and proof files (docs/format.md annexes C and E). Pure; what is
// wrong is thrown as Refused. Whether a line verifies is asked in open_note.js.

import { need } from "./refused.js";
import { fromUtf8, fromBase64, fromHex, sameBytes, toUtf8, toHex } from "./bytes.js";
import { sha256 } from "./sha256.js";
import { decimal } from "./values.js";
import { EMPTY_ROOT } from "./tree.js";

const NOTE_SIZE = 1000000;
const PROOF_FILE_SIZE = 2000000;
const NAME = /^[^\u0000-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]+$/;
const DASH = "\u2014 ";

export const keyid = (name, type, raw) => sha256(toUtf8(name), Uint8Array.of(10, type), raw).subarray(0, 4);

// {text, bytes, lines: [{name, keyid, signature}]}; `bytes` are what is signed.
export function readNote(bytes) {
  need(bytes.length <= NOTE_SIZE, "a note of more than 1,000,000 bytes");
  const note = fromUtf8(bytes);
  need(note !== null, "a note that is not UTF-8");
  need(!/[\u0000-\u0009\u000b-\u001f]/.test(note), "a note with a control character");
  const blank = note.lastIndexOf("\n\n");
  need(blank >= 0, "a note without a blank line");
  const text = note.slice(0, blank + 1);
  const rest = note.slice(blank + 2);
  need(rest.endsWith("\n"), "a note without a signature line, or one without its end");
  const lines = rest.slice(0, -1).split("\n").map(readLine);
  need(lines.length <= 100, "a note with more than 100 signature lines");
  return { text, bytes: toUtf8(text), lines };
}

function readLine(line) {
  need(line.startsWith(DASH), "a signature line that does not begin with an em dash");
  const space = line.indexOf(" ", DASH.length);
  need(space > 0, "a signature line without a signature");
  const name = line.slice(DASH.length, space);
  const signature = fromBase64(line.slice(space + 1));
  need(NAME.test(name), "a signature line whose name is no key name");
  need(signature !== null && signature.length > 4, "a signature line without a signature");
  return { name, keyid: signature.subarray(0, 4), signature: signature.subarray(4) };
}

// {origin, size, root}
export function readCheckpoint(text) {
  need(text.endsWith("\n"), "a checkpoint whose last line has no end");
  const lines = text.slice(0, -1).split("\n");
  need(lines.length >= 3 && lines.every((line) => line !== ""), "a checkpoint of fewer than three lines, or with an empty one");
  need(/^(0|[1-9][0-9]{0,18})$/.test(lines[1]) && BigInt(lines[1]) < 2n ** 63n, "a checkpoint without a size");
  const size = decimal(lines[1]);
  need(Number.isSafeInteger(size), "a checkpoint of more entries than this page can count");
  const root = fromBase64(lines[2]);
  need(root !== null && root.length === 32, "a checkpoint whose root is no hash");
  need(size > 0 || sameBytes(root, EMPTY_ROOT), "a checkpoint of an empty tree with another root");
  return { origin: lines[0], size, root };
}

// {name, type, raw} of a verifier key string, without a line end.
export function readVkey(text) {
  const found = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  need(found !== null && NAME.test(found[1]), "not a verifier key like name+1a2b3c4d+AQ…");
  const bytes = fromBase64(found[3]);
  need(bytes !== null && bytes.length === 33, "a verifier key that is no Ed25519 key");
  const [type, raw] = [bytes[0], bytes.subarray(1)];
  need(type === 1 || type === 4, "a verifier key of an unknown type");
  need(sameBytes(fromHex(found[2]), keyid(found[1], type, raw)), "a verifier key whose id is not its own");
  return { name: found[1], type, raw };
}

// {index, hashes, note} of a proof file; `note` are its bytes.
export function readProof(bytes) {
  need(bytes.length <= PROOF_FILE_SIZE, "a proof of more than 2,000,000 bytes");
  const text = fromUtf8(bytes);
  need(text !== null, "a proof that is not UTF-8");
  const blank = text.indexOf("\n\n");
  need(blank >= 0, "a proof without a blank line");
  const lines = text.slice(0, blank).split("\n");
  need(lines.shift() === "c2sp.org/tlog-proof@v1", "a proof with another first line");
  if (lines.length > 0 && lines[0].startsWith("extra ")) {
    const extra = fromBase64(lines.shift().slice(6));
    need(extra !== null && extra.length > 0, "a proof with empty extra data");
  }
  need(lines.length > 0 && lines[0].startsWith("index "), "a proof without its index line");
  const index = decimal(lines.shift().slice(6));
  need(lines.length <= 63, "a proof of more than 63 hashes");
  const hashes = lines.map((line) => {
    const hash = fromBase64(line);
    need(hash !== null && hash.length === 32, "a proof with a line that is no hash");
    return hash;
  });
  const note = toUtf8(text.slice(blank + 2));
  readNote(note);
  return { index, hashes, note };
}

export const vkeyOf = (name, raw) => {
  const id = toHex(keyid(name, 1, raw));
  return { name, type: 1, raw, id };
};
