#include "projections/selection/selection_policy.hpp"

#include <algorithm>

#include "projections/board/phase_board.hpp"

namespace assay::projections {
namespace {

/// For whom the DMC is meant in the release; absent where nobody said.
std::optional<Identifier> smso_of(const Facts& facts, const Identifier& dmc,
                                  const Identifier& release) {
  const auto choice = facts.selection.dmcs.find(dmc);
  if (choice != facts.selection.dmcs.end()) {
    for (const DmcProposal& proposal : choice->second.proposals) {
      if (proposal.release == release) return proposal.smso;
    }
  }
  for (const auto& [id, entry] : facts.board.planned_entries) {
    if (entry.dmc == dmc && entry.release == release) return entry.smso;
  }
  return std::nullopt;
}

}  // namespace

std::optional<InForce> selection_policy(const Facts& facts, const Identifier& dmc,
                                        const Identifier& release,
                                        const std::set<events::TestKind>& kinds, Timestamp at) {
  PolicyTarget target{std::nullopt, release, smso_of(facts, dmc, release)};
  const auto ask = [&] {
    return policy_in_force(facts.rulebook, events::PolicyKind::dmc_selection, target, at);
  };
  for (const events::TestKind kind : kinds) {
    target.kind = kind;
    if (auto policy = ask()) return policy;
  }
  target.kind.reset();
  return ask();
}

PolicyUsed used(const InForce& policy) { return {policy.activated, policy.policy, policy.version}; }

std::set<events::TestKind> kinds_served(const DmcSelection& selection,
                                        const std::optional<InForce>& policy) {
  std::set<events::TestKind> kinds = selection.kinds;
  if (!policy || !policy->body->dmc_selection) return kinds;
  const std::set<events::TestKind>& shared = policy->body->dmc_selection->shared_by_kinds;
  const bool shares = std::ranges::any_of(
      shared, [&](events::TestKind kind) { return selection.kinds.contains(kind); });
  if (shares) kinds.insert(shared.begin(), shared.end());
  return kinds;
}

}  // namespace assay::projections
