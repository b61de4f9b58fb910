// A zip file (PKWARE APPNOTE 6.3.x: stored and deflated members, zip64 sizes) as a tree of files, within the bounds
// of docs/format.md annex G. Its central directory is believed only where it is plain: what two readers could read
// differently is refused. The CRC-32 is not looked at; the bag has better sums.

import { Unreadable } from "./file_tree.js";
import { fromUtf8 } from "./bytes.js";

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const MOST_FILES = 1000000;
const MOST_DIRECTORY = 256 * 1024 * 1024;
const MOST_BYTES = 64 * 1024 ** 3; // unpacked, of all members together
const PLAIN_BYTES = 64 * 1024 ** 2; // up to here nobody asks how well it is packed
const MOST_RATIO = 200;
const CHUNK = 1024 * 1024;

function need(condition, message) {
  if (!condition) throw new Unreadable(`this zip cannot be read: ${message}`);
}

class Fields {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  u16 = (at) => this.view.getUint16(at, true);
  u32 = (at) => this.view.getUint32(at, true);
  u64 = (at) => {
    const value = this.view.getBigUint64(at, true);
    need(value < 2n ** 53n, "a size out of range");
    return Number(value);
  };
}

async function fieldsOf(blob, from, size) {
  need(from >= 0 && from + size <= blob.size, "it is cut short");
  try {
    return new Fields(new Uint8Array(await blob.slice(from, from + size).arrayBuffer()));
  } catch (error) {
    throw new Unreadable(error.message);
  }
}

// {count, from, size} of the central directory.
async function findDirectory(blob) {
  need(blob.size >= 22, "it is too short");
  const from = Math.max(0, blob.size - 22 - 65535);
  const tail = await fieldsOf(blob, from, blob.size - from);
  let at = tail.bytes.length - 22;
  // The record whose comment ends where the file ends; a comment cannot pass for another one.
  while (at >= 0 && !(tail.u32(at) === END && at + 22 + tail.u16(at + 20) === tail.bytes.length)) at--;
  need(at >= 0, "it has no end of a central directory");
  need(tail.u16(at + 4) === 0 && tail.u16(at + 6) === 0 && tail.u16(at + 8) === tail.u16(at + 10), "it is one part of several");
  const found = { count: tail.u16(at + 10), size: tail.u32(at + 12), from: tail.u32(at + 16), end: from + at };
  const is64 = found.count === 0xffff || found.size === 0xffffffff || found.from === 0xffffffff;
  return is64 ? findDirectory64(blob, from + at) : found;
}

async function findDirectory64(blob, end) {
  const locator = await fieldsOf(blob, end - 20, 20);
  need(locator.u32(0) === LOCATOR64, "its zip64 locator is missing");
  const at = locator.u64(8);
  const record = await fieldsOf(blob, at, 56);
  need(record.u32(0) === END64 && record.u64(24) === record.u64(32), "its zip64 record is damaged");
  return { count: record.u64(32), size: record.u64(40), from: record.u64(48), end: at };
}

// Printable ASCII without space and backslash, and no way out of the folder.
function checkName(name) {
  const parts = (name ?? "").replace(/\/$/, "").split("/");
  const plain = name !== null && /^[!-[\]-~]+$/.test(name) && parts.every((part) => part !== "" && part !== "." && part !== "..");
  need(plain, `a name that is not plain, or leads elsewhere: ${JSON.stringify((name ?? "").slice(0, 80))}`);
}

// One record of the central directory, and where the next begins.
function readRecord(fields, at) {
  need(at + 46 <= fields.bytes.length && fields.u32(at) === CENTRAL, "its central directory is damaged");
  const [nameSize, extraSize, commentSize] = [fields.u16(at + 28), fields.u16(at + 30), fields.u16(at + 32)];
  const next = at + 46 + nameSize + extraSize + commentSize;
  need(next <= fields.bytes.length, "its central directory is damaged");
  const rawName = fields.bytes.subarray(at + 46, at + 46 + nameSize);
  const name = fromUtf8(rawName);
  checkName(name);
  need((fields.u16(at + 8) & 0x2041) === 0, `${name} is encrypted`);
  const mode = fields.bytes[at + 5] === 3 ? (fields.u32(at + 38) >>> 28) : 0;
  need([0, 4, 8].includes(mode), `${name} is a link, or no plain file`);
  const member = { name, rawName, method: fields.u16(at + 10), packed: fields.u32(at + 20),
    size: fields.u32(at + 24), from: fields.u32(at + 42) };
  readExtra64(fields, at + 46 + nameSize, extraSize, member);
  need(member.method === 8 || (member.method === 0 && member.packed === member.size), `${name} is packed in an unknown way`);
  return { member, next };
}

// The sizes that do not fit stand in extra field 1, in this order.
function readExtra64(fields, at, size, member) {
  const wanted = ["size", "packed", "from"].filter((name) => member[name] === 0xffffffff);
  const end = at + size;
  for (; at + 4 <= end; at += 4 + fields.u16(at + 2)) {
    if (fields.u16(at) !== 1) continue;
    need(at + 4 + fields.u16(at + 2) <= end && fields.u16(at + 2) >= 8 * wanted.length, "a zip64 field is damaged");
    wanted.splice(0).forEach((name, i) => (member[name] = fields.u64(at + 4 + 8 * i)));
  }
  need(wanted.length === 0, "a zip64 field is missing");
}

