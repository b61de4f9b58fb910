#pragma once

/// Changes, obligations, regression cycles and stale items for people.

#include "cli/app.hpp"
#include "projections/regression/item_standing.hpp"

namespace assay::cli {

void print_obligations(const Run& run, const std::vector<projections::Obligation>& obligations,
                       const projections::Regression& state);
void print_cycles(const Run& run, const std::vector<projections::CycleView>& cycles);
/// Items of one planned entry in one phase that are STALE, or whose pass stands in spite of
/// changes.
void print_standings(const Run& run, const projections::Place& place,
                     const std::vector<projections::ItemStanding>& standings);

}  // namespace assay::cli
