#pragma once

/// Findings about the end of testing (C-*, T-*, W-*, some V-*) and about the log itself (K-*).
/// Pure. Thread word: pure functions.

#include "projections/completion/outstanding.hpp"
#include "projections/rules/finding.hpp"

namespace assay::projections {

/// All of them. `at` gives the states at the cut-offs of completion reports.
void find_completion_findings(const Facts& now, const FactsAt& at, Findings& findings);

// By theme, each in a file of its own.
void find_report_findings(const Facts& now, const FactsAt& at, Findings& findings);
void find_position_findings(const Facts& now, Findings& findings);
void find_closing_findings(const Facts& now, Findings& findings);
void find_integrity_findings(const Facts& now, Findings& findings);

}  // namespace assay::projections
