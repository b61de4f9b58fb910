// Q-REJ, Q-DUP, Q-NORETEST, Q-REOPEN: how an issue left the open ones, and whether it came back.

#include <algorithm>

#include "projections/thresholds/duplicates.hpp"
#include "projections/thresholds/issue_case.hpp"

namespace assay::projections {
namespace {

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

/// The step that rejected the issue, if it stands as rejected.
const IssueStep* rejection_of(const Issue& issue) {
  const IssueState standing = standing_of(issue);
  if (standing == IssueState::rejected) {
    return last_step(issue, events::IssueRejected::kType);
  }
  const bool closed_as_rejected = standing == IssueState::closed && issue.closed &&
                                  issue.closed->closure == events::ClosureKind::rejected;
  return closed_as_rejected ? last_step(issue, events::IssueClosed::kType) : nullptr;
}

void find_rejected(const IssueCase& at) {
  const IssueStep* const step = rejection_of(at.issue);
  if (step == nullptr) return;
  if (is_blank(step->text)) {
    at.add("Q-REJ", at.id.text + " was rejected without a rationale.", {step->mark.event});
  }
  if (at.issue.owner == step->mark.party) {
    at.add("Q-REJ", at.id.text + " was rejected by its owner " + step->mark.party.text + " alone.",
           {step->mark.event});
  }
}

void find_duplicated(const IssueCase& at) {
  if (!is_duplicate(at.issue)) return;
  const IssueStep* const step =
      last_step(at.issue, at.issue.state == IssueState::closed ? events::IssueClosed::kType
                                                               : events::IssueDuplicated::kType);
  const std::vector<EventId> events{step == nullptr ? at.issue.raised.event : step->mark.event};
  const auto end = end_of_chain(at.facts.issues, at.id);
  if (!end) {
    at.add("Q-DUP",
           at.id.text + " stands as a duplicate, and its chain of duplicates ends in no issue.",
           events);
    return;
  }
  const Issue& last = at.facts.issues.issues.at(*end);
  if (!at.issue.triaged || !last.triaged) return;
  if (at.issue.severity() < last.severity()) {
    at.add("Q-DUP",
           at.id.text + ", of severity " + std::to_string(*at.issue.severity()) +
               ", stands as a duplicate of " + end->text + ", of severity " +
               std::to_string(*last.severity()) + ".",
           events);
  }
}

void find_closed_without_retest(const IssueCase& at) {
  const Issue& issue = at.issue;
  if (standing_of(issue) != IssueState::closed || !issue.closed ||
      issue.closed->closure != events::ClosureKind::retest_passed) {
    return;
  }
  const auto missing = entries_without_retest(at.facts.board, at.builds, issue);
  if (missing.empty()) return;
  std::string names;
  for (const Identifier& id : missing) names.append(names.empty() ? "" : ", ").append(id.text);
  const std::string on =
      issue.fixes.empty() ? "" : " on build " + issue.fixes.back().build + " or a later one";
  at.add("Q-NORETEST",
         at.id.text + " was closed as fixed, and no retest that passed" + on +
             " is recorded for: " + names + ".",
         {issue.closed->mark.event});
}

/// The last decision to exit, for anything that the issue affects, before the event.
const ExitDecision* exit_before(const IssueCase& at, const EventId& event) {
  const auto phase = at.facts.board.phases.find(at.issue.phase);
  if (phase == at.facts.board.phases.end()) return nullptr;
  const ExitDecision* last = nullptr;
  for (const auto& [id, entry] : phase->second.entries) {
    if (!at.issue.planned_entries.empty() && !at.issue.planned_entries.contains(id)) continue;
    for (const ExitDecision& decision : entry.exit_decisions) {
      if (decision.outcome == events::ExitOutcome::continue_testing) continue;
      if (!(decision.mark.event < event)) continue;
      if (last == nullptr || last->mark.event < decision.mark.event) last = &decision;
    }
  }
  return last;
}

void find_reopened(const IssueCase& at) {
  for (const IssueStep& step : at.issue.history) {
    if (step.type.text != events::IssueReopened::kType) continue;
    const ExitDecision* const exit = exit_before(at, step.mark.event);
    if (exit == nullptr) continue;
    at.add("Q-REOPEN",
           at.id.text + " was reopened after the exit from phase " + at.issue.phase.text +
               " had been decided.",
           {exit->mark.event, step.mark.event});
  }
}

}  // namespace

void find_ending_findings(const IssueCase& at) {
  find_rejected(at);
  find_duplicated(at);
  find_closed_without_retest(at);
  find_reopened(at);
}

}  // namespace assay::projections
