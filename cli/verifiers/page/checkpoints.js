// Checkpoints, the pin and the witnesses (docs/format.md section 11, steps 4, 5, 12 and 13).

import { readNote, readCheckpoint, readVkey } from "./note.js";
import { signersOf } from "./open_note.js";
import { readBytes, isObject } from "./canonical.js";
import { aHash, aText, anArray, ascending, members } from "./values.js";
import { fromUtf8, sameBytes, toHex, toUtf8 } from "./bytes.js";
import { need, Refused } from "./refused.js";
import { Unsupported } from "./keys.js";

// {note, origin, size, root} of a note's bytes. Throws Refused.
export function readSigned(bytes) {
  need(bytes !== null, "a note of more than 1,000,000 bytes");
  const note = readNote(bytes);
  return { note, ...readCheckpoint(note.text) };
}

const times = (count) => (count === 1 ? "the checkpoint" : `each of ${count} checkpoints`);

export class Checkpoints {
  constructor(report, ring, run, { witnesses, needed, now }) {
    this.report = report;
    this.ring = ring;
    this.run = run; // has tree, whole, size, origin, logKeysAt(size)
    this.needed = needed;
    this.witnesses = witnesses; // [{name, type, raw}]
    this.now = now; // seconds since 1970, or undefined
    this.best = null; // the largest that is proved, in each copy of it
    this.count = 0;
  }

  // Judges one checkpoint; `where` names it.
  async judge(signed, where) {
    this.count++;
    const holds = this.judgeRoot(signed, where, "tree");
    const isSigned = await this.judgeSignature(signed, where, "log_signature");
    if (!holds || !isSigned) return;
    if (this.best === null || signed.size > this.best[0].size) this.best = [signed];
    else if (signed.size === this.best[0].size) this.best.push(signed);
  }

  judgeRoot(signed, where, claim) {
    const { report, run } = this;
    if (signed.size > run.size) {
      report.object(claim, run.size, `${where} covers ${signed.size} entries; the log has ${run.size}`);
      return false;
    }
    if (signed.size > run.tree.size) {
      if (run.missing) report.object(claim, run.tree.size, `${where} covers entries that are missing`);
      else report.leave(claim, `${where}: entries that it covers could not be read`, true);
      return false;
    }
    const root = run.tree.root(signed.size);
    if (sameBytes(root, signed.root)) return true;
    report.object(claim, null, `${where}: the entries have another root than the one of size ${signed.size} that it states`,
      { expected: toHex(signed.root), actual: toHex(root) });
    return false;
  }

  // Whether the log's key in force signed it.
  async judgeSignature({ note, origin, size }, where, claim) {
    const { report, run } = this;
    try {
      need(run.origin === null || origin === run.origin, `it is of another origin, ${origin.slice(0, 80)}`);
      const { keys, sure } = run.logKeysAt(size);
      if (run.origin === null || keys.length === 0) {
        report.leave(claim, "the log's key, which entry 0 names");
        return false;
      }
      const named = (spki) => ({ name: run.origin, type: 1, raw: spki.subarray(12) });
      // A line by any key that ever was the log's has to verify, whoever was in force.
      const by = await signersOf(note, run.logKeys.within(Infinity).map(named), this.ring);
      need(keys.map(named).some((key) => by.some((other) => sameBytes(key.raw, other.raw))),
        "it is not signed by the key of the log that was in force at its size");
      if (!sure) report.assume(claim, "the key that signed was in force: it is one of several that the log names");
      return true;
    } catch (error) {
      if (error instanceof Unsupported) report.leave(claim, error.message, true);
      else if (error instanceof Refused) report.object(claim, null, `${where}: ${error.message}`);
      else throw error;
      return false;
    }
  }

  // The pinned checkpoint, as step 12 asks.
  async judgePin(pin) {
    this.judgePinnedLog(pin);
    await this.judgeSignature(pin.signed, "the pin", "pin");
    this.judgeRoot(pin.signed, "the pin", "pin");
    this.report.show("pin", `the log extends the pinned checkpoint of ${pin.signed.size} entries`);
  }

