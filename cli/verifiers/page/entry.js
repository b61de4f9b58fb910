// Entries and submissions: their shape (docs/format.md sections 3 and 5, annex F) and the keys that an entry
// introduces (section 4).

import { need, refusalOf } from "./refused.js";
import { FROM, TO, readBytes, isObject } from "./canonical.js";
import { aHash, aTime, aSubject, aName, aUuid, aLog, anInteger, anArray, someBytes, members, ascending } from "./values.js";

export const ENTRY_SIZE = 65535;
const SUBMISSION_SIZE = 57344;

// An entry as it is read: `value` the entry, `text` what it was read from, `submission` the submission's bytes.
// Throws Refused.
export function readEntry(bytes) {
  need(bytes.length <= ENTRY_SIZE, "an entry of more than 65,535 bytes");
  const { value, text } = readBytes(bytes);
  checkEntry(value);
  // Everything before the submission is ASCII, so characters and bytes are counted alike.
  const submission = bytes.subarray(value.submission[FROM], bytes.length - 1);
  need(value.submission[TO] === text.length - 1, "submission is not the last member");
  need(submission.length <= SUBMISSION_SIZE, "a submission of more than 57,344 bytes");
  return { value, text, submission };
}

function checkEntry(entry) {
  members(entry, ["index", "previous", "recorded_at", "signatures", "submission"]);
  anInteger(entry.index);
  aHash(entry.previous);
  aTime(entry.recorded_at);
  for (const signature of anArray(entry.signatures, 32, 1)) {
    members(signature, ["key", "signature"]);
    aHash(signature.key);
    need(someBytes(signature.signature).length > 0, "an empty signature");
  }
  ascending(entry.signatures.map((signature) => signature.key), "signatures");
  checkSubmission(entry.submission);
}

function checkSubmission(submission) {
  members(submission, ["author", "events", "log", "submission"], ["expect", "seen"]);
  const author = members(submission.author, ["key", "previous", "sequence"], ["voids"]);
  aHash(author.key);
  aHash(author.previous);
  anInteger(author.sequence);
  if (author.voids !== undefined) aHash(author.voids);
  anArray(submission.events, 1024, 1).forEach(checkEvent);
  if (submission.expect !== undefined) checkExpect(submission.expect);
  aLog(submission.log);
  if (submission.seen !== undefined) {
    members(submission.seen, ["root", "size"]);
    aHash(submission.seen.root);
    anInteger(submission.seen.size);
  }
  aUuid(submission.submission);
}

function checkEvent(event) {
  members(event, ["data", "occurred_at", "subject", "type", "version"]);
  need(isObject(event.data), "data is not an object");
  aTime(event.occurred_at);
  aSubject(event.subject);
  aName(event.type);
  anInteger(event.version, 1);
}

function checkExpect(expect) {
  for (const expectation of anArray(expect, 1024, 1)) {
    members(expectation, ["size", "subject"]);
    anInteger(expectation.size);
    aSubject(expectation.subject);
  }
  ascending(expect.map((expectation) => expectation.subject), "expectations");
}

// The text of an object as it stands in the entry.
export const textOf = (entry, object) => entry.text.slice(object[FROM], object[TO]);

// {keys, unread}: key id → DER SubjectPublicKeyInfo of every key that the entry's events introduce; whether one of these
// events is not what it should be, and so introduces none that could be read.
export function introducedKeys(entry) {
  const introduced = { keys: new Map(), unread: false };
  for (const { type, data } of entry.submission.events) {
    const refused = refusalOf(() => {
      for (const [id, spki] of namedKeys(type, data)) introduced.keys.set(id, spki);
    });
    if (refused !== null) introduced.unread = true;
  }
  return introduced;
}

function namedKeys(type, data) {
  const named = [];
  if (type === "ledger_created" || type === "roots_changed") named.push(...anArray(data.roots));
  if (type === "ledger_created" || type === "log_key_rotated") named.push(data.log_key);
  if (type === "key_registered") named.push(data);
  return named.map((one) => {
    need(isObject(one), "an event that introduces keys does not hold them");
    return [aHash(one.key), someBytes(one.public_key)];
  });
}
