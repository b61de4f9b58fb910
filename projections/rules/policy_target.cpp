#include "projections/rules/policy_target.hpp"

namespace assay::projections {

PolicyTarget target_of(const PhaseBoard& board, const std::optional<events::TestKind>& kind,
                       const Identifier& planned_entry) {
  const auto found = board.planned_entries.find(planned_entry);
  if (found == board.planned_entries.end()) return {kind, std::nullopt, std::nullopt};
  return {kind, found->second.release, found->second.smso};
}

}  // namespace assay::projections
