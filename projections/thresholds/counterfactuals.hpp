#pragma once

/// Would the verdict be another one under another way of counting? Answered beside every verdict,
/// because a severity that was lowered in time for a cut-off decides as much as a fix does.

#include "projections/thresholds/threshold.hpp"

namespace assay::projections {

struct ThresholdCounterfactuals {
  events::Verdict as_it_is = events::Verdict::undetermined;
  events::Verdict deselected_counted = events::Verdict::undetermined;
  events::Verdict deselected_left_out = events::Verdict::undetermined;
  std::vector<Identifier> downgraded;                 ///< issues with a downgrade in the window
  std::optional<events::Verdict> downgrades_ignored;  ///< absent without a window
  events::Verdict severity_at_max_ever = events::Verdict::undetermined;
  events::Verdict severity_at_raised = events::Verdict::undetermined;
  std::uint64_t window_hours = 0;  ///< before the cut-off; 0: none
  bool would_change = false;       ///< one of them is not the verdict as it is
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(as_it_is), CEREAL_NVP(deselected_counted), CEREAL_NVP(deselected_left_out),
            CEREAL_NVP(downgraded), CEREAL_NVP(downgrades_ignored),
            CEREAL_NVP(severity_at_max_ever), CEREAL_NVP(severity_at_raised),
            CEREAL_NVP(window_hours), CEREAL_NVP(would_change));
  }
};

/// The window is the policy's, unless `options.downgrades_ignored_hours` names another one.
[[nodiscard]] ThresholdCounterfactuals threshold_counterfactuals(
    const Facts& facts, const Identifier& phase, const Identifier& planned_entry,
    const events::ThresholdPolicy& policy, const ThresholdOptions& options = {});

}  // namespace assay::projections
