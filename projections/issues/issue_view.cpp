#include "projections/issues/issue_view.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

SeverityBucket bucket(std::optional<std::uint64_t> severity) noexcept {
  // A severity beyond the scale can come only from a log that broke the rules; it counts as the
  // worst, so that it cannot hide.
  if (!severity) return SeverityBucket::untriaged;
  if (*severity < events::kSeverityWorst || *severity > events::kSeverityMildest) {
    return SeverityBucket::severity_1;
  }
  return static_cast<SeverityBucket>(*severity - events::kSeverityWorst);
}

template <class Set, class Value>
bool allows(const Set& set, const Value& value) {
  return set.empty() || set.contains(value);
}

}  // namespace

SeverityBucket bucket_of(const Issue& issue) noexcept {
  return issue.triaged ? bucket(issue.severity()) : SeverityBucket::untriaged;
}

bool IssueFilter::lets_through(const Issue& issue) const {
  const bool entry =
      planned_entries.empty() ||
      std::any_of(issue.planned_entries.begin(), issue.planned_entries.end(),
                  [&](const Identifier& id) { return planned_entries.contains(id); });
  return entry && allows(buckets, bucket_of(issue)) && allows(phases, issue.phase) &&
         allows(states, issue.state);
}

std::vector<IssueLine> list_issues(const IssueRegister& issues, const IssueFilter& filter) {
  std::vector<IssueLine> lines;
  for (const auto& [id, issue] : issues.issues) {
    if (!filter.lets_through(issue)) continue;
    std::uint64_t irregularities = 0;
    for (const auto& [code, tally] : issue.irregularities) irregularities += tally.count;
    lines.push_back({issue.attribution,
                     bucket_of(issue),
                     irregularities,
                     id,
                     issue.owner,
                     issue.phase,
                     {issue.planned_entries.begin(), issue.planned_entries.end()},
                     issue.raised,
                     issue.reopened,
                     issue.state,
                     issue.title,
                     bucket(issue.worst_severity())});
  }
  return lines;
}

std::optional<IssueView> view_issue(const IssueRegister& issues, const Identifier& id) {
  const auto found = issues.issues.find(id);
  if (found == issues.issues.end()) return std::nullopt;
  const Issue& issue = found->second;
  return IssueView{issue, issue.initial_severity(), id, issue.severity(), issue.worst_severity()};
}

IssueCounts count_issues(const IssueRegister& issues, const IssueFilter& filter) {
  IssueCounts counts;
  for (const auto& [id, issue] : issues.issues) {
    if (!filter.lets_through(issue)) continue;
    const SeverityBucket severity = bucket_of(issue);
    ++counts.issues;
    ++counts.by_severity[severity];
    ++counts.by_state[issue.state];
    ++counts.by_state_and_severity[issue.state][severity];
  }
  return counts;
}

}  // namespace assay::projections
