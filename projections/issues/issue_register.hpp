#pragma once

/// The issue register: every Testing Issue with its life, its severities and what it affects,
/// folded from the log. Nothing is refused and nothing is overwritten: a step that the life of an
/// issue does not foresee is recorded and remembered as an irregularity.
///
/// Readers use the views (issue_view.hpp). Thread word: thread-compatible; const access may run
/// beside itself.

#include "projections/fold/projection.hpp"
#include "projections/issues/issue_state.hpp"

namespace assay::projections {

struct IssueRegister {
  static constexpr std::string_view kName = "issue_register";
  static constexpr std::uint64_t kVersion = 1;

  std::map<Identifier, Issue> issues;
  Unplaced unplaced;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issues), CEREAL_NVP(unplaced));
  }
};

}  // namespace assay::projections
