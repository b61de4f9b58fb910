#pragma once

/// The policies that govern one planned entry in one phase, at a time. Pure; borrowed from the
/// rulebook.

#include "projections/board/phase_board.hpp"
#include "projections/rulebook/in_force.hpp"
#include "projections/rules/policy_target.hpp"

namespace assay::projections {

/// Each absent where nothing of its kind is in force.
struct GoverningPolicies {
  std::optional<InForce> approval;
  std::optional<InForce> audit_regime;
  std::optional<InForce> combined_completion;
  std::optional<InForce> dmc_selection;
  std::optional<InForce> entry;
  std::optional<InForce> exit;
  std::optional<InForce> lateness;
  std::optional<InForce> migration;
  std::optional<InForce> regression;
  std::optional<InForce> severity_taxonomy;
  std::optional<InForce> threshold;
};
[[nodiscard]] GoverningPolicies governing(const Rulebook& rulebook, const PolicyTarget& target,
                                          Timestamp at);

/// The body's part, or null where no such policy is in force.
template <class Policy>
[[nodiscard]] const Policy* body_of(const std::optional<InForce>& policy,
                                    std::optional<Policy> events::PolicyBody::* part) {
  return policy ? &*(policy->body->*part) : nullptr;
}

}  // namespace assay::projections
