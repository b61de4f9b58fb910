#pragma once

/// How DMCs were chosen and listed: consultations, selections, substitutions, appeals, the EPCL,
/// and the releases that were said to be complete. It keeps what was said; what was so is computed
/// by the views (dmc_history.hpp, consultation_view.hpp, epcl_view.hpp, entry_life.hpp), which also
/// look at the board and the rulebook. Thread word: thread-compatible; const access may run beside
/// itself.

#include "projections/fold/projection.hpp"
#include "projections/selection/choice_state.hpp"
#include "projections/selection/consultation_state.hpp"
#include "projections/selection/epcl_state.hpp"

namespace assay::projections {

struct Selection {
  static constexpr std::string_view kName = "selection";
  static constexpr std::uint64_t kVersion = 1;

  std::map<Identifier, SelectionAppeal> appeals;
  std::map<Identifier, Consultation> consultations;
  std::map<Identifier, DmcChoice> dmcs;
  std::map<Identifier, EpclRecord> planned_entries;
  std::map<Identifier, std::vector<Mark>> releases_completed;
  Unplaced unplaced;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(appeals), CEREAL_NVP(consultations), CEREAL_NVP(dmcs),
            CEREAL_NVP(planned_entries), CEREAL_NVP(releases_completed), CEREAL_NVP(unplaced));
  }
};

}  // namespace assay::projections
