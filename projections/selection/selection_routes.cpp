#include "projections/selection/selection_routes.hpp"

#include <algorithm>

#include "projections/register/register.hpp"

namespace assay::projections {
namespace {

using events::RouteStep;
using events::Verdict;

template <class Texts>
std::string listed(const Texts& texts) {
  std::string all;
  for (const auto& text : texts) all.append(all.empty() ? "" : ", ").append(text);
  return all;
}

/// The position of TAG that the selection names, if it was recorded before it.
const Decision* position_of(const Facts& facts, const SelectionGround& ground) {
  if (!ground.position || *ground.position >= ground.at) return nullptr;
  const auto& decisions = facts.programme.state().decisions;
  const auto found = decisions.find(*ground.position);
  const bool is_position =
      found != decisions.end() && found->second.type.text == events::TagPositionRecorded::kType;
  return is_position ? &found->second : nullptr;
}

StepAnswer answer_position(const Facts& facts, const SelectionGround& ground, RouteStep step) {
  if (!ground.position) return {{}, step, "no position of TAG is named", Verdict::not_met};
  if (const Decision* const position = position_of(facts, ground)) {
    return {{*ground.position}, step, "TAG took a position on " + position->subject, Verdict::met};
  }
  return {{*ground.position},
          step,
          ground.position->text() + " is no position of TAG that was recorded before",
          Verdict::not_met};
}

events::Audience audience_of(RouteStep step) {
  switch (step) {
    case RouteStep::consult_public: return events::Audience::public_;
    case RouteStep::consult_sec_parties: return events::Audience::sec_parties;
    case RouteStep::consult_tag:
    case RouteStep::position: break;
  }
  return events::Audience::tag;
}

StepAnswer answer_consultation(const Facts& facts, const SelectionGround& ground, RouteStep step) {
  if (!ground.consultation) return {{}, step, "no consultation is named", Verdict::not_met};
  const std::string& name = ground.consultation->text;
  const auto found = facts.selection.consultations.find(*ground.consultation);
  if (found == facts.selection.consultations.end() || found->second.opened.event > ground.at) {
    return {{}, step, "consultation " + name + " had not been opened", Verdict::not_met};
  }
  const Consultation& consultation = found->second;
  const std::string audience(enum_text(audience_of(step)));
  if (!consultation.audiences.contains(audience_of(step))) {
    return {{consultation.opened.event},
            step,
            "consultation " + name + " did not ask: " + audience,
            Verdict::not_met};
  }
  if (!consultation.ended || consultation.ended->mark.event > ground.at) {
    return {{consultation.opened.event},
            step,
            "consultation " + name + " had not been closed",
            Verdict::not_met};
  }
  return {{consultation.opened.event, consultation.ended->mark.event},
          step,
          "consultation " + name + " asked: " + audience,
          Verdict::met};
}

StepAnswer answer_step(const Facts& facts, const SelectionGround& ground, RouteStep step) {
  if (step == RouteStep::position) return answer_position(facts, ground, step);
  StepAnswer answer = answer_consultation(facts, ground, step);
  if (step == RouteStep::consult_tag && answer.verdict != Verdict::met && ground.position) {
    StepAnswer position = answer_position(facts, ground, step);
    if (position.verdict == Verdict::met) return position;
  }
  return answer;
}

void hinder(RouteAnswer& answer, RouteObstacle obstacle, std::string reason) {
  answer.obstacles.push_back(obstacle);
  answer.reasons.push_back(std::move(reason));
}

void check_difference(const std::vector<std::string>& within, const SubstitutionFacts& facts,
                      RouteAnswer& answer) {
  if (!facts.differing_fields) {
    return hinder(answer, RouteObstacle::difference_unknown,
                  "how the two DMCs differ is not known");
  }
  std::vector<std::string> outside;
  std::ranges::copy_if(*facts.differing_fields, std::back_inserter(outside),
                       [&](const std::string& f) { return !std::ranges::count(within, f); });
  if (outside.empty()) return;
  hinder(answer, RouteObstacle::difference_outside,
         "the two DMCs differ in more than " + listed(within) + ": " + listed(outside));
}

void check_moment(bool during_wanted, const SubstitutionFacts& facts, RouteAnswer& answer) {
  if (!facts.during_test_phase) {
    return hinder(answer, RouteObstacle::not_deselected,
                  "the DMC had not been de-selected, during a Test Phase or otherwise");
  }
  if (during_wanted && !*facts.during_test_phase) {
    hinder(answer, RouteObstacle::not_during_test_phase,
           "the DMC was not de-selected during a Test Phase");
  } else if (!during_wanted && *facts.during_test_phase) {
    hinder(answer, RouteObstacle::during_test_phase, "the DMC was de-selected during a Test Phase");
  }
}

}  // namespace

std::vector<StepAnswer> answer_steps(const Facts& facts, const std::vector<RouteStep>& steps,
                                     const SelectionGround& ground) {
  std::vector<StepAnswer> answers;
  for (const RouteStep step : steps) answers.push_back(answer_step(facts, ground, step));
  return answers;
}

bool all_met(const std::vector<StepAnswer>& steps) {
  return std::ranges::all_of(steps, [](const StepAnswer& s) { return s.verdict == Verdict::met; });
}

RouteAnswer answer_route(const events::SubstitutionRoute& route, const SubstitutionFacts& facts) {
  RouteAnswer answer;
  answer.enabled = route.enabled;
  answer.legal_basis = route.legal_basis.document + " " + route.legal_basis.clause + ", " +
                       std::string(enum_text(route.legal_basis.status));
  answer.route = route.route;
  if (!route.enabled) {
    hinder(answer, RouteObstacle::disabled,
           "the policy has the route disabled (" + answer.legal_basis + ")");
  }
  if (!route.releases.ids.empty() && !route.releases.contains(facts.release.text)) {
    std::vector<std::string> names;
    for (const Identifier& id : route.releases.ids) names.push_back(id.text);
    hinder(answer, RouteObstacle::release_outside,
           "the route applies to " + listed(names) + " only, not to " + facts.release.text);
  }
  if (route.when.differing_fields_within) {
    check_difference(*route.when.differing_fields_within, facts, answer);
  }
  if (route.when.during_test_phase) check_moment(*route.when.during_test_phase, facts, answer);
  answer.open = answer.obstacles.empty();
  return answer;
}

RouteAnswer no_such_route(const Identifier& route) {
  RouteAnswer answer;
  answer.route = route;
  hinder(answer, RouteObstacle::no_such_route, "the policy in force has no route of that name");
  return answer;
}

}  // namespace assay::projections
