#pragma once

/// The exit criteria about what surrounds the tests (V3 to V8), for one planned entry in one phase.
/// What was tested is asked of the state at the cut-off, what was said of it afterwards of the
/// state now. Pure functions. Where a policy that an answer rests on is missing, it is
/// undetermined.

#include "projections/completion/outstanding.hpp"
#include "projections/regression/impact_map.hpp"
#include "projections/rulebook/in_force.hpp"
#include "projections/rules/answer.hpp"

namespace assay::projections {

/// V3: every open issue whose severity asks for it has a work-off item with owner and target.
[[nodiscard]] Answer answer_work_off(const Vantage& vantage, const Place& place);
/// V4: no obligation to assess or regress is open.
[[nodiscard]] Answer answer_regression(const Vantage& vantage, const Place& place);
/// V5: a completion report of both of DCC's voices lists exactly the issues open at the cut-off.
[[nodiscard]] Answer answer_report(const Vantage& vantage, const Place& place);
/// V6: the bodies that the approval policy names have taken a position that counts as a yes, with a
/// quorum, after the cut-off and having seen the log up to it.
[[nodiscard]] Answer answer_positions(const Vantage& vantage, const Place& place);
/// V7: what the audit regime in force asks for.
[[nodiscard]] Answer answer_audit(const Vantage& vantage, const Place& place);
/// V8: the exit was decided in the roles that the approval policy names, and not by the party that
/// benefits alone where that is asked for.
[[nodiscard]] Answer answer_exit_authority(const Vantage& vantage, const Place& place);

/// The last completion report in effect that covers the place; null when there is none.
[[nodiscard]] const std::pair<const Identifier, Report>* report_on(const Facts& now,
                                                                   const Place& place);
/// The last cut-off that was declared for the place; null when there is none.
[[nodiscard]] const Cutoff* last_cutoff(const Facts& now, const Place& place);
/// To what policies are asked to apply for the place.
[[nodiscard]] PolicyTarget target_of(const Facts& facts, const Place& place);

}  // namespace assay::projections
