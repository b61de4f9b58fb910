#pragma once

/// When the last entry of each declared cut-off was recorded, by the cut-off's log size: the states
/// keep no times of entries. Thread word: thread-compatible.

#include <map>

#include "ledger/store/store.hpp"
#include "projections/board/phase_board.hpp"

namespace assay::cli {

/// Errors: those of the store, and of entries that cannot be read.
[[nodiscard]] Result<std::map<std::uint64_t, Timestamp>> cutoff_times(
    const store::Store& store, const projections::PhaseBoard& board);

}  // namespace assay::cli
