#include "projections/thresholds/scope_count.hpp"

#include <algorithm>

#include "projections/issues/issue_register.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

/// An issue that passes every filter of a part, with the entries that it affects in the scope.
struct Candidate {
  const IssueReach* reach = nullptr;
  std::uint64_t severity = 1;
  std::vector<Identifier> entries;
  std::vector<Identifier> remaining;  ///< those that were not de-selected
};

std::uint64_t severity_of(const Evaluation& all, const IssueReach& reach) {
  std::uint64_t severity = counted_severity(*reach.issue, all.question);
  if (all.question.at != events::SeverityAt::max_ever) return severity;
  // What its duplicates were ever held to be, the issue was held to be as well.
  for (const Identifier& id : reach.duplicates) {
    severity = std::min(severity, counted_severity(all.facts.issues.issues.at(id), all.question));
  }
  return severity;
}

bool is_limited(const events::ThresholdPart& part, std::uint64_t severity) {
  return std::ranges::any_of(part.limits, [&](const events::SeverityLimit& limit) {
    return std::ranges::find(limit.severities, severity) != limit.severities.end();
  });
}

/// Why an issue that affects something in the scope does not count; absent when it does, but for
/// what de-selection takes away.
std::optional<ExcludedIssue> excluded(const Evaluation& all, const events::ThresholdPart& part,
                                      const IssueReach& reach, const ScopeHit& found,
                                      std::uint64_t severity) {
  const auto out = [&](Exclusion reason, std::string text) {
    return ExcludedIssue{reach.id, reason, std::move(text)};
  };
  const Issue& issue = *reach.issue;
  if (reach.counted_by) {
    return out(Exclusion::duplicate,
               "duplicate of " + reach.counted_by->text + ", which stands for it");
  }
  if (!reach.open) {
    return out(Exclusion::state_not_open,
               "state " + std::string(enum_text(issue.state)) + " does not count as open");
  }
  if (issue.attribution) {
    const std::string name(enum_text(*issue.attribution));
    if (all.policy.exclude_attributions.contains(*issue.attribution)) {
      return out(Exclusion::attribution_excluded, "the policy leaves out what is due to " + name);
    }
    if (!part.attributions.empty() && !part.attributions.contains(*issue.attribution)) {
      return out(Exclusion::attribution_not_in_part,
                 "this part does not count what is due to " + name);
    }
  }
  if (found.entries.empty()) {
    return out(found.kept_out_by.value(),
               "raised in phase " + issue.phase.text + ", whose issues do not count in this scope");
  }
  if (is_limited(part, severity)) return std::nullopt;
  return out(Exclusion::severity_not_limited,
             "no limit of this part is about severity " + std::to_string(severity));
}

CountedIssue view_of(const Evaluation& all, const Candidate& candidate) {
  const Issue& issue = *candidate.reach->issue;
  return {candidate.reach->duplicates,
          candidate.reach->id,
          all.deselected_count ? candidate.entries : candidate.remaining,
          candidate.severity,
          issue.state,
          !issue.triaged.has_value()};
}

LimitView count_limit(const Evaluation& all, events::CountMode mode,
                      const events::SeverityLimit& limit,
                      const std::vector<Candidate>& candidates) {
  const bool by_entry = mode == events::CountMode::per_affected_entry;
  const auto units = [&](const std::vector<Identifier>& entries) -> std::uint64_t {
    return by_entry ? entries.size() : (entries.empty() ? 0U : 1U);
  };
  LimitView view;
  view.max = limit.max;
  view.severities = limit.severities;
  for (const Candidate& one : candidates) {
    if (std::ranges::find(limit.severities, one.severity) == limit.severities.end()) continue;
    view.with_deselected += units(one.entries);
    view.without_deselected += units(one.remaining);
    const auto& entries = all.deselected_count ? one.entries : one.remaining;
    view.per_entry += entries.size();
    if (!entries.empty()) view.issues.push_back(one.reach->id);
  }
  view.count = all.deselected_count ? view.with_deselected : view.without_deselected;
  view.distance = static_cast<std::int64_t>(view.max) - static_cast<std::int64_t>(view.count);
  view.verdict = view.count <= view.max ? Verdict::met : Verdict::not_met;
  return view;
}

}  // namespace

ThresholdScopeView count_scope(const Evaluation& all, const events::ThresholdPart& part,
                               std::vector<ScopeValue> scope) {
  ThresholdScopeView view;
  std::vector<Candidate> candidates;
  for (const IssueReach& reach : all.reaches) {
    const ScopeHit found = hit(scope, reach, all.facts.board, all.subject, all.policy.carry_over);
    if (!found.affects) continue;
    const std::uint64_t severity = severity_of(all, reach);
    if (auto reason = excluded(all, part, reach, found, severity)) {
      view.excluded.push_back(std::move(*reason));
      continue;
    }
    Candidate one{&reach, severity, {found.entries.begin(), found.entries.end()}, {}};
    std::ranges::copy_if(one.entries, std::back_inserter(one.remaining),
                         [&](const Identifier& id) { return !all.deselected.contains(id); });
    if (!all.deselected_count && one.remaining.empty()) {
      view.excluded.push_back(
          {reach.id, Exclusion::deselected, "affects only planned entries that were de-selected"});
    } else {
      view.counted.push_back(view_of(all, one));
    }
    candidates.push_back(std::move(one));
  }
  view.verdict = Verdict::met;
  for (const events::SeverityLimit& limit : part.limits) {
    view.limits.push_back(count_limit(all, part.count, limit, candidates));
    if (view.limits.back().verdict != Verdict::met) view.verdict = Verdict::not_met;
  }
  view.text = scope_text(scope);
  view.key = std::move(scope);
  return view;
}

}  // namespace assay::projections
