#include "projections/completion/outstanding.hpp"

#include <algorithm>
#include <iterator>

#include "projections/rules/policy_target.hpp"

namespace assay::projections {

const std::set<IssueState>& open_states_by_default() {
  static const std::set<IssueState> kStates{
      IssueState::raised,        IssueState::triaged,  IssueState::assigned,
      IssueState::fix_delivered, IssueState::deferred, IssueState::retest_passed,
      IssueState::workaround,    IssueState::reopened, IssueState::disputed};
  return kStates;
}

const std::set<IssueState>& open_states(const Facts& facts, events::TestKind kind,
                                        const Identifier& planned_entry, Timestamp at) {
  const auto in_force = policy_in_force(facts.rulebook, events::PolicyKind::threshold,
                                        target_of(facts.board, kind, planned_entry), at);
  return in_force ? in_force->body->threshold->open_states : open_states_by_default();
}

std::set<Identifier> outstanding_issues(const Facts& at_cutoff, const Identifier& phase,
                                        const Identifier& planned_entry) {
  std::set<Identifier> open;
  const auto found = at_cutoff.board.phases.find(phase);
  if (found == at_cutoff.board.phases.end()) return open;
  const auto& states =
      open_states(at_cutoff, found->second.kind, planned_entry, at_cutoff.recorded_at);
  for (const auto& [id, issue] : at_cutoff.issues.issues) {
    if (issue.phase != phase || !states.contains(issue.state)) continue;
    const auto& affected = issue.planned_entries;
    if (affected.empty() || affected.contains(planned_entry)) open.insert(id);
  }
  return open;
}

const Cutoff* cutoff_before(const PhaseEntry& entry, const EventId& before) {
  const Cutoff* last = nullptr;
  for (const Cutoff& cutoff : entry.cutoffs) {
    if (cutoff.mark.event < before) last = &cutoff;
  }
  return last;
}

ReportCutoffs report_cutoffs(const PhaseBoard& board, const Report& report) {
  ReportCutoffs all;
  for (const Identifier& phase_id : report.phases) {
    const auto phase = board.phases.find(phase_id);
    if (phase == board.phases.end()) continue;
    std::map<EventId, ReportCutoff> cutoffs;
    UncutEntries missing{phase_id, {}};
    for (const Identifier& id : report.planned_entries) {
      const auto entry = phase->second.entries.find(id);
      if (entry == phase->second.entries.end()) continue;
      const Cutoff* const cutoff = cutoff_before(entry->second, report.mark.event);
      if (cutoff == nullptr) {
        missing.planned_entries.insert(id);
        continue;
      }
      ReportCutoff& at = cutoffs[cutoff->mark.event];
      at.declared = cutoff->mark.event;
      at.phase = phase_id;
      at.planned_entries.insert(id);
      at.size = cutoff->cutoff_size;
    }
    for (auto& [event, cutoff] : cutoffs) all.cutoffs.push_back(std::move(cutoff));
    if (!missing.planned_entries.empty()) all.missing.push_back(std::move(missing));
  }
  return all;
}

ReportReconciliation reconcile_report(const Facts& now, const Identifier& id, const FactsAt& at) {
  const Report& report = now.completion.reports.at(id);
  ReportReconciliation result;
  result.report = id;
  result.cutoffs = report_cutoffs(now.board, report);
  bool known = result.cutoffs.missing.empty() && !result.cutoffs.cutoffs.empty();
  for (const ReportCutoff& cutoff : result.cutoffs.cutoffs) {
    const Facts* const facts = at(cutoff.size);
    if (facts == nullptr) {
      known = false;
      continue;
    }
    for (const Identifier& entry : cutoff.planned_entries) {
      result.outstanding.merge(outstanding_issues(*facts, cutoff.phase, entry));
    }
  }
  std::ranges::set_difference(result.outstanding, report.outstanding_issues,
                              std::inserter(result.omitted, result.omitted.end()));
  if (known) {
    std::ranges::set_difference(report.outstanding_issues, result.outstanding,
                                std::inserter(result.not_open, result.not_open.end()));
  }
  if (!result.omitted.empty() || !result.not_open.empty()) {
    result.verdict = events::Verdict::not_met;
  } else if (known) {
    result.verdict = events::Verdict::met;
  }
  return result;
}

}  // namespace assay::projections
