#pragma once

/// Differences for people: section by section, what is new, what changed and how, what is gone, and
/// how many are the same. Scope items that went the same way are told together.

#include "cli/output.hpp"
#include "projections/difference/compare.hpp"

namespace assay::cli {

enum class DifferenceTense : std::uint8_t {
  between_points,  ///< "2 new, 1 gone, 3 unchanged"
  hypothetical,    ///< "2 would be new, 1 would be gone, 3 stay as they are"
};

/// Sections without a difference are named in one line at the end.
void print_differences(Output& out, const std::vector<projections::SectionDifference>& sections,
                       DifferenceTense tense);

}  // namespace assay::cli
