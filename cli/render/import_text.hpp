#pragma once

/// What the reader found in a report, for people and for --json. Pure.

#include "cli/app.hpp"
#include "cli/import/junit_model.hpp"

namespace assay::cli {

[[nodiscard]] Json summary_json(const import::JunitSummary& summary);

/// `file` is the report's name as it was given.
void print_summary(const Run& run, const std::string& file, const import::JunitSummary& summary);

}  // namespace assay::cli
