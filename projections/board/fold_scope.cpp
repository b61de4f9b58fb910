// Scope, waivers, environments and builds.

#include <algorithm>

#include "ledger/merkle/compact_range.hpp"
#include "projections/board/board_fold.hpp"

namespace assay::projections {
namespace {

merkle::CompactRange range_of(const Scope& scope) {
  // The state keeps as many hashes as the count says: both come from the range itself.
  auto range = merkle::CompactRange::from(scope.listed, scope.range);
  return range ? *std::move(range) : merkle::CompactRange();
}

bool has_adverse_result(const PhaseBoard& board, const Item& item) {
  if (item.imported_outcomes.adverse() > 0) return true;
  return std::any_of(item.runs.begin(), item.runs.end(), [&](const Identifier& id) {
    const auto run = board.runs.find(id);
    if (run == board.runs.end() || !run->second.finished) return false;
    const events::Outcome outcome = run->second.finished->outcome;
    return outcome != events::Outcome::passed && outcome != events::Outcome::skipped;
  });
}

}  // namespace

void BoardFold::list_item(Phase& phase, const Identifier& scope, const events::ScopeItem& listed) {
  Item& item = entry_of(phase, listed.planned_entry).items[listed.item];
  if (item.test_case && *item.test_case != listed.test_case) {
    phase.flag(Irregularity::item_redefined, listed.planned_entry, event_.id);
  }
  item.test_case = listed.test_case;
  item.group = listed.group;
  item.scopes.insert(scope);
  phase.scopes.insert(scope);
}

template <class Listed>
void BoardFold::list_items(const Listed& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  Scope& scope = board_.scopes[event.scope];
  scope.phase = event.phase;
  merkle::CompactRange range = range_of(scope);
  for (const auto& item : event.items) {
    list_item(*phase, event.scope, item);
    scope.items[item.item] = item.planned_entry;
    range.append(merkle::leaf_hash(to_canonical(item)));
  }
  scope.listed = range.size();
  scope.range.assign(range.hashes().begin(), range.hashes().end());
  if (scope.baseline) phase->flag(Irregularity::listed_after_baseline, std::nullopt, event_.id);
}

void BoardFold::operator()(const events::ScopeItemsListed& event) { list_items(event); }
void BoardFold::operator()(const events::ScopeItemsListedV2& event) { list_items(event); }

void BoardFold::operator()(const events::ScopeBaselined& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  Scope& scope = board_.scopes[event.scope];
  if (stage_ == Stage::became_effective) {
    if (scope.baseline && scope.baseline->mark.event == event_.id) take_effect(*phase, scope);
    return;
  }
  if (scope.baseline) return unplaced();
  scope.phase = event.phase;
  phase->scopes.insert(event.scope);
  const merkle::CompactRange range = range_of(scope);
  // Both sides sign the commitment as it was when it was made, so it is judged here and now.
  const bool matches = range.size() == event.item_count && range.root() == event.root;
  scope.baseline = {std::nullopt, event.item_count, mark(), event.root, matches, event.version};
  if (!matches) phase->flag(Irregularity::scope_root_differs, std::nullopt, event_.id);
  if (stage_ == Stage::in_effect) take_effect(*phase, scope);
}

void BoardFold::take_effect(Phase& phase, Scope& scope) {
  scope.baseline->effective_at = event_.recorded_at;
  if (phase.runs > 0 || !phase.imports.empty()) {
    phase.flag(Irregularity::scope_after_run, std::nullopt, event_.id);
  }
  for (const auto& [item, planned_entry] : scope.items) {
    PhaseEntry& entry = entry_of(phase, planned_entry);
    entry.scoped = true;
    if (entry.state == PhaseState::planned) entry.state = PhaseState::scoped;
  }
}

template <class Changed>
void BoardFold::remove_item(Phase& phase, Scope& scope, const Changed& event,
                            const Identifier& item) {
  RemovedItem removed{false,        event.approval, event_.id,  item,
                      std::nullopt, event.reason,   event.scope};
  const auto listed = scope.items.find(item);
  if (listed != scope.items.end()) {
    removed.planned_entry = listed->second;
    Item& state = entry_of(phase, listed->second).items[item];
    state.scopes.erase(event.scope);
    removed.adverse = has_adverse_result(board_, state);
    scope.items.erase(listed);
  }
  if (removed.adverse) {
    phase.flag(Irregularity::item_removed_after_adverse_result, removed.planned_entry, event_.id);
  }
  phase.removed_items.push_back(std::move(removed));
}

template <class Changed>
void BoardFold::change_scope(const Changed& event) {
  Phase* const phase = phase_of(event.phase);
  const auto found = board_.scopes.find(event.scope);
  if (phase == nullptr) return;
  if (found == board_.scopes.end()) return unplaced();
  Scope& scope = found->second;
  scope.changes.push_back(event_.id);
  for (const Identifier& item : event.removed.ids) remove_item(*phase, scope, event, item);
  for (const auto& item : event.added) {
    list_item(*phase, event.scope, item);
    scope.items[item.item] = item.planned_entry;
    if (scope.baseline && scope.baseline->effective_at) {
      PhaseEntry& entry = entry_of(*phase, item.planned_entry);
      entry.scoped = true;
      if (entry.state == PhaseState::planned) entry.state = PhaseState::scoped;
    }
  }
}

void BoardFold::operator()(const events::ScopeChanged& event) { change_scope(event); }
void BoardFold::operator()(const events::ScopeChangedV2& event) { change_scope(event); }

void BoardFold::operator()(const events::ExecutionWaived& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  Item& item = entry_of(*phase, event.planned_entry).items[event.item];
  item.waiver = {event.approval, mark(), event.reason};
  if (!item.in_scope()) phase->flag(Irregularity::not_in_scope, event.planned_entry, event_.id);
}

void BoardFold::operator()(const events::EnvironmentBaselined& event) {
  const auto [at, made] = board_.environments.try_emplace(event.environment);
  if (!made) return unplaced();
  Environment& environment = at->second;
  environment.baselined = event_.id;
  for (const events::EnvironmentComponent& component : event.components) {
    environment.components[component.name] = {component.build, event_.id};
  }
  for (const Identifier& id : event.phases.ids) {
    if (Phase* const phase = phase_of(id)) {
      environment.phases.insert(id);
      phase->environments.insert(event.environment);
    }
  }
}

void BoardFold::operator()(const events::BuildDeployed& event) {
  const auto found = board_.environments.find(event.environment);
  if (found == board_.environments.end()) return unplaced();
  Environment& environment = found->second;
  Component& component = environment.components[event.component];
  const bool other_build = component.build != event.from_build;
  component = {event.to_build, event_.id};
  std::set<Identifier> touched = environment.phases;
  touched.insert(event.phases.ids.begin(), event.phases.ids.end());
  for (const Identifier& id : touched) {
    Phase* const phase = phase_of(id);
    if (phase == nullptr) continue;
    phase->deployments.push_back(
        {event.component, event.environment, event.from_build, mark(), event.to_build});
    if (other_build) {
      phase->flag(Irregularity::deployed_from_other_build, std::nullopt, event_.id);
    }
  }
}

std::optional<std::set<std::string>> accepted_builds(const PhaseBoard& board, const Phase& phase) {
  if (phase.environments.empty()) return std::nullopt;
  std::set<std::string> builds;
  for (const Identifier& id : phase.environments) {
    const auto environment = board.environments.find(id);
    if (environment == board.environments.end()) continue;
    for (const auto& [name, component] : environment->second.components) {
      builds.insert(component.build);
    }
  }
  return builds;
}

}  // namespace assay::projections
