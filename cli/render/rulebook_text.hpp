#pragma once

/// The rulebook and the register of clauses for people.

#include "cli/app.hpp"
#include "projections/rulebook/clauses.hpp"
#include "projections/rulebook/rulebook_view.hpp"

namespace assay::cli {

void print_policies(const Run& run, const std::vector<projections::PolicyLine>& policies);
void print_policy(const Run& run, const projections::PolicyView& policy);
void print_clauses(const Run& run, const std::vector<projections::ClauseView>& clauses);

}  // namespace assay::cli
