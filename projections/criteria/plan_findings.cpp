#include "projections/criteria/plan_findings.hpp"

#include "projections/board/phase_board.hpp"
#include "projections/rulebook/policy_findings.hpp"
#include "projections/rules/policy_target.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

using events::PolicyKind;

/// When a policy of the kind decided about the planned entry; absent while it decides nothing.
std::optional<Timestamp> decides_at(PolicyKind kind, const PhaseEntry& inside, Timestamp now) {
  if (kind == PolicyKind::entry) {
    if (inside.entry_decisions.empty()) return std::nullopt;
    return inside.entry_decisions.front().mark.recorded_at;
  }
  if (!inside.exit_decisions.empty() &&
      inside.exit_decisions.back().outcome != events::ExitOutcome::continue_testing) {
    return inside.exit_decisions.back().mark.recorded_at;
  }
  return inside.starts.empty() ? std::nullopt : std::optional(now);
}

class PlannedPolicyCheck {
 public:
  PlannedPolicyCheck(const Facts& now, const Identifier& phase, const PhasePlan& plan,
                     Findings& findings)
      : now_(now), phase_(phase), plan_(plan), findings_(findings) {}

  void check() {
    check(PolicyKind::entry, plan_.policies.entry);
    check(PolicyKind::exit, plan_.policies.exit);
    check(PolicyKind::regression, plan_.policies.regression);
    check(PolicyKind::threshold, plan_.policies.threshold);
  }

 private:
  void check(PolicyKind kind, const std::optional<events::PolicyVersion>& planned) {
    if (!planned) return;
    const auto policy = now_.rulebook.policies.find(planned->policy);
    const bool published = policy != now_.rulebook.policies.end() &&
                           policy->second.versions.contains(planned->version);
    if (!published) return add(kind, *planned, "and no such version is published", {});
    const PolicyVersion& version = policy->second.versions.at(planned->version);
    if (!is_of_kind(version.body, kind)) {
      return add(kind, *planned, "which is a policy of another kind", {version.published.event});
    }
    check_governing(kind, *planned);
  }

  void check_governing(PolicyKind kind, const events::PolicyVersion& planned) {
    const auto phase = now_.board.phases.find(phase_);
    if (phase == now_.board.phases.end()) return;
    std::map<events::PolicyVersion, std::pair<EventId, std::string>> others;
    for (const auto& [id, inside] : phase->second.entries) {
      const auto at = decides_at(kind, inside, now_.recorded_at);
      if (!at) continue;
      const auto governing =
          policy_in_force(now_.rulebook, kind, target_of(now_.board, phase->second.kind, id), *at);
      if (!governing) continue;
      const events::PolicyVersion found{governing->policy, governing->version};
      if (found == planned) continue;
      auto& [activated, entries] = others[found];
      activated = governing->activated;
      entries.append(entries.empty() ? "" : ", ").append(id.text);
    }
    for (const auto& [other, where] : others) {
      add(kind, planned,
          say("and ", name_of(other.policy, other.version), " governs ", where.second),
          {where.first});
    }
  }

  void add(PolicyKind kind, const events::PolicyVersion& planned, const std::string& what,
           std::vector<EventId> events) {
    events.push_back(plan_.planned.event);
    findings_.add(
        {.events = std::move(events),
         .phase = phase_,
         .rule = "X-POLICY",
         .sentence = say(phase_, " is planned under ", name_of(planned.policy, planned.version),
                         " as its policy of ", kind, ", ", what, "."),
         .subject = subject_of(Kind::phase, phase_.text)});
  }

  const Facts& now_;
  const Identifier& phase_;
  const PhasePlan& plan_;
  Findings& findings_;
};

void find_misstated(const Identifier& id, const ScopeContents& scope, Findings& findings) {
  for (const MisstatedChange& change : scope.misstated) {
    findings.add({.events = {change.event},
                  .phase = scope.phase,
                  .rule = "SCOPE-ROOT-DIFFERS",
                  .sentence = say("A change of scope ", id, " states that it leaves ",
                                  change.stated_item_count, " items with the root ",
                                  change.stated_root.hex(), "; it leaves ", change.item_count,
                                  " with the root ", change.root.hex(), "."),
                  .subject = subject_of(Kind::scope, id.text)});
  }
}

}  // namespace

void find_plan_findings(const Facts& now, Findings& findings) {
  for (const auto& [phase, plan] : now.plan.phase_plans) {
    PlannedPolicyCheck(now, phase, plan, findings).check();
  }
  for (const auto& [id, scope] : now.plan.scopes) find_misstated(id, scope, findings);
}

}  // namespace assay::projections
