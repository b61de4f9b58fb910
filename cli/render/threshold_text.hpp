#pragma once

/// Thresholds for people.

#include "cli/app.hpp"
#include "projections/thresholds/threshold_answers.hpp"

namespace assay::cli {

void print_thresholds(const Run& run, const std::vector<projections::ThresholdAnswer>& answers);
/// "Beside the numbers": what was found about the issues that they rest on.
void print_issue_findings(const Run& run, const std::vector<projections::Finding>& findings);

}  // namespace assay::cli
