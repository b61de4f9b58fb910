// Bytes, hashes, canonical JSON, keys, notes, trees and words, one by one, and against public vectors.

import test from "node:test";
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { VECTORS, hasVectors, vectors, saidOfLog } from "./support.mjs";
import { fromBase64, compareText, fromHex, fromUtf8, toHex, toUtf8 } from "../../cli/verifiers/page/bytes.js";
import { Sha256, sha256Hex } from "../../cli/verifiers/page/sha256.js";
import { readBytes, readText } from "../../cli/verifiers/page/canonical.js";
import { Refused, refusalOf } from "../../cli/verifiers/page/refused.js";
import { aTime, aSubject } from "../../cli/verifiers/page/values.js";
import { checkKey, ed25519Spki, KeyRing } from "../../cli/verifiers/page/keys.js";
import { readNote, readCheckpoint, readVkey } from "../../cli/verifiers/page/note.js";
import { signersOf } from "../../cli/verifiers/page/open_note.js";
import { Tree, tilePath, tilesOf } from "../../cli/verifiers/page/tree.js";
import { wordsOf, readIdentity } from "../../cli/verifiers/page/words.js";

const refuses = (check) => assert.notEqual(refusalOf(check), null);

test("SHA-256 is what others reckon, in one piece and in several", () => {
  for (let size = 0; size < 300; size++) {
    const bytes = randomBytes(size);
    const expected = createHash("sha256").update(bytes).digest("hex");
    assert.equal(sha256Hex(bytes), expected);
    const cut = size % 70;
    assert.equal(toHex(new Sha256().take(bytes.subarray(0, cut)).take(bytes.subarray(cut)).digest()), expected);
  }
});


test("base64 is taken in one form only", () => {
  for (let size = 0; size < 70; size++) {
    const bytes = randomBytes(size);
    assert.deepEqual(Buffer.from(fromBase64(bytes.toString("base64"))), bytes);
  }
  for (const text of ["A", "AA", "AA=", "AB==", "AAB=", "A A=", "AA==\n", "====", "AA-_", "ÄA=="]) assert.equal(fromBase64(text), null, text);
});

test("texts are ordered as their UTF-8 bytes are", () => {
  const texts = ["", "a", "aa", "b", "\u00e9", "\ufb01", "\u{1f600}", "\u{10ffff}", "z\u{1f600}", "z\ufb01"];
  for (const a of texts) for (const b of texts) assert.equal(Math.sign(compareText(a, b)), Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))), `${a} ${b}`);
});

test("UTF-8 that is not well-formed is no text", () => {
  for (const hex of ["ff", "c0af", "eda080", "f4908080", "e282", "80"]) assert.equal(fromUtf8(fromHex(hex)), null, hex);
  assert.equal(fromUtf8(fromHex("efbbbf41")), "\ufeffA");
});

const CANONICAL = ['{}', '[]', '0', '-1', '9007199254740991', '-9007199254740991', '"\\u001f\\b\\"\\\\/\u007f"', 'true', 'false', 'null',
  '{"a":{"b":[1,"x"]},"a_1":2,"b":""}', `${"[".repeat(32)}${"]".repeat(32)}`, '"\u{1f600}\u2028"'];
const NOT_CANONICAL = ['', ' {}', '{} ', '{ }', '[1,]', '[,1]', '{"a":1,}', '{"b":1,"a":2}', '{"a":1,"a":1}', '{"A":1}', '{"_a":1}', '{"":1}',
  '{"a b":1}', '{"é":1}', '{"a" :1}', '-0', '01', '+1', '1.0', '1e3', '.5', '-', '9007199254740992', '-9007199254740992', '99999999999999999999',
  '"\\/"', '"\\u0041"', '"\\u000a"', '"\\u001F"', '"\\u0020"', '"\\x"', '"a', "'a'", '"\n"', '"\u0000"', 'tru', 'True', 'NaN', 'undefined', '[1 ]',
  '{"a":1}{"a":1}', `${"[".repeat(33)}${"]".repeat(33)}`, '"\\ud83d\\ude00"', '{"a":1', '[', '{"a"}', '{"constructor":1,"constructor":1}'];

