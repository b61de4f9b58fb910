#include "projections/regression/cycle_view.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

/// Whoever lists more items once the other side has signed has a list that nobody agreed to.
bool listed_on(const Cycle& cycle, const Until& until) {
  const auto later = cycle.irregularities.find(CycleIrregularity::listed_after_baseline);
  return later != cycle.irregularities.end() && until.saw(later->second.first);
}

void view_state(const Cycle& cycle, const Until& until, CycleView& view) {
  if (!cycle.baseline || !until.saw(cycle.baseline->mark.event)) return;
  view.document = cycle.baseline->document;
  view.kinds = cycle.baseline->kinds;
  const bool effective = until.in_effect(cycle.baseline->effective_at);
  view.valid = effective && cycle.baseline->root_matches && !listed_on(cycle, until);
  view.state = effective ? CycleState::ready : CycleState::awaiting_endorsement;
}

/// The first start; what ran before it is not of the cycle.
std::optional<EventId> view_start(const Cycle& cycle, const Until& until, CycleView& view) {
  std::optional<EventId> first;
  for (const CycleStart& start : cycle.starts) {
    if (!until.saw(start.mark.event)) break;
    if (!first) first = start.mark.event;
    view.triggers.insert(start.triggers.begin(), start.triggers.end());
    view.state = CycleState::running;
  }
  if (cycle.completed && until.saw(cycle.completed->mark.event)) {
    view.completed = cycle.completed->mark.event;
    view.state = CycleState::completed;
  }
  return first;
}

/// What the items showed by `until`, on the builds that were accepted then.
void show_items(const PhaseBoard& board, const SharedRuns& shared, const EventId& start,
                const Until& until, CycleView& view) {
  const auto phases = phase_builds(board, until);
  for (CycleItemView& shown : view.items) {
    const auto phase = phases.find(shown.item.phase);
    if (phase == phases.end() || shown.outcome == ItemOutcome::passed) continue;
    const Shown latest = latest_attempt(board, shared, phase->second, shown.item, start, until);
    shown.event = latest.event;
    shown.outcome = latest.outcome;
  }
}

/// What passed when the cycle was completed has passed for it, whatever is deployed or imported
/// afterwards; an item that had not may still pass later.
void view_items(const PhaseBoard& board, const SharedRuns& shared, const Cycle& cycle,
                const std::optional<EventId>& start, const Until& until, CycleView& view) {
  for (const auto& [item, listed] : cycle.items) {
    if (until.saw(listed)) view.items.push_back({std::nullopt, item, ItemOutcome::not_run});
  }
  if (!start) return;
  if (view.completed) {
    show_items(board, shared, *start, {cycle.completed->mark.recorded_at, *view.completed}, view);
  }
  show_items(board, shared, *start, until, view);
  view.passed = static_cast<std::uint64_t>(
      std::ranges::count(view.items, ItemOutcome::passed, &CycleItemView::outcome));
}

}  // namespace

bool CycleView::lists(const Place& place) const {
  return std::ranges::any_of(items, [&](const CycleItemView& view) {
    return view.item.phase == place.phase && view.item.planned_entry == place.planned_entry;
  });
}

bool CycleView::covers(const Place& place) const {
  return lists(place) && std::ranges::all_of(items, [&](const CycleItemView& view) {
           return view.item.phase != place.phase ||
                  view.item.planned_entry != place.planned_entry ||
                  view.outcome == ItemOutcome::passed;
         });
}

CycleView answer_to(const EventId& change, const std::set<EventId>& same, const CycleView& cycle,
                    const PhaseBoard& board, const Regression& state, const Until& until) {
  const Cycle& kept = state.cycles.at(cycle.regression);
  const auto names = [&](const CycleStart& start) {
    return std::ranges::any_of(start.triggers, [&](const auto& id) { return same.contains(id); });
  };
  const auto start = std::ranges::find_if(kept.starts, names);
  if (start == kept.starts.end() || !until.saw(start->mark.event)) return cycle;
  const bool deployed = state.changes.at(change).kind == ChangeKind::build;
  const EventId since = deployed ? std::max(start->mark.event, change) : start->mark.event;
  if (since == kept.starts.front().mark.event) return cycle;
  CycleView view = cycle;
  view.items.clear();
  view_items(board, SharedRuns(board), kept, since, until, view);
  return view;
}

std::vector<CycleView> view_cycles(const PhaseBoard& board, const Regression& state,
                                   const Until& until) {
  const SharedRuns shared(board);
  std::vector<CycleView> views;
  for (const auto& [id, cycle] : state.cycles) {
    CycleView view;
    view.regression = id;
    view.irregularities = cycle.irregularities;
    view_state(cycle, until, view);
    const auto start = view_start(cycle, until, view);
    view_items(board, shared, cycle, start, until, view);
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace assay::projections
