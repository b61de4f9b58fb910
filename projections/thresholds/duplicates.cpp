#include "projections/thresholds/duplicates.hpp"

namespace assay::projections {

bool is_duplicate(const Issue& issue) {
  if (issue.state == IssueState::duplicate) return true;
  return issue.state == IssueState::closed && issue.closed &&
         issue.closed->closure == events::ClosureKind::duplicate;
}

std::optional<Identifier> end_of_chain(const IssueRegister& issues, const Identifier& from) {
  std::set<Identifier> passed;
  Identifier at = from;
  while (true) {
    const auto found = issues.issues.find(at);
    if (found == issues.issues.end() || !passed.insert(at).second) return std::nullopt;
    if (!is_duplicate(found->second)) return at;
    if (!found->second.duplicate_of) return std::nullopt;
    at = *found->second.duplicate_of;
  }
}

}  // namespace assay::projections
