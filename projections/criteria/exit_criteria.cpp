#include "projections/criteria/exit_criteria.hpp"

#include <algorithm>

#include "projections/completion/exit_answers.hpp"
#include "projections/criteria/completeness.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/thresholds/deselected.hpp"
#include "projections/thresholds/threshold.hpp"

namespace assay::projections {
namespace {

/// V2, with every issue that a part counts.
Answer answer_limits(const Facts& then, const Place& place, const events::ThresholdPolicy* policy) {
  Answer answer{.criterion = "V2"};
  if (policy == nullptr) {
    answer.text = "no threshold policy was in force, and no limit is known";
    return answer;
  }
  ThresholdOptions options;
  options.cutoff = then.recorded_at;
  options.deselected = deselected_by_now(then);
  const ThresholdView view =
      evaluate_threshold(then, place.phase, place.planned_entry, *policy, options);
  for (const ThresholdPartView& part : view.parts) {
    for (const ThresholdScopeView& scope : part.scopes) {
      for (const CountedIssue& issue : scope.counted) {
        answer.events.push_back(then.issues.issues.at(issue.issue).raised.event);
      }
    }
  }
  std::ranges::sort(answer.events);
  const auto repeats = std::ranges::unique(answer.events);
  answer.events.erase(repeats.begin(), repeats.end());
  answer.text = view.text;
  answer.verdict = view.verdict;
  return answer;
}

/// V8 is about a decision: before there is one it stands in nobody's way.
Answer answer_decided(const Vantage& vantage, const Place& place) {
  const PhaseEntry& inside =
      vantage.now.board.phases.at(place.phase).entries.at(place.planned_entry);
  const bool decided = std::ranges::any_of(inside.exit_decisions, [](const ExitDecision& made) {
    return made.outcome != events::ExitOutcome::continue_testing;
  });
  if (decided) return answer_exit_authority(vantage, place);
  return {.criterion = "V8",
          .text = "exit has not been decided yet",
          .verdict = events::Verdict::not_applicable};
}

}  // namespace

std::vector<Answer> exit_criteria(const Vantage& vantage, const Identifier& phase,
                                  const Identifier& planned_entry,
                                  const GoverningPolicies& policies) {
  std::vector<Answer> answers;
  const auto* const policy = body_of(policies.exit, &events::PolicyBody::exit);
  if (policy == nullptr) return answers;
  const Place place{phase, planned_entry};
  const std::vector<Answer> tested =
      completeness(vantage.cutoff, phase, planned_entry,
                   {policy, body_of(policies.lateness, &events::PolicyBody::lateness),
                    body_of(policies.migration, &events::PolicyBody::migration)});
  const auto answer = [&](const Identifier& criterion) -> Answer {
    const auto known = std::ranges::find(tested, criterion, &Answer::criterion);
    if (known != tested.end()) return *known;
    const std::string& id = criterion.text;
    if (id == "V2") {
      return answer_limits(vantage.cutoff, place,
                           body_of(policies.threshold, &events::PolicyBody::threshold));
    }
    if (id == "V3") return answer_work_off(vantage, place);
    if (id == "V4") return answer_regression(vantage, place);
    if (id == "V5") return answer_report(vantage, place);
    if (id == "V6") return answer_positions(vantage, place);
    if (id == "V7") return answer_audit(vantage, place);
    if (id == "V8") return answer_decided(vantage, place);
    return evidenced_criterion(vantage.cutoff.board.phases.at(phase), criterion, planned_entry);
  };
  for (const events::CriterionSetting& setting : policy->criteria) {
    answers.push_back(answer(setting.criterion));
  }
  return answers;
}

}  // namespace assay::projections
