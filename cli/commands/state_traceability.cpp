// assay state traceability: requirements, test cases and results, and what hangs in the air.

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/render/list_text.hpp"
#include "cli/session/at_point.hpp"
#include "projections/coverage/traceability.hpp"

namespace assay::cli {
namespace {

void print_loose_ends(const Run& run, const projections::Traceability& trace) {
  for (const std::string& requirement : trace.requirements_without_results) {
    run.out.line("no result for requirement " + requirement);
  }
  for (const Identifier& test_case : trace.test_cases_without_requirement) {
    run.out.line("no requirement for test case " + test_case.text);
  }
  for (const auto& item : trace.untraced_items) {
    run.out.line(fmt::format("item {} of {} in {} names no registered test case", item.item.text,
                             item.planned_entry.text, item.phase.text));
  }
  if (trace.results_outside_scope > 0) {
    run.out.line(fmt::format("{} results name no item of a scope", trace.results_outside_scope));
  }
}

Result<int> show_traceability(Run& run, const projections::ProgrammeFold& fold) {
  const projections::Facts facts = fold.facts();
  const auto trace = projections::trace_requirements(facts.board, facts.plan);
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : trace.requirements) {
    rows.push_back({run.out.bold(one.requirement), joined(one.test_cases),
                    std::to_string(one.items), std::to_string(one.executed),
                    std::to_string(one.passed)});
  }
  if (rows.empty()) {
    run.out.line("no requirements: no test case names one");
  } else {
    run.out.table({"REQUIREMENT", "TEST CASES", "ITEMS", "EXECUTED", "PASSED"}, rows);
  }
  print_loose_ends(run, trace);
  run.out.member("traceability") = view_json(trace);
  return 0;
}

}  // namespace

void add_state_traceability(App& app, CLI::App* group) {
  const auto at = std::make_shared<std::string>();
  CLI::App* const command = app.command(
      group, "traceability", "From requirement to test case to result, and what has no other end",
      [at](Run& run) { return read_state(run, *at, show_traceability); });
  add_at_option(command, *at);
  app.describe(command,
               "A requirement exists where a registered test case names it. Failures without an\n"
               "issue and issues without a run are findings (assay findings).\n\n"
               "Examples:\n"
               "  assay state traceability\n"
               "  assay state traceability --json");
}

}  // namespace assay::cli
