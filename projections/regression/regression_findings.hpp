#pragma once

/// Findings about changes and regression (R-*). Pure. Thread word: pure functions.

#include "projections/rules/finding.hpp"

namespace assay::projections {

/// All of them.
void find_regression_findings(const Facts& facts, Findings& findings);
/// Those about cycles alone.
void find_cycle_findings(const Facts& facts, Findings& findings);

}  // namespace assay::projections
