#include "cli/render/selection_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

using events::Verdict;

std::string kinds_text(const std::set<events::TestKind>& kinds) {
  std::string text;
  for (const events::TestKind kind : kinds) {
    text.append(text.empty() ? "" : ", ").append(enum_text(kind));
  }
  return text.empty() ? "-" : text;
}

std::string fields_text(const std::vector<std::string>& fields) {
  return fields.empty() ? "nothing" : shown(fmt::format("{}", fmt::join(fields, ", ")));
}

std::string policy_text(const std::optional<projections::PolicyUsed>& policy) {
  return policy ? fmt::format("policy {} version {}", policy->policy.text, policy->version)
                : "no policy in force";
}

std::string mark_text(const projections::Mark& mark) {
  return fmt::format("{}  {}  {}", mark.event.text(), mark.recorded_at.text(), mark.party.text);
}

void print_steps(const Run& run, const std::vector<projections::StepAnswer>& steps) {
  for (const projections::StepAnswer& step : steps) {
    run.out.line(fmt::format("    {} {}: {}", verdict_word(run, step.verdict), enum_text(step.step),
                             shown(step.text)));
  }
}

void print_selection(const Run& run, const projections::SelectionView& view) {
  run.out.line(fmt::format("{}  selected for {} in {}, which serves {}",
                           mark_text(view.details.mark), kinds_text(view.details.kinds),
                           view.details.release.text, kinds_text(view.kinds_served)));
  run.out.line(fmt::format("  route {} by {}{}", verdict_word(run, view.verdict),
                           policy_text(view.policy), view.policy ? "" : ": " + shown(view.text)));
  print_steps(run, view.steps);
  for (const Identifier& appeal : view.appeals) run.out.line("    appeal " + appeal.text);
}

void print_results(const Run& run, const projections::ResultsLeft& left) {
  std::string items;
  for (const auto& [outcome, count] : left.items) {
    items += fmt::format("{}{} {}", items.empty() ? "" : ", ", count, enum_text(outcome));
  }
  run.out.line(fmt::format("    {} in {}: {}", left.planned_entry.text, left.phase.text,
                           items.empty() ? "no scope" : items));
  if (left.unlisted.total() > 0) {
    run.out.line(fmt::format("      {} results outside the scope", left.unlisted.total()));
  }
  for (const Identifier& open : left.open_runs) {
    run.out.line("      run not finished: " + open.text);
  }
  for (const Identifier& issue : left.open_issues) {
    run.out.line("      issue open: " + issue.text);
  }
}

void print_deselection(const Run& run, const projections::DeselectionView& view) {
  run.out.line(fmt::format("{}  de-selected in {}: {}", mark_text(view.details.mark),
                           view.details.release.text, shown(view.details.reason, 100)));
  std::string phases;
  for (const projections::UnderTest& one : view.under_test) {
    phases += (phases.empty() ? " (" : ", ") + one.phase.text + " " + one.planned_entry.text;
  }
  run.out.line(fmt::format("  {} a Test Phase{}", view.during_phase ? "during" : "not during",
                           phases.empty() ? "" : phases + ")"));
  if (view.during_phase != view.details.said_during_phase) {
    run.out.line(run.out.yellow("  ! its record says otherwise"));
  }
  if (!view.results.empty()) run.out.line("  results and issues, as they stand:");
  for (const projections::ResultsLeft& left : view.results) print_results(run, left);
}

void print_route(const Run& run, const projections::RouteAnswer& route) {
  run.out.line(fmt::format("    route {} {}", route.route.text,
                           route.open ? run.out.green("open") : run.out.red("not open")));
  for (const std::string& reason : route.reasons) run.out.line("      " + shown(reason));
}

