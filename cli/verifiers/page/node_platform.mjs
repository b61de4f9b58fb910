// What a browser has and an older Node lacks: Node 18 has WebCrypto in a module only, and no raw deflate in its
// streams.

import { webcrypto } from "node:crypto";
import { Duplex } from "node:stream";
import { createInflateRaw } from "node:zlib";

globalThis.crypto ??= webcrypto;

class RawInflate {
  constructor() {
    Object.assign(this, Duplex.toWeb(createInflateRaw()));
  }
}

try {
  new DecompressionStream("deflate-raw");
} catch {
  globalThis.DecompressionStream = RawInflate;
}
