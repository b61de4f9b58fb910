#pragma once

/// The two-part aggregate limit, evaluated: a pure function of the states at a cut-off and of a
/// policy. Which policy is in force, and whether a breach is waived, is for the caller to say;
/// without a policy there is nothing to evaluate, and the answer is undetermined. Pure functions.
///
/// A part counts over one combination of its dimensions, that of the planned entry asked about. The
/// dimensions kind, phase and stage hold against the phase that an issue was raised in; a part
/// without them counts the issues of all kinds together. `carry_over` says which issues of another
/// kind of test count in spite of those three. Within one scope, distinct_issue and
/// issue_once_per_scope give the same number: they differ from per_affected_entry.
///
/// An issue that was never triaged has no attribution yet, and so passes every filter on it.

#include "projections/fold/programme_fold.hpp"
#include "projections/thresholds/threshold_view.hpp"

namespace assay::projections {

struct ThresholdOptions {
  /// When the states are those of a cut-off: its time; absent: that of the last entry.
  std::optional<Timestamp> cutoff;
  std::set<Identifier> deselected;       ///< planned entries whose DMC was de-selected
  std::optional<bool> deselected_count;  ///< instead of what the policy says
  std::optional<std::uint64_t> downgrades_ignored_hours;  ///< before the cut-off
  std::optional<events::SeverityAt> severity_at;          ///< instead of what the policy says
};

/// Met, not met, or undetermined where a phase, an entry or a group is not known.
[[nodiscard]] ThresholdView evaluate_threshold(const Facts& facts, const Identifier& phase,
                                               const Identifier& planned_entry,
                                               const events::ThresholdPolicy& policy,
                                               const ThresholdOptions& options = {});

/// The start of a window that ends with the cut-off.
[[nodiscard]] Timestamp hours_before(Timestamp cutoff, std::uint64_t hours);

/// The planned entries that were withdrawn because their DMC was de-selected.
[[nodiscard]] std::set<Identifier> deselected_entries(const PhaseBoard& board);

}  // namespace assay::projections
