// Directories and zip files on disk as trees, for Node.

import { openSync, readSync, closeSync, readdirSync, lstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { BlobTree, Unreadable } from "./file_tree.js";
import { openZip } from "./zip.js";

// A file as the browser's Blob offers it, read where it is asked for.
class DiskBlob {
  constructor(path, from, to) {
    this.path = path;
    this.from = from;
    this.to = to;
  }

  get size() {
    return this.to - this.from;
  }

  slice(from, to = this.size) {
    return new DiskBlob(this.path, this.from + Math.min(from, this.size), this.from + Math.min(to, this.size));
  }

  async arrayBuffer() {
    const bytes = new Uint8Array(this.size);
    const file = openSync(this.path, "r");
    try {
      for (let at = 0; at < bytes.length; ) {
        const read = readSync(file, bytes, at, bytes.length - at, this.from + at);
        if (read === 0) throw new Error("the file became shorter");
        at += read;
      }
    } finally {
      closeSync(file);
    }
    return bytes.buffer;
  }
}

// A link, a device, a pipe: nobody looks into it.
class NoPlainFile {
  constructor(name) {
    this.name = name;
    this.size = 1;
  }

  slice() {
    return this;
  }

  async arrayBuffer() {
    throw new Error(`${this.name} is a link, or no plain file`);
  }
}

const FILES = 1000000;

function list(root) {
  const files = new Map();
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (entry.isFile()) files.set(name, new DiskBlob(join(root, name), 0, lstatSync(join(root, name)).size));
      else files.set(name, new NoPlainFile(name));
      if (files.size > FILES) throw new Unreadable("more files than a log of this kind has");
    }
  };
  walk("");
  return files;
}

// The tree of a directory, or of a zip file. Throws Unreadable.
export async function openPath(path) {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return new BlobTree(list(path));
    return await openZip(new DiskBlob(path, 0, found.size));
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(error.message);
  }
}
