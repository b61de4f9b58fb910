#pragma once

/// Decisions for people: who, in which role, on which state of the log; quorum, conditions,
/// dissent.

#include "cli/app.hpp"
#include "projections/completion/decision_view.hpp"

namespace assay::cli {

void print_decision(const Run& run, const projections::DecisionView& decision);

}  // namespace assay::cli
