// Which threshold policy is in force for what (docs/folds.md section 4).

import { at, compareAddress } from "./fold_values.js";

export class Policies {
  constructor() {
    this.policies = new Map(); // policy → {versions: Map, activations, supersessions}
  }

  apply({ name, data, id }, stage) {
    if (stage === "awaiting_voices") return;
    if (name === "policy_published") {
      const { versions } = at(this.policies, data.policy, () => ({ versions: new Map(), activations: [], supersessions: [] }));
      if (!versions.has(data.version)) versions.set(data.version, data.body);
    }
    const policy = this.policies.get(data.policy);
    if (name === "policy_activated" && policy?.versions.has(data.version)) policy.activations.push({ ...data, id });
    if (name === "policy_superseded" && policy?.versions.has(data.old_version)) {
      if (data.new_version === undefined || policy.versions.has(data.new_version)) policy.supersessions.push({ ...data, id });
    }
  }

  // The threshold policy that counts for a target ({kind, release, smso}) at a time, or null.
  inForce(target, now) {
    const terms = [...this.policies].flatMap(([id, policy]) => policy.activations.flatMap((activation) => termsOf(id, policy, activation)))
      .filter((term) => term.body.threshold !== undefined && term.from <= now && (term.until === null || now < term.until))
      .filter(({ scope }) => covers(scope, target));
    return terms.reduce((best, term) => (best === null || prevails(term, best) ? term : best), null);
  }
}

const later = (a, b) => (a > b ? a : b);

// When a supersession ends a term, or null.
function endBy(supersession, term) {
  if (compareAddress(term.by, supersession.id) < 0) return later(term.from, supersession.effective_from);
  return term.from < supersession.effective_from ? supersession.effective_from : null;
}

function endOf(policy, term) {
  let found = null;
  for (const supersession of policy.supersessions) {
    const until = supersession.old_version === term.version ? endBy(supersession, term) : null;
    // Of two at one time, the later event, which comes later in this list.
    if (until !== null && (found === null || until <= found.until)) found = { until, supersession };
  }
  return found;
}

// An activation and the versions that took its place, one after the other.
function termsOf(id, policy, activation) {
  const terms = [];
  let next = { version: activation.version, from: activation.effective_from, by: activation.id };
  while (next !== null) {
    const end = endOf(policy, next);
    terms.push({ ...next, policy: id, scope: activation.scope, body: policy.versions.get(next.version), until: end?.until ?? null });
    const version = end?.supersession.new_version;
    next = version === undefined ? null : { version, from: end.until, by: end.supersession.id };
  }
  return terms;
}

const allows = (set, value) => set.length === 0 || set.includes(value);
const covers = (scope, { kind, release, smso }) => allows(scope.kinds, kind) && allows(scope.releases, release) && allows(scope.smsos, smso);
const limits = ({ kinds, releases, smsos }) => [kinds, releases, smsos].filter((set) => set.length > 0).length;

function prevails(a, b) {
  const narrower = limits(a.scope) - limits(b.scope);
  if (narrower !== 0) return narrower > 0;
  if (a.from !== b.from) return a.from > b.from;
  return compareAddress(a.by, b.by) > 0;
}

// Which DMCs are de-selected for a release.
export class Deselections {
  constructor() {
    this.last = new Map(); // "DMC release" → {out, in}: the latest events that took it out and put it in
  }

  apply({ name, data, id }, stage) {
    if (stage === "awaiting_voices") return;
    const note = (dmc, what) => {
      const held = at(this.last, `${dmc} ${data.release}`, () => ({}));
      if (held[what] === undefined || compareAddress(id, held[what]) > 0) held[what] = id;
    };
    if (name === "dmc_deselected") note(data.dmc, "out");
    if (name === "dmc_selected") note(data.dmc, "in");
    if (name === "dmc_substituted") note(data.new_dmc, "in");
  }

  has(dmc, release) {
    const held = this.last.get(`${dmc} ${release}`);
    return held?.out !== undefined && (held.in === undefined || compareAddress(held.out, held.in) > 0);
  }
}
