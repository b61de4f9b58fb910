// The page as it is joined: one file, the policy that names its very script and style, the same bytes again.

import test from "node:test";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, scratch } from "./support.mjs";

const modules = join(ROOT, "cli/verifiers/page");
const run = (script, ...args) => execFileSync(process.env.PYTHON ?? "python3", ["-B", join(modules, script), ...args]).toString();
const folder = scratch();
const joined = join(folder, "verify.html");
run("join.py", joined);
const page = readFileSync(joined, "utf8");
const hash = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
const inside = (name) => new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(page)[1];

test("the policy allows this script and this style, and nothing else", () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)[1];
  assert.equal(policy, `default-src 'none'; script-src '${hash(inside("script"))}'; style-src '${hash(inside("style"))}'; img-src data:; base-uri 'none'; form-action 'none'`);
  assert.equal(page.match(/<script/g).length, 1);
  assert.equal(page.match(/<style/g).length, 1);
  assert.doesNotMatch(page, /\son[a-z]+=|style="|https?:/);
});

test("the script is one that runs, and no module is left out of it", () => {
  assert.doesNotThrow(() => new Function(inside("script")));
  for (const name of readdirSync(modules).filter((name) => name.endsWith(".js"))) {
    assert.ok(page.includes(`const module_${name.replace(".js", "")} = `), name);
  }
});

test("the same sources give the same bytes, and the build has them", () => {
  const again = join(folder, "again.html");
  run("join.py", again);
  assert.equal(readFileSync(again, "utf8"), page);
  if (process.env.VERIFY_HTML) assert.equal(readFileSync(process.env.VERIFY_HTML, "utf8"), page);
});

test("what came from outside reaches the page as text only", () => {
  for (const name of readdirSync(modules).filter((name) => name.endsWith(".js"))) {
    const text = readFileSync(join(modules, name), "utf8");
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|fetch\(|XMLHttpRequest|WebSocket|import\(/, name);
  }
});

test("the annexes that the modules read are those of docs/format.md", () => {
  assert.equal(readFileSync(join(modules, "annex_text.js"), "utf8"), run("annex.py", join(ROOT, "docs/format.md")));
});
