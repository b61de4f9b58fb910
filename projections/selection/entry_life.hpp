#pragma once

/// The life of a planned entry of the EPCL, the unit of every entry and exit: selected, tested,
/// listed, or gone another way. Thread word: pure functions.
///
///   PLANNED → SELECTED → IN_TEST → MT_DONE, SIT_DONE in either order → TESTED → ELIGIBLE → REMOVED
///   PLANNED or SELECTED → EQUIVALENT (to a tested DMC) → ELIGIBLE
///   any before ELIGIBLE → DESELECTED, WITHDRAWN
///
/// What the entry requires decides what TESTED means.

#include "projections/fold/programme_fold.hpp"
#include "projections/selection/course.hpp"

namespace assay::projections {

enum class EntryState : std::uint8_t {
  planned,
  selected,
  in_test,
  mt_done,
  sit_done,
  srvt_done,
  regression_done,
  several_done,  ///< more than one kind, and not yet all that are required
  tested,
  equivalent,
  eligible,
  deselected,
  withdrawn,
  removed,
};

struct EntryLife {
  events::Category category = events::Category::active;
  Identifier dmc;
  std::vector<EventId> events;  ///< that decide the state
  std::vector<KindTested> kinds;
  Identifier planned_entry;
  Identifier release;
  std::optional<Identifier> replaced_by;  ///< the planned entry that took its place
  std::set<events::TestKind> required_kinds;
  std::set<events::TestKind> selected_kinds;
  Identifier smso;
  EntryState state = EntryState::planned;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(category), CEREAL_NVP(dmc), CEREAL_NVP(events), CEREAL_NVP(kinds),
            CEREAL_NVP(planned_entry), CEREAL_NVP(release), CEREAL_NVP(replaced_by),
            CEREAL_NVP(required_kinds), CEREAL_NVP(selected_kinds), CEREAL_NVP(smso),
            CEREAL_NVP(state));
  }
};

[[nodiscard]] std::optional<EntryLife> planned_entry_life(const Facts& facts,
                                                          const Identifier& planned_entry);
/// All of them, in the order of their ids.
[[nodiscard]] std::vector<EntryLife> planned_entry_lives(const Facts& facts);

/// Nothing is left to do for it: it is on the EPCL, withdrawn, or de-selected with a settled
/// replacement. With `when`, as it was when that event was recorded.
[[nodiscard]] bool is_settled(const Facts& facts, const Identifier& planned_entry,
                              const std::optional<Mark>& when = std::nullopt);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::EntryState>[] = {
    "PLANNED",   "SELECTED",        "IN_TEST",      "MT_DONE", "SIT_DONE",
    "SRVT_DONE", "REGRESSION_DONE", "SEVERAL_DONE", "TESTED",  "EQUIVALENT",
    "ELIGIBLE",  "DESELECTED",      "WITHDRAWN",    "REMOVED"};
}  // namespace assay
