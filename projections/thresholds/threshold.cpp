#include "projections/thresholds/threshold.hpp"

#include <algorithm>

#include "projections/thresholds/scope_count.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

/// All of them, or one of them. What is not known decides only where the rest does not.
Verdict combined(events::Combine combine, const std::vector<Verdict>& verdicts) {
  const auto any = [&](Verdict verdict) {
    return std::ranges::find(verdicts, verdict) != verdicts.end();
  };
  if (verdicts.empty()) return Verdict::undetermined;
  const bool of_all = combine == events::Combine::all_parts;
  if (any(of_all ? Verdict::not_met : Verdict::met))
    return of_all ? Verdict::not_met : Verdict::met;
  if (any(Verdict::undetermined)) return Verdict::undetermined;
  return of_all ? Verdict::met : Verdict::not_met;
}

/// Fills in the board's part of the subject. What is missing, in words; empty when nothing is.
std::string find_subject(const PhaseBoard& board, ThresholdSubject& subject) {
  const auto phase = board.phases.find(subject.phase);
  if (phase == board.phases.end()) return "phase " + subject.phase.text + " was never planned";
  const auto entry = board.planned_entries.find(subject.planned_entry);
  if (entry == board.planned_entries.end()) {
    return "planned entry " + subject.planned_entry.text + " was never declared";
  }
  subject.in_phase = &phase->second;
  subject.entry = &entry->second;
  const bool planned = phase->second.planned_entries.contains(subject.planned_entry) ||
                       phase->second.entries.contains(subject.planned_entry);
  if (planned) return {};
  return "planned entry " + subject.planned_entry.text + " is not tested in phase " +
         subject.phase.text;
}

SeverityQuestion question_of(const Facts& facts, const events::ThresholdPolicy& policy,
                             const ThresholdOptions& options) {
  SeverityQuestion question;
  question.at = options.severity_at.value_or(policy.severity_at);
  question.untriaged_counts_as = policy.untriaged_counts_as;
  if (options.downgrades_ignored_hours) {
    question.downgrades_ignored_from =
        hours_before(options.cutoff.value_or(facts.recorded_at), *options.downgrades_ignored_hours);
  }
  return question;
}

ThresholdPartView evaluate_part(const Evaluation& all, const events::ThresholdPart& part) {
  ThresholdPartView view;
  view.count = part.count;
  view.part = part.part;
  std::vector<Verdict> verdicts;
  for (auto& scope : scopes_of(part, all.subject)) {
    view.scopes.push_back(count_scope(all, part, std::move(scope)));
    verdicts.push_back(view.scopes.back().verdict);
  }
  view.verdict = combined(events::Combine::all_parts, verdicts);
  if (view.scopes.empty()) {
    view.text = "this part counts by group, and planned entry " + all.subject.planned_entry.text +
                " is in no group";
  }
  return view;
}

std::string sentence_of(const ThresholdView& view) {
  std::string beyond;
  std::string missing;
  for (const ThresholdPartView& part : view.parts) {
    if (part.verdict == Verdict::undetermined && missing.empty()) missing = part.text;
    if (part.verdict != Verdict::not_met) continue;
    beyond.append(beyond.empty() ? "" : ", ").append(part.part.text);
  }
  if (view.verdict == Verdict::undetermined) return missing;
  if (view.verdict == Verdict::not_met) return "beyond a limit: " + beyond;
  return beyond.empty() ? "every part is within its limits"
                        : "one part within its limits is enough; beyond a limit: " + beyond;
}

}  // namespace

Timestamp hours_before(Timestamp cutoff, std::uint64_t hours) {
  // A window longer than all of time reaches back to its beginning.
  const std::uint64_t most = static_cast<std::uint64_t>(INT64_MAX / kHourUs) / 2;
  return {cutoff.us - static_cast<std::int64_t>(std::min(hours, most)) * kHourUs};
}

std::set<Identifier> deselected_entries(const PhaseBoard& board) {
  std::set<Identifier> ids;
  for (const auto& [id, entry] : board.planned_entries) {
    if (entry.withdrawal_reason == events::WithdrawalReason::deselected) ids.insert(id);
  }
  return ids;
}

ThresholdView evaluate_threshold(const Facts& facts, const Identifier& phase,
                                 const Identifier& planned_entry,
                                 const events::ThresholdPolicy& policy,
                                 const ThresholdOptions& options) {
  ThresholdView view;
  view.combine = policy.combine;
  view.phase = phase;
  view.planned_entry = planned_entry;
  view.severity_at = options.severity_at.value_or(policy.severity_at);
  ThresholdSubject subject{phase, planned_entry, nullptr, nullptr};
  view.text = find_subject(facts.board, subject);
  if (!view.text.empty()) return view;

  const Evaluation all{facts,
                       policy,
                       options.deselected,
                       options.deselected_count.value_or(policy.deselected_count),
                       question_of(facts, policy, options),
                       reach_of_issues(facts, policy),
                       subject};
  std::vector<Verdict> verdicts;
  for (const events::ThresholdPart& part : policy.parts) {
    view.parts.push_back(evaluate_part(all, part));
    verdicts.push_back(view.parts.back().verdict);
  }
  view.verdict = combined(policy.combine, verdicts);
  view.text = view.parts.empty() ? "the policy has no part" : sentence_of(view);
  return view;
}

}  // namespace assay::projections
