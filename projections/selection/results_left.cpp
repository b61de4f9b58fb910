#include "projections/selection/results_left.hpp"

#include <algorithm>

#include "projections/board/board_fold.hpp"
#include "projections/issues/issue_end.hpp"
#include "projections/issues/issue_register.hpp"

namespace assay::projections {
namespace {

void add_items(const PhaseBoard& board, const Phase& phase, const PhaseEntry& entry,
               ResultsLeft& left) {
  const AcceptedBuilds accepted = accepted_builds(board, phase);
  for (const auto& [id, item] : entry.items) {
    if (item.in_scope()) ++left.items[item_status(board, item, accepted).outcome];
  }
  left.unlisted = entry.unlisted;
}

void look_at(const EventId& result, ResultsLeft& left) {
  left.first_result = std::min(left.first_result.value_or(result), result);
}

/// A run that was announced has no result before it finishes.
void add_first_result(const PhaseBoard& board, const Phase& phase, ResultsLeft& left) {
  for (const Identifier& id : phase.imports) {
    const auto import = board.imports.find(id);
    if (import != board.imports.end() && import->second.results > 0 &&
        import->second.planned_entry == left.planned_entry) {
      look_at(import->second.started, left);
    }
  }
  for (const auto& [id, run] : board.runs) {
    if (run.finished && run.phase == left.phase && run.planned_entry == left.planned_entry) {
      look_at(run.finished->event, left);
    }
  }
}

void add_runs(const PhaseBoard& board, const Phase& phase, ResultsLeft& left) {
  for (const Identifier& id : phase.open_runs) {
    const auto run = board.runs.find(id);
    if (run != board.runs.end() && run->second.planned_entry == left.planned_entry) {
      left.open_runs.push_back(id);
    }
  }
}

void add_issues(const IssueRegister& issues, ResultsLeft& left) {
  for (const auto& [id, issue] : issues.issues) {
    if (!is_over(issue.state) && issue.phase == left.phase &&
        issue.planned_entries.contains(left.planned_entry)) {
      left.open_issues.push_back(id);
    }
  }
}

}  // namespace

std::vector<ResultsLeft> results_left(const Facts& facts, const Identifier& dmc,
                                      const Identifier& release) {
  std::vector<ResultsLeft> all;
  for (const auto& [phase_id, phase] : facts.board.phases) {
    for (const auto& [id, entry] : phase.entries) {
      const auto planned = facts.board.planned_entries.find(id);
      if (planned == facts.board.planned_entries.end() || planned->second.dmc != dmc ||
          planned->second.release != release) {
        continue;
      }
      ResultsLeft left;
      left.phase = phase_id;
      left.planned_entry = id;
      add_items(facts.board, phase, entry, left);
      add_first_result(facts.board, phase, left);
      add_runs(facts.board, phase, left);
      add_issues(facts.issues, left);
      all.push_back(std::move(left));
    }
  }
  return all;
}

}  // namespace assay::projections
