// What takes effect, and when (docs/format.md section 7): parties' keys, roles, roots, the keys of the log, and the
// voices that an event needs. It holds what the later steps ask for: which keys of the log were in force, and where
// the clock was reset.

import { textOf } from "./entry.js";
import { fromBase64, toUtf8 } from "./bytes.js";
import { sha256Hex } from "./sha256.js";
import { refusalOf } from "./refused.js";

export const ZEROS = "0".repeat(64);
export const VOICES = ["decision_endorsed", "decision_dissented"];

// Whoever extends this has `size`, the entries so far, and checkState(type, data, author), which throws Refused.
export class Effects {
  constructor() {
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
    this.revoked = []; // {key, since}
  }

  rolesOf(known) {
    return this.roles.get(`${known.holder} ${known.party}`) ?? new Set();
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

  // SubjectPublicKeyInfos that may have signed a checkpoint of this size (section 6).
  inForce(size) {
    const spans = this.logKeys.filter((span) => span.size <= Math.max(size, 1));
    const last = spans[spans.length - 1];
    if (last === undefined) return [];
    return (last.size === size && spans.length > 1 ? spans.slice(-2) : [last]).map((span) => span.spki);
  }
}
