#pragma once

/// Which planned entries have been de-selected: by their own withdrawal, or with their DMC. Pure.

#include "projections/fold/programme_fold.hpp"

namespace assay::projections {

[[nodiscard]] std::set<Identifier> deselected_by_now(const Facts& facts);

}  // namespace assay::projections
