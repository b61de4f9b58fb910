// From a tree of files to a report: finds out what it is, and has it verified.

import { Report } from "./report.js";
import { KeyRing } from "./keys.js";
import { isPublished, verifyPublished } from "./published.js";
import { isPartial, verifyPartial } from "./partial.js";
import { isBag, openBag } from "./bag.js";
import { SubTree } from "./file_tree.js";

// What was handed in is nothing that this verifier knows, or could not be read: no evidence of anything.
export class NotReadable extends Error {}

// A folder that was dropped or unpacked often stands in another one: the only one that there is, is meant.
function withoutFolder(tree) {
  for (let found = tree; ; ) {
    if (isPublished(found) || isBag(found)) return found;
    const firsts = new Set(found.names().map((name) => name.split("/")[0]));
    const [first] = firsts;
    if (firsts.size !== 1 || found.has(first)) return found;
    found = new SubTree(found, `${first}/`);
  }
}

// Beside its payload a bundle that is not whole has what makes it a bag, and nothing else.
function judgeBagNames(tree, report) {
  for (const name of tree.names()) {
    if (!name.startsWith("data/") && !BAG_NAMES.includes(name)) report.object("tree", null, `${name} does not belong in a bundle`);
  }
}

const BAG_NAMES = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"];

// `given`: {identity, pin, witnesses, needed, now}. Resolves to {report, run, kind}. Throws NotReadable.
export async function verifyTree(tree, given, steps = () => {}, ring = new KeyRing()) {
  const report = new Report();
  const found = withoutFolder(tree);
  if (isBag(found) && (found.has("checkpoint") || found.names().some((name) => name.startsWith("tile/")))) {
    throw new NotReadable("this is a bundle and a published log at once: two readers could read two logs in it");
  }
  if (isPublished(found)) return { report, kind: "published", run: await verifyPublished(found, given, report, ring, steps) };
  if (!isBag(found)) throw new NotReadable("this is neither a published log nor a bundle: there is no checkpoint, and no bagit.txt");
  const payload = await openBag(found, report, steps);
  if (isPartial(payload)) judgeBagNames(found, report);
  if (isPartial(payload)) return { report, kind: "partial", run: await verifyPartial(payload, given, report, ring, steps) };
  if (!isPublished(payload)) throw new NotReadable("this bag holds neither a published log nor a bundle of entries");
  return { report, kind: "bundle", run: await verifyPublished(payload, given, report, ring, steps) };
}
