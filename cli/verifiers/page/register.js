// Who may say what (docs/format.md section 7), over the entries of one log in their order: each entry is judged by
// what is in effect before it. What takes effect with it is the affair of effects.js.

import { Things } from "./things.js";
import { Effects, VOICES, ZEROS } from "./effects.js";
import { typeOf, expand } from "./annex.js";
import { anAddress } from "./values.js";
import { need, refusalOf } from "./refused.js";

// `projections` each have apply(recorded, stage).
export class Register extends Effects {
  constructor(projections = []) {
    super();
    this.projections = projections;
    this.things = new Things();
    this.touched = new Map(); // subject → log size after the entry that last touched it
    this.eventCounts = []; // by entry
  }

  get size() {
    return this.eventCounts.length;
  }

  // Takes the entry at this.size. `object(claim, message)` is called with what is wrong with it, `unknown(name)` with
  // each event of a type that the annex does not have. Gives the events with their types, and which count.
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
}
