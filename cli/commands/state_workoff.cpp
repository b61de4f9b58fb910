// assay state workoff: what is still to be done after an exit, and what is overdue.

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/session/at_point.hpp"
#include "cli/terminal/shown.hpp"
#include "projections/completion/work_off_view.hpp"

namespace assay::cli {
namespace {

using projections::WorkOffState;

std::string state_text(const Run& run, const projections::WorkOffLine& line) {
  const std::string text(enum_text(line.state));
  switch (line.state) {
    case WorkOffState::overdue: return run.out.red(fmt::format("{} {} days", text, line.days_over));
    case WorkOffState::completed_issue_open: return run.out.red(text);
    case WorkOffState::completed: return run.out.green(text);
    case WorkOffState::open: break;
  }
  return text;
}

void print_work_off(const Run& run, const projections::WorkOffView& view) {
  if (view.items.empty()) {
    run.out.line("no work-off plan");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const projections::WorkOffLine& line : view.items) {
    rows.push_back({line.work_off_plan.text, run.out.bold(line.issue.text),
                    std::string(enum_text(line.severity)),
                    line.issue_state ? std::string(enum_text(*line.issue_state)) : "-",
                    line.owner.text, line.target.text,
                    line.moved == 0 ? "" : "first " + line.first_target.text, state_text(run, line),
                    shown(line.workaround.value_or(""), 50)});
  }
  run.out.table(
      {"PLAN", "ISSUE", "SEVERITY", "ISSUE STATE", "OWNER", "TARGET", "", "STATE", "WORKAROUND"},
      rows);
  run.out.line();
  run.out.line(fmt::format("{} open, {} of them overdue on {} (London day of the last entry)",
                           view.open, view.overdue, view.today.text));
}

Result<int> show_work_off(Run& run, const projections::ProgrammeFold& fold) {
  const auto view = projections::view_work_off(fold.facts());
  print_work_off(run, view);
  run.out.member("work_off") = view_json(view);
  return 0;
}

}  // namespace

void add_state_workoff(App& app, CLI::App* group) {
  const auto at = std::make_shared<std::string>();
  CLI::App* const command =
      app.command(group, "workoff", "Work-off plans: open and overdue items, owners, targets",
                  [at](Run& run) { return read_state(run, *at, show_work_off); });
  add_at_option(command, *at);
  app.describe(
      command,
      "An item is overdue after its target day has ended in London. \"Now\" is the time of\n"
      "the last entry at --at, never that of this machine.\n\n"
      "Examples:\n"
      "  assay state workoff\n"
      "  assay state workoff --at 2019-12-20 --json");
}

}  // namespace assay::cli
