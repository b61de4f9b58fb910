// The states that this verifier folds, and what it answers from them (docs/folds.md).

import { IssueRegister } from "./issue_register.js";
import { PhaseBoard } from "./phase_board.js";
import { Deselections, Policies } from "./policies.js";
import { thresholdAnswers } from "./thresholds.js";
import { stateDigest } from "./fold_values.js";

export class Programme {
  constructor() {
    this.board = new PhaseBoard();
    this.issues = new IssueRegister();
    this.policies = new Policies();
    this.deselections = new Deselections();
    this.folds = [this.board, this.issues, this.policies, this.deselections];
  }

  apply(recorded, stage) {
    for (const fold of this.folds) fold.apply(recorded, stage);
  }

  // Name → {digest, version} of the states that have one.
  digests() {
    return new Map([this.issues, this.board].map((state) => [state.name, { digest: stateDigest(state.state), version: state.version }]));
  }

  thresholds(now) {
    return thresholdAnswers(this.board, this.issues, this.policies, this.deselections, now);
  }
}

export const FOLDED = ["issue_register", "phase_board"];
