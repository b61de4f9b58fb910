#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/render/issue_text.hpp"
#include "cli/render/phase_text.hpp"
#include "cli/render/register_text.hpp"
#include "cli/session/state_at.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {
namespace {

struct StateOptions {
  std::string what;
  std::string id;
  std::string at;
  std::string phase;
  std::string state;
  std::string severity;
};

Result<projections::IssueFilter> filter_of(const StateOptions& options) {
  projections::IssueFilter filter;
  if (!options.phase.empty()) filter.phases.insert(options.phase);
  if (!options.state.empty()) {
    const auto state = enum_from_text<projections::IssueState>(options.state);
    if (!state) {
      std::string known;
      for (const std::string_view text : kEnumTexts<projections::IssueState>) {
        known.append(known.empty() ? "" : ", ").append(text);
      }
      return fail(Errc::invalid_argument, "no issue state \"" + options.state + "\"", known);
    }
    filter.states.insert(*state);
  }
  if (!options.severity.empty()) {
    const auto bucket = enum_from_text<projections::SeverityBucket>(options.severity);
    if (!bucket) {
      return fail(Errc::invalid_argument, "no severity \"" + options.severity + "\"",
                  "1 to 5, or untriaged");
    }
    filter.buckets.insert(*bucket);
  }
  return filter;
}

Result<int> show_phases(Run& run, const projections::ProgrammeFold& fold, const std::string& id) {
  if (id.empty()) {
    const auto phases = projections::list_phases(fold.board());
    const auto matrix = projections::view_matrix(fold.board());
    print_board(run, phases, matrix);
    run.out.member("phases") = Json::array();
    for (const auto& phase : phases) run.out.member("phases").push_back(view_json(phase));
    run.out.member("planned_entries") = Json::array();
    for (const auto& row : matrix) run.out.member("planned_entries").push_back(view_json(row));
    return 0;
  }
  const auto view = projections::view_phase(fold.board(), id);
  if (!view)
    return fail(Errc::not_found, "there is no phase " + id, "`assay state phase` lists them");
  print_phase(run, *view);
  run.out.member("phase") = view_json(*view);
  return 0;
}

Result<int> show_issues(Run& run, const projections::ProgrammeFold& fold,
                        const StateOptions& options) {
  if (!options.id.empty()) {
    const auto view = projections::view_issue(fold.issues(), options.id);
    if (!view) {
      return fail(Errc::not_found, "there is no issue " + options.id,
                  "`assay state issues` lists them");
    }
    print_issue(run, *view);
    run.out.member("issue") = view_json(*view);
    return 0;
  }
  if (!options.phase.empty() && !fold.board().phases.contains(options.phase)) {
    return fail(Errc::not_found, "there is no phase " + options.phase,
                "`assay state phase` lists them");
  }
  ASSAY_TRY(const projections::IssueFilter filter, filter_of(options));
  const auto issues = projections::list_issues(fold.issues(), filter);
  const auto counts = projections::count_issues(fold.issues(), filter);
  print_issues(run, issues, counts);
  run.out.member("issues") = Json::array();
  for (const auto& issue : issues) run.out.member("issues").push_back(view_json(issue));
  run.out.member("counts") = view_json(counts);
  return 0;
}

Result<int> show_state(Run& run, const StateOptions& options) {
  ASSAY_TRY(const StateAt state, StateAt::open(run, options.at));
  const projections::ProgrammeFold& fold = state.fold();
  if (options.what == "phase") return show_phases(run, fold, options.id);
  if (options.what == "issues") return show_issues(run, fold, options);
  print_register(run, fold.programme().state());
  // The ids table is for admission; a reader of parties and keys has no use for its rows.
  run.out.member("programme") = register_json(fold.programme().state());
  return 0;
}

}  // namespace

void add_state(App& app) {
  CLI::App* const group = app.group("state", "Show the state, rebuilt from the log alone");
  const auto add = [&](const char* what, const char* summary, const char* id_help) {
    const auto options = std::make_shared<StateOptions>();
    options->what = what;
    CLI::App* const command = app.command(
        group, what, summary, [options](Run& run) { return show_state(run, *options); });
    if (id_help != nullptr) command->add_option("id", options->id, id_help)->type_name("ID");
    add_at_option(command, options->at);
    return std::pair(command, options);
  };
  const auto [phase, phase_options] =
      add("phase", "Planned entries × kinds of test, and every Test Phase", "One phase, in full");
  app.describe(phase,
               "Examples:\n"
               "  assay state phase\n"
               "  assay state phase MOC-MDS-SIT-01 --at 2019-11-15T17:00:00Z --json");
  const auto [issues, options] =
      add("issues", "The register of Testing Issues", "One issue, with its history");
  issues->add_option("--phase", options->phase, "Only of this phase")->type_name("PHASE");
  issues->add_option("--state", options->state, "Only in this state")->type_name("STATE");
  issues->add_option("--severity", options->severity, "1 to 5, or untriaged")
      ->type_name("SEVERITY");
  add("programme", "Parties, keys, roles, roots, and what waits for voices", nullptr);
  add_state_decisions(app, group);
  add_state_regression(app, group);
  add_state_workoff(app, group);
}

}  // namespace assay::cli
