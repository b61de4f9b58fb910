#include "projections/board/matrix_view.hpp"
#include "projections/difference/collect.hpp"
#include "projections/issues/issue_view.hpp"
#include "projections/regression/item_standing.hpp"
#include "projections/regression/obligations.hpp"
#include "projections/rules/say.hpp"
#include "projections/selection/epcl_view.hpp"

namespace assay::projections {
namespace {

void add_phase_aspect(const PhaseLine& line, const Phase& phase, Aspects& aspects) {
  aspects.add({.section = Section::phases,
               .id = line.phase.text,
               .phase = line.phase,
               .planned_entries = {phase.planned_entries.begin(), phase.planned_entries.end()},
               .title = line.name,
               .values = {{"state", say(line.state)},
                          {"scope", say(line.verdict)},
                          {"items", say(line.counts.items)},
                          {"passed", say(line.counts.passed_effective)},
                          {"open_runs", say(line.open_runs)}}});
}

void add_item_aspects(const Facts& facts, const Identifier& phase, const Identifier& entry,
                      Aspects& aspects) {
  for (const ItemStanding& item : item_standings(facts, phase, entry)) {
    aspects.add({.section = Section::items,
                 .id = say(phase, "/", entry, "/", item.item),
                 .phase = phase,
                 .planned_entries = {entry},
                 .title = item.item.text,
                 .values = {{"outcome", say(item.outcome)}}});
  }
}

void add_entry_aspects(const Facts& facts, const Identifier& id, const Phase& phase,
                       Aspects& aspects) {
  const PhaseFacts shared = facts_of(facts.board, phase);
  for (const auto& [entry, inside] : phase.entries) {
    const PhaseEntryView view = view_entry(facts.board, phase, entry, shared);
    aspects.add({.section = Section::entries,
                 .id = say(id, "/", entry),
                 .phase = id,
                 .planned_entries = {entry},
                 .title = say(entry, " in ", id),
                 .values = {{"state", say(view.state)},
                            {"scope", say(view.verdict)},
                            {"items", say(view.counts.items)},
                            {"executed", say(view.counts.executed)},
                            {"passed", say(view.counts.passed_effective)}}});
    add_item_aspects(facts, id, entry, aspects);
  }
}

void add_planned_entry_aspects(const Facts& facts, Aspects& aspects) {
  for (const EpclLine& line : epcl_lines(facts)) {
    aspects.add({.section = Section::planned_entries,
                 .id = line.life.planned_entry.text,
                 .planned_entries = {line.life.planned_entry},
                 .title = say(line.life.dmc, " ", line.life.category, " of ", line.life.smso,
                              " in ", line.life.release),
                 .values = {{"state", say(line.life.state)}, {"epcl", say(line.standing)}}});
  }
}

void add_issue_aspects(const Facts& facts, Aspects& aspects) {
  for (const IssueLine& issue : list_issues(facts.issues)) {
    aspects.add({.section = Section::issues,
                 .id = issue.issue.text,
                 .phase = issue.phase,
                 .planned_entries = issue.planned_entries,
                 .title = issue.title,
                 .values = {{"state", say(issue.state)},
                            {"severity", say(issue.bucket)},
                            {"attribution", issue.attribution ? say(*issue.attribution) : "none"},
                            {"owner", issue.owner ? issue.owner->text : "none"},
                            {"planned_entries", say(issue.planned_entries)}}});
  }
}

/// One for each phase that the change falls on, so that each can be asked for alone.
void add_obligation_aspects(const Facts& facts, Aspects& aspects) {
  for (const Obligation& one : obligations(facts)) {
    const Change& change = facts.regression.changes.at(one.change);
    for (const Identifier& phase : one.phases) {
      aspects.add({.section = Section::obligations,
                   .id = say(phase, "/", one.planned_entry, "/", one.change),
                   .phase = phase,
                   .planned_entries = {one.planned_entry},
                   .title = change_text(change),
                   .values = {{"state", say(one.state)},
                              {"assessment", one.assessment ? say(*one.assessment) : "none"},
                              {"cycles", one.cycles.empty() ? "none" : say(one.cycles)},
                              {"came", one.completed ? "after the exit" : "before an exit"}}});
    }
  }
}

}  // namespace

void add_test_aspects(const Facts& facts, Aspects& aspects) {
  for (const PhaseLine& line : list_phases(facts.board)) {
    const Phase& phase = facts.board.phases.at(line.phase);
    add_phase_aspect(line, phase, aspects);
    add_entry_aspects(facts, line.phase, phase, aspects);
  }
  add_planned_entry_aspects(facts, aspects);
  add_issue_aspects(facts, aspects);
  add_obligation_aspects(facts, aspects);
}

}  // namespace assay::projections
