#pragma once

/// What the regression policy in force says of a change. Where none is in force, every change
/// counts and no time is set: a missing policy never makes less of a change. Pure.

#include "projections/fold/programme_fold.hpp"
#include "projections/regression/change_state.hpp"

namespace assay::projections {

/// Null when none is in force at `at` for tests of `kind` of the planned entry.
[[nodiscard]] const events::RegressionPolicy* regression_policy(const Facts& facts,
                                                                events::TestKind kind,
                                                                const Identifier& planned_entry,
                                                                Timestamp at);

/// Whether the policy asks for an assessment of a change of this sort.
[[nodiscard]] bool is_change(const Facts& facts, const Change& change, events::TestKind kind,
                             const Identifier& planned_entry);

/// When the change has to be assessed at the latest; absent: before the exit.
[[nodiscard]] std::optional<Timestamp> assess_by(const Facts& facts, const Change& change,
                                                 events::TestKind kind,
                                                 const Identifier& planned_entry);

}  // namespace assay::projections
