#pragma once

/// Where a DMC stands in a release, which kinds of test it is selected for, and what took its
/// place. Thread word: pure functions.
///
///   DEFINED → PROPOSED → CONSULTING → SELECTED → IN_TEST → COMPLETED
///   any of them → DESELECTED → SUBSTITUTED (another DMC took its place)
///
/// The later of selection and de-selection holds. A DMC that is tested without having been selected
/// is in test all the same: reality is recorded.

#include "projections/fold/programme_fold.hpp"
#include "projections/fold/until.hpp"
#include "projections/selection/selection.hpp"

namespace assay::projections {

enum class DmcState : std::uint8_t {
  defined,
  proposed,
  consulting,
  selected,
  in_test,
  completed,
  deselected,
  substituted,
};

/// Releases for which somebody proposed, selected, de-selected, replaced or planned the DMC, or put
/// it in another's place.
[[nodiscard]] std::set<Identifier> releases_of(const Facts& facts, const Identifier& dmc);

[[nodiscard]] DmcState dmc_state(const Facts& facts, const Identifier& dmc,
                                 const Identifier& release);

/// What holds just before an event was recorded.
[[nodiscard]] constexpr Until just_before(const Mark& mark) {
  return {mark.recorded_at, mark.event};
}

/// Null when it was not de-selected, or chosen again since, as things stood at `until`.
[[nodiscard]] const DmcDeselection* deselection_in_force(const Selection& selection,
                                                         const Identifier& dmc,
                                                         const Identifier& release,
                                                         const Until& until = {});

/// Selections since the last de-selection.
[[nodiscard]] std::vector<const DmcSelection*> selections_in_force(const Selection& selection,
                                                                   const Identifier& dmc,
                                                                   const Identifier& release,
                                                                   const Until& until = {});

/// A DMC that took another's place, and what it replaced.
struct TookPlace {
  Identifier old_dmc;
  const DmcSubstitution* substitution = nullptr;  ///< borrowed from the selection
};
/// Substitutions in effect that put the DMC in another's place, since its own last de-selection.
[[nodiscard]] std::vector<TookPlace> places_taken(const Selection& selection, const Identifier& dmc,
                                                  const Identifier& release,
                                                  const Until& until = {});

/// For what the one was selected whose place it took: when it was de-selected, or, where it was
/// not, when its place was taken.
[[nodiscard]] std::set<events::TestKind> inherited_kinds(const Facts& facts,
                                                         const TookPlace& place);

/// Kinds that these selections serve by the policies in force when they were made, and those for
/// which the DMCs were selected whose places it took.
[[nodiscard]] std::set<events::TestKind> selected_kinds(const Facts& facts, const Identifier& dmc,
                                                        const Identifier& release,
                                                        const Until& until = {});

/// The planned entry on the DMC that took the place of this one's: same release, SMSO and category.
/// Substitutions count from when they took effect.
[[nodiscard]] std::optional<Identifier> replacement_of(const Facts& facts,
                                                       const Identifier& planned_entry,
                                                       const Until& until = {});

/// The topic of consultations about the choice of DMCs, as `consultation_opened` names it.
inline constexpr std::string_view kSelectionTopic = "dmc_selection";

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::DmcState>[] = {
    "DEFINED", "PROPOSED",  "CONSULTING", "SELECTED",
    "IN_TEST", "COMPLETED", "DESELECTED", "SUBSTITUTED"};
}  // namespace assay
