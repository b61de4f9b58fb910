#pragma once

/// What a compromised key signed from the time on from which it is no longer believed.

#include <vector>

#include "ledger/verify/report.hpp"
#include "ledger/verify/source.hpp"

namespace assay::verify {

/// Fills in `Taint::entries`, by reading the first `size` entries once more. Does nothing when
/// `taints` is empty. Entries that are missing or damaged are counted in `Taint::unread`.
/// Errors: the source could not go on; what is left is counted as unread.
[[nodiscard]] Status find_tainted(const Source& source, std::uint64_t size,
                                  std::vector<Taint>& taints);

}  // namespace assay::verify