// The tree of a zip. Throws Unreadable.
export async function openZip(blob) {
  const directory = await findDirectory(blob);
  need(directory.count <= MOST_FILES && directory.size <= MOST_DIRECTORY, "it has too many files");
  need(directory.from + directory.size <= directory.end, "its central directory is damaged");
  const fields = await fieldsOf(blob, directory.from, directory.size);
  const members = new Map();
  let total = 0;
  let at = 0;
  for (let i = 0; i < directory.count; i++) {
    const { member, next } = readRecord(fields, at);
    at = next;
    need(!members.has(member.name), `${member.name} is there twice`);
    members.set(member.name, member);
    total += member.size;
    need(total <= MOST_BYTES, "it would unpack to more than 64 GiB");
  }
  need(total <= PLAIN_BYTES || total <= MOST_RATIO * blob.size, "it would unpack to more than 200 times its size");
  need(at === directory.size, "its central directory is damaged");
  checkApart([...members.values()], directory.from);
  for (const name of members.keys()) if (name.endsWith("/")) members.delete(name);
  const tops = new Set([...members.keys()].map((name) => (name.includes("/") ? name.split("/")[0] : "")));
  need(tops.size === 1 && !tops.has(""), "its files are not in one directory");
  return new ZipTree(blob, members);
}

// Members that share bytes are how a small file unpacks to a huge one.
function checkApart(members, end) {
  const sorted = [...members].sort((a, b) => a.from - b.from);
  sorted.forEach((member, i) => {
    const next = i + 1 < sorted.length ? sorted[i + 1].from : end;
    need(member.from + 30 + member.rawName.length + member.packed <= next, `${member.name} shares bytes with another file`);
  });
}

class ZipTree {
  constructor(blob, members) {
    this.blob = blob;
    this.members = members;
  }

  names() {
    return [...this.members.keys()];
  }

  has(name) {
    return this.members.has(name);
  }

  size(name) {
    return this.members.get(name).size;
  }

  // null if there are more bytes than `limit`.
  async read(name, limit) {
    const size = this.size(name);
    if (size > limit) return null;
    const bytes = new Uint8Array(size);
    let at = 0;
    for await (const chunk of this.chunks(name)) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  async *chunks(name) {
    const member = this.members.get(name);
    const packed = await this.packedOf(member);
    let size = 0;
    for await (const chunk of member.method === 0 ? pieces(packed) : inflated(packed)) {
      size += chunk.length;
      need(size <= member.size, `${name} is larger than it says`);
      yield chunk;
    }
    need(size === member.size, `${name} is shorter than it says`);
  }

  // What stands in front of a member's bytes, and behind them where its maker did not know sizes before, has to say the
  // same: other readers believe that.
  async packedOf(member) {
    const head = await fieldsOf(this.blob, member.from, 30 + member.rawName.length);
    need(head.u32(0) === LOCAL && head.u16(26) === member.rawName.length, `${member.name} is not where it should be`);
    need(member.rawName.every((byte, i) => head.bytes[30 + i] === byte), `${member.name} has two names`);
    const streamed = (head.u16(6) & 8) !== 0;
    const fits = (said, own) => said === own || said === 0xffffffff || (streamed && said === 0);
    need((head.u16(6) & 0x2041) === 0 && head.u16(8) === member.method && fits(head.u32(18), member.packed) &&
      fits(head.u32(22), member.size), `${member.name} has two descriptions`);
    const from = member.from + 30 + member.rawName.length + head.u16(28);
    need(from + member.packed <= this.blob.size, "it is cut short");
    if (streamed) await this.checkDescriptor(member, from + member.packed);
    return this.blob.slice(from, from + member.packed);
  }

  // Its mark may be left out; sizes have 4 bytes each, or 8 where the file is large or might have been.
  async checkDescriptor(member, from) {
    const after = await fieldsOf(this.blob, from, Math.min(24, this.blob.size - from));
    need(after.bytes.length >= 16, "it is cut short");
    const at = after.u32(0) === DESCRIPTOR ? 8 : 4;
    const short = after.u32(at) === member.packed && after.u32(at + 4) === member.size;
    const long = () => at + 16 <= after.bytes.length && after.u64(at) === member.packed && after.u64(at + 8) === member.size;
    need(short || long(), `${member.name} has two descriptions`);
  }
}

async function* pieces(blob) {
  for (let at = 0; at < blob.size; at += CHUNK) yield new Uint8Array(await blob.slice(at, at + CHUNK).arrayBuffer());
}

async function* inflated(blob) {
  const stream = new DecompressionStream("deflate-raw");
  const writer = stream.writable.getWriter();
  const feed = async () => {
    for await (const piece of pieces(blob)) await writer.write(piece);
    await writer.close();
  };
  const fed = feed().catch(() => {}); // the reading side reports it
  const reader = stream.readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`this zip cannot be read: a file in it came to harm (${error.message})`);
  } finally {
    await reader.cancel().catch(() => {});
    await fed;
  }
}
