// Bundles in zip files: whole, altered and hostile.

import test from "node:test";
import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import { Random, treeOf, verify } from "./support.mjs";
import { begin, plan } from "./teller.mjs";
import { openZip } from "../../cli/verifiers/page/zip.js";
import { Unreadable } from "../../cli/verifiers/page/file_tree.js";
import { sha256Hex } from "../../cli/verifiers/page/sha256.js";

// A zip of [name, bytes, {…}]; the options put lies into the records.
function zipOf(members, { comment = "" } = {}) {
  const parts = [];
  const records = [];
  let at = 0;
  for (const [name, bytes, lies = {}] of members) {
    const packed = lies.packed ?? (lies.method === 0 ? bytes : deflateRawSync(bytes));
    const method = lies.method ?? 8;
    const rawName = lies.rawName ?? Buffer.from(name);
    const common = (head, from) => {
      head.writeUInt16LE(20, from);
      head.writeUInt16LE(lies.flags ?? 0, from + 2);
      head.writeUInt16LE(method, from + 4);
      head.writeUInt32LE(lies.packedSize ?? packed.length, from + 14);
      head.writeUInt32LE(lies.size ?? bytes.length, from + 18);
      head.writeUInt16LE(rawName.length, from + 22);
    };
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    common(local, 4);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record[5] = 3;
    common(record, 6);
    record.writeUInt32LE(((lies.mode ?? 0o100644) << 16) >>> 0, 38);
    record.writeUInt32LE(lies.from ?? at, 42);
    records.push(record, rawName);
    parts.push(local, lies.localName ?? rawName, packed);
    at += 30 + rawName.length + packed.length;
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, directory, end, Buffer.from(comment)]);
}

function bagOf(files, change = () => {}) {
  const bag = new Map([["bagit.txt", Buffer.from("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")]]);
  for (const [name, bytes] of files) bag.set(`data/${name}`, bytes);
  const manifest = (wanted) => Buffer.from([...bag].filter(([name]) => wanted(name)).map(([name, bytes]) => `${sha256Hex(bytes)}  ${name}\n`).join(""));
  bag.set("manifest-sha256.txt", manifest((name) => name.startsWith("data/")));
  bag.set("tagmanifest-sha256.txt", manifest((name) => !name.startsWith("data/")));
  change(bag);
  return [...bag].map(([name, bytes]) => [`bundle/${name}`, bytes]);
}

const open = (bytes) => openZip(new Blob([bytes]));
const log = plan(begin()).published();

async function refused(bytes, why) {
  await assert.rejects(async () => {
    const tree = await open(bytes);
    for (const name of tree.names()) await tree.read(name, 1e9);
  }, (error) => error instanceof Unreadable && (why === undefined || why.test(error.message)) || assert.fail(error.stack));
}

test("a bundle of a whole log is verified out of its zip", async () => {
  const { outcome, kind, answers } = await verify(await open(zipOf(bagOf(log))));
  assert.equal(kind, "bundle");
  assert.equal(outcome, "good", JSON.stringify(answers));
});

test("a bag that came to harm fails the claim that the format names", async () => {
  const [evidence] = [...log.keys()].filter((name) => name.startsWith("evidence/"));
  const cases = [
    ["evidence_files", (bag) => bag.set(`data/${evidence}`, Buffer.from("other"))],
    ["evidence_files", (bag) => bag.delete(`data/${evidence}`)],
    ["evidence_files", (bag) => bag.set("data/evidence/more", Buffer.from("more"))],
    ["tree", (bag) => bag.set("data/log.vkey", Buffer.from("x\n"))],
    ["tree", (bag) => bag.set("data/more.html", Buffer.from("more"))],
    ["tree", (bag) => bag.set("bag-info.txt", Buffer.from("more"))],
    ["tree", (bag) => bag.delete("tagmanifest-sha256.txt")],
    ["tree", (bag) => bag.set("manifest-sha256.txt", Buffer.concat([bag.get("manifest-sha256.txt"), Buffer.from(`${"0".repeat(64)}  data/none\n`)]))],
  ];
  for (const [claim, change] of cases) {
    const { failed } = await verify(await open(zipOf(bagOf(log, change))));
    assert.ok(failed.includes(claim), `${change}: ${failed}`);
  }
});

test("a bag whose declaration or manifests are none fails", async () => {
  for (const change of [(bag) => bag.delete("bagit.txt"), (bag) => bag.set("bagit.txt", Buffer.from("BagIt-Version: 9.9\n")),
    (bag) => bag.delete("manifest-sha256.txt"), (bag) => bag.set("manifest-sha256.txt", Buffer.from("not a line of a manifest\n")),
    (bag) => bag.set("tagmanifest-sha256.txt", Buffer.concat([bag.get("tagmanifest-sha256.txt"), Buffer.from("\n")]))]) {
    const { failed } = await verify(await open(zipOf(bagOf(log, change))));
    assert.deepEqual(failed, ["tree"]);
  }
});

