// Runs and imports on the phase board (docs/folds.md section 3).

import { addTo, at, compareAddress, newOutcomes, newTally, worse } from "./fold_values.js";
import { compareText } from "./bytes.js";
import { CounterSet } from "./counter_set.js";

const MOST_RECENT = 8;
const MOST_NAMES = 20;

const componentsOf = (environment) => [...environment.components].sort((a, b) => compareText(a[0], b[0])).map(([, component]) => component);

function onAccepted(fold, phase, builds) {
  if (phase.environments.size === 0) return true;
  const accepted = new Set();
  for (const name of phase.environments) {
    for (const { build } of componentsOf(fold.board.environments.get(name))) accepted.add(build);
  }
  return builds.length > 0 && builds.every((build) => accepted.has(build));
}

function buildsOf(fold, data) {
  if (data.builds.length > 0 || data.environment === undefined) return data.builds;
  const environment = fold.board.environments.get(data.environment);
  return environment === undefined ? [] : componentsOf(environment).map(({ build }) => build);
}

const sourceOf = (phase, name) => at(phase.sources, name, () => ({ declared: [], duplicates: newTally(), seen: new CounterSet() }));

function count(fold, phase, source, counter) {
  const found = sourceOf(phase, source);
  if (!found.seen.insert(counter)) addTo(found.duplicates, fold.id);
}

// Both are flagged for the entry, in which something is under way on these builds.
function judgePlace(fold, phase, name, builds) {
  const entry = fold.entry(phase, name);
  if (entry.state !== "EXECUTING" && entry.state !== "EXIT_PENDING") fold.flag(phase, "RUN-OUTSIDE-EXECUTION", name);
  if (!onAccepted(fold, phase, builds)) fold.flag(phase, "U-BUILD", name);
  return entry;
}

function addRecent(item, event, outcome) {
  if (item.recent.length === MOST_RECENT) item.recent.shift();
  item.recent.push({ event, outcome });
}

function startRun(fold, data) {
  const phase = fold.phase(data.phase);
  if (phase === undefined) return undefined;
  if (fold.board.runs.has(data.run)) return fold.unplaced();
  const run = { attempt: data.attempt, builds: buildsOf(fold, data), counts_for: data.counts_for, invalidations: [], item: data.item,
    phase: data.phase, planned_entry: data.planned_entry, started: fold.id, test_case: data.test_case };
  fold.board.runs.set(data.run, run);
  phase.runs++;
  phase.open_runs.add(data.run);
  if (data.tool !== undefined) count(fold, phase, data.tool.name, data.tool.run_counter);
  const entry = judgePlace(fold, phase, data.planned_entry, run.builds);
  if (data.item === undefined) return undefined;
  const item = fold.item(entry, data.item);
  item.attempts++;
  item.first ??= { event: fold.id, run: data.run };
  item.runs.push(data.run);
  if (item.scopes.size === 0) fold.flag(phase, "U-NOSCOPE", data.planned_entry);
  return undefined;
}

function finishRun(fold, data, recorded) {
  const run = fold.board.runs.get(data.run);
  if (run === undefined || run.finished !== undefined) return fold.unplaced();
  const phase = fold.phase(run.phase);
  run.finished = { ended_at: data.ended_at, event: fold.id, evidence: data.evidence.length, outcome: data.outcome, recorded_at: recorded.recorded_at };
  phase.open_runs.delete(data.run);
  const entry = fold.entry(phase, run.planned_entry);
  if (run.item === undefined) entry.unlisted[data.outcome]++;
  else addRecent(fold.item(entry, run.item), fold.id, data.outcome);
  return undefined;
}

function invalidateRun(fold, data, recorded) {
  const run = fold.board.runs.get(data.run);
  if (run === undefined) return fold.unplaced();
  if (fold.stage !== "became_effective") run.invalidations.push({ event: fold.id, reason: data.reason, replaced_by: data.replaced_by });
  if (fold.stage === "awaiting_voices") return undefined;
  for (const said of run.invalidations) if (said.event === fold.id) said.effective_at = recorded.recorded_at;
  fold.phase(run.phase)?.open_runs.delete(data.run);
  return undefined;
}

