#include "projections/issues/issue_register.hpp"

#include <algorithm>

#include "projections/issues/issue_fold.hpp"

namespace assay::projections {

void IssueRegister::apply(const RecordedEvent& event, Stage stage) {
  // No event about issues needs another party's voice to take effect; one that ever does counts
  // once it has it.
  if (stage == Stage::awaiting_voices) return;
  visit_event(IssueFold(*this, event), event.data);
}

std::optional<std::uint64_t> Issue::severity() const {
  if (severities.empty()) return std::nullopt;
  return severities.back().severity;
}

std::optional<std::uint64_t> Issue::initial_severity() const {
  if (severities.empty()) return std::nullopt;
  return severities.front().severity;
}

std::optional<std::uint64_t> Issue::worst_severity() const {
  std::optional<std::uint64_t> worst;
  for (const SeverityMark& mark : severities) {
    worst = std::min(worst.value_or(mark.severity), mark.severity);
  }
  return worst;
}

}  // namespace assay::projections
