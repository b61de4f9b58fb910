// Who may say what, and what takes effect when (docs/format.md section 7), over the entries of one log in their
// order. It holds what the later steps ask for: which keys of the log were in force, where the clock was reset,
// and each event with its stage, for the projections.

import { Things } from "./things.js";
import { typeOf, expand } from "./annex.js";
import { textOf } from "./entry.js";
import { anAddress } from "./values.js";
import { fromBase64, toUtf8 } from "./bytes.js";
import { sha256Hex } from "./sha256.js";
import { need, refusalOf } from "./refused.js";

const ZEROS = "0".repeat(64);
const VOICES = ["decision_endorsed", "decision_dissented"];

// `object(claim, message)` is called with what is wrong with the entry at hand, `unknown(name)` with each event of
// a type that the annex does not have, and `projections` each have apply(recorded, stage).
export class Register {
  constructor(projections = []) {
    this.projections = projections;
    this.things = new Things();
    this.touched = new Map(); // subject → log size after the entry that last touched it
    this.eventCounts = []; // by entry
    this.roots = new Map(); // key → party
    this.threshold = 0;
    this.keys = new Map(); // key → what was registered, its status and its stream
    this.roles = new Map(); // "holder party" → set of roles
    this.purposes = new Map();
    this.waiting = new Map(); // "41.0" → an event that others may speak to
    this.begun = new Map(); // run or import → party
    this.logKeys = []; // {size, key, spki}: in force from that size on
    this.nextLogKey = null;
    this.resets = new Set(); // entries with which a clock_reset took effect
    this.revoked = []; // {key, since, entry}
  }

  get size() {
    return this.eventCounts.length;
  }

  // Takes the entry at this.size. `unsound` tells which events count for nothing.
  take(entry, { object, unknown, digest }) {
    const { value } = entry;
    const { events } = value.submission;
    let objections = 0;
    const note = (claim, message) => {
      objections++;
      object(claim, message);
    };
    const author = this.judgeAuthor(value, note);
    this.judgeExpect(value, note);
    const envelopeSound = objections === 0;
    const judged = events.map((event, position) => {
      const before = objections;
      const type = this.decode(event, note, unknown);
      if (type !== null) this.judgeEvent(entry, position, type, author, note);
      return { event, type, id: `${value.index}.${position}`, sound: envelopeSound && objections === before };
    });
    this.countStream(value, digest);
    this.handOn(entry, judged, author, this.fold(entry, judged, author));
    this.eventCounts.push(events.length);
    return judged;
  }

  decode(event, note, unknown) {
    const type = typeOf(event);
    if (type === undefined) {
      unknown(`${event.type} version ${event.version}`);
      return null;
    }
    const refused = refusalOf(() => type.check(event.data));
    if (refused !== null) note("invariants", `${type.name}: ${refused}`);
    return refused === null ? type : null;
  }

  judgeAuthor(value, note) {
    const { key } = value.submission.author;
    let { roots } = this;
    if (value.index === 0) {
      const [first] = value.submission.events;
      if (first.type !== "ledger_created" || refusalOf(() => typeOf(first)?.check(first.data)) !== null) {
        note("authority", "it does not begin with ledger_created");
        return null;
      }
      roots = new Map(first.data.roots.map((root) => [root.key, root.party]));
    }
    if (roots.has(key)) return { party: roots.get(key), roles: new Set(), root: true };
    const known = this.keys.get(key);
    if (known === undefined) {
      note("authority", `the author's key ${key.slice(0, 16)}… is not registered in this log`);
      return null;
    }
    if (known.status !== "active") note("authority", `the author's key is ${known.status}`);
    else if (value.recorded_at < known.valid_from) note("authority", `the author's key is not valid before ${known.valid_from}`);
    else if (value.recorded_at >= known.valid_to) note("authority", `the author's key expired on ${known.valid_to}`);
    return { party: known.party, roles: this.rolesOf(known), root: false };
  }

  rolesOf(known) {
    return this.roles.get(`${known.holder} ${known.party}`) ?? new Set();
  }

  judgeExpect(value, note) {
    for (const { subject, size } of value.submission.expect ?? []) {
      const touched = this.touched.get(subject) ?? 0;
      if (touched !== size) note("invariants", `${subject} was last touched at size ${touched}, not ${size}`);
    }
  }

  maySay(index, type, author) {
    if (index === 0) return true;
    switch (type.authority) {
      case "by any key":
        return true;
      case "by root threshold":
        return author.root;
      case "by root or role":
        return author.root || type.roles.some((role) => author.roles.has(role));
      case "by role":
        return type.roles.some((role) => author.roles.has(role));
      default:
        return false; // entry 0 only
    }
  }

