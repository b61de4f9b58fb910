// Opening a note with known keys (docs/format.md annex C): which of them signed it.

import { need, Refused } from "./refused.js";
import { join, sameBytes, toUtf8 } from "./bytes.js";
import { ed25519Spki } from "./keys.js";
import { keyid } from "./note.js";

const TIME_SIZE = 8;

// What a witness signs: the checkpoint under its time.
function cosigned(note, signature) {
  need(signature.length === TIME_SIZE + 64, "a cosignature of another size");
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  need(time < 2n ** 63n, "a cosignature whose time is out of range");
  return {
    time,
    message: join(toUtf8(`cosignature/v1\ntime ${time}\n`), note.bytes),
    signature: signature.subarray(TIME_SIZE),
  };
}

const CLOCK_AHEAD = 300; // seconds: two good clocks differ by less

const isUntimely = (time, now) => time !== undefined && (time === 0n || (now !== undefined && time > BigInt(now + CLOCK_AHEAD)));

// The keys out of `known` ({name, type, raw}) that signed the note, in their order in it; not those who cosigned at no
// time, or at one to come by the clock `now` (seconds since 1970), where it is given. Throws Refused if a line by a known
// key does not verify.
export async function signersOf(note, known, ring, now) {
  const by = [];
  for (const line of note.lines) {
    const key = known.find((key) => key.name === line.name && sameBytes(line.keyid, keyid(key.name, key.type, key.raw)));
    if (key === undefined || by.includes(key)) continue;
    const signed = key.type === 1 ? { message: note.bytes, signature: line.signature } : cosigned(note, line.signature);
    const problem = await ring.problemOf(ed25519Spki(key.raw), signed.message, signed.signature);
    if (problem !== null) throw new Refused(`its line by ${key.name}: ${problem}`);
    if (!isUntimely(signed.time, now)) by.push(key);
  }
  return by;
}
