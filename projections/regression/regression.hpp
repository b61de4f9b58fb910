#pragma once

/// Changes after a baseline, their assessments, and the regression cycles that answer them. What
/// they mean for planned entries is computed from this and the board (obligations.hpp,
/// item_standing.hpp). Thread word: thread-compatible; const access may run beside itself.

#include "projections/fold/projection.hpp"
#include "projections/regression/change_state.hpp"
#include "projections/regression/cycle_state.hpp"

namespace assay::projections {

struct Regression {
  static constexpr std::string_view kName = "regression";
  static constexpr std::uint64_t kVersion = 2;

  std::map<EventId, Assessment> assessments;
  std::map<EventId, Change> changes;
  std::map<Identifier, Cycle> cycles;
  std::map<Identifier, std::set<Identifier>> dmcs;                       ///< their device models
  std::map<ModelDescription, std::map<Identifier, std::string>> models;  ///< id → firmware
  Unplaced unplaced;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assessments), CEREAL_NVP(changes), CEREAL_NVP(cycles), CEREAL_NVP(dmcs),
            CEREAL_NVP(models), CEREAL_NVP(unplaced));
  }
};

}  // namespace assay::projections
