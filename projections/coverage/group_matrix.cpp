#include "projections/coverage/group_matrix.hpp"

#include <algorithm>

#include "projections/board/phase_view.hpp"

namespace assay::projections {
namespace {

/// True where some version of the test case exercises that step on that side.
bool exercises(const Plan& plan, const Identifier& test_case, const std::string& step,
               events::SystemSide side) {
  const auto versions = plan.test_cases.find(test_case);
  if (versions == plan.test_cases.end()) return false;
  return std::ranges::any_of(versions->second, [&](const auto& version) {
    const TestCase& known = version.second;
    return known.tmad_step && *known.tmad_step == step && known.sides.contains(side);
  });
}

void consider(GroupCell& cell, const Identifier& id, const ItemStatus& status) {
  cell.items.push_back(id);
  const bool passed = status.outcome == ItemOutcome::passed;
  if (!passed && status.outcome != ItemOutcome::waived) return;
  if (status.event) cell.events.push_back(*status.event);
  if (passed) {
    cell.verdict = events::Verdict::met;
  } else if (cell.verdict == events::Verdict::not_met) {
    cell.verdict = events::Verdict::waived;
  }
}

void explain(GroupCell& cell) {
  if (cell.items.empty()) {
    cell.why = "no scope item tests this step for the group on this side";
  } else if (cell.verdict == events::Verdict::not_met) {
    cell.why = "none of its " + std::to_string(cell.items.size()) + " items has passed";
  }
}

}  // namespace

std::vector<Identifier> groups_of(const Plan& plan, const Identifier& release) {
  std::vector<Identifier> found;
  for (const auto& [id, group] : plan.groups) {
    if (std::ranges::find(group.releases, release) != group.releases.end()) found.push_back(id);
  }
  return found;
}

std::vector<GroupCell> group_matrix(const PhaseBoard& board, const Plan& plan,
                                    const events::MigrationPolicy& policy,
                                    const Identifier& release) {
  std::vector<GroupCell> cells;
  for (const Identifier& group : groups_of(plan, release)) {
    for (const std::string& step : policy.tmad_steps) {
      for (const events::SystemSide side : policy.sides) {
        GroupCell cell;
        cell.group = group;
        cell.side = side;
        cell.tmad_step = step;
        cells.push_back(std::move(cell));
      }
    }
  }
  for (const auto& [phase_id, phase] : board.phases) {
    if (phase.stage != policy.stage) continue;
    const PhaseFacts facts = facts_of(board, phase);
    for (const auto& [entry_id, entry] : phase.entries) {
      const auto planned = board.planned_entries.find(entry_id);
      if (planned == board.planned_entries.end() || planned->second.release != release) continue;
      for (const auto& [item_id, item] : entry.items) {
        if (!item.in_scope() || !item.group || !item.test_case) continue;
        const ItemStatus status = item_status(board, item, facts.accepted);
        for (GroupCell& cell : cells) {
          if (cell.group == *item.group &&
              exercises(plan, *item.test_case, cell.tmad_step, cell.side)) {
            consider(cell, item_id, status);
          }
        }
      }
    }
  }
  std::ranges::for_each(cells, explain);
  return cells;
}

}  // namespace assay::projections
