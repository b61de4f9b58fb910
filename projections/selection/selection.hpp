#pragma once

/// How DMCs were chosen and listed: consultations, selections, substitutions, appeals, the EPCL.
/// Thread word: thread-compatible; const access may run beside itself.

#include "projections/board/marks.hpp"
#include "projections/fold/projection.hpp"

namespace assay::projections {

struct Selection {
  static constexpr std::string_view kName = "selection";
  static constexpr std::uint64_t kVersion = 1;

  Unplaced unplaced;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(unplaced));
  }
};

}  // namespace assay::projections
