#pragma once

/// What plans state of themselves, against what there is: the policies under which a phase was
/// planned (X-POLICY), and the scope that a change says it leaves (SCOPE-ROOT-DIFFERS). Pure.

#include "projections/plan/plan.hpp"
#include "projections/rules/finding.hpp"

namespace assay::projections {

/// A policy other than the planned one is found where it decides: at the first decision on entry
/// for an entry policy; for the others when exit was decided, or now while testing goes on.
void find_plan_findings(const Facts& now, Findings& findings);

}  // namespace assay::projections
