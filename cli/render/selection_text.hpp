#pragma once

/// The choice of DMCs as text for people.

#include "cli/app.hpp"
#include "projections/selection/dmc_history.hpp"

namespace assay::cli {

/// One line a DMC and release.
void print_dmcs(const Run& run, const std::vector<projections::DmcHistory>& dmcs);
/// One DMC in full.
void print_dmc(const Run& run, const projections::DmcHistory& dmc);

/// Green only where it is met.
[[nodiscard]] std::string verdict_word(const Run& run, events::Verdict verdict);

}  // namespace assay::cli
