#include "projections/board/matrix_view.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

/// Finished runs by planned entry and kind, where the run's own phase is of another kind.
using RunsElsewhere = std::map<Identifier, std::map<events::TestKind, std::uint64_t>>;

RunsElsewhere runs_elsewhere(const PhaseBoard& board) {
  RunsElsewhere counts;
  for (const auto& [id, run] : board.runs) {
    const auto phase = board.phases.find(run.phase);
    if (!run.finished || run.invalidated() || phase == board.phases.end()) continue;
    for (const events::TestKind kind : run.counts_for) {
      if (kind != phase->second.kind) ++counts[run.planned_entry][kind];
    }
  }
  return counts;
}

bool has_exited(const PhaseEntry& entry) {
  if (entry.state != PhaseState::exited && entry.state != PhaseState::completed) return false;
  return !entry.exit_decisions.empty() &&
         entry.exit_decisions.back().outcome != events::ExitOutcome::continue_testing;
}

PlannedEntryState done_state(events::TestKind kind) {
  switch (kind) {
    case events::TestKind::mt: return PlannedEntryState::mt_done;
    case events::TestKind::sit: return PlannedEntryState::sit_done;
    case events::TestKind::srvt: return PlannedEntryState::srvt_done;
    case events::TestKind::regression: return PlannedEntryState::regression_done;
  }
  return PlannedEntryState::in_test;
}

PlannedEntryState state_of(const PlannedEntry& entry, const std::vector<Cell>& cells,
                           bool started) {
  if (entry.withdrawn) return PlannedEntryState::withdrawn;
  std::vector<events::TestKind> done;
  bool all_required = true;
  for (const Cell& cell : cells) {
    if (cell.done) done.push_back(cell.kind);
    if (cell.required && !cell.done) all_required = false;
  }
  if (all_required && !done.empty()) return PlannedEntryState::tested;
  if (done.size() > 1) return PlannedEntryState::several_done;
  if (done.size() == 1) return done_state(done.front());
  return started ? PlannedEntryState::in_test : PlannedEntryState::planned;
}

struct RowBuilder {
  const PhaseBoard& board;
  const std::map<Identifier, PhaseFacts>& facts;
  const Identifier& id;
  std::map<events::TestKind, Cell> cells;
  std::set<events::TestKind> not_exited;
  bool started = false;

  void add(const Identifier& phase_id, const Phase& phase) {
    const auto found = phase.entries.find(id);
    if (found == phase.entries.end()) return;
    const PhaseEntry& entry = found->second;
    const PhaseEntryView view = view_entry(board, phase, id, facts.at(phase_id));
    Cell& cell = cells[phase.kind];
    cell.phases.push_back({phase_id, view.state, view.verdict});
    cell.counts.add(view.counts);
    started = started || !entry.starts.empty();
    if (entry.state == PhaseState::aborted) return;
    if (has_exited(entry)) {
      cell.done = true;
    } else {
      not_exited.insert(phase.kind);
    }
  }
};

}  // namespace

std::vector<MatrixRow> view_matrix(const PhaseBoard& board) {
  const RunsElsewhere elsewhere = runs_elsewhere(board);
  std::map<Identifier, PhaseFacts> facts;
  for (const auto& [id, phase] : board.phases) facts[id] = facts_of(board, phase);
  std::vector<MatrixRow> rows;
  for (const auto& [id, entry] : board.planned_entries) {
    RowBuilder builder{board, facts, id, {}, {}, false};
    for (const events::TestKind kind : entry.required_kinds) builder.cells[kind].required = true;
    for (const auto& [phase_id, phase] : board.phases) builder.add(phase_id, phase);
    if (const auto found = elsewhere.find(id); found != elsewhere.end()) {
      for (const auto& [kind, count] : found->second) builder.cells[kind].runs_elsewhere = count;
    }
    MatrixRow row{entry.category, {},         entry.dmc, id,
                  entry.release,  entry.smso, {},        entry.target_date};
    for (auto& [kind, cell] : builder.cells) {
      cell.kind = kind;
      cell.done = cell.done && !builder.not_exited.contains(kind);
      row.cells.push_back(std::move(cell));
    }
    row.state = state_of(entry, row.cells, builder.started);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<PhaseLine> list_phases(const PhaseBoard& board) {
  std::vector<PhaseLine> lines;
  for (const auto& [id, phase] : board.phases) {
    const PhaseView view = *view_phase(board, id);
    PhaseLine line;
    line.counts = view.counts;
    line.entries = view.entries.size();
    line.imports_incomplete = static_cast<std::uint64_t>(
        std::count_if(view.imports.begin(), view.imports.end(),
                      [](const ImportView& import) { return !import.complete; }));
    for (const IrregularityView& irregular : view.irregularities) {
      line.irregularities += irregular.tally.count;
    }
    line.kind = phase.kind;
    line.name = phase.name;
    line.open_runs = phase.open_runs.size();
    line.phase = id;
    line.stage = phase.stage;
    line.state = view.state;
    line.verdict = view.verdict;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace assay::projections
