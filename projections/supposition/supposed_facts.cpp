#include "projections/supposition/supposed_facts.hpp"

#include "projections/thresholds/threshold.hpp"

namespace assay::projections {
namespace {

/// Drops every mark within the window that is milder than what stood before it.
void drop_downgrades(std::vector<SeverityMark>& marks, Timestamp from) {
  std::vector<SeverityMark> believed;
  for (SeverityMark& mark : marks) {
    const bool milder = !believed.empty() && believed.back().severity < mark.severity;
    if (milder && from <= mark.mark.recorded_at) continue;
    believed.push_back(std::move(mark));
  }
  marks = std::move(believed);
}

}  // namespace

IssueRegister without_downgrades(const IssueRegister& issues, std::uint64_t hours,
                                 Timestamp cutoff) {
  IssueRegister changed = issues;
  const Timestamp from = hours_before(cutoff, hours);
  for (auto& [id, issue] : changed.issues) drop_downgrades(issue.severities, from);
  return changed;
}

SupposedFacts::SupposedFacts(const Facts& as_is, const Supposition& supposition)
    : as_is_(as_is), rulebook_(suppose(as_is.rulebook, supposition)) {
  if (!supposition.downgrades_ignored_hours) return;
  issues_ =
      without_downgrades(as_is.issues, *supposition.downgrades_ignored_hours, as_is.recorded_at);
}

Facts SupposedFacts::facts() const {
  return {
      as_is_.programme, as_is_.board,      as_is_.completion,  issues_ ? *issues_ : as_is_.issues,
      as_is_.plan,      as_is_.regression, rulebook_.rulebook, as_is_.selection,
      as_is_.size,      as_is_.recorded_at};
}

}  // namespace assay::projections
