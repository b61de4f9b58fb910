// The verdict of the threshold policy in force, for every planned entry of every phase (docs/folds.md section 4).

import { reachOf, countedSeverity } from "./issue_places.js";
import { compareText } from "./bytes.js";

// What is asked about: a planned entry of a phase.
class Question {
  constructor(board, phaseName, entryName, policy, deselected, reaches) {
    this.board = board;
    this.phaseName = phaseName;
    this.phase = board.phases.get(phaseName);
    this.entryName = entryName;
    this.entry = board.planned_entries.get(entryName);
    this.policy = policy;
    this.deselected = deselected;
    this.reaches = reaches;
  }

  valueOf(dimension) {
    switch (dimension) {
      case "kind":
      case "stage":
        return this.phase[dimension];
      case "phase":
        return this.phaseName;
      case "planned_entry":
        return this.entryName;
      default:
        return this.entry[dimension];
    }
  }

  scopesOf(part) {
    let scopes = [{}];
    for (const dimension of part.scope) {
      const values = dimension === "group" ? this.entry.groups : [this.valueOf(dimension)];
      scopes = scopes.flatMap((scope) => values.map((value) => ({ ...scope, [dimension]: value })));
    }
    return scopes;
  }
}

const isOf = (phase, name) => phase.planned_entries.has(name) || phase.entries.has(name);

function touchesGroup(place, entry, group) {
  return entry.groups.includes(group) && (place.groups.has(group) || !entry.groups.some((one) => place.groups.has(one)));
}

function liesIn(scope, place, name, question) {
  if (scope.planned_entry !== undefined && scope.planned_entry !== name) return false;
  const needed = ["category", "dmc", "release", "smso"].filter((dimension) => scope[dimension] !== undefined);
  const entry = question.board.planned_entries.get(name);
  if (entry === undefined && (needed.length > 0 || scope.group !== undefined)) return false;
  if (needed.some((dimension) => entry[dimension] !== scope[dimension])) return false;
  if (scope.group !== undefined && !touchesGroup(place, entry, scope.group)) return false;
  return scope.phase === undefined || place.phase === question.phaseName || isOf(question.phase, name);
}

function isKeptOut(scope, place, question) {
  const phase = question.board.phases.get(place.phase);
  if (phase === undefined) return false;
  const { kind } = question.phase;
  const { carry_over: carry } = question.policy;
  const comesOver = phase.kind !== kind && (carry === "all_kinds" || (carry === "combined_regression" && place.runKinds.has(kind)));
  if (comesOver) return false;
  return (scope.kind !== undefined && phase.kind !== kind) || (scope.phase !== undefined && place.phase !== question.phaseName) ||
    (scope.stage !== undefined && phase.stage !== question.phase.stage);
}

// The entries for which an issue counts in a scope.
function entriesIn(scope, reach, question) {
  const found = new Set();
  for (const place of reach.places) {
    if (isKeptOut(scope, place, question)) continue;
    for (const name of place.entries) if (liesIn(scope, place, name, question)) found.add(name);
  }
  const { policy, deselected } = question;
  return [...found].filter((name) => policy.deselected_count || !deselected.has(name));
}

function counts(reach, part, policy) {
  const { attribution } = reach.issue;
  if (reach.countedBy !== null || !reach.open) return false;
  if (attribution === undefined) return true;
  return !policy.exclude_attributions.includes(attribution) && (part.attributions.length === 0 || part.attributions.includes(attribution));
}

function countScope(scope, part, question) {
  const { policy, reaches } = question;
  const counted = [...reaches.values()].filter((reach) => counts(reach, part, policy))
    .map((reach) => ({ severity: countedSeverity(reach, policy), entries: entriesIn(scope, reach, question).length }));
  return part.limits.map(({ max, severities }) => {
    const units = counted.filter(({ severity }) => severities.includes(severity))
      .map(({ entries }) => (part.count === "per_affected_entry" ? entries : Math.min(entries, 1)));
    const count = units.reduce((sum, one) => sum + one, 0);
    return { part: part.part, scope, severities, max, count, met: count <= max };
  });
}

function combined(combine, verdicts) {
  const decisive = combine === "all_parts" ? "not met" : "met";
  if (verdicts.includes(decisive)) return decisive;
  if (verdicts.length === 0 || verdicts.includes("undetermined")) return "undetermined";
  return combine === "all_parts" ? "met" : "not met";
}

// {verdict, limits} for a policy and what it is asked about.
export function evaluate(question) {
  const limits = [];
  const verdicts = question.policy.parts.map((part) => {
    const found = question.scopesOf(part).map((scope) => countScope(scope, part, question));
    limits.push(...found.flat());
    return found.length === 0 ? "undetermined" : found.flat().every(({ met }) => met) ? "met" : "not met";
  });
  return { verdict: combined(question.policy.combine, verdicts), limits };
}

function deselectedOf(board, deselections) {
  return new Set([...board.planned_entries].filter(([, entry]) => entry.withdrawal_reason === "deselected" ||
    deselections.has(entry.dmc, entry.release)).map(([name]) => name));
}

const sorted = (names) => [...names].sort(compareText);

// One answer for each planned entry of each phase: {phase, planned_entry, policy, version, verdict, limits}.
export function thresholdAnswers(board, register, policies, deselections, now) {
  const deselected = deselectedOf(board, deselections);
  const answers = [];
  for (const phase of sorted(board.phases.keys())) {
    const { kind, planned_entries: planned } = board.phases.get(phase);
    for (const name of sorted(planned)) {
      const entry = board.planned_entries.get(name);
      const found = policies.inForce({ kind, release: entry?.release, smso: entry?.smso }, now);
      const answer = { phase, planned_entry: name, verdict: "undetermined", limits: [] };
      if (found !== null && entry !== undefined) {
        const policy = found.body.threshold;
        Object.assign(answer, evaluate(new Question(board, phase, name, policy, deselected, reachOf(board, register.issues, policy))));
      }
      if (found !== null) Object.assign(answer, { policy: found.policy, version: found.version });
      answers.push(answer);
    }
  }
  return answers;
}
