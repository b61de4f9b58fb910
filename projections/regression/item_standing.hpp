#pragma once

/// The effective outcome of scope items once changes, assessments and regression are taken into
/// account (R3; MTAD 7, SVTAD 7). It begins with the board's answer (board/item_status.hpp):
///
///   * a run in another phase that counts for this kind too, in a cycle that lists the item and
///     after its start, is an attempt like any other: the latest attempt decides, for good or ill;
///   * a pass is STALE when a deployment came after it that the run had not on board already, or
///   any
///     other change that was assessed as to be regressed, until the obligation is discharged or no
///     regression is needed (obligations.hpp);
///   * a pass on builds that are no longer accepted is STALE until the same is true of every
///     deployment since, and these account for the builds: a pass on a build that never was
///     accepted is lifted by nothing.
///
/// A lifted pass says by what. Pure functions; the structs serialise to JSON.

#include "projections/regression/obligations.hpp"

namespace assay::projections {

struct ItemStanding {
  std::optional<EventId> event;  ///< the result or waiver that decides
  bool executed = false;         ///< an attempt that counts passed, failed or ended in error
  Identifier item;
  std::vector<Identifier> lifted_by;  ///< cycles under which the pass stands in spite of changes
  std::vector<EventId> lifted_by_assessments;   ///< assessments that no regression is needed
  ItemOutcome on_board = ItemOutcome::not_run;  ///< before any of this
  ItemOutcome outcome = ItemOutcome::not_run;
  std::vector<EventId> stale_by;  ///< changes after the pass that nothing has answered
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(event), CEREAL_NVP(executed), CEREAL_NVP(item), CEREAL_NVP(lifted_by),
            CEREAL_NVP(lifted_by_assessments), CEREAL_NVP(on_board), CEREAL_NVP(outcome),
            CEREAL_NVP(stale_by));
  }
};

/// The items in scope of the planned entry in the phase, in the order of their ids.
[[nodiscard]] std::vector<ItemStanding> item_standings(const Facts& facts, const Identifier& phase,
                                                       const Identifier& planned_entry);
/// Those that are STALE.
[[nodiscard]] std::vector<ItemStanding> stale_items(const Facts& facts, const Identifier& phase,
                                                    const Identifier& planned_entry);

}  // namespace assay::projections
