#pragma once

/// What a recorded evaluation says against what was computed again (V-DIFF). Pure functions.

#include "projections/completion/completion.hpp"

namespace assay::projections {

/// One criterion on which the two do not agree; absent where one of them does not speak of it.
struct EvaluationDifference {
  std::optional<events::Verdict> computed;
  Identifier criterion;
  Identifier planned_entry;
  std::optional<events::Verdict> stated;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(computed), CEREAL_NVP(criterion), CEREAL_NVP(planned_entry),
            CEREAL_NVP(stated));
  }
};

/// By planned entry and criterion. `computed` is at the head that the evaluation names, for its
/// phase and planned entries. A criterion that the evaluation states twice with two verdicts
/// differs from anything.
[[nodiscard]] std::vector<EvaluationDifference> differences(
    const Evaluation& evaluation, const std::vector<events::CriterionVerdict>& computed);

}  // namespace assay::projections
