// The hard invariants of annex B (docs/format.md), over everything that was made, closed and stated so far.
// Each rule of the annex is a short sentence; sentences.js has those that concern one event alone.

import { need, Refused } from "./refused.js";
import { anAddress } from "./values.js";
import { expand, valuesOf } from "./annex.js";
import { SENTENCES } from "./sentences.js";

const FORMS = [
  [/^creates (.*)$/, (things, [, template], { data }) => {
    for (const thing of expand(template, data)) things.create(thing);
  }],
  [/^(\S+) exists$/, (things, [, template], { data }) => {
    for (const thing of expand(template, data)) if (!things.made.has(thing)) throw new Refused(`there is no ${thing}`);
  }],
  [/^closes ([^,]*)$/, (things, [, template], { data }) => {
    things.open(expand(template, data)[0]).closed = true;
  }],
  [/^closes (.*), stating the number of its parts$/, (things, [, template], { data }) => {
    const [name] = expand(template, data);
    const thing = things.open(name);
    need(thing.parts === data.result_count, `${name} has ${thing.parts} parts, not ${data.result_count}`);
    thing.closed = true;
  }],
  [/^is the next part of (.*)$/, (things, [, template], { data }) => {
    const [name] = expand(template, data);
    const thing = things.open(name);
    need(thing.parts === data.ordinal, `the next part of ${name} is number ${thing.parts}, not ${data.ordinal}`);
    thing.parts++;
  }],
  [/^no other (\S+) has (.*)$/, (things, [, kind, fields], { data }) => {
    for (const combination of combinations(fields.split(" + "), data)) things.combine(kind, combination);
  }],
  [/^states the SHA-512 and size of (\S+) that earlier events state$/, (things, [, template], { data }) => {
    const stated = `${data.digest_sha512} ${data.size_bytes}`;
    const [name] = expand(template, data);
    const known = things.stated.get(name) ?? stated;
    things.stated.set(name, known);
    need(known === stated, "an earlier event states another SHA-512 or size of that file");
  }],
  [/^there is an event <(\S+)> before it$/, (things, [, member], { data, holds }) => {
    for (const value of valuesOf(data, member)) need(holds(anAddress(value)), `there is no event ${value} before this one`);
  }],
  [/^the log had <(\S+)> entries before it$/, (things, [, path], { data, index }) => {
    const size = path.split(".").reduce((value, member) => value[member], data);
    need(size <= index, `${path} ${size} lies beyond the log's ${index} entries`);
  }],
];

// Each list of items gives one combination an item; without a list there is one.
function combinations(fields, data) {
  const names = fields.map((field) => field.slice(1, -1));
  const items = [data.items, data.added].find(Array.isArray);
  const within = items !== undefined && items.every((item) => item[names[names.length - 1]] !== undefined);
  const sources = within ? items.map((item) => ({ ...data, ...item })) : [data];
  return sources.map((source) => JSON.stringify(names.map((name) => source[name])));
}

export class Things {
  constructor() {
    this.made = new Map(); // "phase/P-1" → {closed, parts}
    this.combined = new Set();
    this.stated = new Map();
    this.notUnderstood = new Set(); // rules that this program does not know
    this.known = new Map(); // rule → how it is checked
  }

  create(thing) {
    need(!this.made.has(thing), `${thing} exists already`);
    this.made.set(thing, { closed: false, parts: 0 });
  }

  open(name) {
    const thing = this.made.get(name);
    need(thing !== undefined, `there is no ${name}`);
    need(!thing.closed, `${name} is closed already`);
    return thing;
  }

  combine(kind, combination) {
    const key = `${kind} ${combination}`;
    need(!this.combined.has(key), `another ${kind} has the same`);
    this.combined.add(key);
  }

  ruleOf(rule) {
    if (!this.known.has(rule)) this.known.set(rule, this.findRule(rule));
    return this.known.get(rule);
  }

  findRule(rule) {
    for (const [form, check] of FORMS) {
      const found = form.exec(rule);
      if (found !== null) return (event) => check(this, found, event);
    }
    const sentence = SENTENCES[rule];
    if (sentence !== undefined) return ({ data, entry }) => need(sentence(data, entry), rule);
    this.notUnderstood.add(rule);
    return () => {};
  }
}
