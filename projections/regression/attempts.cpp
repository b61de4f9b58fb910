#include "projections/regression/attempts.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

constexpr ItemOutcome shown_as(events::Outcome outcome, bool accepted) {
  switch (outcome) {
    case events::Outcome::passed: return accepted ? ItemOutcome::passed : ItemOutcome::stale;
    case events::Outcome::failed: return ItemOutcome::failed;
    case events::Outcome::blocked: return ItemOutcome::blocked;
    case events::Outcome::error: return ItemOutcome::error;
    case events::Outcome::not_completed: return ItemOutcome::not_completed;
    case events::Outcome::skipped: return ItemOutcome::skipped;
  }
  return ItemOutcome::not_completed;
}

void consider(Shown& shown, const EventId& event, events::Outcome outcome, bool accepted) {
  if (shown.event && event < *shown.event) return;
  shown = {event, shown_as(outcome, accepted)};
}

void consider_run(Shown& shown, const Run& run, const AcceptedBuilds& accepted,
                  const EventId& since, const Until& until) {
  if (!(since < run.started) || !run.finished || run.invalidated()) return;
  if (!until.saw(run.finished->event)) return;
  consider(shown, run.finished->event, run.finished->outcome, accepts(accepted, run.builds));
}

/// What was the latest import of one build at `until`; null where there was none yet.
const ImportedAttempt* latest_seen(const std::vector<ImportedAttempt>& kept, const Until& until) {
  const auto seen = std::find_if(kept.rbegin(), kept.rend(),
                                 [&](const ImportedAttempt& one) { return until.saw(one.event); });
  return seen == kept.rend() ? nullptr : &*seen;
}

/// The components of the phase's environments, by environment and name, as they were.
AcceptedBuilds accepted_at(const PhaseBoard& board, const Phase& phase, const Until& until) {
  std::map<std::pair<Identifier, std::string>, std::string> components;
  bool baselined = false;
  for (const Identifier& id : phase.environments) {
    const auto environment = board.environments.find(id);
    if (environment == board.environments.end()) continue;
    if (!until.saw(environment->second.baselined)) continue;
    baselined = true;
    for (const auto& [name, component] : environment->second.components) {
      components[{id, name}] = component.build;
    }
  }
  if (!baselined) return std::nullopt;
  // What a deployment says that it replaces may be wrong, so the one before it is believed first.
  std::set<std::pair<Identifier, std::string>> known;
  for (const Deployment& deployment : phase.deployments) {
    const std::pair key(deployment.environment, deployment.component);
    const auto at = components.find(key);
    if (at == components.end()) continue;
    const bool first = known.insert(key).second;
    if (until.saw(deployment.mark.event)) {
      at->second = deployment.to_build;
    } else if (first) {
      at->second = deployment.from_build;
    }
  }
  std::set<std::string> builds;
  for (const auto& [key, build] : components) builds.insert(build);
  return builds;
}

const Item* item_of(const Phase& phase, const CycleItem& key) {
  const auto entry = phase.entries.find(key.planned_entry);
  if (entry == phase.entries.end()) return nullptr;
  const auto item = entry->second.items.find(key.item);
  return item == entry->second.items.end() ? nullptr : &item->second;
}

}  // namespace

SharedRuns::SharedRuns(const PhaseBoard& board) {
  for (const auto& [id, run] : board.runs) {
    if (run.counts_for.empty()) continue;
    const auto phase = board.phases.find(run.phase);
    const bool own_alone = run.counts_for.size() == 1 && phase != board.phases.end() &&
                           run.counts_for.contains(phase->second.kind);
    if (!own_alone) runs_[{run.planned_entry, run.test_case}].push_back(&run);
  }
}

const std::vector<const Run*>& SharedRuns::of(const Identifier& planned_entry,
                                              const Identifier& test_case) const {
  static const std::vector<const Run*> kNone;
  const auto found = runs_.find({planned_entry, test_case});
  return found == runs_.end() ? kNone : found->second;
}

std::map<Identifier, PhaseBuilds> phase_builds(const PhaseBoard& board, const Until& until) {
  std::map<Identifier, PhaseBuilds> phases;
  for (const auto& [id, phase] : board.phases) {
    phases[id] = {&phase, accepted_at(board, phase, until)};
  }
  return phases;
}

bool accepts(const AcceptedBuilds& accepted, const std::vector<std::string>& builds) {
  if (!accepted) return true;
  return !builds.empty() && std::ranges::all_of(builds, [&](const std::string& build) {
    return accepted->contains(build);
  });
}

Shown latest_shared(const SharedRuns& shared, const PhaseBuilds& phase, const CycleItem& key,
                    const EventId& since, const Until& until) {
  Shown shown;
  const Item* const item = item_of(*phase.phase, key);
  if (item == nullptr || !item->test_case) return shown;
  for (const Run* const run : shared.of(key.planned_entry, *item->test_case)) {
    if (run->phase == key.phase || !run->counts_for.contains(phase.phase->kind)) continue;
    consider_run(shown, *run, phase.accepted, since, until);
  }
  return shown;
}

Shown latest_attempt(const PhaseBoard& board, const SharedRuns& shared, const PhaseBuilds& phase,
                     const CycleItem& key, const EventId& since, const Until& until) {
  Shown shown = latest_shared(shared, phase, key, since, until);
  const Item* const item = item_of(*phase.phase, key);
  if (item == nullptr) return shown;
  for (const Identifier& id : item->runs) {
    const auto run = board.runs.find(id);
    if (run != board.runs.end()) {
      consider_run(shown, run->second, phase.accepted, since, until);
    }
  }
  for (const auto& [build, kept] : item->imported) {
    const ImportedAttempt* const latest = latest_seen(kept, until);
    if (latest == nullptr || !(since < latest->import_started)) continue;
    consider(shown, latest->event, latest->outcome,
             !phase.accepted || phase.accepted->contains(build));
  }
  return shown;
}

}  // namespace assay::projections
