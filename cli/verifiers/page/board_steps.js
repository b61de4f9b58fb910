// The steps of a Test Phase on the phase board (docs/folds.md section 3).

import { newPhase } from "./phase_state.js";

const OVER = { ABORTED: "STEP-AFTER-ABORT", COMPLETED: "STEP-AFTER-COMPLETION", WITHDRAWN: "STEP-AFTER-WITHDRAWAL" };
const STATES = ["ABORTED", "PLANNED", "SCOPED", "ENTRY_APPROVED", "SUSPENDED", "EXECUTING", "EXIT_PENDING", "EXITED", "COMPLETED", "WITHDRAWN"];
const BEFORE_START = ["PLANNED", "SCOPED", "ENTRY_APPROVED"];

const last = (list) => list[list.length - 1];
const isSuspended = (phase) => last(phase.interruptions)?.kind === "suspended";

// Flags the step where nothing was to come after.
function isOver(fold, phase, name, entry) {
  const code = OVER[entry.state];
  if (code !== undefined) fold.flag(phase, code, name);
  return code !== undefined;
}

function enter(fold, phase, name, entry) {
  if (entry.state === "COMPLETED" || entry.state === "WITHDRAWN") {
    isOver(fold, phase, name, entry);
  } else if (entry.state === "ABORTED" || BEFORE_START.includes(entry.state)) {
    if (entry.state === "ABORTED") fold.flag(phase, "STEP-AFTER-ABORT", name);
    if (entry.state === "PLANNED") fold.flag(phase, "ENTRY-BEFORE-SCOPE", name);
    entry.state = "ENTRY_APPROVED";
  } else {
    fold.flag(phase, "ENTRY-AFTER-START", name);
  }
}

function reject(fold, phase, name, entry) {
  if (isOver(fold, phase, name, entry)) return;
  if (STATES.indexOf(entry.state) > STATES.indexOf("ENTRY_APPROVED")) fold.flag(phase, "ENTRY-AFTER-START", name);
  else if (entry.state === "ENTRY_APPROVED") entry.state = entry.scoped ? "SCOPED" : "PLANNED";
}

function start(fold, phase, name, entry) {
  if (entry.state === "WITHDRAWN") {
    isOver(fold, phase, name, entry);
    return;
  }
  if ((last(entry.entry_decisions)?.outcome ?? "reject") === "reject") fold.flag(phase, "N-NODEC", name);
  if (isSuspended(phase)) fold.flag(phase, "STARTED-WHILE-SUSPENDED", name);
  if (!BEFORE_START.includes(entry.state)) fold.flag(phase, "STARTED-AGAIN", name);
  if (entry.state !== "SUSPENDED" && entry.state !== "EXIT_PENDING") entry.state = "EXECUTING";
}

function complete(fold, phase, name, entry) {
  if (isOver(fold, phase, name, entry)) return;
  if (entry.state !== "EXITED") fold.flag(phase, "V-NODEC", name);
  entry.state = "COMPLETED";
}

function cutOff(fold, phase, name, entry) {
  if (isOver(fold, phase, name, entry) || entry.state === "EXIT_PENDING") return;
  if (entry.state !== "EXECUTING") fold.flag(phase, "CUTOFF-OUTSIDE-EXECUTION", name);
  if (entry.state !== "EXITED") entry.state = "EXIT_PENDING";
}

function exit(fold, phase, name, entry) {
  if (isOver(fold, phase, name, entry) || entry.state === "EXITED") return;
  if (entry.state !== "EXIT_PENDING") fold.flag(phase, "EXIT-WITHOUT-CUTOFF", name);
  entry.state = "EXITED";
}

function goOn(fold, phase, name, entry) {
  if (entry.state === "EXIT_PENDING") {
    entry.state = "EXECUTING";
  } else if (entry.state === "EXITED" || entry.state === "COMPLETED") {
    fold.flag(phase, "CONTINUED-AFTER-EXIT", name);
    entry.state = "EXECUTING";
  } else if (!isOver(fold, phase, name, entry)) {
    fold.flag(phase, "EXIT-WITHOUT-CUTOFF", name);
  }
}

// A step about several planned entries: `step` for each of them.
const forEach = (step) => (fold, data) => {
  const phase = fold.phase(data.phase);
  if (phase === undefined) return;
  for (const name of data.planned_entries) step(fold, phase, name, fold.entry(phase, name), data);
};

// An interruption of a phase; `move` gives an entry's state after it, or null where it is not concerned.
const interrupt = (kind, move, code) => (fold, data) => {
  const phase = fold.phase(data.phase);
  if (phase === undefined) return;
  const was = isSuspended(phase);
  let any = false;
  for (const entry of phase.entries.values()) {
    const state = move(entry.state);
    if (state === null) continue;
    entry.state = state;
    any = true;
  }
  phase.interruptions.push({ kind, mark: fold.mark, reason: data.reason });
  if (kind === "resumed" ? !was : !any) fold.flag(phase, code);
};

export const STEPS = {
  phase_planned(fold, data) {
    if (fold.board.phases.has(data.phase)) return fold.unplaced();
    const phase = newPhase(data, fold.mark);
    fold.board.phases.set(data.phase, phase);
    for (const name of data.planned_entries) fold.entry(phase, name);
    return undefined;
  },
  entry_criterion_evidenced(fold, data) {
    const phase = fold.phase(data.phase);
    if (phase === undefined) return;
    const { criterion: name, planned_entry: about } = data;
    const criterion = phase.criteria.at(about === undefined ? { criterion: name } : { criterion: name, planned_entry: about }, () => ({ times: 0 }));
    Object.assign(criterion, { evidence: data.evidence.length, mark: fold.mark, status: data.status });
    criterion.times++;
    const asked = about === undefined ? [...phase.entries.values()] : [fold.entry(phase, about)];
    if (asked.some((entry) => entry.starts.length > 0)) fold.flag(phase, "N-LATE", about);
  },
  entry_decided: forEach((fold, phase, name, entry, data) => {
    entry.entry_decisions.push({ mark: fold.mark, outcome: data.outcome, seen_size: fold.seenSize });
    (data.outcome === "reject" ? reject : enter)(fold, phase, name, entry);
  }),
  phase_started: forEach((fold, phase, name, entry) => {
    entry.starts.push(fold.mark);
    start(fold, phase, name, entry);
  }),
  phase_completed: forEach((fold, phase, name, entry) => {
    entry.completions.push(fold.mark);
    complete(fold, phase, name, entry);
  }),
  exit_cutoff_declared: forEach((fold, phase, name, entry, data) => {
    entry.cutoffs.push({ cutoff_size: data.cutoff_size, mark: fold.mark });
    cutOff(fold, phase, name, entry);
  }),
  exit_decided: forEach((fold, phase, name, entry, data) => {
    entry.exit_decisions.push({ basis: data.basis, mark: fold.mark, outcome: data.outcome, seen_size: fold.seenSize });
    (data.outcome === "continue" ? goOn : exit)(fold, phase, name, entry);
  }),
  phase_suspended: interrupt("suspended", (state) => (state === "EXECUTING" ? "SUSPENDED" : null), "SUSPENDED-OUTSIDE-EXECUTION"),
  phase_resumed: interrupt("resumed", (state) => (state === "SUSPENDED" ? "EXECUTING" : null), "RESUMED-WITHOUT-SUSPENSION"),
  phase_aborted: interrupt("aborted", (state) => (state === "COMPLETED" || state === "WITHDRAWN" ? null : "ABORTED"), "ABORTED-AFTER-COMPLETION"),
};
