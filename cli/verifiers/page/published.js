// A published directory (docs/format.md annex G): a whole log as plain files.

import { LogRun } from "./log_run.js";
import { Checkpoints, readGivenPin, readSigned, textOfFile } from "./checkpoints.js";
import { readEntry } from "./entry.js";
import { sha256Hex } from "./sha256.js";
import { readVkey } from "./note.js";
import { readBytes } from "./canonical.js";
import { aHash, aLog, aText, anArray, anInteger, ascending, members } from "./values.js";
import { tilePath, tilesOf } from "./tree.js";
import { judgeIdentity } from "./words.js";
import { foldAt, judgeStates, stateSizesOf } from "./states.js";
import { fromHex, sameBytes, toHex } from "./bytes.js";
import { Unreadable } from "./file_tree.js";
import { need, Refused } from "./refused.js";

const NOTE_SIZE = 1000000;
const PUBLICATION_SIZE = 64 * 1024 * 1024;
const TILE_ENTRIES = 256;
const BUNDLE_SIZE = TILE_ENTRIES * (2 + 65535);

// The inside of a bundle of some entries has a checkpoint too, and is none.
export const isPublished = (tree) => (tree.has("checkpoint") || tree.names().some(isReleased)) &&
  (!tree.has("bundle.json") || tree.names().some((name) => name.startsWith("tile/")));

// `given`: {identity, pin, witnesses, needed, now}; `steps` is told of the progress and may throw to stop.
export async function verifyPublished(tree, given, report, ring, steps) {
  const newest = await readNewest(tree, report);
  if (newest === null) return null;
  const pin = readGivenPin(given.pin, report);
  const run = new LogRun(report, ring, stateSizesOf(tree, pin));
  await readEntries(tree, newest.size, run, steps);
  await run.finish();
  const checkpoints = new Checkpoints(report, ring, run, given);
  await checkpoints.judge(newest, newest.where);
  await judgeReleased(tree, newest, checkpoints, report);
  await checkpoints.finish(newest.size);
  await judgeTiles(tree, newest.size, run, report, steps);
  await judgeVkey(tree, newest.size, run, report);
  const withheld = await readPublication(tree, newest, run, report);
  await run.evidence.check(tree, withheld, steps);
  if (pin !== null) await checkpoints.judgePin(pin);
  if (run.logId !== null) judgeIdentity(report, run.logId, given.identity ?? (pin && fromHex(pin.log)));
  else report.leave("identity", "entry 0 is missing");
  await judgeStates(tree, pin, run, report, (sizes) => foldAt(entriesAgain(tree, newest.size, steps), sizes));
  return run;
}

// What `read` gives, or null with the claim left open or failed.
async function tryRead(report, claim, what, read) {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unreadable) report.leave(claim, `${what} could not be read: ${error.message}`, true);
    else if (error instanceof Refused) report.object(claim, null, `${what}: ${error.message}`);
    else throw error;
    return null;
  }
}

const isReleased = (name) => /^checkpoints\/(0|[1-9][0-9]*)$/.test(name);

const readNote = (tree, name) => async () => readSigned(await tree.read(name, NOTE_SIZE));

// The checkpoint that says how many entries there are. Where that file is not there or is no checkpoint, the
// largest of the released ones says it.
async function readNewest(tree, report) {
  const newest = tree.has("checkpoint") ? await tryRead(report, "tree", "checkpoint", readNote(tree, "checkpoint")) : null;
  if (newest !== null) return { ...newest, where: "checkpoint" };
  if (!tree.has("checkpoint")) report.object("tree", null, "the file checkpoint is missing");
  let largest = null;
  for (const name of tree.names().filter(isReleased)) {
    const signed = await tryRead(report, "tree", name, readNote(tree, name));
    if (signed !== null && (largest === null || signed.size > largest.size)) largest = { ...signed, where: name };
  }
  return largest;
}

async function readEntries(tree, size, run, steps) {
  // What is there decides how far it is looked: a size may be any number.
  const numbers = [];
  for (const { number, width } of tilesOf("entries", Math.min(size, TILE_ENTRIES * (1 + countBundles(tree))))) {
    numbers.push({ number, width });
  }
  for (const { number, width } of numbers) {
    const name = tilePath("entries", number, width);
    if (!tree.has(name)) run.miss(width);
    else await readBundle(tree, name, width, run, () => steps("entries", run.size, size));
    await run.signatures.settle();
  }
  if (run.size < size) run.miss(size - run.size);
}

const countBundles = (tree) => tree.names().filter((name) => name.startsWith("tile/entries/")).length;

async function readBundle(tree, name, width, run, step) {
  let bytes;
  try {
    bytes = await tree.read(name, BUNDLE_SIZE);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    run.report.leave("canonical_bytes", `${name} could not be read: ${error.message}`, true);
    run.pass(width, "a file of entries could not be read");
    return;
  }
  const entries = bytes === null ? null : splitBundle(bytes, width);
  for (const entry of entries?.whole ?? []) {
    await step();
    run.take(entry);
  }
  const found = entries === null ? 0 : entries.whole.length;
  if (found < width) run.miss(width - found);
  else if (entries.rest > 0) run.report.object("tree", null, `${name} has ${entries.rest} bytes after its last entry`);
}

