#include "projections/thresholds/deselected.hpp"

#include "projections/board/phase_board.hpp"
#include "projections/selection/dmc_life.hpp"
#include "projections/thresholds/threshold.hpp"

namespace assay::projections {

std::set<Identifier> deselected_by_now(const Facts& facts) {
  std::set<Identifier> gone = deselected_entries(facts.board);
  for (const auto& [id, entry] : facts.board.planned_entries) {
    if (deselection_in_force(facts.selection, entry.dmc, entry.release) != nullptr) {
      gone.insert(id);
    }
  }
  return gone;
}

}  // namespace assay::projections
