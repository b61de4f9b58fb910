#pragma once

/// The rulebook: every policy with its versions and when they were put in force, and the register
/// of clauses. It keeps what was said; readers ask in_force.hpp, clauses.hpp and rulebook_view.hpp.
/// Thread word: thread-compatible; const access may run beside itself.

#include "projections/fold/projection.hpp"
#include "projections/rulebook/rulebook_state.hpp"

namespace assay::projections {

struct Rulebook {
  static constexpr std::string_view kName = "rulebook";
  static constexpr std::uint64_t kVersion = 1;

  std::map<ClauseRef, std::vector<ClauseStep>> clauses;  ///< steps in the order of the log
  std::map<Identifier, Policy> policies;
  Unplaced unplaced;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(clauses), CEREAL_NVP(policies), CEREAL_NVP(unplaced));
  }
};

}  // namespace assay::projections
