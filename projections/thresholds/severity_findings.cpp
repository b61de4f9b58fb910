// Q-DOWN, Q-DOWN1, Q-UNTRIAGED: severities that were lowered, or that nobody judged.

#include <algorithm>

#include "projections/thresholds/approvals.hpp"
#include "projections/thresholds/counted_severity.hpp"
#include "projections/thresholds/issue_case.hpp"
#include "projections/thresholds/threshold.hpp"

namespace assay::projections {
namespace {

/// The two worst levels of the scale, out of which nobody takes an issue alone (rule Q-DOWN1).
constexpr std::uint64_t kGraveMildest = 2;

std::string change_text(const Downgrade& one) {
  return "from " + std::to_string(one.from) + " to " + std::to_string(one.to->severity);
}

std::string hours_text(std::int64_t us) {
  const std::int64_t hours = us / kHourUs;
  if (hours == 0) return "less than an hour";
  return std::to_string(hours) + (hours == 1 ? " hour" : " hours");
}

void find_downgrades_before_cutoffs(const IssueCase& at, const std::vector<CutoffPoint>& cutoffs) {
  if (at.policies.threshold == nullptr) return;
  const std::uint64_t hours = at.policies.threshold->downgrade_window_hours;
  if (hours == 0) return;
  for (const Downgrade& one : downgrades_of(at.issue)) {
    std::vector<EventId> events{one.to->mark.event};
    std::optional<std::int64_t> nearest_us;
    for (const CutoffPoint& cutoff : cutoffs) {
      const Timestamp recorded = one.to->mark.recorded_at;
      if (cutoff.size <= one.to->mark.event.entry || recorded < hours_before(cutoff.at, hours)) {
        continue;
      }
      if (cutoff.declared) events.push_back(*cutoff.declared);
      const std::int64_t before_us = std::max<std::int64_t>(cutoff.at.us - recorded.us, 0);
      nearest_us = std::min(nearest_us.value_or(before_us), before_us);
    }
    if (!nearest_us) continue;
    at.add("Q-DOWN",
           "The severity of " + at.id.text + " was lowered " + change_text(one) + " " +
               hours_text(*nearest_us) +
               " before the end of what a cut-off covers; the policy's window is " +
               std::to_string(hours) + " hours.",
           std::move(events));
  }
}

void find_downgrades_alone(const IssueCase& at) {
  for (const Downgrade& one : downgrades_of(at.issue)) {
    const SeverityMark& to = *one.to;
    if (one.from > kGraveMildest || to.severity <= kGraveMildest) continue;
    if (has_second_voice(at.facts, at.policies.approval, events::Matter::severity_downgrade,
                         to.approval, to.mark.party, to.mark.event)) {
      continue;
    }
    at.add("Q-DOWN1",
           at.id.text + " was taken out of severity " + std::to_string(one.from) + " by " +
               to.mark.party.text + " alone.",
           {to.mark.event});
  }
}

bool is_live_at(const Issue& issue, std::uint64_t size) {
  bool live = false;
  for (const IssueStep& step : issue.history) {
    if (size <= step.mark.event.entry) break;
    live = step.state != IssueState::closed && step.state != IssueState::rejected &&
           step.state != IssueState::duplicate;
  }
  return live;
}

void find_untriaged(const IssueCase& at, const std::vector<CutoffPoint>& cutoffs) {
  std::vector<EventId> events{at.issue.raised.event};
  bool untriaged = false;
  for (const CutoffPoint& cutoff : cutoffs) {
    const bool judged = at.issue.triaged && at.issue.triaged->event.entry < cutoff.size;
    if (judged || !is_live_at(at.issue, cutoff.size)) continue;
    untriaged = true;
    if (cutoff.declared) events.push_back(*cutoff.declared);
  }
  if (!untriaged) return;
  std::string sentence = at.id.text + " had not been triaged at a cut-off";
  if (at.policies.threshold != nullptr) {
    sentence += " and counted as severity " +
                std::to_string(at.policies.threshold->untriaged_counts_as) + " there";
  }
  at.add("Q-UNTRIAGED", sentence + ".", std::move(events));
}

}  // namespace

void find_severity_findings(const IssueCase& at) {
  const std::vector<CutoffPoint> cutoffs = cutoffs_of(at);
  find_downgrades_before_cutoffs(at, cutoffs);
  find_downgrades_alone(at);
  find_untriaged(at, cutoffs);
}

}  // namespace assay::projections
