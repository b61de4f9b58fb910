#pragma once

/// --phase and --entry of commands that compare: what they name has to be there. Thread word: pure.

#include "ledger/base/error.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/difference/aspect.hpp"

namespace assay::cli {

/// Empty texts let everything through. Errors: not_found.
[[nodiscard]] inline Result<projections::AspectFilter> named_place(
    const projections::PhaseBoard& board, const std::string& phase, const std::string& entry) {
  projections::AspectFilter filter;
  if (!phase.empty()) {
    if (!board.phases.contains(phase)) {
      return fail(Errc::not_found, "there is no phase " + phase, "`assay state phase` lists them");
    }
    filter.phase = phase;
  }
  if (!entry.empty()) {
    if (!board.planned_entries.contains(entry)) {
      return fail(Errc::not_found, "there is no planned entry " + entry,
                  "`assay state phase` lists them");
    }
    filter.planned_entry = entry;
  }
  return filter;
}

}  // namespace assay::cli
