#pragma once

/// Attempts on a scope item since some point of the log: those of its own phase, and those of other
/// phases that count for its kind of test too. One run of a combined regression (MTAD 7, SVTAD 7)
/// so contributes to MT and to SIT, once to each. Pure. Thread word: made for one look at a board.

#include "projections/board/item_status.hpp"
#include "projections/regression/cycle_state.hpp"
#include "projections/regression/impact_map.hpp"

namespace assay::projections {

/// What the latest attempt showed. A pass counts on builds that the item's phase accepts; on others
/// it shows as STALE. What is not a pass counts on every build.
struct Shown {
  std::optional<EventId> event;  ///< absent: there was none
  ItemOutcome outcome = ItemOutcome::not_run;
};

/// Runs that say they count for a kind other than their own phase's, by planned entry and test
/// case.
class SharedRuns {
 public:
  explicit SharedRuns(const PhaseBoard& board);
  [[nodiscard]] const std::vector<const Run*>& of(const Identifier& planned_entry,
                                                  const Identifier& test_case) const;

 private:
  struct Key {
    Identifier planned_entry;
    Identifier test_case;
    auto operator<=>(const Key&) const = default;
  };
  std::map<Key, std::vector<const Run*>> runs_;
};

/// A phase with what holds for all its items; worked out once a phase.
struct PhaseBuilds {
  const Phase* phase = nullptr;
  AcceptedBuilds accepted;
};
/// With the builds that were accepted at `until`: later deployments are taken back.
[[nodiscard]] std::map<Identifier, PhaseBuilds> phase_builds(const PhaseBoard& board,
                                                             const Until& until);

/// Whether results on these builds count now. A result that names no build is on an unknown one.
[[nodiscard]] bool accepts(const AcceptedBuilds& accepted, const std::vector<std::string>& builds);

/// The latest attempt that started after `since`: own ones, and shared ones.
[[nodiscard]] Shown latest_attempt(const PhaseBoard& board, const SharedRuns& shared,
                                   const PhaseBuilds& phase, const CycleItem& key,
                                   const EventId& since, const Until& until);
/// The latest of the shared ones alone.
[[nodiscard]] Shown latest_shared(const SharedRuns& shared, const PhaseBuilds& phase,
                                  const CycleItem& key, const EventId& since, const Until& until);

}  // namespace assay::projections
