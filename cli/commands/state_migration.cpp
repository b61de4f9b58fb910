// assay state migration: the matrix of GroupIDs, TMAD steps and sides, and Migration DMRT.

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/render/assessment_text.hpp"
#include "cli/render/list_text.hpp"
#include "cli/session/at_point.hpp"
#include "projections/coverage/migration_view.hpp"
#include "projections/plan/plan.hpp"

namespace assay::cli {
namespace {

using projections::MigrationView;

void print_checks(const Run& run, const char* name,
                  const std::vector<projections::MigrationCheck>& checks) {
  for (const auto& check : checks) {
    run.out.line(fmt::format("{} of {}: {}  {}", name, check.planned_entry.text,
                             verdict_text(run.out, check.verdict), check.why));
    for (const auto& item : check.missing) run.out.line("    missing: " + item.test_case.text);
  }
}

void print_migration(const Run& run, const MigrationView& view) {
  run.out.line(fmt::format("release {}: {}", run.out.bold(view.release.text),
                           verdict_text(run.out, view.verdict)));
  if (!view.policy) {
    run.out.line("  no migration policy is in force");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const projections::GroupCell& cell : view.cells) {
    rows.push_back({cell.group.text, cell.tmad_step, std::string(enum_text(cell.side)),
                    verdict_text(run.out, cell.verdict),
                    cell.items.empty() ? cell.why : joined(cell.items)});
  }
  if (!rows.empty()) run.out.table({"GROUP", "STEP", "SIDE", "", "ITEMS"}, rows);
  print_checks(run, "DMRT", view.dmrt);
  run.out.line(view.security_features_required
                   ? "security features of firmware are asked for"
                   : "security features of firmware: the setting is inactive");
  print_checks(run, "security features", view.security_features);
}

Result<int> show_migration(Run& run, const projections::ProgrammeFold& fold,
                           const std::string& wanted) {
  const projections::Facts facts = fold.facts();
  std::vector<MigrationView> views;
  for (const auto& [id, release] : facts.plan.releases) {
    if (!wanted.empty() && id.text != wanted) continue;
    views.push_back(projections::view_migration(facts, id));
  }
  if (views.empty() && !wanted.empty()) {
    return fail(Errc::not_found, "there is no release " + wanted, "assay state migration");
  }
  if (views.empty()) run.out.line("no releases");
  for (const MigrationView& view : views) print_migration(run, view);
  run.out.member("releases") = views_json(views);
  return 0;
}

}  // namespace

void add_state_migration(App& app, CLI::App* group) {
  struct Options {
    std::string at;
    std::string release;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.command(group, "migration", "Migration testing: GroupIDs by TMAD step and side, and DMRT",
                  [options](Run& run) {
                    return read_state(run, options->at,
                                      [&](Run& inner, const projections::ProgrammeFold& fold) {
                                        return show_migration(inner, fold, options->release);
                                      });
                  });
  command->add_option("release", options->release, "Only this release")->type_name("RELEASE");
  add_at_option(command, options->at);
  app.describe(command,
               "Steps, sides and stages are those of the migration policy in force; without one\n"
               "the answer is UNDETERMINED.\n\n"
               "Examples:\n"
               "  assay state migration MOC\n"
               "  assay state migration --json");
}

}  // namespace assay::cli
