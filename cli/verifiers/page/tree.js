// The RFC 6962 tree and its tiles (docs/format.md annex D). Pure.

import { sha256 } from "./sha256.js";
import { sameBytes } from "./bytes.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
export const EMPTY_ROOT = sha256();

export const leafHash = (entry) => sha256(LEAF, entry);
export const nodeHash = (left, right) => sha256(NODE, left, right);

// A tree that grows and remembers every root that it ever had: it keeps the hashes of all full subtrees.
export class Tree {
  constructor() {
    this.levels = [[]]; // levels[h][i]: the root over the leaves i 2^h to (i + 1) 2^h - 1
  }

  get size() {
    return this.levels[0].length;
  }

  add(leaf) {
    this.levels[0].push(leaf);
    for (let h = 0; this.levels[h].length % 2 === 0; h++) {
      const below = this.levels[h];
      if (h + 1 === this.levels.length) this.levels.push([]);
      this.levels[h + 1].push(nodeHash(below[below.length - 2], below[below.length - 1]));
    }
  }

  // The root over the first `size` leaves, size at most this.size.
  root(size) {
    if (size === 0) return EMPTY_ROOT;
    let root = null;
    let rest = size;
    // From the right: the full subtrees of which `size` is made, smallest first.
    for (let h = 0; rest > 0; h++, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) root = root === null ? this.levels[h][rest - 1] : nodeHash(this.levels[h][rest - 1], root);
    }
    return root;
  }

  // The hashes of tile `number` at tile level `level`, for a log of `size` entries.
  tile(level, number, size) {
    const count = Math.floor(size / 256 ** level);
    const width = Math.min(256, count - 256 * number);
    const hashes = this.levels[8 * level].slice(256 * number, 256 * number + width);
    const bytes = new Uint8Array(32 * hashes.length);
    hashes.forEach((hash, i) => bytes.set(hash, 32 * i));
    return bytes;
  }
}

// Whether `hashes` lead from `leaf` at `index` to `root` in a tree of `size`. Sizes are below 2^53.
export function inclusionHolds(leaf, index, size, root, hashes) {
  if (index >= size) return false;
  let f = index;
  let s = size - 1;
  let r = leaf;
  const halve = () => {
    f = Math.floor(f / 2);
    s = Math.floor(s / 2);
  };
  for (const p of hashes) {
    if (s === 0) return false;
    if (f % 2 === 1 || f === s) {
      r = nodeHash(p, r);
      while (f % 2 === 0 && f !== 0) halve();
    } else {
      r = nodeHash(r, p);
    }
    halve();
  }
  return s === 0 && sameBytes(r, root);
}

function numberPath(number) {
  const digits = String(number);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/.../g);
  return groups.map((group, i) => (i + 1 < groups.length ? "x" + group : group)).join("/");
}

// The path of a tile; `level` a number, or "entries" for a bundle. A full one has width 256.
export function tilePath(level, number, width) {
  return `tile/${level}/${numberPath(number)}${width < 256 ? `.p/${width}` : ""}`;
}

// Every tile of a log of `size` entries at a level, as {number, width}.
export function* tilesOf(level, size) {
  const count = level === "entries" ? size : Math.floor(size / 256 ** level);
  for (let number = 0; 256 * number < count; number++) yield { number, width: Math.min(256, count - 256 * number) };
}
