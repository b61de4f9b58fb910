#include "projections/selection/dmc_history.hpp"

#include <algorithm>

#include "projections/plan/dmc_difference.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

constexpr const char* kNoPolicy = "no DMC selection policy is in force for it";

std::string unmet(const std::vector<StepAnswer>& steps) {
  std::vector<std::string> texts;
  for (const StepAnswer& step : steps) {
    if (step.verdict == Verdict::met) continue;
    texts.push_back(std::string(enum_text(step.step)) + ": " + step.text);
  }
  return joined(texts, "; ");
}

/// The de-selection that the substitution answers: the last one before it.
const DmcDeselection* deselection_before(const Facts& facts, const Identifier& dmc,
                                         const DmcSubstitution& substitution) {
  return deselection_in_force(facts.selection, dmc, substitution.release,
                              just_before(substitution.mark));
}

std::set<events::TestKind> kinds_ever_selected(const Facts& facts, const Identifier& dmc,
                                               const Identifier& release) {
  std::set<events::TestKind> kinds;
  const auto choice = facts.selection.dmcs.find(dmc);
  if (choice == facts.selection.dmcs.end()) return kinds;
  for (const DmcSelection& one : choice->second.selections) {
    if (one.release == release) kinds.insert(one.kinds.begin(), one.kinds.end());
  }
  return kinds;
}

/// The steps of the route taken, and whether it was open; empty steps where it was not.
void follow_route(const Facts& facts, const events::SelectionPolicy& policy,
                  SubstitutionView& view) {
  const DmcSubstitution& said = view.details;
  const SubstitutionFacts computed{view.differing_fields, view.during_phase, said.release};
  const std::vector<events::RouteStep>* steps = &policy.default_route;
  for (const events::SubstitutionRoute& route : policy.substitution_routes) {
    view.routes.push_back(answer_route(route, computed));
    if (route.route != said.route) continue;
    view.route = view.routes.back();
    steps = &route.steps;
  }
  if (!view.route && said.route.text != kDefaultRoute) view.route = no_such_route(said.route);
  if (view.route && view.route->obstacles == std::vector{RouteObstacle::no_such_route}) {
    view.verdict = Verdict::not_met;
    view.text = view.route->reasons.front();
    return;
  }
  view.steps = answer_steps(facts, *steps, {said.mark.event, said.consultation, said.position});
  std::vector<std::string> texts = view.route ? view.route->reasons : std::vector<std::string>{};
  if (!all_met(view.steps)) texts.push_back(unmet(view.steps));
  view.text = joined(texts, "; ");
  view.verdict = texts.empty() ? Verdict::met : Verdict::not_met;
}

std::vector<Identifier> appeals_against(const Selection& selection, const EventId& event) {
  std::vector<Identifier> appeals;
  for (const auto& [id, appeal] : selection.appeals) {
    if (appeal.selection == event) appeals.push_back(id);
  }
  return appeals;
}

void add_choice(const Facts& facts, const DmcChoice& choice, DmcHistory& history) {
  for (const auto& one : choice.deselections) {
    history.deselections.push_back(view_deselection(facts, history.dmc, one));
  }
  for (const auto& one : choice.selections) {
    history.selections.push_back(view_selection(facts, history.dmc, one));
  }
  for (const auto& one : choice.substitutions) {
    history.replaced_by.push_back(view_substitution(facts, history.dmc, one));
  }
  history.ppcl_requests = choice.ppcl_requests;
  history.proposals = choice.proposals;
}

void add_what_it_replaces(const Facts& facts, DmcHistory& history) {
  for (const auto& [old_dmc, choice] : facts.selection.dmcs) {
    for (const auto& one : choice.substitutions) {
      if (one.new_dmc == history.dmc) {
        history.replaces.push_back(view_substitution(facts, old_dmc, one));
      }
    }
  }
}

}  // namespace

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const std::string& text : texts) all.append(all.empty() ? "" : separator).append(text);
  return all;
}