function startImport(fold, data, recorded) {
  const phase = fold.phase(data.phase);
  if (phase === undefined) return undefined;
  if (fold.board.imports.has(data.import)) return fold.unplaced();
  fold.board.imports.set(data.import, { build: data.build, dialect: data.dialect, evidence: data.evidence, file_name: data.file_name,
    format: data.format, kind: data.kind, not_in_scope: 0, outcomes: newOutcomes(), phase: data.phase, planned_entry: data.planned_entry,
    recorded_at: recorded.recorded_at, repeat: data.repeat, result_count: data.result_count, results: 0, started: fold.id,
    unlisted: { names: [], outcomes: newOutcomes() }, warnings: 0 });
  phase.imports.push(data.import);
  judgePlace(fold, phase, data.planned_entry, data.build === undefined ? [] : [data.build]);
  return undefined;
}

function takeResult(fold, data) {
  const found = fold.board.imports.get(data.import);
  if (found === undefined) return fold.unplaced();
  const phase = fold.board.phases.get(found.phase);
  found.results++;
  found.outcomes[data.outcome]++;
  if (data.started_at !== undefined && !(found.latest_result >= data.started_at)) found.latest_result = data.started_at;
  if (data.counter !== undefined) count(fold, phase, found.dialect === "" ? found.format : found.dialect, data.counter);
  if (data.item === undefined) {
    found.unlisted.outcomes[data.outcome]++;
    if (found.unlisted.names.length < MOST_NAMES) found.unlisted.names.push(data.name);
    return undefined;
  }
  const item = fold.item(fold.entry(phase, found.planned_entry), data.item);
  if (item.scopes.size === 0) {
    found.not_in_scope++;
    fold.flag(phase, "U-NOSCOPE", found.planned_entry);
  }
  addResult(fold, item, data, found);
  return undefined;
}

function addResult(fold, item, data, { started, build = "" }) {
  const earlier = data.attempts ?? [];
  item.attempts += 1 + earlier.length;
  item.imported_outcomes[data.outcome]++;
  for (const { outcome } of earlier) item.imported_outcomes[outcome]++;
  addRecent(item, fold.id, data.outcome);
  const firstOutcome = earlier.length > 0 ? earlier[0].outcome : data.outcome;
  if (item.first === undefined) item.first = { build, event: fold.id, import: data.import, outcome: firstOutcome };
  else if (item.first.import === data.import) item.first.outcome = worse(item.first.outcome, firstOutcome);

  const onBuild = at(item.imported, build, () => []);
  let latest = onBuild[onBuild.length - 1];
  const order = latest === undefined ? 1 : compareAddress(started, latest.import_started);
  if (order < 0) return;
  const { last_look: look } = fold.board;
  if (latest !== undefined && look !== undefined && compareAddress(latest.event, look) < 0) onBuild.push((latest = { ...latest }));
  if (order > 0) {
    const made = { event: fold.id, import: data.import, import_started: started, outcome: data.outcome, results: 1 };
    if (latest === undefined) onBuild.push(made);
    else onBuild[onBuild.length - 1] = made;
    return;
  }
  latest.event = fold.id;
  latest.outcome = worse(latest.outcome, data.outcome);
  latest.results++;
}

function finishImport(fold, data, { version }) {
  const found = fold.board.imports.get(data.import);
  if (found === undefined || found.finished !== undefined) return fold.unplaced();
  const stated = (value) => (version === 1 && value === 0 ? undefined : value);
  const { cases, errors, failed, skipped } = data.declared;
  found.declared = { cases: stated(cases), errors: stated(errors), failed: stated(failed), skipped: stated(skipped) };
  found.finished = fold.id;
  found.warnings = data.warnings.length + data.repairs.length;
  return undefined;
}

function declareGap(fold, data) {
  const phase = fold.phase(data.phase);
  if (phase === undefined) return;
  sourceOf(phase, data.source).declared.push({ event: fold.id, range: { from: data.from_counter, to: data.to_counter }, reason: data.reason });
}

function refuseImport(fold, data) {
  if (data.phase === undefined) addTo(fold.board.imports_refused, fold.id);
  else {
    const phase = fold.phase(data.phase);
    if (phase !== undefined) addTo(phase.imports_refused, fold.id);
  }
}

export const RUNS = { run_started: startRun, run_finished: finishRun, run_invalidated: invalidateRun, gap_declared: declareGap,
  import_started: startImport, result_imported: takeResult, import_finished: finishImport, import_refused: refuseImport };
