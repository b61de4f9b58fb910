#pragma once

/// The findings about selection: consultations, the choice of DMCs, the EPCL, releases and groups
/// (rules/catalogue/selection_rules.hpp). Thread word: pure functions.

#include "projections/rules/finding.hpp"

namespace assay::projections {

void find_selection_findings(const Facts& facts, Findings& findings);

// Its parts.
void find_consultation_findings(const Facts& facts, Findings& findings);
void find_choice_findings(const Facts& facts, Findings& findings);
void find_epcl_findings(const Facts& facts, Findings& findings);
void find_release_findings(const Facts& facts, Findings& findings);

}  // namespace assay::projections
