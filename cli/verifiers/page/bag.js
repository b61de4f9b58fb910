// A BagIt bag (RFC 8493, version 1.0), as docs/format.md annex G has it: its manifests say what its maker put in.

import { SubTree } from "./file_tree.js";
import { Sha256 } from "./sha256.js";
import { fromUtf8, toHex } from "./bytes.js";

const MANIFEST = "manifest-sha256.txt";
const TAG_MANIFEST = "tagmanifest-sha256.txt";
const MANIFEST_SIZE = 64 * 1024 * 1024;

export const isBag = (tree) => tree.has("bagit.txt") || tree.has(MANIFEST) || tree.names().some((name) => name.startsWith("data/"));

const DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

// The bag's payload as a tree, after its manifests were compared with what is there: what differs fails a claim.
export async function openBag(tree, report, steps) {
  const declaration = tree.has("bagit.txt") ? await tree.read("bagit.txt", 4096) : null;
  if (declaration === null || fromUtf8(declaration) !== DECLARATION) object(report, "bagit.txt", "does not declare a bag of version 1.0 in UTF-8");
  const payload = await readManifest(tree, MANIFEST, report);
  const tags = await readManifest(tree, TAG_MANIFEST, report);
  const names = tree.names();
  let done = 0;
  for (const name of names) {
    await steps("manifests", ++done, names.length);
    if (name === TAG_MANIFEST) continue;
    const listed = name.startsWith("data/") ? payload : tags;
    if (listed === null) continue;
    if (!listed.has(name)) object(report, name, "is in no manifest");
    else if ((await digestOf(tree, name)) !== listed.get(name)) object(report, name, "has another digest than the manifest states");
  }
  for (const name of [...(payload ?? new Map()).keys(), ...(tags ?? new Map()).keys()]) if (!tree.has(name)) object(report, name, "is listed and missing");
  return new SubTree(tree, "data/");
}

function object(report, name, what) {
  report.object(name.startsWith("data/evidence/") ? "evidence_files" : "tree", null, `the bag's ${name} ${what}`);
}

// Name → digest; null where it is no manifest.
async function readManifest(tree, manifest, report) {
  const bytes = tree.has(manifest) ? await tree.read(manifest, MANIFEST_SIZE) : null;
  const text = bytes === null ? null : fromUtf8(bytes);
  if (text === null) {
    object(report, manifest, "is missing, too large, or not UTF-8");
    return null;
  }
  const listed = new Map();
  for (const line of text.replace(/\r?\n$/, "").split(/\r?\n/)) {
    if (text === "") break;
    const found = /^([0-9A-Fa-f]{64})[ \t]+(\S.*)$/.exec(line);
    if (found === null || listed.has(nameOf(found[2]))) {
      object(report, manifest, "has a line that no manifest has");
      return null;
    }
    listed.set(nameOf(found[2]), found[1].toLowerCase());
  }
  return listed;
}

// RFC 8493 section 2.1.3: line ends and per cent signs in a name are percent-encoded.
const nameOf = (text) => text.replace(/%(0[AaDd]|25)/g, (_, code) => String.fromCharCode(parseInt(code, 16)));

async function digestOf(tree, name) {
  const hash = new Sha256();
  for await (const chunk of tree.chunks(name)) hash.take(chunk);
  return toHex(hash.digest());
}
