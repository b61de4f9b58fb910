#include "projections/regression/impact_map.hpp"

#include <algorithm>

#include "projections/board/phase_board.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/regression/regression_policy.hpp"

namespace assay::projections {
namespace {

bool has_left(const PhaseEntry& entry) {
  return entry.state == PhaseState::withdrawn || entry.state == PhaseState::aborted;
}

/// The first commitment to items of each place.
std::map<Place, EventId> first_baselines(const PhaseBoard& board) {
  std::map<Place, EventId> first;
  for (const auto& [id, scope] : board.scopes) {
    if (!scope.baseline) continue;
    const EventId& said = scope.baseline->mark.event;
    for (const auto& [item, planned_entry] : scope.items) {
      const auto [at, made] = first.try_emplace({scope.phase, planned_entry}, said);
      if (!made) at->second = std::min(at->second, said);
    }
  }
  return first;
}

class Mapper {
 public:
  Mapper(const Facts& facts, const Until& until)
      : facts_(facts), until_(until), baselines_(first_baselines(facts.board)) {}

  ImpactMap map() {
    map_deployments();
    for (const auto& [id, change] : facts_.regression.changes) {
      if (!until_.saw(id)) break;
      if (change.kind == ChangeKind::fix) map_fix(id, change);
      if (change.kind == ChangeKind::firmware) map_firmware(id, change);
    }
    for (const auto& [id, said] : facts_.regression.assessments) {
      if (!until_.in_effect(said.effective_at)) continue;
      if (said.verdict != events::ImpactVerdict::regress) continue;
      for (const EventId& change : said.changes) add_assessed(change, said);
    }
    return std::move(map_);
  }

 private:
  bool falls_on(const EventId& change, const Place& place, const PhaseEntry& entry) const {
    const auto baseline = baselines_.find(place);
    return !has_left(entry) && baseline != baselines_.end() && baseline->second < change;
  }

  void map_deployments() {
    for (const auto& [id, phase] : facts_.board.phases) {
      for (const Deployment& deployment : phase.deployments) {
        const EventId& change = deployment.mark.event;
        if (!until_.saw(change)) break;
        for (const auto& [entry_id, entry] : phase.entries) {
          if (falls_on(change, {id, entry_id}, entry)) map_[change].insert({id, entry_id});
        }
      }
    }
  }

  void map_fix(const EventId& change, const Change& fix) {
    const auto issue = facts_.issues.issues.find(*fix.issue);
    if (issue == facts_.issues.issues.end()) return;
    const auto phase = facts_.board.phases.find(issue->second.phase);
    if (phase == facts_.board.phases.end()) return;
    for (const auto& [id, entry] : phase->second.entries) {
      const auto& affected = issue->second.planned_entries;
      if (!affected.empty() && !affected.contains(id)) continue;
      consider(change, fix, {phase->first, id}, phase->second, entry);
    }
  }

  void map_firmware(const EventId& change, const Change& firmware) {
    std::set<Identifier> dmcs;
    for (const auto& [dmc, models] : facts_.regression.dmcs) {
      if (std::ranges::any_of(models,
                              [&](const auto& id) { return firmware.replaces.contains(id); })) {
        dmcs.insert(dmc);
      }
    }
    for (const auto& [phase_id, phase] : facts_.board.phases) {
      for (const auto& [id, entry] : phase.entries) {
        const auto planned = facts_.board.planned_entries.find(id);
        if (planned == facts_.board.planned_entries.end()) continue;
        if (!dmcs.contains(planned->second.dmc)) continue;
        consider(change, firmware, {phase_id, id}, phase, entry);
      }
    }
  }

  void consider(const EventId& id, const Change& change, const Place& place, const Phase& phase,
                const PhaseEntry& entry) {
    if (!falls_on(id, place, entry)) return;
    if (!is_change(facts_, change, phase.kind, place.planned_entry)) return;
    map_[id].insert(place);
  }

  /// The kinds and entries that the assessment names; where it names none, those hit already.
  void add_assessed(const EventId& change, const Assessment& said) {
    if (!facts_.regression.changes.contains(change) || !until_.saw(change)) return;
    std::set<Identifier> entries = said.planned_entries;
    std::set<events::TestKind> kinds = said.kinds;
    for (const Place& place : map_[change]) {
      if (said.planned_entries.empty()) entries.insert(place.planned_entry);
      if (said.kinds.empty()) kinds.insert(facts_.board.phases.at(place.phase).kind);
    }
    for (const auto& [id, phase] : facts_.board.phases) {
      if (!kinds.contains(phase.kind)) continue;
      for (const auto& [entry_id, entry] : phase.entries) {
        if (!entries.contains(entry_id) || !falls_on(change, {id, entry_id}, entry)) continue;
        map_[change].insert({id, entry_id});
      }
    }
  }

  const Facts& facts_;
  const Until& until_;
  std::map<Place, EventId> baselines_;
  ImpactMap map_;
};

}  // namespace

ImpactMap map_impacts(const Facts& facts, const Until& until) { return Mapper(facts, until).map(); }

std::set<EventId> same_change(const Regression& state, const EventId& change) {
  std::set<EventId> same{change};
  const auto found = state.changes.find(change);
  if (found == state.changes.end() || found->second.kind == ChangeKind::firmware) return same;
  for (const auto& [id, other] : state.changes) {
    if (other.kind == ChangeKind::firmware || other.kind == found->second.kind) continue;
    if (other.build == found->second.build) same.insert(id);
  }
  return same;
}

}  // namespace assay::projections
