// assay state coverage: what the Depth and Breadth documents cover, and whether scopes hold what
// they promise.

#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/render/assessment_text.hpp"
#include "cli/session/at_point.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/coverage/coverage_matrix.hpp"
#include "projections/coverage/promises.hpp"

namespace assay::cli {
namespace {

using projections::CoverageCell;
using projections::PromiseCheck;

std::string version_text(const std::vector<projections::CoveringVersion>& versions) {
  if (versions.empty()) return "no version covers it";
  const projections::CoveringVersion& newest = versions.front();
  return fmt::format("{} {}  {}  sha256 {}", newest.document.text, newest.version.text,
                     enum_text(newest.status), newest.digest.hex().substr(0, 16));
}

/// Of every phase and planned entry in it.
std::vector<PromiseCheck> check_all_promises(const projections::Facts& facts) {
  std::vector<PromiseCheck> checks;
  for (const auto& [phase_id, phase] : facts.board.phases) {
    for (const auto& [entry_id, entry] : phase.entries) {
      checks.push_back(check_promises(facts.board, facts.plan, phase_id, entry_id));
    }
  }
  return checks;
}

void print_promises(const Run& run, const std::vector<PromiseCheck>& checks) {
  for (const PromiseCheck& check : checks) {
    run.out.line(fmt::format("{} {}  {}  {} promised, {} missing, {} extra{}", check.phase.text,
                             check.planned_entry.text, verdict_text(run.out, check.verdict),
                             check.promised, check.missing.size(), check.extra.size(),
                             check.why.empty() ? "" : "  " + check.why));
    for (const auto& item : check.missing) run.out.line("    missing: " + item.test_case.text);
    for (const auto& item : check.extra) run.out.line("    not promised: " + item.item.text);
  }
}

Result<int> show_coverage(Run& run, const projections::ProgrammeFold& fold) {
  const projections::Facts facts = fold.facts();
  const auto cells = projections::coverage_matrix(facts.board);
  std::vector<std::vector<std::string>> rows;
  for (const CoverageCell& cell : cells) {
    rows.push_back({run.out.bold(cell.planned_entry.text), std::string(enum_text(cell.kind)),
                    verdict_text(run.out, cell.verdict), version_text(cell.versions)});
  }
  const auto cohorts = projections::regression_coverage(facts.board);
  for (const auto& cohort : cohorts) {
    rows.push_back({fmt::format("{} {}", cohort.release.text, cohort.smso.text), "REGRESSION",
                    verdict_text(run.out, cohort.verdict), version_text(cohort.versions)});
  }
  const auto checks = check_all_promises(facts);
  if (rows.empty()) {
    run.out.line("no planned entries");
  } else {
    run.out.table({"COVERED", "KIND", "", "DOCUMENT"}, rows);
    run.out.line();
    print_promises(run, checks);
  }
  run.out.member("cells") = views_json(cells);
  run.out.member("cohorts") = views_json(cohorts);
  run.out.member("promises") = views_json(checks);
  return 0;
}

}  // namespace

void add_state_coverage(App& app, CLI::App* group) {
  const auto at = std::make_shared<std::string>();
  CLI::App* const command =
      app.command(group, "coverage",
                  "Depth and Breadth: what documents cover and promise, and what scopes hold",
                  [at](Run& run) { return read_state(run, *at, show_coverage); });
  add_at_option(command, *at);
  app.describe(
      command,
      "Every planned entry and required kind of test with the version that covers it, by\n"
      "the digest of what TAG saw; then each phase's scope held against what that version\n"
      "promises item by item. A document without a list of items promises nothing that\n"
      "could be held: UNDETERMINED.\n\n"
      "Examples:\n"
      "  assay state coverage\n"
      "  assay state coverage --at 2019-10-21 --json");
}

}  // namespace assay::cli
