#pragma once

/// What the programme consists of: releases, groups, device models, DMCs, devices, test cases, and
/// what the Depth and Breadth documents promise. Thread word: thread-compatible; const access may
/// run beside itself.

#include "projections/board/marks.hpp"
#include "projections/fold/projection.hpp"

namespace assay::projections {

struct Plan {
  static constexpr std::string_view kName = "plan";
  static constexpr std::uint64_t kVersion = 1;

  Unplaced unplaced;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(unplaced));
  }
};

}  // namespace assay::projections
