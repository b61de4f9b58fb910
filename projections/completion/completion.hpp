#pragma once

/// The end of testing: evaluations, reports, work-off plans, waivers, decisions above TAG, audits,
/// verifications, corrections. Thread word: thread-compatible; const access may run beside itself.

#include "projections/board/marks.hpp"
#include "projections/fold/projection.hpp"

namespace assay::projections {

struct Completion {
  static constexpr std::string_view kName = "completion";
  static constexpr std::uint64_t kVersion = 1;

  Unplaced unplaced;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(unplaced));
  }
};

}  // namespace assay::projections
