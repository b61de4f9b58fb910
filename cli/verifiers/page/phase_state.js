// What the phase board keeps of a phase, of an entry in it and of an item, when they are made (docs/folds.md section 3).

import { compareOptional, KeyedMap, newOutcomes, newTally } from "./fold_values.js";
import { compareText } from "./bytes.js";

const CODES = ["ABORTED-AFTER-COMPLETION", "U-BUILD", "V-NODEC", "CONTINUED-AFTER-EXIT", "N-LATE", "CUTOFF-OUTSIDE-EXECUTION",
  "DEPLOYED-FROM-OTHER-BUILD", "ENTRY-AFTER-START", "ENTRY-BEFORE-SCOPE", "EXIT-WITHOUT-CUTOFF", "ITEM-REDEFINED", "S-DROP",
  "LISTED-AFTER-BASELINE", "U-NOSCOPE", "NOT-PLANNED-HERE", "RESUMED-WITHOUT-SUSPENSION", "RUN-OUTSIDE-EXECUTION", "S-AFTER",
  "SCOPE-ROOT-DIFFERS", "STARTED-AGAIN", "STARTED-WHILE-SUSPENDED", "N-NODEC", "STEP-AFTER-ABORT", "STEP-AFTER-COMPLETION",
  "STEP-AFTER-WITHDRAWAL", "SUSPENDED-OUTSIDE-EXECUTION"];

const compareCode = (a, b) => CODES.indexOf(a.code) - CODES.indexOf(b.code) || compareOptional(a.planned_entry, b.planned_entry);

export function newPhase(data, mark) {
  return {
    criteria: new KeyedMap((a, b) => compareText(a.criterion, b.criterion) || compareOptional(a.planned_entry, b.planned_entry)),
    deployments: [], document: data.document, entries: new Map(), environments: new Set(), groups: data.groups, imports: [],
    imports_refused: newTally(), interruptions: [], irregularities: new KeyedMap(compareCode), kind: data.kind, name: data.name,
    open_runs: new Set(), planned: mark, planned_entries: new Set(data.planned_entries), removed_items: [], runs: 0, scopes: new Set(),
    sources: new Map(), stage: data.stage,
  };
}

export const newEntry = () => ({ completions: [], cutoffs: [], entry_decisions: [], exit_decisions: [], items: new Map(), scoped: false,
  starts: [], state: "PLANNED", unlisted: newOutcomes() });

export const newItem = () => ({ attempts: 0, imported: new Map(), imported_outcomes: newOutcomes(), recent: [], runs: [], scopes: new Set() });
