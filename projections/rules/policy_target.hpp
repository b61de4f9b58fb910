#pragma once

/// To what of the plan a policy is asked to apply. Pure.

#include "projections/board/phase_board.hpp"
#include "projections/rulebook/in_force.hpp"

namespace assay::projections {

/// Tests of `kind` of the planned entry, in its release and of its SMSO. A planned entry that was
/// never declared has neither.
[[nodiscard]] PolicyTarget target_of(const PhaseBoard& board,
                                     const std::optional<events::TestKind>& kind,
                                     const Identifier& planned_entry);

}  // namespace assay::projections
