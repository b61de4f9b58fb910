// A tree of files by their relative names, as the verifier reads it: a directory that was dropped, one on disk, or
// a zip. What is read are bytes; what cannot be read (not: is not there) is Unreadable, and says nothing about the
// evidence.

export class Unreadable extends Error {}

// The part of a tree below a folder, as a tree.
export class SubTree {
  constructor(tree, prefix) {
    this.tree = tree;
    this.prefix = prefix;
  }

  names() {
    return this.tree.names().filter((name) => name.startsWith(this.prefix)).map((name) => name.slice(this.prefix.length));
  }

  has(name) {
    return this.tree.has(this.prefix + name);
  }

  size(name) {
    return this.tree.size(this.prefix + name);
  }

  read(name, limit) {
    return this.tree.read(this.prefix + name, limit);
  }

  chunks(name) {
    return this.tree.chunks(this.prefix + name);
  }
}

// Files of the browser's File API (or anything with size, slice and arrayBuffer) by name.
export class BlobTree {
  constructor(files) {
    this.files = files; // Map name → Blob
  }

  names() {
    return [...this.files.keys()];
  }

  has(name) {
    return this.files.has(name);
  }

  size(name) {
    return this.files.get(name).size;
  }

  // All bytes, of which there may be `limit`; one more is an error of the caller's to judge (null).
  async read(name, limit) {
    const file = this.files.get(name);
    if (file.size > limit) return null;
    return bytesOf(file);
  }

  async *chunks(name, size = 4 * 1024 * 1024) {
    const file = this.files.get(name);
    for (let at = 0; at < file.size; at += size) yield bytesOf(file.slice(at, at + size));
  }
}

async function bytesOf(blob) {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    throw new Unreadable(error.message);
  }
}
