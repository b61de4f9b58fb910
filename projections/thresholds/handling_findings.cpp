// Q-LATE, Q-SELF, Q-NARROW, Q-DEFER: how an issue was raised and handled while it was open.

#include <algorithm>

#include "projections/thresholds/approvals.hpp"
#include "projections/thresholds/issue_case.hpp"
#include "projections/thresholds/threshold.hpp"

namespace assay::projections {
namespace {

/// The run that showed the issue first: of those that did not pass, the one that ended first.
const FinishedRun* first_failure(const PhaseBoard& board, const Issue& issue) {
  const FinishedRun* first = nullptr;
  for (const Identifier& id : issue.runs) {
    const auto run = board.runs.find(id);
    if (run == board.runs.end() || !run->second.finished) continue;
    const FinishedRun& finished = *run->second.finished;
    if (finished.outcome == events::Outcome::passed) continue;
    if (first == nullptr || finished.ended_at < first->ended_at) first = &finished;
  }
  return first;
}

void find_late(const IssueCase& at) {
  if (at.policies.lateness == nullptr || !at.policies.lateness->issue_hours_max) return;
  const FinishedRun* const failure = first_failure(at.facts.board, at.issue);
  if (failure == nullptr) return;
  const std::uint64_t limit = *at.policies.lateness->issue_hours_max;
  const Timestamp raised = at.issue.raised.recorded_at;
  if (hours_before(raised, limit) <= failure->ended_at) return;
  at.add("Q-LATE",
         at.id.text + " was raised " +
             std::to_string((raised.us - failure->ended_at.us) / kHourUs) +
             " hours after the run that showed it had ended; the limit is " +
             std::to_string(limit) + " hours.",
         {at.issue.raised.event, failure->event});
}

void find_self(const IssueCase& at) {
  const Issue& issue = at.issue;
  if (!issue.triaged || !issue.owner) return;
  if (issue.raised.party != issue.triaged->party || issue.raised.party != *issue.owner) return;
  at.add("Q-SELF",
         at.id.text + " was raised, triaged and owned by " + issue.owner->text + " alone.",
         {issue.raised.event, issue.triaged->event});
}

void find_narrowed(const IssueCase& at) {
  if (at.policies.threshold == nullptr) return;
  const std::uint64_t hours = at.policies.threshold->downgrade_window_hours;
  if (hours == 0) return;
  const std::vector<CutoffPoint> cutoffs = cutoffs_of(at);
  for (const Narrowing& one : at.issue.narrowings) {
    if (at.issue.planned_entries.contains(one.planned_entry)) continue;  // it came back
    std::vector<EventId> events{one.mark.event};
    bool near = false;
    for (const CutoffPoint& cutoff : cutoffs) {
      if (cutoff.size <= one.mark.event.entry ||
          one.mark.recorded_at < hours_before(cutoff.at, hours)) {
        continue;
      }
      near = true;
      if (cutoff.declared) events.push_back(*cutoff.declared);
    }
    if (!near) continue;
    at.add("Q-NARROW",
           "Planned entry " + one.planned_entry.text + " was taken away from " + at.id.text +
               " within " + std::to_string(hours) + " hours before a cut-off.",
           std::move(events));
  }
}

/// The severity when the event came; absent while nobody had set one.
std::optional<std::uint64_t> severity_before(const Issue& issue, const EventId& event) {
  std::optional<std::uint64_t> severity;
  for (const SeverityMark& mark : issue.severities) {
    if (event < mark.mark.event) break;
    severity = mark.severity;
  }
  return severity;
}

void find_deferred(const IssueCase& at) {
  const Issue& issue = at.issue;
  if (!issue.deferral || standing_of(issue) != IssueState::deferred) return;
  const Mark& mark = issue.deferral->mark;
  if (at.policies.taxonomy != nullptr) {
    const auto& barred = at.policies.taxonomy->severities_not_deferred;
    const auto is_barred = [&](const std::optional<std::uint64_t>& severity) {
      return severity && std::ranges::find(barred, *severity) != barred.end();
    };
    const auto then = severity_before(issue, mark.event);
    if (!then && !barred.empty()) {
      at.add("Q-DEFER", at.id.text + " was deferred before anybody judged its severity.",
             {mark.event});
    } else if (is_barred(then) || is_barred(issue.severity())) {
      const auto severity = is_barred(then) ? then : issue.severity();
      at.add("Q-DEFER",
             at.id.text + " is deferred at severity " + std::to_string(*severity) +
                 ", which may not be deferred.",
             {mark.event});
    }
  }
  if (asks_for_approval(at.policies.approval, events::Matter::deferral) &&
      !has_second_voice(at.facts, at.policies.approval, events::Matter::deferral,
                        issue.deferral->approval, mark.party, mark.event)) {
    at.add("Q-DEFER", at.id.text + " was deferred without the approval that it takes.",
           {mark.event});
  }
}

}  // namespace

void find_handling_findings(const IssueCase& at) {
  find_late(at);
  find_self(at);
  find_narrowed(at);
  find_deferred(at);
}

}  // namespace assay::projections