  judgeEvent(entry, position, type, author, note) {
    const { value } = entry;
    const event = value.submission.events[position];
    const { data } = event;
    const where = `event ${position} (${type.name}): `;
    const secondGenesis = value.index === 0 && position > 0 && type.name === "ledger_created";
    if (author !== null && (!this.maySay(value.index, type, author) || secondGenesis)) {
      note("authority", `${where}its author may not say this`);
    }
    if (type.name === "key_registered" && value.index > 0 && author !== null && author.party !== data.party &&
        this.rolesOf(data).size > 0) {
      note("authority", `${where}${data.holder} has roles; only a key of ${data.party} registers another key for them`);
    }
    const broken = [];
    const rule = (check) => {
      const refused = refusalOf(check);
      if (refused !== null) broken.push(refused);
    };
    const [subject] = expand(type.subject, data);
    rule(() => need(event.subject === subject, `its subject must be ${subject}`));
    rule(() => need(value.index === 0 || !type.decision || value.submission.seen !== undefined,
      "a decision names the head of the log that its author had seen"));
    const holds = ([index, at]) => (index === value.index ? at < position : at < (this.eventCounts[index] ?? 0));
    for (const name of type.rules) rule(() => this.things.ruleOf(name)({ data, entry, index: value.index, holds }));
    rule(() => this.checkState(type, data, author));
    rule(() => this.takePurposes(type, data));
    if (broken.length > 0) note("invariants", where + broken[0]);
    this.touched.set(event.subject, value.index + 1);
  }

  checkState(type, data, author) {
    if (VOICES.includes(type.name)) {
      const target = this.waiting.get(data.target);
      need(target !== undefined, `event ${data.target} is not one that others may endorse or dissent from`);
      need(target.digest === data.digest, `digest is not that of event ${data.target}`);
    }
    if (type.name === "log_key_rotated") {
      need(data.log_key.key === this.nextLogKey, "the new log key is not the one announced before");
    }
    if (type.name === "key_retired" && this.keys.has(data.key)) {
      const { count, last } = this.keys.get(data.key);
      const stated = data.last_hash === ZEROS ? 0 : data.last_sequence + 1;
      need(stated === count && data.last_hash === last, "the key's stream ended elsewhere");
    }
    const begun = { run_finished: `run/${data.run}`, result_imported: `import/${data.import}`,
      import_finished: `import/${data.import}` }[type.name];
    const party = this.begun.get(begun);
    need(party === undefined || party === author?.party, `${begun} was begun by ${party}`);
  }

  takePurposes(type, data) {
    const taken = [];
    if (["ledger_created", "roots_changed"].includes(type.name)) for (const root of data.roots) taken.push([root.key, "a root key"]);
    if (["ledger_created", "log_key_rotated"].includes(type.name)) {
      taken.push([data.log_key.key, "a key of the log"], [data.next_log_key, "a key of the log"]);
    }
    if (type.name === "key_registered") taken.push([data.key, "an author's key"]);
    for (const [key, purpose] of taken) {
      const known = this.purposes.get(key) ?? purpose;
      need(known === purpose, `one key has one purpose: ${key.slice(0, 16)}… is ${known}`);
      this.purposes.set(key, purpose);
    }
  }

  countStream(value, digest) {
    const known = this.keys.get(value.submission.author.key);
    if (known === undefined) return;
    known.count = value.submission.author.sequence + 1;
    known.last = digest;
  }

  // Folds what is sound; the ids of earlier events that took effect with this entry.
  fold(entry, judged, author) {
    const ready = [];
    for (const one of judged) {
      if (one.type === null) continue;
      one.atOnce = true;
      if (one.sound) this.foldEvent(entry, one, author, ready);
      else one.atOnce = !one.type.takesVoices;
    }
    const completed = [];
    for (const { id, by } of ready) this.takeEffect(entry, id, by, judged, author, completed);
    return completed;
  }

  foldEvent(entry, one, author, ready) {
    const { event, type, id } = one;
    const { key } = entry.value.submission.author;
    if (VOICES.includes(type.name)) {
      const target = this.waiting.get(event.data.target);
      if (type.name === "decision_endorsed" && target !== undefined) {
        target.endorsers.push(key);
        target.voices.push(id);
        if (!target.effective && this.hasVoices(target, { key, author })) ready.push({ id: event.data.target, by: id });
      }
    }
    if (!type.takesVoices && (!type.decision || VOICES.includes(type.name))) {
      ready.push({ id, by: id });
      return;
    }
    const text = textOf(entry, event);
    const waiting = { id, event, type, key, party: author.party, digest: sha256Hex(toUtf8(text)), endorsers: [], voices: [], effective: false };
    this.waiting.set(id, waiting);
    if (entry.value.index === 0 || this.hasVoices(waiting, null)) ready.push({ id, by: id });
    else one.atOnce = false;
  }

