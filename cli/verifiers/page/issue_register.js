// The issue register (docs/folds.md section 2).

import { KeyedMap, addTo, at, markOf, newTally } from "./fold_values.js";

const CODES = ["CLOSED-WHILE-DISPUTED", "Q-NORETEST", "DETERMINED-WITHOUT-DISPUTE", "REOPENED-WHILE-OPEN",
  "SEVERITY-BEFORE-TRIAGE", "SEVERITY-FROM-DIFFERS", "STEP-AFTER-CLOSING", "STEP-BEFORE-TRIAGE"];

const isOver = (life) => life === "CLOSED" || life === "REJECTED" || life === "DUPLICATE";
const lifeOf = (issue) => issue.undisputed ?? issue.state;

function setLife(issue, life) {
  if (issue.undisputed === undefined) issue.state = life;
  else issue.undisputed = life;
}

function newIssue(data, mark) {
  return {
    external_key: data.external_key, fixes: [], groups: new Set(data.groups), history: [],
    irregularities: new KeyedMap((a, b) => CODES.indexOf(a) - CODES.indexOf(b)), kind: data.kind, narrowings: [],
    phase: data.phase, planned_entries: new Set(data.planned_entries), priority: 0, raised: mark, referrals: [], reopened: 0,
    results: data.results, retests: [], runs: new Set(data.runs), severities: [], state: "RAISED", title: data.title,
  };
}

// One event at an issue that is there.
class Step {
  constructor(issue, recorded) {
    this.issue = issue;
    this.recorded = recorded;
    this.mark = markOf(recorded);
  }

  flag(code) {
    addTo(this.issue.irregularities.at(code, newTally), this.recorded.id);
  }

  move(life) {
    if (isOver(lifeOf(this.issue))) {
      this.flag("STEP-AFTER-CLOSING");
      return;
    }
    if (this.issue.triaged === undefined) this.flag("STEP-BEFORE-TRIAGE");
    setLife(this.issue, life);
  }

  note(text) {
    this.issue.history.push({ mark: this.mark, state: this.issue.state, text, type: this.recorded.name });
  }
}

const lastSeverity = (issue) => issue.severities[issue.severities.length - 1]?.severity;

// Each gives the text of its note.
const STEPS = {
  issue_triaged(step, issue, data) {
    issue.triaged ??= step.mark;
    const life = lifeOf(issue);
    if (isOver(life)) step.flag("STEP-AFTER-CLOSING");
    if (life === "RAISED" || life === "REOPENED") setLife(issue, "TRIAGED");
    issue.attribution = data.attribution;
    issue.owner = data.owner;
    issue.priority = data.priority;
    for (const entry of data.planned_entries) issue.planned_entries.add(entry);
    issue.severities.push({ mark: step.mark, reason: data.rationale, severity: data.severity });
    return data.rationale;
  },
  issue_severity_changed(step, issue, data) {
    if (issue.triaged === undefined) step.flag("SEVERITY-BEFORE-TRIAGE");
    const last = lastSeverity(issue);
    if (last !== undefined && last !== data.from_severity) step.flag("SEVERITY-FROM-DIFFERS");
    issue.severities.push({ approval: data.approval, mark: step.mark, reason: data.reason, severity: data.to_severity });
    return data.reason;
  },
  issue_scope_changed(step, issue, data) {
    for (const entry of data.removed) {
      if (issue.planned_entries.delete(entry)) issue.narrowings.push({ mark: step.mark, planned_entry: entry, reason: data.reason });
    }
    for (const entry of data.added) issue.planned_entries.add(entry);
    return data.reason;
  },
  issue_assigned(step, issue, data) {
    issue.owner = data.owner;
    step.move("ASSIGNED");
    return data.owner;
  },
  issue_analysed: (step, issue, data) => data.finding,
  issue_fix_delivered(step, issue, data) {
    issue.fixes.push({ build: data.build, mark: step.mark });
    step.move("FIX_DELIVERED");
    return data.build;
  },
  issue_workaround_agreed(step, issue, data) {
    issue.workaround = { agreed_with: data.agreed_with, description: data.description, mark: step.mark };
    step.move("WORKAROUND");
    return data.description;
  },
  issue_deferred(step, issue, data) {
    issue.deferral = { approval: data.approval, mark: step.mark, reason: data.reason, target: data.target, work_off_item: data.work_off_item };
    step.move("DEFERRED");
    return data.reason;
  },
  issue_rejected(step, issue, data) {
    step.move("REJECTED");
    return data.rationale;
  },
  issue_duplicated(step, issue, data) {
    issue.duplicate_of = data.of;
    step.move("DUPLICATE");
    return data.of;
  },
  retest_recorded(step, issue, data) {
    issue.retests.push({ mark: step.mark, passed: data.passed, result: data.result, run: data.run });
    const life = lifeOf(issue);
    if (data.passed) step.move("RETEST_PASSED");
    else if (life === "FIX_DELIVERED" || life === "RETEST_PASSED") setLife(issue, "ASSIGNED");
    else if (isOver(life)) step.flag("STEP-AFTER-CLOSING");
    return data.passed ? "passed" : "failed";
  },
  issue_closed(step, issue, data) {
    const life = lifeOf(issue);
    if (issue.undisputed !== undefined) step.flag("CLOSED-WHILE-DISPUTED");
    if (life === "CLOSED") step.flag("STEP-AFTER-CLOSING");
    if (issue.triaged === undefined) step.flag("STEP-BEFORE-TRIAGE");
    if (data.closure === "retest_passed" && life !== "RETEST_PASSED") step.flag("Q-NORETEST");
    setLife(issue, "CLOSED");
    issue.closed = { closure: data.closure, mark: step.mark, runs: data.runs };
    return data.reason ?? "";
  },
  issue_reopened(step, issue, data) {
    if (isOver(lifeOf(issue))) {
      setLife(issue, "REOPENED");
      issue.reopened++;
    } else {
      step.flag("REOPENED-WHILE-OPEN");
    }
    return data.reason;
  },
  issue_disputed(step, issue, data) {
    issue.undisputed ??= issue.state;
    issue.state = "DISPUTED";
    return data.reason;
  },
  issue_referred(step, issue, data) {
    issue.referrals.push({ mark: step.mark, to: data.to });
    return data.reason;
  },
  dispute_determined(step, issue, data) {
    if (issue.undisputed === undefined) {
      step.flag("DETERMINED-WITHOUT-DISPUTE");
    } else {
      issue.state = issue.undisputed;
      issue.undisputed = undefined;
    }
    return data.determination;
  },
};

export class IssueRegister {
  constructor() {
    this.name = "issue_register";
    this.version = 1;
    this.issues = new Map();
    this.unplaced = new Map();
  }

  get state() {
    return { issues: this.issues, unplaced: this.unplaced };
  }

  apply(recorded, stage) {
    if (stage === "awaiting_voices") return;
    const { name, data, id } = recorded;
    if (name === "issue_raised") {
      if (this.issues.has(data.issue)) return this.placeless(name, id);
      const issue = newIssue(data, markOf(recorded));
      this.issues.set(data.issue, issue);
      new Step(issue, recorded).note("");
    }
    const change = STEPS[name];
    if (change === undefined) return undefined;
    const issue = this.issues.get(data.issue);
    if (issue === undefined) return this.placeless(name, id);
    const step = new Step(issue, recorded);
    step.note(change(step, issue, data));
    return undefined;
  }

  placeless(name, id) {
    addTo(at(this.unplaced, name, newTally), id);
  }
}
