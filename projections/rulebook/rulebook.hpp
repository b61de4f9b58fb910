#pragma once

/// The rulebook: every policy with its versions and when it was in force, and the register of
/// clauses. Thread word: thread-compatible; const access may run beside itself.

#include "projections/board/marks.hpp"
#include "projections/fold/projection.hpp"

namespace assay::projections {

struct Rulebook {
  static constexpr std::string_view kName = "rulebook";
  static constexpr std::uint64_t kVersion = 1;

  Unplaced unplaced;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(unplaced));
  }
};

}  // namespace assay::projections