// Every entry once more, for a second fold; what could not be read the first time is not asked for.
async function* entriesAgain(tree, size, steps) {
  for (const { number, width } of tilesOf("entries", size)) {
    const bytes = await tree.read(tilePath("entries", number, width), BUNDLE_SIZE);
    for (const raw of splitBundle(bytes, width).whole) {
      await steps("states", 256 * number, size);
      const entry = readEntry(raw);
      yield { entry, digest: sha256Hex(entry.submission) };
    }
  }
}

// The entries that stand in the bytes as a whole, at most `width`, and how many bytes are left over.
function splitBundle(bytes, width) {
  const whole = [];
  let at = 0;
  while (whole.length < width && at + 2 <= bytes.length) {
    const size = (bytes[at] << 8) | bytes[at + 1];
    if (at + 2 + size > bytes.length) break;
    whole.push(bytes.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return { whole, rest: bytes.length - at };
}

async function judgeReleased(tree, newest, checkpoints, report) {
  for (const name of tree.names().filter((name) => isReleased(name) && name !== newest.where)) {
    const signed = await tryRead(report, "tree", name, readNote(tree, name));
    if (signed === null) continue;
    if (`checkpoints/${signed.size}` !== name) report.object("tree", null, `${name} states the size ${signed.size}`);
    if (signed.size > newest.size) report.object("tree", null, `${name} is newer than checkpoint, which has the size ${newest.size}`);
    await checkpoints.judge(signed, name);
  }
}

async function judgeTiles(tree, size, run, report, steps) {
  if (!run.whole || run.tree.size < size) return;
  for (let level = 0; Math.floor(size / TILE_ENTRIES ** level) > 0; level++) {
    for (const { number, width } of tilesOf(level, size)) {
      await steps("tiles", number, Math.ceil(size / TILE_ENTRIES ** (level + 1)));
      const name = tilePath(level, number, width);
      const bytes = await tryRead(report, "tree", name, async () => {
        need(tree.has(name), "it is missing");
        return tree.read(name, 32 * TILE_ENTRIES);
      });
      if (bytes === null && !tree.has(name)) continue;
      if (bytes === null || !sameBytes(bytes, run.tree.tile(level, number, size))) {
        report.object("tree", number * TILE_ENTRIES ** (level + 1), `${name} has other hashes than follow from the entries`);
      }
    }
  }
}

async function judgeVkey(tree, size, run, report) {
  await tryRead(report, "log_signature", "log.vkey", async () => {
    need(tree.has("log.vkey"), "it is missing");
    const text = textOfFile(await tree.read("log.vkey", 4096), "it");
    need(text.endsWith("\n"), "it does not end in a line end");
    const key = readVkey(text.slice(0, -1));
    const keys = run.logKeys.within(size);
    if (run.origin === null || keys.length === 0) return;
    const own = keys.some((one) => sameBytes(one.subarray(12), key.raw));
    need(key.type === 1 && key.name === run.origin && own, "it is no key of the log");
  });
}

// digest → reason of what is withheld.
async function readPublication(tree, newest, run, report) {
  const withheld = new Map();
  await tryRead(report, "tree", "publication.json", async () => {
    need(tree.has("publication.json"), "it is missing");
    const bytes = await tree.read("publication.json", PUBLICATION_SIZE);
    need(bytes !== null, "it is too large");
    const { value } = readBytes(bytes);
    members(value, ["evidence", "log", "origin", "schema", "size", "timestamps"]);
    readWithheld(value.evidence, withheld);
    need(value.schema === "assay.publication/1", "another schema");
    aHash(value.log);
    aLog(value.origin);
    anInteger(value.size);
    for (const one of anArray(value.timestamps)) {
      members(one, ["digest", "size"]);
      aHash(one.digest);
      anInteger(one.size);
    }
    ascending(value.timestamps.map((one) => `${one.digest} ${String(one.size).padStart(16, "0")}`), "timestamps");
    need(run.logId === null || value.log === toHex(run.logId), `it is of another log, ${value.log}`);
    need(run.origin === null || value.origin === run.origin, "it names another origin");
    // It is written before the checkpoint: one may find it ahead, and never behind.
    if (value.size < newest.size) report.leave("tree", `publication.json is of size ${value.size}, older than the checkpoint of ${newest.size}`, true);
  });
  return withheld;
}

export function readWithheld(evidence, withheld) {
  members(evidence, ["profile", "withheld"]);
  need(["full", "tag", "public"].includes(evidence.profile), "an unknown profile");
  for (const one of anArray(evidence.withheld)) {
    members(one, ["digest", "reason"]);
    withheld.set(aHash(one.digest), aText(one.reason));
  }
  ascending(evidence.withheld.map((one) => one.digest), "withheld files");
}