  judgePinnedLog(pin) {
    const { logId } = this.run;
    if (logId === null || pin.log === toHex(logId)) return;
    this.report.object("pin", 0, "the pin is of another log", { expected: pin.log, actual: toHex(logId) });
  }

  // After all checkpoints.
  async finish(newest) {
    const { report, run } = this;
    const covered = Math.min(newest, run.size);
    if (covered < run.size) report.leave("tree", `${run.size - covered} entries after the last checkpoint are under none`);
    report.show("tree", `the entries have the root that ${times(this.count)} states; the newest covers all ${covered} entries`);
    report.show("log_signature", `the log's key in force signed ${times(this.count)}`);
    await this.judgeWitnesses();
  }

  async judgeWitnesses() {
    const { report, witnesses } = this;
    if (witnesses.length === 0) {
      report.leave("witness_quorum", "you named no witnesses");
      return;
    }
    if (new Set(witnesses.map(({ raw }) => toHex(raw))).size < witnesses.length) {
      report.leave("witness_quorum", "one key stands under two names in what you gave; witnesses are counted by their keys");
      return;
    }
    const own = witnesses.find(({ raw }) => [...this.run.signatures.keys.values()].some((spki) => sameBytes(spki.subarray(12), raw)));
    if (own !== undefined) {
      report.leave("witness_quorum", `the key of ${own.name} signs in this log itself, so it vouches for nothing`);
      return;
    }
    const by = new Set();
    try {
      for (const { note } of this.best ?? []) for (const key of await signersOf(note, witnesses, this.ring, this.now)) by.add(key);
    } catch (error) {
      if (error instanceof Unsupported) report.leave("witness_quorum", error.message, true);
      else if (error instanceof Refused) report.object("witness_quorum", null, `the newest checkpoint: ${error.message}`);
      else throw error;
      return;
    }
    const needed = this.needed ?? witnesses.length;
    const message = `${by.size} of the ${witnesses.length} witnesses that you named cosigned the newest checkpoint that is proved`;
    if (by.size >= needed) report.show("witness_quorum", message);
    else report.leave("witness_quorum", `${message}; you asked for ${needed}`);
  }
}

// The witnesses out of verifier keys, one a line. Throws Refused.
export function readWitnesses(text) {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "").map((line) => {
    const key = readVkey(line);
    need(key.type === 4, "a verifier key that is not a witness's (cosignature/v1)");
    return key;
  });
}

// {log, states, signed} of a pin's bytes (annex E). Throws Refused.
export function readPin(bytes) {
  need(bytes.length > 0 && bytes[bytes.length - 1] === 10, "a pin that does not end in LF");
  const { value } = readBytes(bytes.subarray(0, bytes.length - 1));
  need(isObject(value), "a pin that is no object");
  members(value, ["checkpoint", "log", "schema", "states"]);
  need(value.schema === "assay.pin/1", "a pin of another schema");
  aHash(value.log);
  for (const state of anArray(value.states)) {
    members(state, ["digest", "name"]);
    aHash(state.digest);
    aText(state.name);
  }
  ascending(value.states.map((state) => state.name), "states of a pin");
  need(typeof value.checkpoint === "string" && toUtf8(value.checkpoint).length <= 16384, "a pin whose checkpoint is too large");
  return { log: value.log, states: value.states, signed: readSigned(toUtf8(value.checkpoint)) };
}

// The pin that was given, or null; what is no pin is said.
export function readGivenPin(bytes, report) {
  if (bytes === null || bytes === undefined) {
    report.leave("pin", "you gave no pin");
    return null;
  }
  try {
    return readPin(bytes);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    report.leave("pin", `what you gave is no pin: ${error.message}`, true);
    return null;
  }
}

// The text of a small file that must be UTF-8.
export function textOfFile(bytes, what) {
  const text = bytes === null ? null : fromUtf8(bytes);
  need(text !== null, `${what} is not text`);
  return text;
}