test("canonical JSON is read, and nothing else", () => {
  for (const text of CANONICAL) assert.doesNotThrow(() => readText(text), text);
  for (const text of NOT_CANONICAL) assert.throws(() => readText(text), Refused, JSON.stringify(text));
  const odd = readText('{"constructor":1,"has_own_property":2}');
  assert.deepEqual(Object.keys(odd), ["constructor", "has_own_property"]);
});

test("what is read is written again alike", () => {
  for (const text of CANONICAL) assert.equal(JSON.stringify(readText(text)), text);
});

test("RFC 8785: what others wrote is read where it lies within the format's bounds, and refused where it does not", { skip: hasVectors }, () => {
  const folder = join(VECTORS, "cyberphone/json-canonicalization/testdata");
  const names = readdirSync(join(folder, "output"));
  for (const name of names) {
    const bytes = readFileSync(join(folder, "output", name));
    const input = readFileSync(join(folder, "input", name));
    if (!bytes.equals(input)) assert.throws(() => readBytes(input), Refused, name);
    // The format allows integers and ASCII names in snake case only.
    const plain = !/[0-9][.eE]/.test(bytes) && [...bytes.toString().matchAll(/"([^"]*)":/g)].every(([, member]) => /^[a-z][a-z0-9_]*$/.test(member));
    if (plain) assert.equal(JSON.stringify(readBytes(bytes).value), bytes.toString());
    else assert.throws(() => readBytes(bytes), Refused, name);
  }
  assert.equal(names.length, 6);
});

test("a time names a moment that there is", () => {
  for (const time of ["2020-02-29T00:00:00.000000Z", "0001-01-01T23:59:59.999999Z", "2000-02-29T00:00:00.000000Z"]) assert.equal(aTime(time), time);
  for (const time of ["2019-02-29T00:00:00.000000Z", "1900-02-29T00:00:00.000000Z", "0000-01-01T00:00:00.000000Z", "2019-13-01T00:00:00.000000Z",
    "2019-01-01T24:00:00.000000Z", "2019-01-01T00:00:60.000000Z", "2019-01-01T00:00:00.00000Z", "2019-01-01T00:00:00.000000+00:00", 5, null]) refuses(() => aTime(time));
  refuses(() => aSubject(`a/${"b".repeat(129)}`));
  refuses(() => aSubject(`${"a".repeat(100)}/${"b".repeat(60)}`));
});

test("keys of small order and encodings that are not reduced are refused", { skip: hasVectors }, () => {
  for (const hex of vectors("derived/ed25519-small-order-keys.json").reject_at_key_registration) refuses(() => checkKey(ed25519Spki(fromHex(hex))));
});

test("Wycheproof: Ed25519 comes out as published", { skip: hasVectors }, async () => {
  let cases = 0;
  for (const { publicKeyDer, tests } of vectors("C2SP/wycheproof/testvectors_v1/ed25519_test.json").testGroups) {
    for (const { msg, sig, result, tcId } of tests) {
      const problem = await new KeyRing().problemOf(fromHex(publicKeyDer), fromHex(msg), fromHex(sig));
      assert.equal(problem === null, result === "valid", `case ${tcId}: ${problem}`);
      cases++;
    }
  }
  assert.equal(cases, 151);
});

test("Wycheproof: P-256 comes out as published, but for a high s", { skip: hasVectors }, async () => {
  const ring = new KeyRing();
  let accepted = 0;
  let high = 0;
  for (const { publicKeyDer, tests } of vectors("C2SP/wycheproof/testvectors_v1/ecdsa_secp256r1_sha256_test.json").testGroups) {
    for (const { msg, sig, result, tcId } of tests) {
      const problem = await ring.problemOf(fromHex(publicKeyDer), fromHex(msg), fromHex(sig));
      if (problem === "a signature with a high s") high++;
      else assert.equal(problem === null, result === "valid", `case ${tcId}: ${problem}`);
      if (problem === null) accepted++;
    }
  }
  assert.ok(accepted > 50 && high > 50, `${accepted} accepted, ${high} with a high s`);
});

