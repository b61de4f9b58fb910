#pragma once

/// Waivers on criteria: what is not met and was waived shows as waived, never as met. Pure.

#include "projections/rules/answer.hpp"
#include "projections/rules/finding.hpp"

namespace assay::projections {

/// Turns NOT_MET and UNDETERMINED into WAIVED where a waiver for the rule is in force in the phase,
/// for the planned entry; names the waiver among the events.
void apply_waivers(const Facts& facts, const Identifier& phase, const Identifier& planned_entry,
                   std::vector<Answer>& answers);

/// The same for findings: they stay, and say that they are waived.
void apply_waivers(const Facts& facts, std::vector<Finding>& findings);

}  // namespace assay::projections
