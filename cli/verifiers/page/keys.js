// Public keys and signatures (docs/format.md section 4 and annex F), with the platform's WebCrypto for the
// arithmetic. What WebCrypto takes and the format refuses is refused here: weak keys, a high s, loose DER.

import { need, refusalOf } from "./refused.js";
import { fromHex, toHex, join, sameBytes, toUtf8 } from "./bytes.js";

const ED25519 = fromHex("302a300506032b6570032100");
const P256 = fromHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
const SMALL_ORDER = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]);
const FIELD = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const CURVE_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const startsWith = (bytes, head) => sameBytes(bytes.subarray(0, head.length), head);
const number = (bytes) => BigInt("0x" + (toHex(bytes) || "0"));

// "Ed25519" or "P-256" of a SubjectPublicKeyInfo that may be used; throws Refused.
export function checkKey(spki) {
  if (spki.length === 44 && startsWith(spki, ED25519)) {
    const raw = spki.slice(12);
    raw[31] &= 0x7f;
    need(number(raw.slice().reverse()) < 2n ** 255n - 19n, "an Ed25519 key that is not reduced");
    need(!SMALL_ORDER.has(toHex(raw)), "an Ed25519 key of small order, for which anyone can make signatures");
    return "Ed25519";
  }
  need(spki.length === 91 && startsWith(spki, P256), "a key that is neither Ed25519 nor an uncompressed P-256 point");
  const [x, y] = [number(spki.subarray(27, 59)), number(spki.subarray(59))];
  need(x < FIELD && y < FIELD, "a P-256 key with a coordinate that is not reduced");
  need((y * y - (x ** 3n - 3n * x + CURVE_B)) % FIELD === 0n, "a P-256 key that is no point of the curve");
  return "P-256";
}

export const ed25519Spki = (raw) => join(ED25519, raw);

function takeInteger(der, at) {
  const size = der[at + 1];
  need(der[at] === 2 && size >= 1 && size <= 33 && at + 2 + size <= der.length, "a signature that is not DER");
  const digits = der.subarray(at + 2, at + 2 + size);
  need(digits[0] < 0x80 && (digits[0] !== 0 || (size > 1 && digits[1] >= 0x80)), "a signature that is not in its shortest DER form");
  const value = number(digits);
  need(value >= 1n && value < ORDER, "a signature with a number out of range");
  return { value, after: at + 2 + size };
}

// r and s in 32 bytes each, as WebCrypto takes them. Throws Refused.
export function rawEcdsa(der) {
  need(der.length >= 2 && der[0] === 0x30 && der[1] === der.length - 2, "a signature that is not one DER sequence");
  const r = takeInteger(der, 2);
  const s = takeInteger(der, r.after);
  need(s.after === der.length, "bytes after a signature");
  need(s.value <= ORDER / 2n, "a signature with a high s");
  return fromHex(r.value.toString(16).padStart(64, "0") + s.value.toString(16).padStart(64, "0"));
}

export function pae(type, payload) {
  return join(toUtf8(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload);
}

// What this platform cannot do is no answer about the evidence.
export class Unsupported extends Error {}

// A verifier for one key: resolves to null, or the words of what is wrong. Keys are imported once.
export class KeyRing {
  // `subtle`: WebCrypto, or null where the platform has none.
  constructor(subtle = globalThis.crypto?.subtle ?? null) {
    this.subtle = subtle;
    this.imported = new Map();
  }

  keyFor(spki, kind) {
    const id = toHex(spki);
    if (!this.imported.has(id)) this.imported.set(id, this.importOnce(spki, kind));
    return this.imported.get(id);
  }

  async importOnce(spki, kind) {
    if (!this.subtle) throw new Unsupported("this browser has no WebCrypto here");
    const [raw, algorithm] = kind === "Ed25519"
      ? [spki.subarray(12), { name: "Ed25519" }]
      : [spki.subarray(26), { name: "ECDSA", namedCurve: "P-256" }];
    try {
      return await this.subtle.importKey("raw", raw, algorithm, false, ["verify"]);
    } catch (error) {
      // An encoding that is no point is a bad key, and not a thing that the browser lacks.
      if (kind === "Ed25519" && error.name !== "NotSupportedError") return null;
      throw new Unsupported(`this browser cannot check ${kind} signatures`);
    }
  }

  async problemOf(spki, message, signature) {
    let kind;
    let raw = signature;
    const refused = refusalOf(() => {
      kind = checkKey(spki);
      if (kind === "Ed25519") need(signature.length === 64, "a signature that is not of 64 bytes");
      else raw = rawEcdsa(signature);
    });
    if (refused !== null) return refused;
    const key = await this.keyFor(spki, kind);
    if (key === null) return "the key is no point of the curve";
    const algorithm = kind === "Ed25519" ? { name: "Ed25519" } : { name: "ECDSA", hash: "SHA-256" };
    const good = await this.subtle.verify(algorithm, key, raw, message);
    return good ? null : "the signature does not verify";
  }
}
