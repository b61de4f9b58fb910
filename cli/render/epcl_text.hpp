#pragma once

/// The EPCL held against the tests, as text for people.

#include "cli/app.hpp"
#include "projections/selection/dmc_history.hpp"
#include "projections/selection/epcl_view.hpp"
#include "projections/selection/release_life.hpp"

namespace assay::cli {

void print_epcl(const Run& run, const std::vector<projections::EpclLine>& lines,
                const std::vector<projections::ReleaseLife>& releases);

}  // namespace assay::cli