test("what is no bag is no evidence of anything", async () => {
  const { outcome, failed } = await verify(await open(zipOf([["letter/letter.txt", Buffer.from("Dear Sir or Madam")]])));
  assert.deepEqual([outcome, failed], ["incomplete", []]);
});

test("names that lead elsewhere, twice, or to no plain file are refused", async () => {
  const some = Buffer.from("some bytes");
  for (const name of ["../x", "/x", "a/../b", "a//b", "./a", "a\\b", "a b/c", "é/x", "a\u0000b", "a\nb"]) await refused(zipOf([[name, some]]), /leads elsewhere/);
  await refused(zipOf([["t/a", some], ["t/a", some]]), /twice/);
  await refused(zipOf([["t/a", some, { mode: 0o120777 }]]), /link/);
  await refused(zipOf([["t/a", some, { mode: 0o020644 }]]), /link/);
  await refused(zipOf([["", some, { rawName: Buffer.from([0xff, 0xfe]) }]]), /not plain/);
  await refused(zipOf([["a/x", some], ["b/x", some]]), /one directory/);
  await refused(zipOf([["x", some]]), /one directory/);
});

test("lies about sizes, sums, ways of packing and places are refused", async () => {
  const some = Buffer.alloc(1000, 7);
  await refused(zipOf([["t/a", some, { size: 999 }]]), /larger/);
  await refused(zipOf([["t/a", some, { size: 1001 }]]), /shorter/);
  await refused(zipOf([["t/a", some, { method: 12, packed: some }]]), /packed/);
  await refused(zipOf([["t/a", some, { method: 0, size: 10 }]]), /packed/);
  await refused(zipOf([["t/a", some, { flags: 1 }]]), /encrypted/);
  await refused(zipOf([["t/a", some, { packed: Buffer.from("no deflate at all") }]]));
  await refused(zipOf([["t/a", some], ["t/b", some, { from: 0 }]]), /shares/);
  await refused(zipOf([["t/a", some, { localName: Buffer.from("t/b") }]]), /two names/);
  await refused(zipOf([["t/a", some, { packedSize: 5000000 }]]));
});

test("a zip that unpacks to more than it says is given up", async () => {
  const bomb = deflateRawSync(Buffer.alloc(50_000_000));
  const started = performance.now();
  await refused(zipOf([["t/a", Buffer.alloc(10), { packed: bomb }]]), /larger/);
  assert.ok(performance.now() - started < 3000);
  await refused(zipOf([["t/a", Buffer.alloc(70 * 1024 * 1024)]]), /200 times/);
  await refused(zipOf(Array.from({ length: 20 }, (_, i) => [`t/a${i}`, Buffer.alloc(1), { size: 0xfffffffe }])), /64 GiB/);
});

test("a comment is passed over, and nothing may follow it", async () => {
  assert.deepEqual((await open(zipOf([["t/a", Buffer.from("x")]], { comment: "a comment" }))).names(), ["t/a"]);
  await refused(Buffer.concat([zipOf([["t/a", Buffer.from("x")]]), Buffer.from("more")]));
});

test("any change of a zip is refused, fails, or leaves its files as they were", async () => {
  const whole = zipOf(bagOf(log));
  const seed = Number(process.env.SEED ?? 77);
  const random = new Random(seed);
  const files = async (tree) => {
    const all = [];
    for (const name of tree.names()) all.push([name, sha256Hex(await tree.read(name, 1e9))]);
    return JSON.stringify(all.sort());
  };
  const before = await files(await open(whole));
  for (let i = 0; i < 300; i++) {
    const changed = random.below(3) === 0 ? whole.subarray(0, random.below(whole.length)) : Buffer.from(whole);
    if (changed.length === whole.length) changed[random.below(changed.length)] ^= 1 << random.below(8);
    let found = null;
    try {
      found = await files(await open(changed));
    } catch (error) {
      assert.ok(error instanceof Unreadable, `seed ${seed}, number ${i}: ${error.stack}`);
    }
    if (found !== null && found !== before) assert.notEqual((await verify(await open(changed))).outcome, "good", `seed ${seed}, number ${i}`);
  }
});

test("a published log in a folder of its own is found", async () => {
  const { outcome } = await verify(treeOf(new Map([...log].map(([name, bytes]) => [`some/where/${name}`, bytes]))));
  assert.equal(outcome, "good");
});
