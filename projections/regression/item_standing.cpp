#include "projections/regression/item_standing.hpp"

#include <algorithm>

#include "projections/board/phase_board.hpp"

namespace assay::projections {
namespace {

bool contains(const std::vector<std::string>& builds, const std::string& build) {
  return std::ranges::find(builds, build) != builds.end();
}

/// The builds on which the result at `event` came about; what names none is on an unknown one.
std::vector<std::string> builds_of(const PhaseBoard& board, const Item& item,
                                   const std::vector<const Run*>& shared, const EventId& event) {
  const auto is_it = [&](const Run& run) { return run.finished && run.finished->event == event; };
  for (const Identifier& id : item.runs) {
    const auto run = board.runs.find(id);
    if (run != board.runs.end() && is_it(run->second)) return run->second.builds;
  }
  for (const Run* const run : shared) {
    if (is_it(*run)) return run->builds;
  }
  for (const auto& [build, kept] : item.imported) {
    if (kept.back().event == event && !build.empty()) return {build};
  }
  return {};
}

bool is_executed(ItemOutcome outcome) {
  return outcome == ItemOutcome::passed || outcome == ItemOutcome::failed ||
         outcome == ItemOutcome::error;
}

class Standings {
 public:
  Standings(const Facts& facts, const Identifier& phase, const Identifier& planned_entry)
      : facts_(facts),
        place_{phase, planned_entry},
        shared_(facts.board),
        builds_(phase_builds(facts.board, {}).at(phase)),
        cycles_(view_cycles(facts.board, facts.regression)) {
    for (Obligation& obligation : obligations(facts)) {
      const bool here = obligation.planned_entry == planned_entry &&
                        std::ranges::find(obligation.phases, phase) != obligation.phases.end();
      if (here) obligations_.push_back(std::move(obligation));
    }
  }

  ItemStanding of(const Identifier& id, const Item& item) const {
    const ItemStatus status = item_status(facts_.board, item, builds_.accepted);
    ItemStanding standing;
    standing.event = status.event;
    standing.executed = status.executed;
    standing.item = id;
    standing.on_board = status.outcome;
    standing.outcome = status.outcome;
    if (status.outcome == ItemOutcome::waived) return standing;
    take_shared(standing);
    if (standing.outcome == ItemOutcome::passed || standing.outcome == ItemOutcome::stale) {
      weigh_changes(item, standing);
    }
    return standing;
  }

 private:
  /// Runs of other phases, in the cycles that list the item for this phase's kind.
  void take_shared(ItemStanding& standing) const {
    const CycleItem key{standing.item, place_.phase, place_.planned_entry};
    for (const CycleView& cycle : cycles_) {
      const bool lists = std::ranges::any_of(
          cycle.items, [&](const CycleItemView& view) { return view.item == key; });
      if (!cycle.valid || !lists || !cycle.kinds.contains(builds_.phase->kind)) continue;
      const Cycle& state = facts_.regression.cycles.at(cycle.regression);
      if (state.starts.empty()) continue;
      const Shown shown = latest_shared(shared_, builds_, key, state.starts.front().mark.event, {});
      if (!shown.event || (standing.event && *shown.event < *standing.event)) continue;
      standing.event = shown.event;
      standing.outcome = shown.outcome;
      standing.executed = standing.executed || is_executed(shown.outcome);
    }
  }

  void weigh_changes(const Item& item, ItemStanding& standing) const {
    static const std::vector<const Run*> kNone;
    const auto& shared = item.test_case ? shared_.of(place_.planned_entry, *item.test_case) : kNone;
    const auto builds = builds_of(facts_.board, item, shared, *standing.event);
    std::set<std::string> replaced;
    for (const Obligation& obligation : obligations_) {
      if (obligation.change < *standing.event) continue;
      const Change& change = facts_.regression.changes.at(obligation.change);
      if (!affects(change, obligation, builds)) continue;
      if (is_open(obligation.state)) {
        standing.stale_by.push_back(obligation.change);
        continue;
      }
      replaced.insert(change.from);
      lift(obligation, standing);
    }
    settle(builds, replaced, standing);
  }

  /// A build that the run had on board already changed nothing for it. A fix or a firmware that is
  /// only announced is not under test yet; it affects what somebody says that it does.
  static bool affects(const Change& change, const Obligation& obligation,
                      const std::vector<std::string>& builds) {
    if (change.kind == ChangeKind::build) return !contains(builds, change.build);
    return obligation.state >= ObligationState::regression_due;
  }

  static void lift(const Obligation& obligation, ItemStanding& standing) {
    if (obligation.state == ObligationState::no_regression_needed) {
      standing.lifted_by_assessments.push_back(*obligation.assessment);
      return;
    }
    standing.lifted_by.insert(standing.lifted_by.end(), obligation.cycles.begin(),
                              obligation.cycles.end());
  }

  void settle(const std::vector<std::string>& builds, const std::set<std::string>& replaced,
              ItemStanding& standing) const {
    const bool accounted =
        !builds.empty() && std::ranges::all_of(builds, [&](const std::string& build) {
          return !builds_.accepted || builds_.accepted->contains(build) || replaced.contains(build);
        });
    const bool stands =
        standing.stale_by.empty() && (standing.outcome == ItemOutcome::passed || accounted);
    standing.outcome = stands ? ItemOutcome::passed : ItemOutcome::stale;
    if (stands) return;
    standing.lifted_by.clear();
    standing.lifted_by_assessments.clear();
  }

  const Facts& facts_;
  Place place_;
  SharedRuns shared_;
  PhaseBuilds builds_;
  std::vector<CycleView> cycles_;
  std::vector<Obligation> obligations_;
};

}  // namespace

std::vector<ItemStanding> item_standings(const Facts& facts, const Identifier& phase,
                                         const Identifier& planned_entry) {
  std::vector<ItemStanding> all;
  const auto found = facts.board.phases.find(phase);
  if (found == facts.board.phases.end()) return all;
  const auto entry = found->second.entries.find(planned_entry);
  if (entry == found->second.entries.end()) return all;
  const Standings standings(facts, phase, planned_entry);
  for (const auto& [id, item] : entry->second.items) {
    if (item.in_scope()) all.push_back(standings.of(id, item));
  }
  return all;
}

std::vector<ItemStanding> stale_items(const Facts& facts, const Identifier& phase,
                                      const Identifier& planned_entry) {
  std::vector<ItemStanding> all = item_standings(facts, phase, planned_entry);
  std::erase_if(all, [](const auto& standing) { return standing.outcome != ItemOutcome::stale; });
  return all;
}

}  // namespace assay::projections
