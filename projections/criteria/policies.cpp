#include "projections/criteria/policies.hpp"

namespace assay::projections {

GoverningPolicies governing(const Rulebook& rulebook, const PolicyTarget& target, Timestamp at) {
  using events::PolicyKind;
  const auto find = [&](PolicyKind kind) { return policy_in_force(rulebook, kind, target, at); };
  return {find(PolicyKind::approval),
          find(PolicyKind::audit_regime),
          find(PolicyKind::combined_completion),
          find(PolicyKind::dmc_selection),
          find(PolicyKind::entry),
          find(PolicyKind::exit),
          find(PolicyKind::lateness),
          find(PolicyKind::migration),
          find(PolicyKind::regression),
          find(PolicyKind::severity_taxonomy),
          find(PolicyKind::threshold)};
}

}  // namespace assay::projections
