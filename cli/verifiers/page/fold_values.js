// What folded states are made of, and their canonical form (docs/folds.md section 1).

import { compareText, toHex, toUtf8 } from "./bytes.js";
import { Sha256 } from "./sha256.js";
import { anAddress } from "./values.js";

export const markOf = ({ id, party, recorded_at }) => ({ event: id, party, recorded_at });

export const newTally = () => ({ count: 0, first: "0.0", last: "0.0" });

export function addTo(tally, id) {
  if (tally.count++ === 0) tally.first = id;
  tally.last = id;
}

export function compareAddress(a, b) {
  const [x, y] = [anAddress(a), anAddress(b)];
  return x[0] - y[0] || x[1] - y[1];
}

export const newOutcomes = () => ({ blocked: 0, error: 0, failed: 0, not_completed: 0, passed: 0, skipped: 0 });

const FROM_WORST = ["failed", "error", "blocked", "not_completed", "skipped", "passed"];

export const worse = (a, b) => (FROM_WORST.indexOf(a) <= FROM_WORST.indexOf(b) ? a : b);

export const isAdverse = (outcome) => outcome !== "passed" && outcome !== "skipped";

// The value of a map, made where it is missing.
export function at(map, key, make) {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

// A map whose keys are objects, or are not ordered as texts.
export class KeyedMap {
  constructor(compare) {
    this.compare = compare;
    this.byText = new Map();
  }

  at(key, make) {
    return at(this.byText, JSON.stringify(key), () => ({ key, value: make() })).value;
  }

  values() {
    return [...this.byText.values()].map(({ value }) => value);
  }

  sorted() {
    return [...this.byText.values()].sort((a, b) => this.compare(a.key, b.key));
  }
}

// An absent member comes first.
export function compareOptional(a, b, compare = compareText) {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  return compare(a, b);
}

const PIECE = 65536;

// Most objects have their members in order already, and there are very many of them.
function sortedNames(value) {
  const names = Object.keys(value);
  for (let i = 1; i < names.length; i++) if (names[i - 1] > names[i]) return names.sort();
  return names;
}

// Writes a state into a hash, piece by piece: a large state is longer than a string may be.
class Writer {
  constructor() {
    this.hash = new Sha256();
    this.text = "";
    this.size = 0;
  }

  put(text) {
    this.text += text;
    if (this.text.length >= PIECE) this.flush();
  }

  flush() {
    const bytes = toUtf8(this.text);
    this.size += bytes.length;
    this.hash.take(bytes);
    this.text = "";
  }

  list(values) {
    this.put("[");
    let first = true;
    for (const value of values) {
      if (!first) this.put(",");
      first = false;
      this.value(value);
    }
    this.put("]");
  }

  object(value) {
    let mark = "{";
    for (const name of sortedNames(value)) {
      if (value[name] === undefined) continue;
      this.put(`${mark}"${name}":`);
      mark = ",";
      this.value(value[name]);
    }
    this.put(mark === "{" ? "{}" : "}");
  }

  value(value) {
    if (typeof value !== "object") this.put(JSON.stringify(value));
    else if (Array.isArray(value)) this.list(value);
    else if (value instanceof Set) this.list([...value].sort(compareText));
    else if (value instanceof Map) this.list([...value].sort((a, b) => compareText(a[0], b[0])).map(([key, held]) => ({ key, value: held })));
    else if (value instanceof KeyedMap) this.list(value.sorted());
    else if (value.toState !== undefined) this.value(value.toState());
    else this.object(value);
  }
}

// SHA-256 of the canonical JSON of a state, in hex.
export function stateDigest(state) {
  const writer = new Writer();
  writer.value(state);
  writer.flush();
  return toHex(writer.hash.digest());
}
