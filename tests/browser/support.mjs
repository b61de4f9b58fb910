// What the tests of the page's modules share.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { after } from "node:test";
import "../../cli/verifiers/page/node_platform.mjs";
import { openPath } from "../../cli/verifiers/page/node_tree.mjs";
import { verifyTree, NotReadable } from "../../cli/verifiers/page/verify.js";
import { BlobTree, Unreadable } from "../../cli/verifiers/page/file_tree.js";

export const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = join(HERE, "../..");
export const LOG = join(ROOT, "tests/vectors/log");
export const VECTORS = join(ROOT, "../shared/vectors");
export const NOTHING = { identity: null, pin: null, witnesses: [] };

export const hasVectors = existsSync(VECTORS) ? false : "../shared/vectors is not here";
export const vectors = (name) => JSON.parse(readFileSync(join(VECTORS, name), "utf8"));

export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}

export const python = (script, ...args) => execFileSync(process.env.PYTHON ?? "python3", ["-B", join(HERE, script), ...args]);

// Name → bytes as a tree.
export const treeOf = (files) => new BlobTree(new Map([...files].map(([name, bytes]) => [name, new Blob([bytes])])));

// {outcome, failed: [claims], answers, run}; "incomplete" and no claims where nothing could be read.
export async function verify(tree, given = NOTHING) {
  try {
    const { report, run, kind } = await verifyTree(tree, { ...NOTHING, ...given });
    const answers = report.answers();
    const failed = answers.filter(({ verdict }) => verdict === "failed").map(({ claim }) => claim);
    return { outcome: report.outcome(), failed, answers, run, kind, verdictOf: (claim) => answers.find((answer) => answer.claim === claim).verdict };
  } catch (error) {
    if (!(error instanceof NotReadable) && !(error instanceof Unreadable)) throw error;
    return { outcome: "incomplete", failed: [], answers: [], message: error.message };
  }
}

export const verifyPath = async (path, given) => verify(await openPath(path), given);

export const saidOfLog = Object.fromEntries(readFileSync(join(LOG, "log.txt"), "utf8").trim().split("\n")
  .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]));

// A generator of the same numbers for the same seed (xorshift32).
export class Random {
  constructor(seed) {
    this.state = seed | 0 || 1;
  }

  below(count) {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % count;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  some(list) {
    return list.filter(() => this.below(2) === 0);
  }
}
