#include <map>

#include "projections/difference/collect.hpp"
#include "projections/rules/say.hpp"
#include "projections/thresholds/threshold_answers.hpp"

namespace assay::projections {
namespace {

std::string severity_sum(const std::vector<std::uint64_t>& severities) {
  std::string text;
  for (const std::uint64_t one : severities) {
    text.append(text.empty() ? "" : "+").append(std::to_string(one));
  }
  return text;
}

/// Limits by their names. What an aggregate counts is the same for every entry of the cohort: it is
/// told once, and of all of them.
class LimitTeller {
 public:
  void tell(const ThresholdAnswer& answer) {
    for (const ThresholdPartView& part : answer.view.parts) {
      for (const ThresholdScopeView& scope : part.scopes) {
        for (const LimitView& limit : scope.limits) {
          tell(answer.view, answer.policy->policy, part.part, scope.text, limit);
        }
      }
    }
  }
  [[nodiscard]] const std::map<std::string, Aspect>& told() const noexcept { return told_; }

 private:
  void tell(const ThresholdView& view, const Identifier& policy, const Identifier& part,
            const std::string& scope, const LimitView& limit) {
    const std::string severities = severity_sum(limit.severities);
    Aspect aspect{.section = Section::limits,
                  .id = say(view.phase, "/", policy, "/", part, "/", scope, "/", severities),
                  .phase = view.phase,
                  .title = say(part, ", severity ", severities, ", over ", scope),
                  .values = {{"count", say(limit.count)},
                             {"max", say(limit.max)},
                             {"distance", say(limit.distance)},
                             {"verdict", say(limit.verdict)},
                             {"issues", say(limit.issues)}}};
    const std::string id = aspect.id;
    Aspect& told = told_.try_emplace(id, std::move(aspect)).first->second;
    told.planned_entries.push_back(view.planned_entry);
  }

  std::map<std::string, Aspect> told_;
};

}  // namespace

void add_threshold_aspects(const Facts& facts, Aspects& aspects) {
  LimitTeller limits;
  for (const ThresholdAnswer& answer : threshold_answers(facts)) {
    const ThresholdView& view = answer.view;
    aspects.add({.section = Section::thresholds,
                 .id = say(view.phase, "/", view.planned_entry),
                 .phase = view.phase,
                 .planned_entries = {view.planned_entry},
                 .title = say("limits on the issues of ", view.planned_entry, " in ", view.phase),
                 .values = {{"verdict", say(view.verdict)},
                            {"policy", answer.policy ? say(answer.policy->policy, " version ",
                                                           answer.policy->version)
                                                     : "none"}},
                 .why = view.text});
    if (answer.policy) limits.tell(answer);
  }
  for (const auto& [id, limit] : limits.told()) aspects.add(limit);
}

}  // namespace assay::projections
