// The files that events name (docs/format.md sections 8 and 11, step 11).

import { typeOf, valuesOf } from "./annex.js";
import { Unreadable } from "./file_tree.js";
import { refusalOf } from "./refused.js";
import { Sha256 } from "./sha256.js";
import { toHex } from "./bytes.js";

export class Evidence {
  constructor(report) {
    this.report = report;
    this.files = new Map(); // digest → {entry, stated, erased, unavailable}
  }

  // `judged`: the events as the register gives them; without it nothing is known of what took effect.
  take(index, judged) {
    for (const { event, type, sound } of judged) {
      if (type === null) continue;
      const { data } = event;
      for (const member of type.files) for (const digest of valuesOf(data, member)) this.name(digest, index);
      if (type.name === "evidence_added") this.state(data, index);
      if (type.name === "evidence_erased" && sound) this.of(data.digest).erased ??= index;
      if (type.name === "evidence_unavailable" && data.digest !== undefined) this.of(data.digest).unavailable ??= index;
    }
  }

  // Names the files of an entry without judging who may say what.
  takeUnjudged(value) {
    const readable = (event) => {
      const type = typeOf(event);
      return type !== undefined && refusalOf(() => type.check(event.data)) === null ? type : null;
    };
    const judged = value.submission.events.map((event) => ({ event, type: readable(event), sound: true }));
    this.take(value.index, judged);
  }

  of(digest) {
    if (!this.files.has(digest)) this.files.set(digest, { entry: null });
    return this.files.get(digest);
  }

  isNamed(digest) {
    return typeof this.files.get(digest)?.entry === "number";
  }

  name(digest, index) {
    this.of(digest).entry ??= index;
  }

  state({ digest, digest_sha512: sha512, size_bytes: size }, index) {
    const file = this.of(digest);
    if (file.stated === undefined) file.stated = { sha512, size, entry: index };
    else if (file.stated.sha512 !== sha512 || file.stated.size !== size) {
      this.report.object("evidence_files", index, `it states another SHA-512 or size of ${digest} than entry ${file.stated.entry}`);
    }
  }

  // `tree` holds evidence/<digest>; `withheld`: digest → reason.
  async check(tree, withheld, progress) {
    const { report } = this;
    let done = 0;
    for (const [digest, file] of this.files) {
      await progress("evidence", ++done, this.files.size);
      if (file.entry === null) continue;
      const name = `evidence/${digest}`;
      try {
        if (tree.has(name)) this.compare(digest, file, await hashFile(tree, name));
        else this.absent(digest, file, withheld);
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        report.leave("evidence_files", `${name} could not be read: ${error.message}`, true);
      }
    }
    const named = [...this.files.values()].filter((file) => file.entry !== null).length;
    report.show("evidence_files", named === 0 ? "no event names a file" : `all ${named} files that events name are there and have their digests`);
  }

  absent(digest, file, withheld) {
    const { report } = this;
    if (file.erased !== undefined) {
      report.leave("evidence_files", `${digest.slice(0, 16)}… was erased by entry ${file.erased}`);
    } else if (withheld.has(digest)) {
      report.leave("evidence_files", `${digest.slice(0, 16)}… is withheld: ${withheld.get(digest)}`);
    } else {
      const said = file.unavailable === undefined ? "" : `; entry ${file.unavailable} says that it is not there`;
      report.object("evidence_files", file.entry, `the file ${digest} is missing${said}`);
    }
  }

  compare(digest, file, found) {
    const { report } = this;
    if (found.sha256 !== digest) {
      report.object("evidence_files", file.entry, "a file has another SHA-256 than its name", { expected: digest, actual: found.sha256 });
      return;
    }
    const { stated } = file;
    if (stated === undefined) return;
    if (stated.size !== found.size) {
      report.object("evidence_files", stated.entry, `the file ${digest} has another size`, { expected: String(stated.size), actual: String(found.size) });
    } else if (found.sha512 === null) {
      report.leave("evidence_files", `the SHA-512 of ${digest.slice(0, 16)}…: the file is larger than this page reads at once`);
    } else if (stated.sha512 !== found.sha512) {
      report.object("evidence_files", stated.entry, `the file ${digest} has another SHA-512`, { expected: stated.sha512, actual: found.sha512 });
    }
  }
}

const AT_ONCE = 512 * 1024 * 1024;

// SHA-256, SHA-512 and size of a file, with WebCrypto where it fits into memory.
export async function hashFile(tree, name, subtle = globalThis.crypto?.subtle) {
  const size = tree.size(name);
  if (size <= AT_ONCE && subtle) {
    const bytes = await tree.read(name, AT_ONCE);
    const hex = async (algorithm) => toHex(new Uint8Array(await subtle.digest(algorithm, bytes)));
    return { size: bytes.length, sha256: await hex("SHA-256"), sha512: await hex("SHA-512") };
  }
  const hash = new Sha256();
  let read = 0;
  for await (const chunk of tree.chunks(name)) {
    hash.take(chunk);
    read += chunk.length;
  }
  return { size: read, sha256: toHex(hash.digest()), sha512: null };
}
