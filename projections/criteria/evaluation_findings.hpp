#pragma once

/// Recorded evaluations against what is computed again from the log state that they name (V-DIFF).
/// Pure.

#include "projections/completion/outstanding.hpp"
#include "projections/rules/finding.hpp"

namespace assay::projections {

/// Only criteria and counts that an evaluation states are compared: it may be about some of them.
/// `at` lends the states at a size; where it has none, its evaluation is passed over (the caller
/// knows why).
void find_evaluation_findings(const Facts& now, const FactsAt& at, Findings& findings);

}  // namespace assay::projections
