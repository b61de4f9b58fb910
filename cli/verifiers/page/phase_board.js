// The phase board (docs/folds.md section 3): the state, and which event goes where. What an event changes stands
// in board_plan.js, board_steps.js, board_scope.js and board_runs.js.

import { addTo, at, compareOptional, KeyedMap, markOf, newTally } from "./fold_values.js";
import { compareText } from "./bytes.js";
import { newEntry, newItem } from "./phase_state.js";
import { PLAN } from "./board_plan.js";
import { STEPS } from "./board_steps.js";
import { SCOPE } from "./board_scope.js";
import { RUNS } from "./board_runs.js";

const HANDLERS = { ...PLAN, ...STEPS, ...SCOPE, ...RUNS };
const SHOWN_WHILE_WAITING = ["scope_baselined", "run_invalidated"];

// One event under way: what the functions of the parts are handed.
class BoardFold {
  constructor(board, recorded, stage) {
    this.board = board;
    this.recorded = recorded;
    this.id = recorded.id;
    this.stage = stage;
  }

  get mark() {
    return markOf(this.recorded);
  }

  get seenSize() {
    return this.recorded.seen?.size ?? 0;
  }

  unplaced() {
    addTo(at(this.board.unplaced, this.recorded.name, newTally), this.id);
  }

  phase(name) {
    const phase = this.board.phases.get(name);
    if (phase === undefined) this.unplaced();
    return phase;
  }

  flag(phase, code, plannedEntry) {
    addTo(phase.irregularities.at(plannedEntry === undefined ? { code } : { code, planned_entry: plannedEntry }, newTally), this.id);
  }

  entry(phase, name) {
    return at(phase.entries, name, () => {
      const entry = newEntry();
      if (this.board.planned_entries.get(name)?.withdrawn !== undefined) entry.state = "WITHDRAWN";
      if (!phase.planned_entries.has(name)) this.flag(phase, "NOT-PLANNED-HERE", name);
      return entry;
    });
  }

  item(entry, name) {
    return at(entry.items, name, newItem);
  }
}

export class PhaseBoard {
  constructor() {
    this.name = "phase_board";
    this.version = 2;
    this.documents = new Map();
    this.environments = new Map();
    this.imports = new Map();
    this.imports_refused = newTally();
    this.last_look = undefined;
    this.phases = new Map();
    this.planned_entries = new Map();
    this.positions = new KeyedMap((a, b) => compareText(a.about, b.about) || compareOptional(a.version, b.version));
    this.runs = new Map();
    this.scopes = new Map();
    this.unplaced = new Map();
  }

  get state() {
    return { documents: this.documents, environments: this.environments, imports: this.imports, imports_refused: this.imports_refused,
      last_look: this.last_look, phases: this.phases, planned_entries: this.planned_entries, positions: this.positions, runs: this.runs,
      scopes: this.scopes, unplaced: this.unplaced };
  }

  apply(recorded, stage) {
    const { name } = recorded;
    if (stage !== "became_effective" && (name === "regression_completed" || name === "exit_decided")) this.last_look = recorded.id;
    const handler = HANDLERS[name];
    if (handler === undefined) return;
    if (stage === "awaiting_voices" && !SHOWN_WHILE_WAITING.includes(name)) return;
    handler(new BoardFold(this, recorded, stage), recorded.data, recorded);
  }
}