SelectionView view_selection(const Facts& facts, const Identifier& dmc,
                             const DmcSelection& selection) {
  SelectionView view;
  view.appeals = appeals_against(facts.selection, selection.mark.event);
  view.details = selection;
  const auto policy =
      selection_policy(facts, dmc, selection.release, selection.kinds, selection.mark.recorded_at);
  view.kinds_served = kinds_served(selection, policy);
  if (!policy || !policy->body->dmc_selection) {
    view.text = kNoPolicy;
    return view;
  }
  view.policy = used(*policy);
  view.steps = answer_steps(facts, policy->body->dmc_selection->default_route,
                            {selection.mark.event, selection.consultation, selection.position});
  view.verdict = all_met(view.steps) ? Verdict::met : Verdict::not_met;
  view.text = unmet(view.steps);
  return view;
}

DeselectionView view_deselection(const Facts& facts, const Identifier& dmc,
                                 const DmcDeselection& deselection) {
  DeselectionView view;
  view.details = deselection;
  view.results = results_left(facts, dmc, deselection.release);
  view.under_test = under_test_at(facts.board, dmc, deselection.release, deselection.mark.event);
  view.during_phase = !view.under_test.empty();
  return view;
}

SubstitutionView view_substitution(const Facts& facts, const Identifier& old_dmc,
                                   const DmcSubstitution& substitution) {
  SubstitutionView view;
  view.details = substitution;
  view.differing_fields = dmc_difference(facts.plan, old_dmc, substitution.new_dmc);
  view.fields_agree =
      view.differing_fields &&
      std::set<std::string>(view.differing_fields->begin(), view.differing_fields->end()) ==
          substitution.said_fields;
  view.old_dmc = old_dmc;
  if (const auto* const left = deselection_before(facts, old_dmc, substitution)) {
    view.during_phase =
        !under_test_at(facts.board, old_dmc, substitution.release, left->mark.event).empty();
  }
  const auto policy = selection_policy(facts, old_dmc, substitution.release,
                                       kinds_ever_selected(facts, old_dmc, substitution.release),
                                       substitution.mark.recorded_at);
  if (!policy || !policy->body->dmc_selection) {
    view.text = kNoPolicy;
    return view;
  }
  view.policy = used(*policy);
  follow_route(facts, *policy->body->dmc_selection, view);
  return view;
}

std::vector<Identifier> known_dmcs(const Facts& facts) {
  std::set<Identifier> all;
  for (const auto& [id, dmc] : facts.plan.dmcs) all.insert(id);
  for (const auto& [id, choice] : facts.selection.dmcs) all.insert(id);
  return {all.begin(), all.end()};
}

std::optional<DmcHistory> dmc_history(const Facts& facts, const Identifier& dmc) {
  const auto defined = facts.plan.dmcs.find(dmc);
  const auto choice = facts.selection.dmcs.find(dmc);
  if (defined == facts.plan.dmcs.end() && choice == facts.selection.dmcs.end()) {
    return std::nullopt;
  }
  DmcHistory history;
  history.dmc = dmc;
  if (defined != facts.plan.dmcs.end()) {
    history.comms_provider = defined->second.comms_provider;
    history.device_models = {defined->second.device_models.begin(),
                             defined->second.device_models.end()};
  }
  if (choice != facts.selection.dmcs.end()) add_choice(facts, choice->second, history);
  add_what_it_replaces(facts, history);
  for (const auto& [id, entry] : facts.board.planned_entries) {
    if (entry.dmc == dmc) history.planned_entries.push_back(id);
  }
  for (const Identifier& release : releases_of(facts, dmc)) {
    history.releases.push_back(
        {release, selected_kinds(facts, dmc, release), dmc_state(facts, dmc, release)});
  }
  for (const auto& [id, appeal] : facts.selection.appeals) {
    if (appeal.dmc == dmc) history.appeals.push_back({id, appeal});
  }
  return history;
}

}  // namespace assay::projections