test("C2SP notes and cosignatures come out as published", { skip: hasVectors }, async () => {
  const { notes, cosignatures } = vectors("derived/notes-and-cosignatures.json");
  const opens = async (vkey, note) => {
    try {
      return (await signersOf(readNote(toUtf8(note)), [readVkey(vkey)], new KeyRing())).length > 0;
    } catch (error) {
      assert.ok(error instanceof Refused, error.stack);
      return false;
    }
  };
  for (const { vkey, note, expect, why } of notes) assert.equal(await opens(vkey, note), expect === "valid", why);
  const cosigned = cosignatures.filter(({ checkpoint }) => checkpoint !== undefined);
  for (const { witness_vkey: vkey, checkpoint, expect } of cosigned) assert.equal(await opens(vkey, checkpoint), expect === "valid");
  assert.ok(cosigned.length > 0);
});

test("roots, paths and inventories of tiles come out as published", { skip: hasVectors }, () => {
  const tree = new Tree();
  const leaf = (i) => createHash("sha256").update(Buffer.concat([Buffer.from([0]), Buffer.from(`leaf ${i}`)])).digest();
  const roots = vectors("derived/rfc6962-leafN.json").roots_by_size_b64;
  const largest = Math.max(...Object.keys(roots).map(Number));
  for (let i = 0; i < largest; i++) tree.add(new Uint8Array(leaf(i)));
  for (const [size, root] of Object.entries(roots)) assert.equal(Buffer.from(tree.root(Number(size))).toString("base64"), root, size);
  const { index_paths: paths, tile_inventory: inventory } = vectors("derived/tile-paths.json");
  for (const [number, path] of Object.entries(paths)) assert.equal(tilePath(0, Number(number), 256), `tile/0/${path}`);
  for (const [size, levels] of Object.entries(inventory)) {
    for (const { level, full, partial_width: width } of levels) {
      const tiles = [...tilesOf(level, Number(size))];
      assert.equal(tiles.filter((tile) => tile.width === 256).length, full);
      assert.equal(tiles.find((tile) => tile.width < 256)?.width ?? 0, width ?? 0);
    }
  }
});

test("a checkpoint has a size, a root, and no empty line", () => {
  const root = Buffer.alloc(32, 7).toString("base64");
  assert.equal(readCheckpoint(`o\n7\n${root}\nmore\n`).size, 7);
  for (const text of ["", "o\n7\n", `o\n07\n${root}\n`, `o\n-7\n${root}\n`, `o\n7\nAAAA\n`, `\n7\n${root}\n`, `o\n7\n${root}\n\n`, `o\n0\n${root}\n`,
    `o\n7\n${root}`, `o\n9223372036854775808\n${root}\n`]) refuses(() => readCheckpoint(text));
});

test("twelve words stand for twelve bytes, whole or by four letters", () => {
  const id = fromHex(saidOfLog.log_id);
  assert.equal(wordsOf(id), saidOfLog.words);
  assert.deepEqual(readIdentity(saidOfLog.words.toUpperCase().replaceAll(" ", ", ")), id.slice(0, 12));
  assert.deepEqual(readIdentity(saidOfLog.words.split(" ").map((word) => word.slice(0, 4)).join("-")), id.slice(0, 12));
  assert.deepEqual(readIdentity(` ${saidOfLog.log_id}\n`), id);
  assert.equal(readIdentity("  "), null);
  for (const text of ["deer", saidOfLog.log_id.slice(0, 22), `${saidOfLog.log_id}00`, saidOfLog.words.replace("deer", "dee"), saidOfLog.words.replace("deer", "deers")]) {
    refuses(() => readIdentity(text));
  }
});
