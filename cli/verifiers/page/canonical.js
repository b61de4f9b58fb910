// Canonical JSON (docs/format.md section 2), read in one pass over the text: what is not its own canonical
// form is refused with its place. Objects know where they stand, so that inner ones are hashed as they
// stand and never written again.

import { Refused } from "./refused.js";
import { fromUtf8 } from "./bytes.js";

export const FROM = Symbol("from");
export const TO = Symbol("to");
const DEPTH = 32;
const SHORT = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };
const HAS_SHORT = new Set([8, 9, 10, 12, 13]);

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  refuse(what) {
    throw new Refused(`${what} at character ${this.at}`);
  }

  skip(char) {
    if (this.text[this.at] !== char) this.refuse(`"${char}" is missing`);
    this.at++;
  }

  value(depth) {
    switch (this.text[this.at]) {
      case "{":
        return this.object(depth + 1);
      case "[":
        return this.array(depth + 1);
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default:
        return this.integer();
    }
  }

  word(word, value) {
    if (!this.text.startsWith(word, this.at)) this.refuse("an unknown word");
    this.at += word.length;
    return value;
  }

  object(depth) {
    if (depth > DEPTH) this.refuse("more than 32 levels");
    const object = Object.create(null);
    object[FROM] = this.at++;
    let last = "";
    if (this.text[this.at] === "}") {
      object[TO] = ++this.at;
      return object;
    }
    for (;;) {
      const name = this.name();
      if (name <= last) this.refuse(`member "${name}" is repeated or out of order`);
      last = name;
      this.skip(":");
      object[name] = this.value(depth);
      if (this.text[this.at] === "}") break;
      this.skip(",");
    }
    object[TO] = ++this.at;
    return object;
  }

  name() {
    this.skip('"');
    const start = this.at;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      const letter = code >= 97 && code <= 122;
      const later = (code >= 48 && code <= 57) || code === 95;
      if (!letter && !(later && this.at > start)) break;
      this.at++;
    }
    if (this.at === start) this.refuse("a member name that is not snake_case");
    const name = this.text.slice(start, this.at);
    this.skip('"');
    return name;
  }

  array(depth) {
    if (depth > DEPTH) this.refuse("more than 32 levels");
    const array = [];
    this.at++;
    if (this.text[this.at] === "]") {
      this.at++;
      return array;
    }
    for (;;) {
      array.push(this.value(depth));
      if (this.text[this.at] === "]") break;
      this.skip(",");
    }
    this.at++;
    return array;
  }

  integer() {
    const start = this.at;
    if (this.text[this.at] === "-") this.at++;
    const first = this.at;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (!(code >= 48 && code <= 57)) break;
      this.at++;
    }
    const digits = this.at - first;
    if (digits === 0) this.refuse("no value");
    const leading = this.text[first] === "0";
    if (leading && (digits > 1 || first > start)) this.refuse("an integer that is not canonical");
    const number = digits > 16 ? NaN : Number(this.text.slice(start, this.at));
    if (!Number.isSafeInteger(number)) this.refuse("an integer out of range");
    return number;
  }

  string() {
    const text = this.text;
    let start = ++this.at;
    let made = "";
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 34) break;
      if (!(code >= 32)) this.refuse("a string that does not end, or a bare control character");
      if (code === 92) {
        made += text.slice(start, this.at) + this.escape();
        start = this.at;
      } else {
        this.at++;
      }
    }
    made += text.slice(start, this.at);
    this.at++;
    return made;
  }

  escape() {
    const letter = this.text[++this.at];
    if (letter !== undefined && letter !== "u" && Object.hasOwn(SHORT, letter)) {
      this.at++;
      return SHORT[letter];
    }
    const digits = this.text.slice(this.at, this.at + 5);
    const code = /^u00[01][0-9a-f]$/.test(digits) ? parseInt(digits.slice(1), 16) : 32;
    if (code >= 32 || HAS_SHORT.has(code)) this.refuse("an escape that is not canonical");
    this.at += 5;
    return String.fromCharCode(code);
  }
}

// One value and nothing after it. `text` must come from well-formed UTF-8. Throws Refused.
export function readText(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  if (reader.at !== text.length) reader.refuse("something after the value");
  return value;
}

// {value, text} of bytes. Throws Refused.
export function readBytes(bytes) {
  const text = fromUtf8(bytes);
  if (text === null) throw new Refused("not well-formed UTF-8");
  return { value: readText(text), text };
}

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
