#include "projections/regression/obligations.hpp"

#include <algorithm>
#include <tuple>

#include "projections/board/phase_board.hpp"
#include "projections/regression/regression_policy.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

bool names_any(const std::vector<EventId>& changes, const std::set<EventId>& of) {
  return std::ranges::any_of(changes, [&](const EventId& id) { return of.contains(id); });
}

/// The assessment that counts; without one in effect, the last one that waits.
void assess(const Regression& state, const std::set<EventId>& same, const Until& until,
            Obligation& obligation) {
  for (const auto& [id, said] : state.assessments) {
    if (!until.saw(id)) break;
    if (!names_any(said.changes, same)) continue;
    if (!said.speaks_for(obligation.kind, obligation.planned_entry)) continue;
    if (until.in_effect(said.effective_at)) {
      obligation.assessment = id;
      obligation.assessed_at = said.effective_at;
      obligation.state = said.verdict == events::ImpactVerdict::regress
                             ? ObligationState::regression_due
                             : ObligationState::no_regression_needed;
    } else if (!obligation.assessed_at) {
      obligation.assessment = id;
      obligation.state = ObligationState::awaiting_endorsement;
    }
  }
}

bool answers(const CycleView& cycle, const std::set<EventId>& same, const Obligation& obligation) {
  const bool triggered =
      std::ranges::any_of(cycle.triggers, [&](const EventId& id) { return same.contains(id); });
  return cycle.valid && triggered && cycle.kinds.contains(obligation.kind) &&
         std::ranges::any_of(obligation.phases, [&](const Identifier& phase) {
           return cycle.lists({phase, obligation.planned_entry});
         });
}

ObligationState state_under(const CycleView& cycle, const Obligation& obligation) {
  if (cycle.state != CycleState::completed) return ObligationState::under_way;
  const bool all_passed = std::ranges::all_of(obligation.phases, [&](const Identifier& phase) {
    const Place place{phase, obligation.planned_entry};
    return !cycle.lists(place) || cycle.covers(place);
  });
  return all_passed ? ObligationState::discharged : ObligationState::items_open;
}

/// The best of the cycles counts: a second one may make good what the first left open.
void find_cycles(const Facts& facts, const Until& until, const std::vector<CycleView>& cycles,
                 const std::set<EventId>& same, Obligation& obligation) {
  for (const CycleView& cycle : cycles) {
    if (!answers(cycle, same, obligation)) continue;
    obligation.cycles.push_back(cycle.regression);
    if (obligation.state < ObligationState::regression_due ||
        obligation.state == ObligationState::no_regression_needed) {
      continue;
    }
    const CycleView answer =
        answer_to(obligation.change, same, cycle, facts.board, facts.regression, until);
    obligation.state = std::max(obligation.state, state_under(answer, obligation));
  }
}

/// Whether the entry had left the phase by a decision to exit when the change came.
bool had_exited(const PhaseEntry& entry, const EventId& change) {
  bool exited = false;
  for (const ExitDecision& decision : entry.exit_decisions) {
    if (!(decision.mark.event < change)) break;
    exited = decision.outcome != events::ExitOutcome::continue_testing;
  }
  return exited;
}

/// The places that one change falls on, as one obligation a planned entry and kind.
std::vector<Obligation> group(const PhaseBoard& board, const EventId& change,
                              const std::set<Place>& places) {
  std::map<std::pair<Identifier, events::TestKind>, Obligation> grouped;
  for (const Place& place : places) {
    const Phase& phase = board.phases.at(place.phase);
    Obligation& obligation = grouped[{place.planned_entry, phase.kind}];
    obligation.change = change;
    obligation.completed |= had_exited(phase.entries.at(place.planned_entry), change);
    obligation.kind = phase.kind;
    obligation.phases.push_back(place.phase);
    obligation.planned_entry = place.planned_entry;
  }
  std::vector<Obligation> all;
  for (auto& [key, obligation] : grouped) all.push_back(std::move(obligation));
  return all;
}

}  // namespace

std::string change_text(const Change& change) {
  switch (change.kind) {
    case ChangeKind::build: return say("build ", change.build, " of ", change.where);
    case ChangeKind::fix: return say("the fix of ", *change.issue, " in build ", change.build);
    case ChangeKind::firmware:
      return say("firmware ", change.build, " (device model ", change.where, ")");
  }
  return {};
}

std::vector<Obligation> obligations(const Facts& facts, const Until& until) {
  const auto cycles = view_cycles(facts.board, facts.regression, until);
  std::vector<Obligation> all;
  for (const auto& [id, places] : map_impacts(facts, until)) {
    const Change& change = facts.regression.changes.at(id);
    const std::set<EventId> same = same_change(facts.regression, id);
    for (Obligation& obligation : group(facts.board, id, places)) {
      obligation.assess_by = assess_by(facts, change, obligation.kind, obligation.planned_entry);
      obligation.change_kind = change.kind;
      assess(facts.regression, same, until, obligation);
      find_cycles(facts, until, cycles, same, obligation);
      all.push_back(std::move(obligation));
    }
  }
  const auto key = [](const Obligation& o) { return std::tie(o.planned_entry, o.kind, o.change); };
  std::ranges::sort(all, [&](const auto& a, const auto& b) { return key(a) < key(b); });
  return all;
}

std::vector<Obligation> open_obligations(const Facts& facts, const Until& until) {
  std::vector<Obligation> all = obligations(facts, until);
  std::erase_if(all, [](const Obligation& obligation) { return !is_open(obligation.state); });
  return all;
}

}  // namespace assay::projections