void print_substitution(const Run& run, const projections::SubstitutionView& view) {
  const projections::DmcSubstitution& said = view.details;
  run.out.line(fmt::format("{}  {} gave its place to {} in {}, by route {}{}", mark_text(said.mark),
                           view.old_dmc.text, said.new_dmc.text, said.release.text, said.route.text,
                           said.effective_at ? "" : " (waits for TAG's secretariat)"));
  run.out.line(fmt::format("  they differ in {}", view.differing_fields
                                                      ? fields_text(*view.differing_fields)
                                                      : "fields that are not known"));
  if (!view.fields_agree) {
    run.out.line(run.out.yellow("  ! its record says: " +
                                fields_text({said.said_fields.begin(), said.said_fields.end()})));
  }
  run.out.line(fmt::format("  {} by {}{}", verdict_word(run, view.verdict),
                           policy_text(view.policy),
                           view.text.empty() ? "" : ": " + shown(view.text)));
  print_steps(run, view.steps);
  if (!view.routes.empty()) run.out.line("  would a route of the policy have been open?");
  for (const projections::RouteAnswer& route : view.routes) print_route(run, route);
}

std::string last_step(const projections::DmcHistory& dmc) {
  if (!dmc.replaced_by.empty()) {
    return "replaced by " + dmc.replaced_by.back().details.new_dmc.text;
  }
  if (!dmc.replaces.empty()) return "replaces " + dmc.replaces.back().old_dmc.text;
  return {};
}

}  // namespace

std::string verdict_word(const Run& run, Verdict verdict) {
  const std::string text(enum_text(verdict));
  if (verdict == Verdict::met) return run.out.green(text);
  return verdict == Verdict::not_met ? run.out.red(text) : run.out.yellow(text);
}

void print_dmcs(const Run& run, const std::vector<projections::DmcHistory>& dmcs) {
  if (dmcs.empty()) {
    run.out.line("no DMC yet");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const projections::DmcHistory& dmc : dmcs) {
    if (dmc.releases.empty()) {
      rows.push_back({run.out.bold(dmc.dmc.text), "-", "DEFINED", "-", last_step(dmc)});
    }
    for (const projections::DmcInRelease& one : dmc.releases) {
      rows.push_back({run.out.bold(dmc.dmc.text), one.release.text,
                      std::string(enum_text(one.state)), kinds_text(one.selected_kinds),
                      last_step(dmc)});
    }
  }
  run.out.table({"DMC", "RELEASE", "STATE", "SELECTED FOR", ""}, rows);
}

void print_dmc(const Run& run, const projections::DmcHistory& dmc) {
  std::vector<std::string> models;
  for (const Identifier& id : dmc.device_models) models.push_back(id.text);
  run.out.line(fmt::format("{}  {} with {}", run.out.bold(dmc.dmc.text), fmt::join(models, " + "),
                           dmc.comms_provider.text));
  for (const projections::DmcInRelease& one : dmc.releases) {
    run.out.line(fmt::format("{} in {}, selected for {}", enum_text(one.state), one.release.text,
                             kinds_text(one.selected_kinds)));
  }
  run.out.line();
  for (const projections::DmcProposal& one : dmc.proposals) {
    run.out.line(fmt::format("{}  proposed for {} in {} ({}): {}", mark_text(one.mark),
                             kinds_text(one.kinds), one.release.text, one.smso.text,
                             shown(one.rationale, 100)));
  }
  for (const auto& view : dmc.selections) print_selection(run, view);
  for (const auto& view : dmc.deselections) print_deselection(run, view);
  for (const auto& view : dmc.replaced_by) print_substitution(run, view);
  for (const auto& view : dmc.replaces) print_substitution(run, view);
  for (const projections::AppealView& one : dmc.appeals) {
    run.out.line(fmt::format(
        "{}  appeal {} against {}: {}", mark_text(one.details.mark), one.appeal.text,
        one.details.selection.text(),
        one.details.determined ? enum_text(one.details.determined->outcome) : "not determined"));
  }
  for (const projections::PpclRequest& one : dmc.ppcl_requests) {
    run.out.line(fmt::format("{}  asked for by {} on {}: {}", mark_text(one.mark),
                             one.requested_by.text, one.date.text, enum_text(one.determination)));
  }
}

}  // namespace assay::cli
