// The verifier under Node, for scripts and tests. The page runs the same modules in a browser.
//
//   node run.mjs PATH [--json] [--log-id HEX | --words "…"] [--pin FILE] [--witness VKEY]…
//   node run.mjs --batch [the same]      reads paths from standard input, answers one JSON line each
//
// Exit code: 0 nothing that was checked failed, 10 something failed, 16 it could not be checked, 2 wrong usage.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import "./node_platform.mjs";
import { openPath } from "./node_tree.mjs";
import { verifyTree, NotReadable } from "./verify.js";
import { Unreadable } from "./file_tree.js";
import { readIdentity } from "./words.js";
import { readWitnesses } from "./checkpoints.js";

const CODES = { good: 0, failed: 10, incomplete: 16 };

function parse(args) {
  const options = { json: false, batch: false, path: null, identity: "", pin: null, witnesses: [] };
  while (args.length > 0) {
    const arg = args.shift();
    if (arg === "--json") options.json = true;
    else if (arg === "--batch") options.batch = true;
    else if (["--log-id", "--words"].includes(arg)) options.identity = args.shift() ?? "";
    else if (arg === "--pin") options.pin = args.shift();
    else if (arg === "--witness") options.witnesses.push(args.shift() ?? "");
    else if (arg.startsWith("-") || options.path !== null) throw new Error(`cannot use ${arg}`);
    else options.path = arg;
  }
  if (options.batch === (options.path !== null)) throw new Error("name one path, or say --batch");
  return options;
}

const givenOf = (options) => ({
  identity: readIdentity(options.identity),
  pin: options.pin === null ? null : new Uint8Array(readFileSync(options.pin)),
  witnesses: readWitnesses(options.witnesses.join("\n")),
  now: Math.floor(Date.now() / 1000),
});

async function answer(path, given) {
  try {
    const { report, run } = await verifyTree(await openPath(path), given);
    return { outcome: report.outcome(), claims: report.answers(), ...run?.besides?.() };
  } catch (error) {
    if (!(error instanceof NotReadable) && !(error instanceof Unreadable)) throw error;
    return { outcome: "incomplete", claims: [], message: error.message };
  }
}

function show({ outcome, claims, message }) {
  for (const { claim, verdict, entry, message: text } of claims) {
    console.log(`${verdict.replace("_", " ")}: ${claim}: ${entry === undefined ? "" : `entry ${entry}: `}${text}`);
  }
  if (message) console.log(message);
  console.log({ good: "Nothing that was checked failed.", failed: "Something failed.", incomplete: "It could not be checked." }[outcome]);
}

async function main() {
  let options;
  let given;
  try {
    options = parse(process.argv.slice(2));
    given = givenOf(options);
  } catch (error) {
    console.error(`run.mjs: ${error.message}`);
    return 2;
  }
  if (options.batch) {
    for await (const path of createInterface({ input: process.stdin })) {
      console.log(JSON.stringify({ path, ...(await answer(path, given)) }));
    }
    return 0;
  }
  const result = await answer(options.path, given);
  if (options.json) console.log(JSON.stringify(result));
  else show(result);
  return CODES[result.outcome];
}

process.exitCode = await main();
