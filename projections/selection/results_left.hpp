#pragma once

/// What was there of the tests of a DMC when it was de-selected, and what is there now. Results and
/// issues stay in the log and in every report, whatever becomes of the DMC. Thread word: pure
/// functions.

#include "projections/board/item_status.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::projections {

/// One planned entry of the DMC in one phase.
struct ResultsLeft {
  std::optional<EventId> first_result;         ///< or the start of its import
  std::map<ItemOutcome, std::uint64_t> items;  ///< of the scope, by effective outcome, now
  std::vector<Identifier> open_issues;
  std::vector<Identifier> open_runs;
  Identifier phase;
  Identifier planned_entry;
  OutcomeCounts unlisted;  ///< of runs that name no item of a scope
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(first_result), CEREAL_NVP(items), CEREAL_NVP(open_issues),
            CEREAL_NVP(open_runs), CEREAL_NVP(phase), CEREAL_NVP(planned_entry),
            CEREAL_NVP(unlisted));
  }
};

[[nodiscard]] std::vector<ResultsLeft> results_left(const Facts& facts, const Identifier& dmc,
                                                    const Identifier& release);

}  // namespace assay::projections
