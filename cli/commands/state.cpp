#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/commands/state_thresholds.hpp"
#include "cli/render/issue_text.hpp"
#include "cli/render/phase_text.hpp"
#include "cli/render/register_text.hpp"
#include "cli/render/rulebook_text.hpp"
#include "cli/session/at_point.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/register/register.hpp"
#include "projections/rulebook/london.hpp"

namespace assay::cli {
namespace {

struct StateOptions {
  std::string what;
  std::string id;
  std::string at;
  std::string entry;
  std::string phase;
  std::string state;
  std::string severity;
  std::string on;
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
    run.out.member("phases") = views_json(phases);
    run.out.member("planned_entries") = views_json(matrix);
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
  run.out.member("issues") = views_json(issues);
  run.out.member("counts") = view_json(counts);
  return 0;
}

Result<int> show_rulebook(Run& run, const projections::Facts& facts) {
  const auto policies = projections::list_policies(facts.rulebook, facts.recorded_at);
  print_policies(run, policies);
  run.out.member("policies") = views_json(policies);
  return 0;
}

Result<int> show_clauses(Run& run, const projections::Facts& facts, const std::string& on) {
  const Identifier day = on.empty() ? projections::london_day(facts.recorded_at) : Identifier(on);
  if (!is_date(day.text)) {
    return fail(Errc::invalid_argument, "no date \"" + on + "\"", "a day like 2019-08-29");
  }
  const auto clauses = projections::list_clauses(facts.rulebook, day);
  run.out.line("on " + day.text + ", as far as the log says");
  print_clauses(run, clauses);
  run.out.member("on") = day.text;
  run.out.member("clauses") = views_json(clauses);
  return 0;
}

Result<int> show_state(Run& run, const StateOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const StatesAt states, StatesAt::open(run, session, options.at));
  const projections::ProgrammeFold& fold = states.fold();
  show_basis(run, fold);
  if (options.what == "phase") return show_phases(run, fold, options.id);
  if (options.what == "issues") return show_issues(run, fold, options);
  if (options.what == "thresholds") {
    return show_thresholds(run, session, fold, options.phase, options.entry);
  }
  if (options.what == "rulebook") return show_rulebook(run, fold.facts());
  if (options.what == "clauses") return show_clauses(run, fold.facts(), options.on);
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
  const auto [thresholds, threshold_options] =
      add("thresholds",
          "Open issues against the limits in force, and what would change the verdict", nullptr);
  thresholds->add_option("--phase", threshold_options->phase, "Only of this phase")
      ->type_name("PHASE");
  thresholds->add_option("--entry", threshold_options->entry, "Only for this planned entry")
      ->type_name("ENTRY");
  app.describe(thresholds,
               "Limits come from the threshold policy in force at that point; without one every\n"
               "answer is UNDETERMINED.\n\n"
               "Examples:\n"
               "  assay state thresholds\n"
               "  assay state thresholds --phase MOC-MDS-SIT-01 --at 2019-11-15T17:00:00Z --json");
  add("rulebook", "Every policy, and when which version was in force", nullptr);
  const auto [clauses, clause_options] =
      add("clauses", "The register of clauses: in force, proposed, removed, withdrawn", nullptr);
  clauses->add_option("--on", clause_options->on, "This London day instead of the log's last one")
      ->type_name("DAY");
  app.describe(clauses,
               "--on says which day is asked about, --at what the log knew.\n\n"
               "Example:\n"
               "  assay state clauses --on 2019-08-29");
  add("programme", "Parties, keys, roles, roots, and what waits for voices", nullptr);
  add_state_criteria(app, group);
  add_state_decisions(app, group);
  add_state_regression(app, group);
  add_state_workoff(app, group);
  add_state_selection(app, group);
  add_state_coverage(app, group);
  add_state_migration(app, group);
  add_state_traceability(app, group);
}

}  // namespace assay::cli
