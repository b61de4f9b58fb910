#include <algorithm>

#include <fmt/format.h>

#include "cli/assess/assessor.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/render/assessment_text.hpp"
#include "cli/session/at_point.hpp"
#include "projections/board/phase_board.hpp"

namespace assay::cli {
namespace {

struct FindingsOptions {
  std::string at;
  std::string phase;
  std::string entry;
  std::string rule;
  bool require_met = false;
};

bool is_wanted(const projections::Finding& finding, const FindingsOptions& options) {
  const bool phase =
      options.phase.empty() || (finding.phase && finding.phase->text == options.phase);
  const bool entry = options.entry.empty() ||
                     (finding.planned_entry && finding.planned_entry->text == options.entry);
  const bool rule = options.rule.empty() || finding.rule.text == options.rule ||
                    (options.rule.ends_with('-') && finding.rule.text.starts_with(options.rule));
  return phase && entry && rule;
}

Result<int> show_findings(Run& run, const FindingsOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const StatesAt states, StatesAt::open(run, session, options.at));
  show_basis(run, states.fold());
  FoldCache folds(run, session);
  Assessor assessor(folds, states.fold());
  ASSAY_TRY(std::vector<projections::Finding> findings, assessor.findings());
  std::erase_if(findings, [&](const auto& finding) { return !is_wanted(finding, options); });
  print_findings(run.out, findings);
  const auto standing = static_cast<std::uint64_t>(
      std::ranges::count_if(findings, [](const auto& finding) { return !finding.waived_by; }));
  run.out.line(
      fmt::format("{} findings, {} of them waived", findings.size(), findings.size() - standing));
  run.out.member("findings") = views_json(findings);
  run.out.member("standing") = standing;
  return options.require_met && standing > 0 ? static_cast<int>(ExitCode::gate_not_met) : 0;
}

struct CriteriaOptions {
  std::string at;
  std::string phase;
  std::string entry;
  bool claims = false;
  bool require_met = false;
};

Status check_named(const projections::Facts& now, const CriteriaOptions& options) {
  if (options.phase.empty()) return {};
  const auto phase = now.board.phases.find(Identifier(options.phase));
  if (phase == now.board.phases.end()) {
    return fail(Errc::not_found, "there is no phase " + options.phase,
                "`assay state phase` lists them");
  }
  if (options.entry.empty() || phase->second.entries.contains(Identifier(options.entry))) return {};
  return fail(Errc::not_found, options.entry + " is not in phase " + options.phase,
              "`assay state phase " + options.phase + "` lists its planned entries");
}

/// One planned entry in one phase: criteria, or the claims that rest on them. Gives whether it is
/// met or waived.
bool show_one(Run& run, const projections::AssessedEntry& one,
              const std::vector<projections::Finding>& findings, bool claims, Json& list) {
  Json json = {{"entry", view_json(one.entry)}, {"exit", view_json(one.exit)}};
  if (claims) {
    const auto answers = projections::answer_claims(one.entry, one.exit, findings);
    run.out.line(
        fmt::format("{} in {}", run.out.bold(one.exit.planned_entry.text), one.exit.phase.text));
    print_claims(run.out, answers);
    json["claims"] = views_json(answers);
  } else {
    print_assessed(run.out, "entry", one.entry);
    print_assessed(run.out, "exit", one.exit);
  }
  run.out.line();
  list.push_back(std::move(json));
  return one.exit.verdict == events::Verdict::met || one.exit.verdict == events::Verdict::waived;
}

Result<int> show_criteria(Run& run, const CriteriaOptions& options) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const StatesAt states, StatesAt::open(run, session, options.at));
  show_basis(run, states.fold());
  FoldCache folds(run, session);
  Assessor assessor(folds, states.fold());
  ASSAY_CHECK(check_named(assessor.now(), options));
  std::vector<projections::Finding> findings;
  if (options.claims) {
    ASSAY_TRY(findings, assessor.findings());
  }
  ASSAY_TRY(const auto assessed, assessor.assess_all());
  Json list = Json::array();
  bool all_met = true;
  for (const projections::AssessedEntry& one : assessed) {
    if (!options.phase.empty() && one.exit.phase.text != options.phase) continue;
    if (!options.entry.empty() && one.exit.planned_entry.text != options.entry) continue;
    all_met = show_one(run, one, findings, options.claims, list) && all_met;
  }
  if (list.empty()) run.out.line("no phase has been planned yet");
  run.out.member("assessed") = std::move(list);
  return options.require_met && !all_met ? static_cast<int>(ExitCode::gate_not_met) : 0;
}

}  // namespace

void add_findings(App& app) {
  const auto options = std::make_shared<FindingsOptions>();
  CLI::App* const command =
      app.command(nullptr, "findings", "Programme rules that were broken, with what shows it",
                  [options](Run& run) { return show_findings(run, *options); });
  add_at_option(command, options->at);
  command->add_option("--phase", options->phase, "Only of this phase")->type_name("PHASE");
  command->add_option("--entry", options->entry, "Only of this planned entry")->type_name("ENTRY");
  command->add_option("--rule", options->rule, "Only of this rule, or of a family: Q-")
      ->type_name("RULE");
  command->add_flag("--require-met", options->require_met, "Exit 8 if a finding is not waived");
  app.describe(command,
               "Examples:\n"
               "  assay findings\n"
               "  assay findings --rule Q- --at 2019-11-15T17:00:00Z --json");
}

void add_state_criteria(App& app, CLI::App* state) {
  const auto add = [&](const char* name, const char* summary, bool claims) {
    const auto options = std::make_shared<CriteriaOptions>();
    options->claims = claims;
    CLI::App* const command = app.command(
        state, name, summary, [options](Run& run) { return show_criteria(run, *options); });
    command->add_option("phase", options->phase, "Only this phase")->type_name("PHASE");
    command->add_option("--entry", options->entry, "Only this planned entry")->type_name("ENTRY");
    add_at_option(command, options->at);
    command->add_flag("--require-met", options->require_met,
                      "Exit 8 unless every exit shown is met or waived");
  };
  add("criteria", "Entry and exit, criterion by criterion, of planned entries in phases", false);
  add("claims", "What an external auditor would have attested, claim by claim", true);
}

}  // namespace assay::cli
