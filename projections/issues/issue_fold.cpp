#include "projections/issues/issue_fold.hpp"

#include "projections/issues/issue_end.hpp"

namespace assay::projections {
namespace {

/// The state under a dispute. While an issue is disputed its life goes on beneath, and shows once
/// the dispute is determined; the dispute itself keeps it open.
IssueState& life_of(Issue& issue) { return issue.undisputed ? *issue.undisputed : issue.state; }

}  // namespace

Issue* IssueFold::issue_of(const Identifier& issue) {
  const auto found = issues_.issues.find(issue);
  if (found != issues_.issues.end()) return &found->second;
  unplaced();
  return nullptr;
}

void IssueFold::unplaced() {
  issues_.unplaced[Identifier(std::string(type_of(event_.data).name))].add(event_.id);
}

void IssueFold::flag(Issue& issue, IssueIrregularity code) const {
  issue.irregularities[code].add(event_.id);
}

void IssueFold::move(Issue& issue, IssueState next) const {
  IssueState& life = life_of(issue);
  if (is_over(life)) return flag(issue, IssueIrregularity::step_after_closing);
  if (!issue.triaged) flag(issue, IssueIrregularity::step_before_triage);
  life = next;
}

void IssueFold::note(Issue& issue, std::string text) const {
  issue.history.push_back(
      {mark(), issue.state, std::move(text), Identifier(std::string(type_of(event_.data).name))});
}

void IssueFold::operator()(const events::IssueRaised& event) {
  const auto [at, made] = issues_.issues.try_emplace(event.issue);
  if (!made) return unplaced();
  Issue& issue = at->second;
  issue.external_key = event.external_key;
  issue.groups = {event.groups.ids.begin(), event.groups.ids.end()};
  issue.kind = event.kind;
  issue.phase = event.phase;
  issue.planned_entries = {event.planned_entries.ids.begin(), event.planned_entries.ids.end()};
  issue.raised = mark();
  issue.results = event.results;
  issue.runs = {event.runs.ids.begin(), event.runs.ids.end()};
  issue.title = event.title;
  note(issue, {});
}

void IssueFold::operator()(const events::IssueTriaged& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  if (!issue->triaged) issue->triaged = mark();
  IssueState& life = life_of(*issue);
  if (is_over(life)) flag(*issue, IssueIrregularity::step_after_closing);
  if (life == IssueState::raised || life == IssueState::reopened) life = IssueState::triaged;
  issue->attribution = event.attribution;
  issue->owner = event.owner;
  issue->priority = event.priority;
  // Triage adds to what the raiser saw affected. Only issue_scope_changed, which needs a reason,
  // takes an entry away: else a shorter list would narrow an issue in passing.
  issue->planned_entries.insert(event.planned_entries.ids.begin(), event.planned_entries.ids.end());
  issue->severities.push_back({std::nullopt, mark(), event.rationale, event.severity});
  note(*issue, event.rationale);
}

void IssueFold::operator()(const events::IssueSeverityChanged& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  if (!issue->triaged) flag(*issue, IssueIrregularity::severity_before_triage);
  if (issue->severity() && *issue->severity() != event.from_severity) {
    flag(*issue, IssueIrregularity::severity_from_differs);
  }
  issue->severities.push_back({event.approval, mark(), event.reason, event.to_severity});
  note(*issue, event.reason);
}

void IssueFold::operator()(const events::IssueScopeChanged& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  for (const Identifier& id : event.removed.ids) {
    if (issue->planned_entries.erase(id) > 0) {
      issue->narrowings.push_back({mark(), id, event.reason});
    }
  }
  issue->planned_entries.insert(event.added.ids.begin(), event.added.ids.end());
  note(*issue, event.reason);
}

void IssueFold::operator()(const events::IssueAssigned& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  issue->owner = event.owner;
  move(*issue, IssueState::assigned);
  note(*issue, event.owner.text);
}

void IssueFold::operator()(const events::IssueAnalysed& event) {
  if (Issue* const issue = issue_of(event.issue)) note(*issue, event.finding);
}

void IssueFold::operator()(const events::IssueFixDelivered& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  issue->fixes.push_back({event.build, mark()});
  move(*issue, IssueState::fix_delivered);
  note(*issue, event.build);
}

void IssueFold::operator()(const events::IssueWorkaroundAgreed& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  issue->workaround = {event.agreed_with, event.description, mark()};
  move(*issue, IssueState::workaround);
  note(*issue, event.description);
}

void IssueFold::operator()(const events::IssueDeferred& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  issue->deferral = {event.approval, mark(), event.reason, event.target, event.work_off_item};
  move(*issue, IssueState::deferred);
  note(*issue, event.reason);
}

void IssueFold::operator()(const events::IssueRejected& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  move(*issue, IssueState::rejected);
  note(*issue, event.rationale);
}

void IssueFold::operator()(const events::IssueDuplicated& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  issue->duplicate_of = event.of;
  move(*issue, IssueState::duplicate);
  note(*issue, event.of.text);
}

void IssueFold::operator()(const events::RetestRecorded& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  issue->retests.push_back({mark(), event.passed, event.result, event.run});
  // A failed retest sends a fix back to its owner; where there was no fix it changes nothing.
  IssueState& life = life_of(*issue);
  const bool had_fix = life == IssueState::fix_delivered || life == IssueState::retest_passed;
  if (event.passed) {
    move(*issue, IssueState::retest_passed);
  } else if (had_fix) {
    life = IssueState::assigned;
  } else if (is_over(life)) {
    flag(*issue, IssueIrregularity::step_after_closing);
  }
  note(*issue, event.passed ? "passed" : "failed");
}

void IssueFold::operator()(const events::IssueClosed& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  IssueState& life = life_of(*issue);
  if (issue->undisputed) flag(*issue, IssueIrregularity::closed_while_disputed);
  if (life == IssueState::closed) flag(*issue, IssueIrregularity::step_after_closing);
  if (!issue->triaged) flag(*issue, IssueIrregularity::step_before_triage);
  if (event.closure == events::ClosureKind::retest_passed && life != IssueState::retest_passed) {
    flag(*issue, IssueIrregularity::closed_without_retest);
  }
  life = IssueState::closed;
  issue->closed = {event.closure, mark(), event.runs.ids};
  note(*issue, event.reason.value_or(""));
}

void IssueFold::operator()(const events::IssueReopened& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  IssueState& life = life_of(*issue);
  if (is_over(life)) {
    life = IssueState::reopened;
    ++issue->reopened;
  } else {
    flag(*issue, IssueIrregularity::reopened_while_open);
  }
  note(*issue, event.reason);
}

void IssueFold::operator()(const events::IssueDisputed& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  if (!issue->undisputed) issue->undisputed = issue->state;
  issue->state = IssueState::disputed;
  note(*issue, event.reason);
}

void IssueFold::operator()(const events::IssueReferred& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  issue->referrals.push_back({mark(), event.to});
  note(*issue, event.reason);
}

void IssueFold::operator()(const events::DisputeDetermined& event) {
  Issue* const issue = issue_of(event.issue);
  if (issue == nullptr) return;
  if (issue->undisputed) {
    issue->state = *issue->undisputed;
    issue->undisputed.reset();
  } else {
    flag(*issue, IssueIrregularity::determined_without_dispute);
  }
  note(*issue, event.determination);
}

}  // namespace assay::projections