  // `voice` is the endorsement that has just come.
  hasVoices(waiting, voice) {
    const { type } = waiting;
    if (type.byThreshold) {
      if (voice !== null && !voice.author.root) return false;
      const parties = [waiting.key, ...waiting.endorsers].map((key) => this.roots.get(key)).filter((party) => party !== undefined);
      return new Set(parties).size >= this.threshold;
    }
    if (type.endorsers.length === 0) return true;
    if (voice === null) return false;
    const other = voice.author.party !== waiting.party || this.isOtherHolder(waiting, voice.key);
    return other && type.endorsers.some((role) => voice.author.roles.has(role));
  }

  isOtherHolder(waiting, key) {
    if (waiting.type.name !== "completion_report_issued") return false;
    const [one, other] = [this.keys.get(waiting.key), this.keys.get(key)];
    return one !== undefined && other !== undefined && one.holder !== other.holder;
  }

  takeEffect(entry, id, by, judged, author, completed) {
    const waiting = this.waiting.get(id);
    const own = judged.find((one) => one.id === id);
    if (waiting === undefined) return this.apply(entry, own.event, own.type, author.party);
    if (waiting.effective) return undefined;
    if (waiting.type.takesVoices && refusalOf(() => this.checkState(waiting.type, waiting.event.data, { party: waiting.party })) !== null) {
      if (own !== undefined) own.atOnce = false;
      return undefined;
    }
    waiting.effective = by;
    if (own === undefined) completed.push(waiting);
    return this.apply(entry, waiting.event, waiting.type, waiting.party);
  }

  apply(entry, { data }, { name }, party) {
    if (name === "ledger_created" || name === "roots_changed") {
      this.roots = new Map(data.roots.map((root) => [root.key, root.party]));
      this.threshold = data.root_threshold;
    }
    if (name === "ledger_created" || name === "log_key_rotated") {
      this.nextLogKey = data.next_log_key;
      this.logKeys.push({ size: this.size + 1, key: data.log_key.key, spki: fromBase64(data.log_key.public_key) });
    }
    if (name === "key_registered") this.keys.set(data.key, { count: 0, last: ZEROS, ...this.keys.get(data.key), ...data,
      registered: entry.value.index, status: "active" });
    if (name === "key_revoked") this.revoke(data);
    if (name === "key_retired" && this.keys.get(data.key)?.status === "active") this.keys.get(data.key).status = "retired";
    if (name === "role_granted") this.grant(data);
    if (name === "role_withdrawn") this.roles.get(`${data.holder} ${data.party}`)?.delete(data.role);
    if (name === "run_started") this.begun.set(`run/${data.run}`, party);
    if (name === "import_started") this.begun.set(`import/${data.import}`, party);
    if (name === "clock_reset") this.resets.add(entry.value.index);
  }

  revoke(data) {
    if (this.keys.has(data.key)) this.keys.get(data.key).status = "revoked";
    this.revoked.push({ key: data.key, since: data.compromised_since });
  }

  grant({ holder, party, role }) {
    const name = `${holder} ${party}`;
    if (!this.roles.has(name)) this.roles.set(name, new Set());
    this.roles.get(name).add(role);
  }

  // Every event that could be read, in its order, then those that took effect because their last voice came.
  handOn({ value }, judged, author, completed) {
    if (this.projections.length === 0) return;
    const give = (recorded, stage) => this.projections.forEach((projection) => projection.apply(recorded, stage));
    const at = value.recorded_at;
    const { key } = value.submission.author;
    for (const { event, type, id, atOnce } of judged) {
      if (type === null) continue;
      const recorded = { id, name: type.name, version: type.version, data: event.data, occurred_at: event.occurred_at,
        recorded_at: at, key, party: author?.party ?? "", seen: value.submission.seen };
      give(recorded, atOnce ? "in_effect" : "awaiting_voices");
    }
    for (const { id, event, type, key: by, party } of completed) {
      give({ id, name: type.name, version: type.version, data: event.data, occurred_at: at, recorded_at: at, key: by, party, seen: undefined },
        "became_effective");
    }
  }

  // SubjectPublicKeyInfos that may have signed a checkpoint of this size (section 6).
  inForce(size) {
    const spans = this.logKeys.filter((span) => span.size <= Math.max(size, 1));
    const last = spans[spans.length - 1];
    if (last === undefined) return [];
    return (last.size === size && spans.length > 1 ? spans.slice(-2) : [last]).map((span) => span.spki);
  }
}
