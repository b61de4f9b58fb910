#include "projections/selection/release_life.hpp"

#include <algorithm>

#include "projections/plan/plan.hpp"
#include "projections/selection/selection.hpp"

namespace assay::projections {
namespace {

bool has_started(const EntryLife& life) {
  return std::ranges::any_of(life.kinds, [](const KindTested& kind) { return kind.started; });
}

ReleaseState state_of(const ReleaseLife& release, bool tested) {
  if (!release.completed.empty()) return ReleaseState::closed;
  if (release.entries.empty()) return ReleaseState::declared;
  if (release.pending.empty()) return ReleaseState::complete;
  if (release.entries.contains(EntryState::eligible)) return ReleaseState::partially_eligible;
  return tested ? ReleaseState::testing : ReleaseState::planning;
}

bool is_for(const Phase& phase, const Identifier& group,
            const std::optional<Identifier>& migration_stage) {
  return phase.kind == events::TestKind::mt && std::ranges::count(phase.groups, group) > 0 &&
         (!migration_stage || phase.stage == *migration_stage);
}

bool has_started(const Phase& phase) {
  return std::ranges::any_of(phase.entries,
                             [](const auto& entry) { return !entry.second.starts.empty(); });
}

}  // namespace

std::vector<Identifier> pending_entries(const Facts& facts, const Identifier& release,
                                        const std::optional<Mark>& when) {
  std::vector<Identifier> pending;
  for (const auto& [id, entry] : facts.board.planned_entries) {
    if (entry.release != release || (when && entry.declared.event > when->event)) continue;
    if (!is_settled(facts, id, when)) pending.push_back(id);
  }
  return pending;
}

std::vector<ReleaseLife> release_lives(const Facts& facts) {
  const std::vector<EntryLife> lives = planned_entry_lives(facts);
  std::vector<ReleaseLife> releases;
  for (const auto& [id, declared] : facts.plan.releases) {
    ReleaseLife release;
    release.cohorts = {declared.cohorts.begin(), declared.cohorts.end()};
    const auto completed = facts.selection.releases_completed.find(id);
    if (completed != facts.selection.releases_completed.end()) {
      for (const Mark& mark : completed->second) release.completed.push_back(mark.event);
    }
    bool tested = false;
    for (const EntryLife& life : lives) {
      if (life.release != id) continue;
      ++release.entries[life.state];
      tested = tested || has_started(life);
    }
    release.pending = pending_entries(facts, id);
    release.release = id;
    release.state = state_of(release, tested);
    release.title = declared.title;
    releases.push_back(std::move(release));
  }
  return releases;
}

std::vector<GroupLife> group_lives(const Facts& facts,
                                   const std::optional<Identifier>& migration_stage) {
  std::vector<GroupLife> groups;
  for (const auto& [id, declared] : facts.plan.groups) {
    GroupLife group;
    group.group = id;
    group.releases = {declared.releases.begin(), declared.releases.end()};
    group.smso = declared.smso;
    bool all = true;
    for (const auto& [entry_id, entry] : facts.board.planned_entries) {
      if (std::ranges::count(entry.groups, id) == 0) continue;
      group.planned_entries.push_back(entry_id);
      all = all && (entry.withdrawn ||
                    all_done(kinds_tested(facts.board, entry_id), entry.required_kinds));
    }
    group.entries_done = all && !group.planned_entries.empty();
    for (const auto& [phase_id, phase] : facts.board.phases) {
      if (is_for(phase, id, migration_stage) && has_started(phase)) {
        group.started_phases.push_back(phase_id);
      }
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace assay::projections
