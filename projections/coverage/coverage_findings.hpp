#pragma once

/// Findings about Depth and Breadth (rules B-…, L-…, X-DNB). Pure.

#include "projections/rules/finding.hpp"

namespace assay::projections {

void find_coverage_findings(const Facts& facts, Findings& findings);

}  // namespace assay::projections
