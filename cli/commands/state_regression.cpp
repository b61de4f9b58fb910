// assay state regression: which changes after a baseline lack an assessment or a regression, for
// which planned entries and kinds, and which items are STALE.

#include <algorithm>

#include "cli/commands/commands.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/render/regression_text.hpp"
#include "cli/session/at_point.hpp"
#include "projections/board/phase_board.hpp"

namespace assay::cli {
namespace {

struct RegressionOptions {
  std::string at;
  std::string entry;
};

/// Items that changes made STALE, or did not, place by place.
Json show_standings(Run& run, const projections::Facts& facts, const std::string& only) {
  Json places = Json::array();
  for (const auto& [phase, state] : facts.board.phases) {
    for (const auto& [entry, inside] : state.entries) {
      if (!only.empty() && entry.text != only) continue;
      const auto standings = projections::item_standings(facts, phase, entry);
      print_standings(run, {phase, entry}, standings);
      places.push_back(
          {{"phase", phase.text}, {"planned_entry", entry.text}, {"items", views_json(standings)}});
    }
  }
  return places;
}

Result<int> show_regression(Run& run, const projections::Facts& facts,
                            const RegressionOptions& options) {
  if (!options.entry.empty() && !facts.board.planned_entries.contains(options.entry)) {
    return fail(Errc::not_found, "there is no planned entry " + options.entry,
                "`assay state phase` lists them");
  }
  auto obligations = projections::obligations(facts);
  if (!options.entry.empty()) {
    std::erase_if(obligations,
                  [&](const auto& one) { return one.planned_entry.text != options.entry; });
  }
  print_obligations(run, obligations, facts.regression);
  const auto cycles = projections::view_cycles(facts.board, facts.regression);
  print_cycles(run, cycles);
  run.out.line();
  run.out.member("places") = show_standings(run, facts, options.entry);
  run.out.member("obligations") = views_json(obligations);
  run.out.member("cycles") = views_json(cycles);
  run.out.member("open") = std::ranges::count_if(
      obligations, [](const auto& one) { return projections::is_open(one.state); });
  return 0;
}

}  // namespace

void add_state_regression(App& app, CLI::App* group) {
  const auto options = std::make_shared<RegressionOptions>();
  CLI::App* const command =
      app.command(group, "regression", "Changes, assessments, regression cycles and stale items",
                  [options](Run& run) {
                    return read_state(run, options->at, [&](Run& inner, const auto& fold) {
                      return show_regression(inner, fold.facts(), *options);
                    });
                  });
  command->add_option("--entry", options->entry, "Only of this planned entry")->type_name("ENTRY");
  add_at_option(command, options->at);
  app.describe(
      command,
      "A change that came after a scope was committed to obliges to an assessment by both\n"
      "sides, and, where that says so, to a regression. One cycle may count for MT and SIT.\n\n"
      "Examples:\n"
      "  assay state regression\n"
      "  assay state regression --entry PEE-001 --at 2019-11-15T17:00:00Z --json");
}

}  // namespace assay::cli
