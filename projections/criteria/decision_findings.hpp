#pragma once

/// Findings about steps and decisions of Test Phases: decisions against what was computed, and
/// everything that the board remembers as an irregularity. Pure.

#include "projections/criteria/assessment.hpp"
#include "projections/rules/finding.hpp"

namespace assay::projections {

/// What was computed for one planned entry in one phase.
struct AssessedEntry {
  Assessed entry;
  Assessed exit;
};

void find_decision_findings(const Facts& now, const std::vector<AssessedEntry>& assessed,
                            Findings& findings);

}  // namespace assay::projections
