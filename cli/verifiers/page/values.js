// Values that recur (docs/format.md sections 2 and 3, annex F). Each takes a value of the canonical reader
// and throws Refused. Patterns suffice: in canonical form a string with an escape has a character that none
// of them takes (annex F 2).

import { need, Refused } from "./refused.js";
import { isObject } from "./canonical.js";
import { fromBase64, compareText, toUtf8 } from "./bytes.js";

const HASH = /^[0-9a-f]{64}$/;
const IDENTIFIER = /^[A-Za-z0-9._-]{1,128}$/;
const NAME = /^[a-z][a-z0-9_]{0,127}$/;
const SUBJECT = /^[a-z][a-z0-9_]{0,127}\/[A-Za-z0-9._-]{1,128}$/;
const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{6}Z$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ADDRESS = /^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$/;
const DECIMAL = /^(0|[1-9][0-9]*)$/;

// These run for every member of every event, so the words of a refusal are made only where there is one.
const pattern = (form, what) => (value) => {
  if (typeof value !== "string" || !form.test(value)) throw new Refused(`${shown(value)} is not ${what}`);
  return value;
};

// A value in an error, cut short: it may be long, and it was written by others.
export function shown(value) {
  const text = isObject(value) ? "an object" : Array.isArray(value) ? "an array" : JSON.stringify(value);
  return text === undefined ? "nothing" : text.length > 80 ? text.slice(0, 77) + "…" : text;
}

export const aHash = pattern(HASH, "a hash");
export const anIdentifier = pattern(IDENTIFIER, "an identifier");
export const aName = pattern(NAME, "a name");
export const aUuid = pattern(UUID, "a uuid");

export function aSubject(value) {
  pattern(SUBJECT, "a subject")(value);
  need(value.length <= 160, "a subject of more than 160 bytes");
  return value;
}

function daysOf(year, month) {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function aTime(value) {
  const found = typeof value === "string" ? TIME.exec(value) : null;
  if (found === null) throw new Refused(`${shown(value)} is not a time`);
  const [year, month, day, hour, minute, second] = found.slice(1).map(Number);
  const date = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  need(date && hour < 24 && minute < 60 && second < 60, `${value} is no time that there is`);
  return value;
}

// A decimal as a number that is exact; what is larger than any index is refused.
export function decimal(text) {
  need(DECIMAL.test(text) && text.length <= 19, `${shown(text)} is not a decimal`);
  return Number(text);
}

// [entry, position]
export function anAddress(value) {
  const found = typeof value === "string" ? ADDRESS.exec(value) : null;
  if (found === null || found[1].length > 16 || found[2].length > 16) throw new Refused(`${shown(value)} is no event address`);
  return [Number(found[1]), Number(found[2])];
}

export function anInteger(value, least = 0) {
  if (typeof value !== "number" || value < least) throw new Refused(`${shown(value)} is not an integer from ${least} on`);
  return value;
}

export function someBytes(value) {
  const bytes = typeof value === "string" ? fromBase64(value) : null;
  need(bytes !== null, `${shown(value)} is not base64`);
  return bytes;
}

export function aText(value) {
  if (typeof value !== "string") throw new Refused(`${shown(value)} is not a text`);
  // A UTF-16 unit is at most three bytes, so most texts need not be measured.
  need(value.length * 3 <= 16384 || toUtf8(value).length <= 16384, "a text of more than 16,384 bytes");
  return value;
}

// `log` of a submission or publication (annex F 4).
export function aLog(value) {
  need(typeof value === "string", "log is not a text");
  const size = toUtf8(value).length;
  need(size >= 1 && size <= 255 && !/[\u0000-\u001f"\\]/.test(value), "log is not 1 to 255 bytes without escapes");
  return value;
}

export function anArray(value, most = Infinity, least = 0) {
  if (!Array.isArray(value)) throw new Refused(`${shown(value)} is not an array`);
  if (value.length < least || value.length > most) throw new Refused(`an array of ${value.length} elements`);
  return value;
}

// An object with exactly these members, the optional ones or not.
export function members(value, required, optional = []) {
  if (!isObject(value)) throw new Refused(`${shown(value)} is not an object`);
  for (const name of required) if (value[name] === undefined) throw new Refused(`member "${name}" is missing`);
  for (const name of Object.keys(value)) {
    if (!required.includes(name) && !optional.includes(name)) throw new Refused(`an unknown member "${name}"`);
    if (value[name] === null) throw new Refused(`member "${name}" is null`);
  }
  return value;
}

export function ascending(texts, what) {
  for (let i = 1; i < texts.length; i++) {
    need(compareText(texts[i - 1], texts[i]) < 0, `${what} are not in ascending order, each once`);
  }
}
