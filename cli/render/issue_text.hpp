#pragma once

/// The issue register for people.

#include "cli/app.hpp"
#include "projections/issues/issue_view.hpp"

namespace assay::cli {

void print_issues(const Run& run, const std::vector<projections::IssueLine>& issues,
                  const projections::IssueCounts& counts);
void print_issue(const Run& run, const projections::IssueView& issue);

}  // namespace assay::cli
