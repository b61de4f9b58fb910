#pragma once

/// The rows of Family::snapshots. Thread word: pure functions.

#include "ledger/store/store_internal.hpp"

namespace assay::store {

/// Errors: malformed, tampered_hash (not what was written).
[[nodiscard]] Result<Snapshot> read_snapshot_row(std::string_view projection, std::string_view row);

}  // namespace assay::store
