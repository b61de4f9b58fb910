#pragma once

/// When the last entry of each declared cut-off was recorded, by the cut-off's log size: the states
/// keep no times of entries. Thread word: thread-compatible.

#include "cli/assess/fold_cache.hpp"
#include "projections/board/phase_board.hpp"

namespace assay::cli {

/// Errors: those of the log, and of entries that cannot be read.
[[nodiscard]] Result<std::map<std::uint64_t, Timestamp>> cutoff_times(
    const FoldCache& log, const projections::PhaseBoard& board);

}  // namespace assay::cli
