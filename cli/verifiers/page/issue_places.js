// Where an issue counts, and under which severity (docs/folds.md section 4).

import { at, compareAddress } from "./fold_values.js";

function importKindsOf(board, issue) {
  const kinds = [];
  const imports = (board.phases.get(issue.phase)?.imports ?? []).map((name) => board.imports.get(name));
  for (const result of issue.results) {
    const sources = imports.filter(({ started, finished }) => compareAddress(result, started) > 0 &&
      (finished === undefined || compareAddress(finished, result) > 0));
    if (sources.length === 1) kinds.push(sources[0].kind);
  }
  return kinds;
}

function runKindsOf(board, issue) {
  const ofRuns = [...issue.runs].flatMap((run) => board.runs.get(run)?.counts_for ?? []);
  return new Set([...ofRuns, ...importKindsOf(board, issue)]);
}

function placeOf(board, issue, policy) {
  let entries = issue.planned_entries;
  const phase = board.phases.get(issue.phase);
  if (entries.size === 0 && phase !== undefined) entries = new Set([...phase.planned_entries, ...phase.entries.keys()]);
  const runKinds = policy.carry_over === "combined_regression" ? runKindsOf(board, issue) : new Set();
  return { phase: issue.phase, groups: issue.groups, entries, runKinds };
}

const isDuplicate = (issue) => issue.state === "DUPLICATE" || (issue.state === "CLOSED" && issue.closed?.closure === "duplicate");

function endOfChain(issues, from) {
  const passed = new Set();
  for (let name = from; ; name = issues.get(name).duplicate_of) {
    const issue = issues.get(name);
    if (issue === undefined || passed.has(name)) return null;
    passed.add(name);
    if (!isDuplicate(issue)) return name;
    if (issue.duplicate_of === undefined) return null;
  }
}

// Every issue by its name: {issue, open, countedBy, duplicates, places}.
export function reachOf(board, issues, policy) {
  const all = new Map();
  for (const [name, issue] of issues) {
    const reach = { name, issue, countedBy: null, duplicates: [], places: [placeOf(board, issue, policy)] };
    reach.open = policy.open_states.includes(issue.state) || policy.open_states.includes(issue.undisputed);
    if (!reach.open && isDuplicate(issue)) {
      reach.countedBy = endOfChain(issues, name);
      reach.open = reach.countedBy === null;
    }
    all.set(name, reach);
  }
  for (const reach of all.values()) {
    if (reach.countedBy === null) continue;
    const end = at(all, reach.countedBy, () => null);
    end.duplicates.push(reach.issue);
    end.places.push(reach.places[0]);
  }
  return all;
}

const onScale = (severity) => (severity >= 1 && severity <= 5 ? severity : 1);

function severityOfOne(issue, policy) {
  const all = issue.severities.map(({ severity }) => onScale(severity));
  const isJudged = issue.triaged !== undefined && all.length > 0;
  const stated = onScale(policy.untriaged_counts_as);
  if (policy.severity_at === "max_ever") return Math.min(isJudged ? 5 : stated, ...all);
  if (!isJudged) return stated;
  return policy.severity_at === "raised" ? all[0] : all[all.length - 1];
}

export function countedSeverity(reach, policy) {
  const own = severityOfOne(reach.issue, policy);
  return policy.severity_at === "max_ever" ? Math.min(own, ...reach.duplicates.map((issue) => severityOfOne(issue, policy))) : own;
}
