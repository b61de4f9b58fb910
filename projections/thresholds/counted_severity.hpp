#pragma once

/// The severity that an issue is counted under, which depends on how a policy asks. Pure functions
/// of one issue.

#include "ledger/events/policies/threshold.hpp"
#include "projections/issues/issue_register.hpp"

namespace assay::projections {

struct SeverityQuestion {
  events::SeverityAt at = events::SeverityAt::cutoff;
  /// Downgrades recorded from this time on are taken as if they had not been made.
  std::optional<Timestamp> downgrades_ignored_from;
  std::uint64_t untriaged_counts_as = events::kSeverityWorst;
};

/// 1 to 5. An issue that nobody triaged has no severity that was judged, whatever was recorded of
/// it. A severity beyond the scale, which only a log that broke the rules can hold, is the worst.
[[nodiscard]] std::uint64_t counted_severity(const Issue& issue, const SeverityQuestion& question);

/// A change of severity to a milder one.
struct Downgrade {
  std::uint64_t from = 0;
  const SeverityMark* to = nullptr;  ///< borrowed from the issue
};

/// All of them, oldest first. A second triage with a milder severity is one too.
[[nodiscard]] std::vector<Downgrade> downgrades_of(const Issue& issue);

}  // namespace assay::projections
