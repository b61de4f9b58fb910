// Scopes, waivers, environments and builds on the phase board (docs/folds.md section 3).

import { at, isAdverse } from "./fold_values.js";
import { compareText, fromHex, toHex, toUtf8 } from "./bytes.js";
import { leafHash, nodeHash, EMPTY_ROOT } from "./tree.js";

const newScope = () => ({ changes: [], items: new Map(), listed: 0, phase: "", range: [] });

// Adds a leaf to the roots of the full subtrees that `count` leaves make up, largest first.
function extend(range, count, leaf) {
  let node = leaf;
  for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) node = nodeHash(range.pop(), node);
  range.push(node);
}

const rootOf = (range) => (range.length === 0 ? EMPTY_ROOT : range.reduceRight((root, node) => nodeHash(node, root)));

function grow(scope, items) {
  const range = scope.range.map(fromHex);
  for (const item of items) {
    // The item was read in canonical form, and its members are in that order still.
    extend(range, scope.listed, leafHash(toUtf8(JSON.stringify(item))));
    scope.listed++;
  }
  scope.range = range.map(toHex);
}

function list(fold, phase, scope, name, listed) {
  const item = fold.item(fold.entry(phase, listed.planned_entry), listed.item);
  if (item.test_case !== undefined && item.test_case !== listed.test_case) fold.flag(phase, "ITEM-REDEFINED", listed.planned_entry);
  item.test_case = listed.test_case;
  item.group = listed.group;
  item.scopes.add(name);
  phase.scopes.add(name);
  scope.items.set(listed.item, listed.planned_entry);
}

function cover(fold, phase, name) {
  const entry = fold.entry(phase, name);
  entry.scoped = true;
  if (entry.state === "PLANNED") entry.state = "SCOPED";
}

function takeEffect(fold, phase, scope) {
  scope.baseline.effective_at = fold.recorded.recorded_at;
  if (phase.runs > 0 || phase.imports.length > 0) fold.flag(phase, "S-AFTER");
  for (const [, name] of [...scope.items].sort((a, b) => compareText(a[0], b[0]))) cover(fold, phase, name);
}

function hasAdverse(fold, item) {
  if (Object.entries(item.imported_outcomes).some(([outcome, count]) => count > 0 && isAdverse(outcome))) return true;
  return item.runs.map((run) => fold.board.runs.get(run)).some((run) => run?.finished !== undefined && isAdverse(run.finished.outcome));
}

function remove(fold, phase, scope, data, name) {
  const removed = { adverse: false, approval: data.approval, event: fold.id, item: name, reason: data.reason, scope: data.scope };
  const listed = scope.items.get(name);
  if (listed !== undefined) {
    removed.planned_entry = listed;
    const item = fold.item(fold.entry(phase, listed), name);
    item.scopes.delete(data.scope);
    removed.adverse = hasAdverse(fold, item);
    scope.items.delete(name);
  }
  if (removed.adverse) fold.flag(phase, "S-DROP", listed);
  phase.removed_items.push(removed);
}

function deploy(fold, data) {
  const environment = fold.board.environments.get(data.environment);
  if (environment === undefined) return fold.unplaced();
  const before = environment.components.get(data.component)?.build ?? "";
  environment.components.set(data.component, { build: data.to_build, since: fold.id });
  const touched = new Set([...environment.phases, ...data.phases]);
  for (const name of [...touched].sort(compareText)) {
    const phase = fold.phase(name);
    if (phase === undefined) continue;
    phase.deployments.push({ component: data.component, environment: data.environment, from_build: data.from_build, mark: fold.mark, to_build: data.to_build });
    if (before !== data.from_build) fold.flag(phase, "DEPLOYED-FROM-OTHER-BUILD");
  }
  return undefined;
}

export const SCOPE = {
  scope_items_listed(fold, data) {
    const phase = fold.phase(data.phase);
    if (phase === undefined) return;
    const scope = at(fold.board.scopes, data.scope, newScope);
    scope.phase = data.phase;
    for (const item of data.items) list(fold, phase, scope, data.scope, item);
    grow(scope, data.items);
    if (scope.baseline !== undefined) fold.flag(phase, "LISTED-AFTER-BASELINE");
  },
  scope_baselined(fold, data) {
    const phase = fold.phase(data.phase);
    if (phase === undefined) return undefined;
    const scope = at(fold.board.scopes, data.scope, newScope);
    if (fold.stage === "became_effective") {
      if (scope.baseline?.mark.event === fold.id) takeEffect(fold, phase, scope);
      return undefined;
    }
    if (scope.baseline !== undefined) return fold.unplaced();
    scope.phase = data.phase;
    phase.scopes.add(data.scope);
    const matches = scope.listed === data.item_count && toHex(rootOf(scope.range.map(fromHex))) === data.root;
    scope.baseline = { item_count: data.item_count, mark: fold.mark, root: data.root, root_matches: matches, version: data.version };
    if (!matches) fold.flag(phase, "SCOPE-ROOT-DIFFERS");
    if (fold.stage === "in_effect") takeEffect(fold, phase, scope);
    return undefined;
  },
  scope_changed(fold, data) {
    const phase = fold.phase(data.phase);
    if (phase === undefined) return undefined;
    const scope = fold.board.scopes.get(data.scope);
    if (scope === undefined) return fold.unplaced();
    scope.changes.push(fold.id);
    for (const name of data.removed) remove(fold, phase, scope, data, name);
    for (const item of data.added) {
      list(fold, phase, scope, data.scope, item);
      if (scope.baseline?.effective_at !== undefined) cover(fold, phase, item.planned_entry);
    }
    return undefined;
  },
  execution_waived(fold, data) {
    const phase = fold.phase(data.phase);
    if (phase === undefined) return;
    const item = fold.item(fold.entry(phase, data.planned_entry), data.item);
    item.waiver = { approval: data.approval, mark: fold.mark, reason: data.reason };
    if (item.scopes.size === 0) fold.flag(phase, "U-NOSCOPE", data.planned_entry);
  },
  environment_baselined(fold, data) {
    if (fold.board.environments.has(data.environment)) return fold.unplaced();
    const components = new Map(data.components.map(({ name, build }) => [name, { build, since: fold.id }]));
    const environment = { baselined: fold.id, components, phases: new Set() };
    fold.board.environments.set(data.environment, environment);
    for (const name of data.phases) {
      const phase = fold.phase(name);
      if (phase === undefined) continue;
      environment.phases.add(name);
      phase.environments.add(data.environment);
    }
    return undefined;
  },
  build_deployed: deploy,
};
