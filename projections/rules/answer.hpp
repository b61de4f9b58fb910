#pragma once

/// What a criterion answers for one planned entry in one phase, and why. Thread word: plain values.

#include <string>
#include <vector>

#include "ledger/events/completion.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::projections {

struct Answer {
  Identifier criterion{};         ///< "V2"
  std::vector<EventId> events{};  ///< that decide it
  std::string text{};             ///< why, in one sentence; what is missing where undetermined
  events::Verdict verdict = events::Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(criterion), CEREAL_NVP(events), CEREAL_NVP(text), CEREAL_NVP(verdict));
  }
};

/// The states at a cut-off and now. Criteria about what was tested look at the cut-off; those about
/// what was said of it afterwards (reports, positions, decisions) look at now. Borrowed.
struct Vantage {
  const Facts& cutoff;
  const Facts& now;
};

}  // namespace assay::projections
