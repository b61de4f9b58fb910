#include "projections/completion/closing_state.hpp"

#include <algorithm>

#include "projections/board/phase_board.hpp"

namespace assay::projections {
namespace {

const PhaseEntry* entry_at(const PhaseBoard& board, const Place& place) {
  const auto phase = board.phases.find(place.phase);
  if (phase == board.phases.end()) return nullptr;
  const auto entry = phase->second.entries.find(place.planned_entry);
  return entry == phase->second.entries.end() ? nullptr : &entry->second;
}

/// Conditions are worked off by a plan: where there is none, nothing says that they are.
bool is_worked_off(const Completion& state, const Identifier& phase) {
  bool any = false;
  for (const auto& [id, plan] : state.work_off_plans) {
    if (!plan.phases.contains(phase)) continue;
    any = true;
    for (const auto& [issue, item] : plan.items) {
      if (!item.completed) return false;
    }
  }
  return any;
}

}  // namespace

ClosingState closing_state(const Facts& facts, const Place& place,
                           const std::vector<Obligation>& open) {
  const PhaseEntry* const entry = entry_at(facts.board, place);
  const bool exited = entry != nullptr &&
                      (entry->state == PhaseState::exited || entry->state == PhaseState::completed);
  if (!exited) return ClosingState::not_exited;
  const bool due = std::ranges::any_of(open, [&](const Obligation& obligation) {
    return obligation.completed && obligation.planned_entry == place.planned_entry &&
           std::ranges::find(obligation.phases, place.phase) != obligation.phases.end();
  });
  if (due) return ClosingState::regression_due;
  const bool conditional =
      !entry->exit_decisions.empty() &&
      entry->exit_decisions.back().outcome == events::ExitOutcome::exit_with_conditions;
  if (conditional && !is_worked_off(facts.completion, place.phase)) {
    return ClosingState::conditions_open;
  }
  return ClosingState::clean;
}

}  // namespace assay::projections
