#include "cli/render/regression_text.hpp"

#include <fmt/format.h>

#include "cli/render/list_text.hpp"
#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

using projections::ChangeKind;
using projections::ItemOutcome;
using projections::Obligation;

std::string change_text(const projections::Regression& state, const EventId& id) {
  const auto found = state.changes.find(id);
  if (found == state.changes.end()) return id.text();
  const projections::Change& change = found->second;
  switch (change.kind) {
    case ChangeKind::build: return shown(fmt::format("{} of {}", change.build, change.where), 50);
    case ChangeKind::fix:
      return shown(fmt::format("fix of {} in {}", change.issue->text, change.build), 50);
    case ChangeKind::firmware:
      return shown(fmt::format("firmware {} of {}", change.build, change.where), 50);
  }
  return {};
}

std::string state_text(const Run& run, const Obligation& obligation) {
  const std::string text(enum_text(obligation.state));
  if (projections::is_open(obligation.state)) return run.out.red(text);
  return run.out.green(text);
}

}  // namespace

void print_obligations(const Run& run, const std::vector<Obligation>& obligations,
                       const projections::Regression& state) {
  if (obligations.empty()) {
    run.out.line("no change has fallen on a committed scope");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const Obligation& obligation : obligations) {
    rows.push_back({run.out.bold(obligation.planned_entry.text),
                    std::string(enum_text(obligation.kind)), obligation.change.text(),
                    change_text(state, obligation.change), state_text(run, obligation),
                    obligation.assessment ? obligation.assessment->text() : "-",
                    joined(obligation.cycles), obligation.completed ? "after exit" : ""});
  }
  run.out.table({"ENTRY", "KIND", "EVENT", "CHANGE", "STATE", "ASSESSED", "CYCLES", ""}, rows);
}

void print_cycles(const Run& run, const std::vector<projections::CycleView>& cycles) {
  for (const projections::CycleView& cycle : cycles) {
    std::string kinds;
    for (const events::TestKind kind : cycle.kinds) {
      kinds.append(kinds.empty() ? "" : " and ").append(enum_text(kind));
    }
    run.out.line();
    run.out.line(fmt::format("{}  {}  counts for {}  {}/{} passed",
                             run.out.bold(cycle.regression.text), enum_text(cycle.state),
                             kinds.empty() ? "nothing yet" : kinds, cycle.passed,
                             cycle.items.size()));
    if (!cycle.valid) {
      run.out.line(run.out.yellow("  not committed to by both sides as listed: it covers nothing"));
    }
    for (const auto& [code, tally] : cycle.irregularities) {
      run.out.line(
          run.out.yellow(fmt::format("! {}: first in {}", enum_text(code), tally.first.text())));
    }
  }
}

void print_standings(const Run& run, const projections::Place& place,
                     const std::vector<projections::ItemStanding>& standings) {
  for (const projections::ItemStanding& standing : standings) {
    const std::string name =
        fmt::format("{} / {} / {}", place.phase.text, place.planned_entry.text, standing.item.text);
    if (standing.outcome == ItemOutcome::stale) {
      run.out.line(run.out.yellow(fmt::format(
          "STALE  {}  passed in {}, {}", name, standing.event ? standing.event->text() : "-",
          standing.stale_by.empty() ? std::string("on builds that are not accepted")
                                    : "changed since by " + joined(standing.stale_by))));
    } else if (!standing.lifted_by.empty() || !standing.lifted_by_assessments.empty()) {
      run.out.line(fmt::format("PASSED {}  in {}, and stands by {}{}{}", name,
                               standing.event ? standing.event->text() : "-",
                               joined(standing.lifted_by), standing.lifted_by.empty() ? "" : " ",
                               joined(standing.lifted_by_assessments)));
    }
  }
}

}  // namespace assay::cli
