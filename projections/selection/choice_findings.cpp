// Findings about how DMCs were selected, de-selected and replaced.

#include <algorithm>

#include "projections/selection/dmc_history.hpp"
#include "projections/selection/selection_findings.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

Finding about_dmc(const char* rule, const Identifier& dmc, std::vector<EventId> events,
                  std::string sentence) {
  Finding finding;
  finding.events = std::move(events);
  finding.rule = rule;
  finding.sentence = std::move(sentence);
  finding.subject = subject_of(Kind::dmc, dmc.text);
  return finding;
}

std::vector<EventId> events_of(const Mark& mark, const std::vector<StepAnswer>& steps) {
  std::vector<EventId> events{mark.event};
  for (const StepAnswer& step : steps) {
    events.insert(events.end(), step.events.begin(), step.events.end());
  }
  return events;
}

std::string unmet_steps(const std::vector<StepAnswer>& steps) {
  std::vector<std::string> texts;
  for (const StepAnswer& step : steps) {
    if (step.verdict != Verdict::met) texts.push_back(step.text);
  }
  return joined(texts, "; ");
}

std::string fields_text(const std::set<std::string>& fields) {
  return fields.empty() ? "nothing" : joined({fields.begin(), fields.end()});
}

void judge_selection(const Facts& facts, const Identifier& dmc, const DmcSelection& selection,
                     Findings& findings) {
  const SelectionView view = view_selection(facts, dmc, selection);
  if (view.verdict != Verdict::not_met) return;
  findings.add(about_dmc("D-NOCONS", dmc, events_of(selection.mark, view.steps),
                         dmc.text + " was selected for release " + selection.release.text +
                             " without what the policy asks for: " + unmet_steps(view.steps)));
}

/// One line a planned entry: what of its tests was there.
std::string left_text(const ResultsLeft& left) {
  std::string text = left.planned_entry.text + " in " + left.phase.text;
  for (const auto& [outcome, count] : left.items) {
    text += ", " + std::to_string(count) + " " + std::string(enum_text(outcome));
  }
  if (left.unlisted.total() > 0) {
    text += ", " + std::to_string(left.unlisted.total()) + " results outside the scope";
  }
  if (!left.open_runs.empty()) {
    text += ", " + std::to_string(left.open_runs.size()) + " runs not finished";
  }
  if (!left.open_issues.empty()) {
    text += ", " + std::to_string(left.open_issues.size()) + " issues open";
  }
  return text;
}

void judge_deselection(const Facts& facts, const Identifier& dmc, const DmcDeselection& deselection,
                       Findings& findings) {
  const DeselectionView view = view_deselection(facts, dmc, deselection);
  const EventId& event = deselection.mark.event;
  if (view.during_phase != deselection.said_during_phase) {
    std::vector<EventId> events{event};
    for (const UnderTest& one : view.under_test) events.push_back(one.since);
    findings.add(about_dmc(
        "D-DURING", dmc, std::move(events),
        dmc.text + " was de-selected " +
            (view.during_phase ? "during a Test Phase (" + view.under_test.front().phase.text +
                                     "), and its record says that it was not"
                               : "outside every Test Phase, and its record "
                                 "says that it was during one")));
  }
  std::vector<EventId> events{event};
  std::vector<std::string> texts;
  for (const ResultsLeft& left : view.results) {
    if (!left.first_result || *left.first_result >= event) continue;
    events.push_back(*left.first_result);
    texts.push_back(left_text(left));
  }
  if (texts.empty()) return;
  findings.add(about_dmc("D-OPENRES", dmc, std::move(events),
                         dmc.text + " was de-selected when there were results of it, which stay: " +
                             joined(texts, "; ")));
}

void judge_fields(const SubstitutionView& view, Findings& findings) {
  if (!view.differing_fields || view.fields_agree) return;
  const DmcSubstitution& said = view.details;
  findings.add(about_dmc(
      "D-FIELDS", view.old_dmc, {said.mark.event},
      "the substitution of " + view.old_dmc.text + " by " + said.new_dmc.text +
          " says that they differ in " + fields_text(said.said_fields) + "; they differ in " +
          fields_text({view.differing_fields->begin(), view.differing_fields->end()})));
}

void judge_substitution(const Facts& facts, const Identifier& old_dmc,
                        const DmcSubstitution& substitution, Findings& findings) {
  const SubstitutionView view = view_substitution(facts, old_dmc, substitution);
  const std::string what = old_dmc.text + " gave its place to " + substitution.new_dmc.text +
                           " in release " + substitution.release.text;
  if (view.route && !view.route->open) {
    std::vector<EventId> events{substitution.mark.event};
    if (view.policy) events.push_back(view.policy->activated);
    findings.add(about_dmc("D-13.11", old_dmc, std::move(events),
                           what + " by the route \"" + substitution.route.text +
                               "\", which was not open: " + joined(view.route->reasons, "; ")));
  }
  if (!view.steps.empty() && !all_met(view.steps)) {
    findings.add(about_dmc("D-NOCONS", old_dmc, events_of(substitution.mark, view.steps),
                           what + " without what the route asks for: " + unmet_steps(view.steps)));
  }
  if (!view.during_phase) {
    findings.add(about_dmc("D-NODESEL", old_dmc, {substitution.mark.event},
                           what + " without having been de-selected"));
  }
  judge_fields(view, findings);
}

/// The last event about the choice of the DMC, and whether `event` is one of them.
struct ChoiceEvents {
  EventId last;
  bool holds = false;
};

ChoiceEvents choice_events(const DmcChoice& choice, const EventId& event) {
  ChoiceEvents found;
  const auto look = [&](const auto& records) {
    for (const auto& record : records) {
      found.last = std::max(found.last, record.mark.event);
      found.holds = found.holds || record.mark.event == event;
    }
  };
  look(choice.selections);
  look(choice.deselections);
  look(choice.substitutions);
  return found;
}

void judge_appeal(const Facts& facts, const Identifier& id, const SelectionAppeal& appeal,
                  Findings& findings) {
  const bool upheld =
      appeal.determined && (appeal.determined->outcome == events::AppealOutcome::upheld ||
                            appeal.determined->outcome == events::AppealOutcome::upheld_in_part);
  const auto choice = facts.selection.dmcs.find(appeal.dmc);
  if (!upheld || choice == facts.selection.dmcs.end()) return;
  const ChoiceEvents events = choice_events(choice->second, appeal.selection);
  if (!events.holds || events.last > appeal.determined->mark.event) return;
  findings.add(about_dmc("D-APPEAL", appeal.dmc,
                         {appeal.selection, appeal.mark.event, appeal.determined->mark.event},
                         "appeal " + id.text + " about " + appeal.dmc.text + " was " +
                             std::string(enum_text(appeal.determined->outcome)) +
                             ", and nothing was decided about it since"));
}

}  // namespace

void find_choice_findings(const Facts& facts, Findings& findings) {
  for (const auto& [dmc, choice] : facts.selection.dmcs) {
    for (const auto& one : choice.selections) judge_selection(facts, dmc, one, findings);
    for (const auto& one : choice.deselections) judge_deselection(facts, dmc, one, findings);
    for (const auto& one : choice.substitutions) judge_substitution(facts, dmc, one, findings);
  }
  for (const auto& [id, appeal] : facts.selection.appeals) {
    judge_appeal(facts, id, appeal, findings);
  }
}

}  // namespace assay::projections
