#pragma once

/// Where an imported result came from. The board keeps no result one by one, so this is worked out
/// from the stretch of the log that each import took. Pure functions of the board.

#include "projections/board/phase_board.hpp"

namespace assay::projections {

/// The import of `phase` that the event at `result` belongs to. Null when there is none, and when
/// imports ran beside each other, so that nobody can say which one it was.
[[nodiscard]] const Import* import_of_result(const PhaseBoard& board, const Identifier& phase,
                                             const EventId& result);

}  // namespace assay::projections
