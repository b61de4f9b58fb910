#pragma once

/// The work-off plan: what is still to be done after an exit, by when, by whom, and what is overdue
/// (question 12). Days are London days. Pure functions; the structs serialise to the JSON of
/// `assay state workoff`.

#include "projections/completion/completion.hpp"
#include "projections/fold/programme_fold.hpp"
#include "projections/issues/issue_view.hpp"

namespace assay::projections {

enum class WorkOffState : std::uint8_t {
  open,
  overdue,
  completed,
  completed_issue_open,  ///< said to be done, while its issue is open
};

struct WorkOffLine {
  std::optional<EventId> completed;
  std::int64_t days_over = 0;  ///< days since the target; negative while it lies ahead
  Identifier first_target;     ///< as the plan was baselined
  Identifier issue;
  std::optional<IssueState> issue_state;
  std::uint64_t moved = 0;  ///< times that its target was moved to a later day
  Identifier owner;
  SeverityBucket severity = SeverityBucket::untriaged;
  WorkOffState state = WorkOffState::open;
  Identifier target;
  Identifier work_off_plan;
  std::optional<std::string> workaround;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(completed), CEREAL_NVP(days_over), CEREAL_NVP(first_target),
            CEREAL_NVP(issue), CEREAL_NVP(issue_state), CEREAL_NVP(moved), CEREAL_NVP(owner),
            CEREAL_NVP(severity), CEREAL_NVP(state), CEREAL_NVP(target), CEREAL_NVP(work_off_plan),
            CEREAL_NVP(workaround));
  }
};

struct WorkOffView {
  std::vector<WorkOffLine> items;  ///< by plan, then by issue
  std::uint64_t open = 0;          ///< overdue ones among them
  std::uint64_t overdue = 0;
  Identifier today;  ///< the London day of the log's last entry
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(items), CEREAL_NVP(open), CEREAL_NVP(overdue), CEREAL_NVP(today));
  }
};

[[nodiscard]] WorkOffView view_work_off(const Facts& facts);

/// Moves of an item's target to a later day, in the order of the log.
[[nodiscard]] std::vector<Mark> later_targets(const PlannedWorkOff& item);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::WorkOffState>[] = {
    "OPEN", "OVERDUE", "COMPLETED", "COMPLETED_ISSUE_OPEN"};
}  // namespace assay
