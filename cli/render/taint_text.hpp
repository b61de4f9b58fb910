#pragma once

/// What compromised keys signed, and which conclusions rest on it, for people and for --json.

#include "cli/app.hpp"
#include "ledger/verify/report.hpp"

namespace assay::cli {

/// Prints every key with its entries and conclusions. `refolded`: somebody asked what rests on
/// them. Gives the same for --json.
[[nodiscard]] Json show_tainted(const Run& run, const std::vector<verify::Taint>& tainted,
                                bool refolded);

}  // namespace assay::cli
