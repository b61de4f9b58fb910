#include "projections/thresholds/counterfactuals.hpp"

#include "projections/issues/issue_register.hpp"
#include "projections/thresholds/counted_severity.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

/// Issues with a downgrade since `from` that affect something that a part looks at, whether they
/// count there or not.
std::vector<Identifier> downgraded_since(const Facts& facts, Timestamp from,
                                         const ThresholdView& view) {
  std::set<Identifier> seen;
  for (const ThresholdPartView& part : view.parts) {
    for (const ThresholdScopeView& scope : part.scopes) {
      for (const CountedIssue& one : scope.counted) seen.insert(one.issue);
      for (const ExcludedIssue& one : scope.excluded) seen.insert(one.issue);
    }
  }
  std::vector<Identifier> downgraded;
  for (const Identifier& id : seen) {
    for (const Downgrade& one : downgrades_of(facts.issues.issues.at(id))) {
      if (one.to->mark.recorded_at < from) continue;
      downgraded.push_back(id);
      break;
    }
  }
  return downgraded;
}

}  // namespace

ThresholdCounterfactuals threshold_counterfactuals(const Facts& facts, const Identifier& phase,
                                                   const Identifier& planned_entry,
                                                   const events::ThresholdPolicy& policy,
                                                   const ThresholdOptions& options) {
  ThresholdOptions as_it_is = options;
  as_it_is.downgrades_ignored_hours.reset();
  const auto verdict_with = [&](auto&& change) {
    ThresholdOptions changed = as_it_is;
    change(changed);
    return evaluate_threshold(facts, phase, planned_entry, policy, changed).verdict;
  };
  ThresholdCounterfactuals found;
  const ThresholdView view = evaluate_threshold(facts, phase, planned_entry, policy, as_it_is);
  found.as_it_is = view.verdict;
  found.deselected_counted = verdict_with([](auto& o) { o.deselected_count = true; });
  found.deselected_left_out = verdict_with([](auto& o) { o.deselected_count = false; });
  found.severity_at_max_ever =
      verdict_with([](auto& o) { o.severity_at = events::SeverityAt::max_ever; });
  found.severity_at_raised =
      verdict_with([](auto& o) { o.severity_at = events::SeverityAt::raised; });
  found.window_hours = options.downgrades_ignored_hours.value_or(policy.downgrade_window_hours);
  if (found.window_hours > 0) {
    const Timestamp from =
        hours_before(options.cutoff.value_or(facts.recorded_at), found.window_hours);
    found.downgraded = downgraded_since(facts, from, view);
    found.downgrades_ignored =
        verdict_with([&](auto& o) { o.downgrades_ignored_hours = found.window_hours; });
  }
  for (const Verdict other :
       {found.deselected_counted, found.deselected_left_out, found.severity_at_max_ever,
        found.severity_at_raised, found.downgrades_ignored.value_or(found.as_it_is)}) {
    found.would_change = found.would_change || other != found.as_it_is;
  }
  return found;
}

}  // namespace assay::projections
