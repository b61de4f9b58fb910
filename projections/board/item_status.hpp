#pragma once

/// The effective outcome of a scope item: the outcome of the latest finished attempt that was not
/// invalidated, on a build that is accepted now. Pure functions of the board.
///
///   WAIVED    a waiver was decided; it is never counted as a pass, whatever is run afterwards
///   PASSED …  the outcome of that latest attempt
///   RUNNING   an announced run has not finished, and no pass stands before it
///   STALE     passed, but on builds only that are not accepted (any more)
///   NOT_RUN   no attempt that counts
///
/// An outcome other than a pass stays when the build changes: a new build does not undo a failure.
/// "Latest" is the order of the log, not a time that anybody claims. Where the phase has no
/// baselined environment, every build counts, and the views say so.

#include "projections/board/phase_board.hpp"

namespace assay::projections {

enum class ItemOutcome : std::uint8_t {
  passed,
  failed,
  blocked,
  error,
  not_completed,
  skipped,
  stale,
  running,
  not_run,
  waived,
};

using AcceptedBuilds = std::optional<std::set<std::string>>;

struct ItemStatus {
  std::optional<EventId> event;  ///< the result or waiver that decides
  bool executed = false;  ///< an attempt that counts passed, failed or ended in error, on any build
  bool first_pass = false;    ///< the very first attempt passed, on a build that is accepted
  OutcomeCounts invalidated;  ///< of runs that no longer count
  ItemOutcome outcome = ItemOutcome::not_run;
  OutcomeCounts outcomes;  ///< of all attempts that count
};

[[nodiscard]] ItemStatus item_status(const PhaseBoard& board, const Item& item,
                                     const AcceptedBuilds& accepted);

/// What a rule answers. Only `met` is ever shown as met.
using RuleVerdict = events::Verdict;

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::ItemOutcome>[] = {
    "PASSED",  "FAILED", "BLOCKED", "ERROR",   "NOT_COMPLETED",
    "SKIPPED", "STALE",  "RUNNING", "NOT_RUN", "WAIVED"};
}  // namespace assay
