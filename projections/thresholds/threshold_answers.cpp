#include "projections/thresholds/threshold_answers.hpp"

#include "projections/rules/policy_target.hpp"
#include "projections/thresholds/deselected.hpp"

namespace assay::projections {
namespace {

using events::PolicyKind;

bool lets_through(const std::set<Identifier>& set, const Identifier& id) {
  return set.empty() || set.contains(id);
}

std::string missing_text(const PolicyTarget& target) {
  std::string text = "no threshold policy is in force for " + std::string(enum_text(*target.kind));
  if (target.release) text += ", release " + target.release->text;
  if (target.smso) text += ", SMSO " + target.smso->text;
  return text;
}

ThresholdAnswer answer_of(const Facts& facts, const Identifier& phase_id, const Phase& phase,
                          const Identifier& entry, const ThresholdOptions& options) {
  const PolicyTarget target = target_of(facts.board, phase.kind, entry);
  const auto found =
      policy_in_force(facts.rulebook, PolicyKind::threshold, target, facts.recorded_at);
  ThresholdAnswer answer;
  if (!found || !found->body->threshold) {
    answer.view.phase = phase_id;
    answer.view.planned_entry = entry;
    answer.view.text = missing_text(target);
    return answer;
  }
  const events::ThresholdPolicy& policy = *found->body->threshold;
  answer.policy = {found->activated, found->effective_from, found->policy, found->version};
  answer.view = evaluate_threshold(facts, phase_id, entry, policy, options);
  answer.counterfactuals = threshold_counterfactuals(facts, phase_id, entry, policy, options);
  return answer;
}

/// The part of a body that is in force for the target; null when there is none.
template <class Part>
const Part* in_force(const Facts& facts, PolicyKind kind, const PolicyTarget& target,
                     std::optional<Part> events::PolicyBody::* part) {
  const auto found = policy_in_force(facts.rulebook, kind, target, facts.recorded_at);
  if (!found || !(found->body->*part)) return nullptr;
  return &*(found->body->*part);
}

}  // namespace

std::vector<ThresholdAnswer> threshold_answers(const Facts& facts, const ThresholdFilter& filter) {
  ThresholdOptions options;
  options.deselected = deselected_by_now(facts);
  std::vector<ThresholdAnswer> answers;
  for (const auto& [phase_id, phase] : facts.board.phases) {
    if (!lets_through(filter.phases, phase_id)) continue;
    for (const Identifier& entry : phase.planned_entries) {
      if (!lets_through(filter.planned_entries, entry)) continue;
      answers.push_back(answer_of(facts, phase_id, phase, entry, options));
    }
  }
  return answers;
}

void find_governed_issue_findings(const Facts& facts, const IssueVantage& vantage,
                                  Findings& findings) {
  for (const auto& [phase_id, phase] : facts.board.phases) {
    if (!lets_through(vantage.phases, phase_id)) continue;
    const Identifier first =
        phase.planned_entries.empty() ? Identifier() : *phase.planned_entries.begin();
    const PolicyTarget target = target_of(facts.board, phase.kind, first);
    using events::PolicyBody;
    IssuePolicies policies;
    policies.approval = in_force(facts, PolicyKind::approval, target, &PolicyBody::approval);
    policies.cutoff_times = vantage.cutoff_times;
    policies.lateness = in_force(facts, PolicyKind::lateness, target, &PolicyBody::lateness);
    policies.phases = {phase_id};
    policies.present_is_cutoff = vantage.present_is_cutoff;
    policies.taxonomy =
        in_force(facts, PolicyKind::severity_taxonomy, target, &PolicyBody::severity_taxonomy);
    policies.threshold = in_force(facts, PolicyKind::threshold, target, &PolicyBody::threshold);
    find_issue_findings(facts, policies, findings);
  }
}

}  // namespace assay::projections
