// Annex B of docs/format.md, read as data: what each type of event holds, who may say it, and what must hold
// before it. The annex is the same text as on that page; annex_text.js is made from it.

import { ANNEX_B } from "./annex_text.js";
import { need, Refused } from "./refused.js";
import { compareText } from "./bytes.js";
import { aHash, aTime, anAddress, anIdentifier, anInteger, aText, someBytes, members, shown } from "./values.js";

// Splits at commas that stand outside of braces.
function splitMembers(text) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}") depth--;
    if (at === text.length || (text[at] === "," && depth === 0)) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return parts.filter((part) => part !== "");
}

const KINDS = {
  hash: aHash,
  time: aTime,
  "event address": anAddress,
  identifier: anIdentifier,
  integer: (value) => anInteger(value),
  "signed integer": (value) => anInteger(value, -Infinity),
  text: aText,
  bytes: someBytes,
  boolean: (value) => need(typeof value === "boolean", `${shown(value)} is not true or false`),
  "confidential member": (value) => aHash(members(value, ["commitment"]).commitment),
};

// A function that throws Refused for a value which is not of this kind.
function checkerOf(kind) {
  if (KINDS[kind]) return KINDS[kind];
  if (kind.startsWith("{")) return objectChecker(kind.slice(1, -1));
  const list = /^(list|set) of (.*)$/s.exec(kind);
  if (list) return arrayChecker(list[1] === "set", list[2]);
  if (!kind.includes("|")) throw new Error(`annex B has a kind of value that is not known: ${kind}`);
  const words = new Set(kind.split("|"));
  return (value) => {
    if (!words.has(value)) throw new Refused(`${shown(value)} is none of ${kind}`);
  };
}

function arrayChecker(isSet, inner) {
  const check = checkerOf(inner);
  const compare = orderOf(inner);
  return (value) => {
    if (!Array.isArray(value)) throw new Refused(`${shown(value)} is not an array`);
    value.forEach(check);
    for (let i = 1; isSet && i < value.length; i++) need(compare(value[i - 1], value[i]) < 0, "a set out of order");
  };
}

function orderOf(kind) {
  if (kind === "event address") {
    return (a, b) => {
      const [x, y] = [anAddress(a), anAddress(b)];
      return x[0] - y[0] || x[1] - y[1];
    };
  }
  if (kind === "integer") return (a, b) => a - b;
  const words = kind.split("|");
  return words.length > 1 ? (a, b) => words.indexOf(a) - words.indexOf(b) : compareText;
}

function objectChecker(text) {
  const fields = splitMembers(text).map((part) => {
    const space = part.indexOf(" ");
    const optional = part.startsWith("[");
    const name = part.slice(0, space).replace(/[[\]]/g, "");
    return { name, optional, check: checkerOf(part.slice(space + 1).trim()) };
  });
  const required = fields.filter((field) => !field.optional).map((field) => field.name);
  const optional = fields.filter((field) => field.optional).map((field) => field.name);
  return (value) => {
    members(value, required, optional);
    for (const { name, check } of fields) if (value[name] !== undefined) check(value[name]);
  };
}

class Type {
  constructor(lines) {
    const head = /^(\S+) (\d+), (.*)$/.exec(lines[0]);
    const parts = head[3].split("; ");
    this.name = head[1];
    this.version = Number(head[2]);
    this.decision = parts.includes("a decision");
    this.endorsers = parts.find((part) => part.startsWith("endorsed: "))?.slice(10).split(", ") ?? [];
    this.authority = parts[0].split(": ")[0];
    this.roles = parts[0].split(": ")[1]?.split(", ") ?? [];
    const fields = { data: "", subject: "", files: "", rules: "" };
    let label = null;
    for (const line of lines.slice(1)) {
      label = line.slice(2, 10).trim() || label;
      // A list of words may go on after one of its bars.
      fields[label] += (fields[label].endsWith("|") ? "" : " ") + line.slice(10).trim();
    }
    this.check = objectChecker(fields.data.trim());
    this.subject = fields.subject.trim();
    this.files = [...fields.files.matchAll(/<([a-z0-9_]+)>/g)].map((found) => found[1]);
    this.rules = fields.rules.trim() === "" ? [] : fields.rules.trim().split("; ");
  }

  get byThreshold() {
    return this.authority === "by root threshold";
  }

  get takesVoices() {
    return this.byThreshold || this.endorsers.length > 0;
  }
}

function readTypes() {
  const blocks = [];
  for (const line of ANNEX_B.split("\n")) {
    if (!line.startsWith(" ")) blocks.push([]);
    blocks[blocks.length - 1].push(line);
  }
  return new Map(blocks.map((lines) => new Type(lines)).map((type) => [`${type.name} ${type.version}`, type]));
}

const TYPES = readTypes();

// The type of an event, or undefined where the annex has none of this name and version.
export const typeOf = (event) => TYPES.get(`${event.type} ${event.version}`);

// What stands under a member, here or further in; each element of a list by itself.
export function valuesOf(data, name) {
  const found = [];
  gather(data, name, found);
  return found;
}

function gather(data, name, found) {
  if (typeof data !== "object") return;
  if (Array.isArray(data)) {
    for (const element of data) gather(element, name, found);
    return;
  }
  for (const member in data) {
    const value = data[member];
    if (member !== name) gather(value, name, found);
    else if (Array.isArray(value)) found.push(...value);
    else found.push(value);
  }
}

const PLACES = new Map(); // template → the names in it

// Every text that a template like document/<document>.v<version> stands for.
export function expand(template, data) {
  if (!PLACES.has(template)) PLACES.set(template, [...template.matchAll(/<([a-z0-9_.]+)>/g)].map(([, name]) => name));
  let texts = [template];
  for (const name of PLACES.get(template)) {
    const place = `<${name}>`;
    const values = valuesOf(data, name);
    texts = texts.flatMap((text) => values.map((value) => text.replace(place, () => String(value))));
  }
  return texts;
}
