#include "cli/render/phase_text.hpp"

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

using projections::ItemOutcome;
using projections::RuleVerdict;

std::string verdict_text(const Run& run, RuleVerdict verdict) {
  const std::string text(enum_text(verdict));
  if (verdict == RuleVerdict::met) return run.out.green(text);
  return verdict == RuleVerdict::not_met ? run.out.red(text) : run.out.yellow(text);
}

std::string outcome_text(const Run& run, ItemOutcome outcome) {
  const std::string text(enum_text(outcome));
  if (outcome == ItemOutcome::passed) return run.out.green(text);
  const bool adverse = outcome == ItemOutcome::failed || outcome == ItemOutcome::error ||
                       outcome == ItemOutcome::blocked;
  return adverse ? run.out.red(text) : run.out.yellow(text);
}

std::string counts_text(const projections::ScopeCounts& counts) {
  return fmt::format("{}/{} passed", counts.passed_effective, counts.items);
}

std::string cell_text(const Run& run, const projections::Cell& cell) {
  if (cell.phases.empty()) return cell.required ? run.out.dim("required") : "-";
  std::string text;
  for (const projections::CellPhase& phase : cell.phases) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", enum_text(phase.state),
                        verdict_text(run, phase.verdict));
  }
  return text + " " + counts_text(cell.counts);
}

std::string results_text(const projections::OutcomeCounts& counts) {
  return fmt::format("{} passed, {} failed, {} errors, {} blocked, {} not completed, {} skipped",
                     counts.passed, counts.failed, counts.error, counts.blocked,
                     counts.not_completed, counts.skipped);
}

void print_imports(const Run& run, const projections::PhaseView& phase) {
  if (phase.imports.empty() && phase.imports_refused == 0) return;
  run.out.line();
  std::vector<std::vector<std::string>> rows;
  for (const projections::ImportView& import : phase.imports) {
    rows.push_back(
        {shown(import.file_name, 40), import.planned_entry.text,
         import.complete
             ? run.out.green("complete")
             : run.out.red(fmt::format("INCOMPLETE {} of {}", import.results, import.result_count)),
         results_text(import.outcomes),
         import.not_in_scope == 0 ? "" : fmt::format("{} not in scope", import.not_in_scope)});
  }
  if (!rows.empty()) run.out.table({"IMPORT", "ENTRY", "", "RESULTS", ""}, rows);
  if (phase.imports_refused > 0) {
    run.out.line(fmt::format("{} report{} could not be read; kept as evidence",
                             phase.imports_refused, phase.imports_refused == 1 ? "" : "s"));
  }
}

void print_items(const Run& run, const projections::PhaseEntryView& entry) {
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const std::vector<projections::ItemView>& items, const char* note) {
    for (const projections::ItemView& item : items) {
      rows.push_back({"  " + item.item.text, outcome_text(run, item.outcome),
                      fmt::format("{} attempt{}", item.attempts, item.attempts == 1 ? "" : "s"),
                      item.decided_by ? item.decided_by->text() : "", note});
    }
  };
  add(entry.items, "");
  add(entry.items_outside, "not in scope");
  if (!rows.empty()) run.out.table({"  ITEM", "OUTCOME", "", "EVENT", ""}, rows);
}

void print_entry(const Run& run, const projections::PhaseEntryView& entry) {
  run.out.line();
  run.out.line(fmt::format("{}  {}  scope {}  {} ({} executed, {} at the first attempt)",
                           run.out.bold(entry.planned_entry.text), enum_text(entry.state),
                           verdict_text(run, entry.verdict), counts_text(entry.counts),
                           entry.counts.executed, entry.counts.first_pass));
  print_items(run, entry);
  if (entry.unlisted.total() > 0) {
    run.out.line("  beside the scope: " + results_text(entry.unlisted));
  }
  for (const projections::Doubt doubt : entry.doubts) {
    run.out.line(run.out.yellow(fmt::format("  not sure: {}", enum_text(doubt))));
  }
  for (const Identifier& dangling : entry.dangling_runs) {
    run.out.line(run.out.yellow("  run never finished: " + dangling.text));
  }
}

void print_counters(const Run& run, const projections::PhaseView& phase) {
  for (const projections::CounterView& counter : phase.counters) {
    for (const auto& gap : counter.undeclared) {
      run.out.line(run.out.red(fmt::format("! {} counted runs {} to {} that were never reported",
                                           shown(counter.source), gap.from, gap.to)));
    }
  }
}

}  // namespace

void print_board(const Run& run, const std::vector<projections::PhaseLine>& phases,
                 const std::vector<projections::MatrixRow>& matrix) {
  if (phases.empty() && matrix.empty()) {
    run.out.line("no planned entry and no phase yet");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const projections::PhaseLine& phase : phases) {
    rows.push_back(
        {run.out.bold(phase.phase.text), std::string(enum_text(phase.kind)),
         std::string(enum_text(phase.state)), verdict_text(run, phase.verdict),
         counts_text(phase.counts), fmt::format("{} entries", phase.entries),
         phase.imports_incomplete == 0
             ? ""
             : run.out.red(fmt::format("{} incomplete imports", phase.imports_incomplete))});
  }
  if (!rows.empty()) run.out.table({"PHASE", "KIND", "STATE", "SCOPE", "ITEMS", "", ""}, rows);
  rows.clear();
  for (const projections::MatrixRow& row : matrix) {
    std::string cells;
    for (const projections::Cell& cell : row.cells) {
      cells += fmt::format("{}{}: {}", cells.empty() ? "" : "   ", enum_text(cell.kind),
                           cell_text(run, cell));
    }
    rows.push_back({run.out.bold(row.planned_entry.text), row.dmc.text,
                    std::string(enum_text(row.category)), std::string(enum_text(row.state)),
                    cells});
  }
  run.out.line();
  if (!rows.empty()) run.out.table({"PLANNED ENTRY", "DMC", "CATEGORY", "STATE", "KINDS"}, rows);
}

void print_phase(const Run& run, const projections::PhaseView& phase) {
  run.out.line(fmt::format("{}  {}  {} / {}", run.out.bold(phase.phase.text), shown(phase.name),
                           enum_text(phase.kind), phase.stage.text));
  run.out.line(fmt::format("state {}   completeness of the scope {}   {}", enum_text(phase.state),
                           verdict_text(run, phase.verdict), counts_text(phase.counts)));
  if (phase.builds_baselined) {
    run.out.line(fmt::format("accepted builds: {}",
                             shown(fmt::format("{}", fmt::join(phase.accepted_builds, ", ")))));
  } else {
    run.out.line(run.out.yellow("builds were not baselined: every build counts"));
  }
  if (phase.position) {
    run.out.line(fmt::format("TAG position: {} ({})", enum_text(phase.position->position),
                             phase.position->mark.event.text()));
  }
  for (const projections::PhaseEntryView& entry : phase.entries) print_entry(run, entry);
  print_imports(run, phase);
  print_counters(run, phase);
  for (const projections::IrregularityView& irregularity : phase.irregularities) {
    run.out.line(run.out.yellow(
        fmt::format("! {}{}: {} time{}, first in {}", enum_text(irregularity.code),
                    irregularity.planned_entry ? " (" + irregularity.planned_entry->text + ")" : "",
                    irregularity.tally.count, irregularity.tally.count == 1 ? "" : "s",
                    irregularity.tally.first.text())));
  }
}

}  // namespace assay::cli
