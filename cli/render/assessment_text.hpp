#pragma once

/// Criteria, claims and findings for people.

#include "cli/output.hpp"
#include "projections/criteria/claims.hpp"
#include "projections/criteria/decision_findings.hpp"

namespace assay::cli {

/// A verdict in its colour; only MET is ever shown as met.
[[nodiscard]] std::string verdict_text(const Output& out, events::Verdict verdict);

void print_assessed(Output& out, const char* what, const projections::Assessed& assessed);
void print_claims(Output& out, const std::vector<projections::ClaimAnswer>& claims);
void print_findings(Output& out, const std::vector<projections::Finding>& findings);

}  // namespace assay::cli
