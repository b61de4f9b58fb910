// assay state decisions: who decided, in which role, on which state of the log, and with what
// authority at that time; quorum, dissent, conditions.

#include "cli/commands/commands.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/render/decision_text.hpp"
#include "cli/session/at_point.hpp"

namespace assay::cli {
namespace {

struct DecisionOptions {
  std::string event;
  std::string at;
  std::string about;
  std::string entry;
  std::string type;
  bool governance = false;
};

Result<int> show_one(Run& run, const projections::Facts& facts, const std::string& text) {
  ASSAY_TRY(const EventId event, EventId::parse(text));
  const auto decision = projections::view_decision(facts, event);
  if (!decision) {
    return fail(Errc::not_found, "event " + text + " is no decision",
                "`assay state decisions` lists them");
  }
  print_decision(run, *decision);
  run.out.member("decision") = view_json(*decision);
  return 0;
}

Result<int> show_decisions(Run& run, const projections::Facts& facts,
                           const DecisionOptions& options) {
  if (!options.event.empty()) return show_one(run, facts, options.event);
  projections::DecisionFilter filter;
  if (!options.about.empty()) filter.about = options.about;
  if (!options.entry.empty()) filter.planned_entry = options.entry;
  if (!options.type.empty()) filter.type = options.type;
  filter.governance = options.governance;
  const auto decisions = projections::view_decisions(facts, filter);
  if (decisions.empty()) run.out.line("no decisions");
  for (const auto& decision : decisions) print_decision(run, decision);
  run.out.member("decisions") = views_json(decisions);
  return 0;
}

}  // namespace

void add_state_decisions(App& app, CLI::App* group) {
  const auto options = std::make_shared<DecisionOptions>();
  CLI::App* const command =
      app.command(group, "decisions", "Who decided what, in which role, on which state of the log",
                  [options](Run& run) {
                    return read_state(run, options->at, [&](Run& inner, const auto& fold) {
                      return show_decisions(inner, fold.facts(), *options);
                    });
                  });
  command->add_option("event", options->event, "One decision, by its event")->type_name("EVENT");
  command->add_option("--about", options->about, "Only on this subject")->type_name("SUBJECT");
  command->add_option("--entry", options->entry, "Only those that name this planned entry")
      ->type_name("ENTRY");
  command->add_option("--type", options->type, "Only events of this type")->type_name("TYPE");
  command->add_flag("--governance", options->governance,
                    "Also roots, roles, keys of the log and stated digests");
  add_at_option(command, options->at);
  app.describe(
      command,
      "Dissent is shown wherever the decision is. A position has a quorum as the approval\n"
      "policy says that was in force when it was recorded; without one it is not known.\n\n"
      "Examples:\n"
      "  assay state decisions --about phase/MOC-MDS-SIT-01\n"
      "  assay state decisions --type exit_decided --entry PEE-001 --json");
}

}  // namespace assay::cli
