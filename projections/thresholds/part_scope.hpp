#pragma once

/// The scope that a part of a threshold policy counts over, for one planned entry in one phase.
/// Thread word: plain values, borrowed from the board.

#include "ledger/events/policies/threshold.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/thresholds/issue_reach.hpp"
#include "projections/thresholds/threshold_view.hpp"

namespace assay::projections {

/// Whom the limits are asked about. The board holds both.
struct ThresholdSubject {
  Identifier phase;
  Identifier planned_entry;
  const PlannedEntry* entry = nullptr;
  const Phase* in_phase = nullptr;
};

/// One scope for every combination of the part's dimensions: a planned entry that is in several
/// groups has several. None when the part asks for a group and the entry is in none.
[[nodiscard]] std::vector<std::vector<ScopeValue>> scopes_of(const events::ThresholdPart& part,
                                                             const ThresholdSubject& subject);

/// "kind SIT, planned entry PEE-001"; "the whole programme" without dimensions.
[[nodiscard]] std::string scope_text(const std::vector<ScopeValue>& scope);

/// What of one issue lies in a scope.
struct ScopeHit {
  std::set<Identifier> entries;          ///< affected, and counted here
  bool affects = false;                  ///< it affects something here, if perhaps elsewhere tested
  std::optional<Exclusion> kept_out_by;  ///< where it affects something and nothing is counted
};

[[nodiscard]] ScopeHit hit(const std::vector<ScopeValue>& scope, const IssueReach& reach,
                           const PhaseBoard& board, const ThresholdSubject& subject,
                           events::CarryOver carry_over);

}  // namespace assay::projections
