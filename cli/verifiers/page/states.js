// States that this verifier folds itself, against what a source, a pin or the log states of them (docs/format.md
// section 11, step 14).

import { FOLDED, Programme } from "./projections.js";
import { Register } from "./register.js";
import { Sha256 } from "./sha256.js";
import { toHex } from "./bytes.js";
import { Unreadable } from "./file_tree.js";

const MOST_SIZES = 40; // each costs as much as writing the whole state
const STATE_SIZE = 4 * 1024 ** 3;
const STATE_FILE = /^states\/(0|[1-9][0-9]{0,15})\/([A-Za-z0-9._-]{1,128})\.([1-9][0-9]{0,15})\.json$/;

// What the log's own events state, gathered while they are read.
export class Attested {
  constructor() {
    this.stated = []; // {size, name, digest, version, engine, where, id, key}
    this.corrected = new Set(); // "id key"
  }

  take(value, judged) {
    for (const { event, type, id } of judged) {
      const { key } = value.submission.author;
      if (type === null) continue;
      if (type.name === "correction_recorded") this.corrected.add(`${event.data.target} ${key}`);
      if (type.name !== "states_attested" || event.data.size > value.index) continue;
      for (const { name, digest, version } of event.data.digests) {
        this.stated.push({ size: event.data.size, name, digest, version, engine: JSON.stringify(event.data.engine), where: `event ${id}`, id, key, entry: value.index });
      }
    }
  }
}

// Folds as it goes, and keeps the digests at the sizes that were asked for.
export class FoldedAt {
  constructor(sizes) {
    this.sizes = new Set(sizes);
    this.programme = new Programme();
    this.digests = new Map(); // size → name → {digest, version}
    this.note(0);
  }

  apply(recorded, stage) {
    this.programme.apply(recorded, stage);
  }

  note(size) {
    if (this.sizes.has(size)) this.digests.set(size, this.programme.digests());
  }
}

export function stateSizesOf(tree, pin) {
  const sizes = tree.names().map((name) => STATE_FILE.exec(name)).filter((found) => found !== null && FOLDED.includes(found[2])).map((found) => Number(found[1]));
  return [...sizes, ...(pin === null ? [] : [pin.signed.size])];
}

async function filesOf(tree, report) {
  const stated = [];
  for (const name of tree.names()) {
    const found = STATE_FILE.exec(name);
    if (found === null) continue;
    const one = { size: Number(found[1]), name: found[2], version: Number(found[3]), where: name, engine: "files" };
    if (!FOLDED.includes(one.name)) {
      stated.push(one);
      continue;
    }
    if (tree.size(name) > STATE_SIZE) {
      report.leave("projections", `${name} is larger than any state`, true);
      continue;
    }
    try {
      const hash = new Sha256();
      for await (const chunk of tree.chunks(name)) hash.take(chunk);
      stated.push({ ...one, digest: toHex(hash.digest()) });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      report.leave("projections", `${name} could not be read: ${error.message}`, true);
    }
  }
  return stated;
}

// `refold(sizes)` resolves to digests at sizes that were not asked for in the first pass.
export async function judgeStates(tree, pin, run, report, refold) {
  const ofPin = (pin?.states ?? []).filter(({ name }) => name !== "verifier").map(({ name, digest }) => ({ size: pin.signed.size, name, digest, where: "the pin", engine: "pin" }));
  const stated = [...(await filesOf(tree, report)), ...ofPin, ...run.attested.stated];
  const others = new Set(stated.filter(({ name }) => !FOLDED.includes(name)).map(({ name }) => name));
  const mine = stated.filter(({ name }) => FOLDED.includes(name));
  if (stated.length === 0) report.leave("projections", "nothing states the digest of a state");
  const notFolded = `this page does not fold ${[...others].sort().join(", ")}`;
  if (others.size > 0 && (!run.folds || mine.length === 0)) report.leave("projections", notFolded);
  if (!run.folds || mine.length === 0) return;
  const digests = await digestsAt(mine, run, report, refold);
  const compared = mine.filter((one) => compare(one, mine, digests, run, report));
  const sizes = [...new Set(compared.map(({ size }) => size))].sort((a, b) => a - b);
  const agree = `${[...new Set(compared.map(({ name }) => name))].join(" and ")} as this page folded them itself, at the ` +
    `${sizes.length === 1 ? "size" : "sizes"} ${sizes.join(", ")}`;
  report.show("projections", `the stated states are those of ${agree}`);
  if (others.size > 0) report.leave("projections", `${notFolded}; what it folds agrees: ${agree}`);
}

async function digestsAt(mine, run, report, refold) {
  const known = run.folded.digests;
  const missing = [...new Set(mine.map(({ size }) => size))].filter((size) => !known.has(size) && size <= run.size);
  const asked = missing.sort((a, b) => b - a).slice(0, MOST_SIZES);
  if (asked.length < missing.length) report.leave("projections", `states at ${missing.length - asked.length} more sizes: this page folds at no more than ${MOST_SIZES}`);
  const more = asked.length > 0 ? await refold(asked) : new Map();
  return new Map([...known, ...more]);
}

// Whether it could be compared, and agrees.
function compare(one, mine, digests, run, report) {
  if (one.size > run.size) {
    report.leave("projections", `${one.where} states a state at the size ${one.size}, and the log has ${run.size} entries`);
    return false;
  }
  const own = digests.get(one.size)?.get(one.name);
  if (own === undefined) return false;
  if (one.version !== undefined && one.version !== own.version) {
    report.leave("projections", `${one.where} states ${one.name} in version ${one.version}; this page folds version ${own.version}`);
    return false;
  }
  if (own.digest === one.digest) return true;
  if (one.id !== undefined && run.attested.corrected.has(`${one.id} ${one.key}`)) {
    report.leave("projections", `${one.where} states another digest of ${one.name}, and its author corrected it`);
    return false;
  }
  const agreed = mine.filter((other) => other.engine === one.engine && other.name === one.name && other.size < one.size &&
    digests.get(other.size)?.get(one.name)?.digest === other.digest).map(({ size }) => size);
  const from = Math.max(0, ...agreed);
  report.object("projections", one.size > 0 ? one.size - 1 : null,
    `${one.where} states another ${one.name} at the size ${one.size} than follows from the entries; they parted in entries ${from} to ${one.size - 1}`,
    { expected: own.digest, actual: one.digest });
  return false;
}

// Folds again from the beginning; `entries` gives every entry as it was read before.
export async function foldAt(entries, sizes) {
  const folded = new FoldedAt(sizes);
  const register = new Register([folded]);
  const last = Math.max(...sizes);
  for await (const { entry, digest } of entries) {
    if (register.size >= last) break;
    register.take(entry, { digest, object: () => {}, unknown: () => {} });
    folded.note(register.size);
  }
  return folded.digests;
}
