#pragma once

/// Which change falls on which planned entry in which phase: the first half of R1 (MTAD 7,
/// SVTAD 7). Pure. Thread word: plain values, made anew for each look at the states.
///
/// A change falls on a place (a planned entry inside a phase) where
///   build     it was deployed under the phase
///   fix       the issue belongs to the phase and affects the entry
///   firmware  the entry's DMC holds the device model whose firmware moved on
/// and the place's scope was committed to before it: what comes before a baseline is no change of
/// it. An assessment to regress adds the places that it names. Places that left their phase are
/// out.
///
/// Answers about the past look back to the end of a cycle or to a decision to exit: of the imports
/// before other events the board keeps no more than it needs for now (`PhaseBoard::last_look`).

#include "projections/fold/programme_fold.hpp"
#include "projections/fold/until.hpp"
#include "projections/regression/regression.hpp"

namespace assay::projections {

struct Place {
  Identifier phase;
  Identifier planned_entry;
  auto operator<=>(const Place&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(phase), CEREAL_NVP(planned_entry));
  }
};

using ImpactMap = std::map<EventId, std::set<Place>>;

[[nodiscard]] ImpactMap map_impacts(const Facts& facts, const Until& until = {});

/// The changes that the same assessment or cycle answers: a delivered fix and the deployment that
/// brings its build are one change, under either name.
[[nodiscard]] std::set<EventId> same_change(const Regression& state, const EventId& change);

}  // namespace assay::projections
