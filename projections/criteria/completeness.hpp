#pragma once

/// Execution completeness: the rules S1 to S10 for one planned entry in one phase, from the states
/// at a cut-off. Pure.
///
///   S1  every run that was announced has ended
///   S2  every scope item passed, was waived, or fails with an open issue that says so, once
///   changes
///       and regression are taken into account (regression/item_standing.hpp)
///   S3  everything that did not pass has a Testing Issue
///   S4  the run counters of each tool are without gaps, or each gap is explained
///   S5  every import came in whole
///   S6  results were recorded in time
///   S7  every result is on a build of the baseline
///   S8  nothing left the scope after an adverse result without approval
///   S9  the matrix of groups is complete (Migration ST)
///   S10 every pass that counts has evidence

#include "projections/board/phase_view.hpp"
#include "projections/rules/answer.hpp"

namespace assay::projections {

/// What the rules need from the rulebook; null where no policy is in force.
struct CompletenessPolicies {
  const events::ExitPolicy* exit = nullptr;
  const events::LatenessPolicy* lateness = nullptr;
  const events::MigrationPolicy* migration = nullptr;
};

/// All ten, in this order. `phase` is one of the board's, and the entry is in it.
[[nodiscard]] std::vector<Answer> completeness(const Facts& facts, const Identifier& phase,
                                               const Identifier& planned_entry,
                                               const CompletenessPolicies& policies);

}  // namespace assay::projections
