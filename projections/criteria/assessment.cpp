#include "projections/criteria/assessment.hpp"

#include <algorithm>

#include "projections/criteria/exit_criteria.hpp"
#include "projections/criteria/waived.hpp"

namespace assay::projections {

JudgedAt entry_judged_at(const Facts& now, const PhaseEntry& entry) {
  const auto entered = std::ranges::find_if(entry.entry_decisions, [](const EntryDecision& made) {
    return made.outcome != events::EntryOutcome::reject;
  });
  if (entered != entry.entry_decisions.end()) {
    return {entered->mark.event, false, entered->mark.event.entry};
  }
  if (!entry.starts.empty()) {
    return {entry.starts.front().event, false, entry.starts.front().event.entry};
  }
  return {std::nullopt, true, now.size};
}

JudgedAt exit_judged_at(const Facts& now, const PhaseEntry& entry) {
  if (entry.cutoffs.empty()) return {std::nullopt, true, now.size};
  const Cutoff& last = entry.cutoffs.back();
  return {last.mark.event, false, std::min(last.cutoff_size, now.size)};
}

std::vector<PolicyCited> cited(const GoverningPolicies& policies) {
  using events::PolicyKind;
  std::vector<PolicyCited> all;
  const auto cite = [&](PolicyKind kind, const std::optional<InForce>& policy) {
    if (policy) all.push_back({kind, policy->policy, policy->version});
  };
  cite(PolicyKind::approval, policies.approval);
  cite(PolicyKind::audit_regime, policies.audit_regime);
  cite(PolicyKind::combined_completion, policies.combined_completion);
  cite(PolicyKind::dmc_selection, policies.dmc_selection);
  cite(PolicyKind::entry, policies.entry);
  cite(PolicyKind::exit, policies.exit);
  cite(PolicyKind::lateness, policies.lateness);
  cite(PolicyKind::migration, policies.migration);
  cite(PolicyKind::regression, policies.regression);
  cite(PolicyKind::severity_taxonomy, policies.severity_taxonomy);
  cite(PolicyKind::threshold, policies.threshold);
  return all;
}

namespace {

Assessed begin(const JudgedAt& at, const Identifier& phase, const Identifier& planned_entry,
               const GoverningPolicies& policies) {
  Assessed assessed;
  assessed.at = at;
  assessed.phase = phase;
  assessed.planned_entry = planned_entry;
  assessed.policies = cited(policies);
  return assessed;
}

}  // namespace

Assessed assess_entry(const Facts& then, const JudgedAt& at, const Identifier& phase,
                      const Identifier& planned_entry) {
  const auto found = then.board.phases.find(phase);
  if (found == then.board.phases.end()) {
    Assessed none = begin(at, phase, planned_entry, {});
    none.why = "the phase had not been planned then";
    return none;
  }
  const GoverningPolicies policies = governing(
      then.rulebook, target_of(then.board, found->second.kind, planned_entry), then.recorded_at);
  Assessed assessed = begin(at, phase, planned_entry, policies);
  const auto* const policy = body_of(policies.entry, &events::PolicyBody::entry);
  if (policy == nullptr) {
    assessed.why = "no entry policy was in force";
    return assessed;
  }
  assessed.answers = entry_criteria(then, phase, planned_entry, policies);
  apply_waivers(then, phase, planned_entry, assessed.answers);
  assessed.verdict = combined(assessed.answers, policy->criteria);
  return assessed;
}

Assessed assess_exit(const Vantage& vantage, const JudgedAt& at, const Identifier& phase,
                     const Identifier& planned_entry) {
  const Facts& then = vantage.cutoff;
  const auto found = then.board.phases.find(phase);
  if (found == then.board.phases.end() || !found->second.entries.contains(planned_entry)) {
    Assessed none = begin(at, phase, planned_entry, {});
    none.why = "at the cut-off the planned entry was in no such phase";
    return none;
  }
  const GoverningPolicies policies = governing(
      then.rulebook, target_of(then.board, found->second.kind, planned_entry), then.recorded_at);
  Assessed assessed = begin(at, phase, planned_entry, policies);
  const auto* const policy = body_of(policies.exit, &events::PolicyBody::exit);
  if (policy == nullptr) {
    assessed.why = "no exit policy was in force";
    return assessed;
  }
  assessed.answers = exit_criteria(vantage, phase, planned_entry, policies);
  apply_waivers(vantage.now, phase, planned_entry, assessed.answers);
  assessed.verdict = combined(assessed.answers, policy->criteria);
  return assessed;
}

}  // namespace assay::projections
