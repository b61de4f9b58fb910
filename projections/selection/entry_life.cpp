#include "projections/selection/entry_life.hpp"

#include <algorithm>

#include "projections/selection/dmc_life.hpp"

namespace assay::projections {
namespace {

const EpclRecord* record_of(const Facts& facts, const Identifier& planned_entry) {
  const auto found = facts.selection.planned_entries.find(planned_entry);
  return found == facts.selection.planned_entries.end() ? nullptr : &found->second;
}

EntryState state_when_done(events::TestKind kind) {
  switch (kind) {
    case events::TestKind::mt: return EntryState::mt_done;
    case events::TestKind::sit: return EntryState::sit_done;
    case events::TestKind::srvt: return EntryState::srvt_done;
    case events::TestKind::regression: return EntryState::regression_done;
  }
  return EntryState::in_test;
}

/// What its tests make of it; absent where none has started.
std::optional<EntryState> tests_state(const KindsTested& tested,
                                      const std::set<events::TestKind>& required,
                                      std::vector<EventId>& events) {
  std::vector<events::TestKind> done;
  bool started = false;
  for (const auto& [kind, answer] : tested) {
    started = started || answer.started;
    if (!answer.done) continue;
    done.push_back(kind);
    events.insert(events.end(), answer.decisions.begin(), answer.decisions.end());
  }
  if (all_done(tested, required)) return EntryState::tested;
  if (done.size() > 1) return EntryState::several_done;
  if (done.size() == 1) return state_when_done(done.front());
  if (started) return EntryState::in_test;
  return std::nullopt;
}

/// The listing that put the entry on the list last; null when none has taken effect.
const EpclListing* listing_in_effect(const EpclRecord& record) {
  const EpclListing* last = nullptr;
  for (const EpclListing& one : record.listings) {
    if (one.effective_at) last = &one;
  }
  return last;
}

EntryState choice_state(const Facts& facts, const PlannedEntry& entry, EntryLife& life,
                        const EpclRecord* record) {
  if (record != nullptr && !record->claims.empty()) {
    life.events.push_back(record->claims.back().mark.event);
    return EntryState::equivalent;
  }
  const bool chosen = !entry.required_kinds.empty() &&
                      std::ranges::includes(life.selected_kinds, entry.required_kinds);
  if (!chosen) return EntryState::planned;
  for (const auto* one : selections_in_force(facts.selection, entry.dmc, entry.release)) {
    life.events.push_back(one->mark.event);
  }
  for (const TookPlace& place : places_taken(facts.selection, entry.dmc, entry.release)) {
    life.events.push_back(place.substitution->mark.event);
  }
  return EntryState::selected;
}

EntryState state_of(const Facts& facts, const PlannedEntry& entry, EntryLife& life,
                    const KindsTested& tested) {
  const EpclRecord* const record = record_of(facts, life.planned_entry);
  if (record != nullptr && record->standing == EpclStanding::listed) {
    life.events.push_back(listing_in_effect(*record)->mark.event);
    return EntryState::eligible;
  }
  if (record != nullptr && record->standing == EpclStanding::removed) {
    life.events.push_back(record->removals.back().mark.event);
    return EntryState::removed;
  }
  if (entry.withdrawn) {
    life.events.push_back(entry.withdrawn->event);
    return EntryState::withdrawn;
  }
  if (const auto* left = deselection_in_force(facts.selection, entry.dmc, entry.release)) {
    life.events.push_back(left->mark.event);
    return EntryState::deselected;
  }
  if (const auto tests = tests_state(tested, entry.required_kinds, life.events)) return *tests;
  return choice_state(facts, entry, life, record);
}

bool was_listed(const EpclRecord& record, const Mark& when) {
  const EpclListing* last = nullptr;
  for (const EpclListing& one : record.listings) {
    if (one.effective_at && *one.effective_at <= when.recorded_at) last = &one;
  }
  if (last == nullptr) return false;
  return std::ranges::none_of(record.removals, [&](const EpclRemoval& removal) {
    return removal.mark.event < when.event && removal.mark.event > last->mark.event &&
           removal.mark.recorded_at >= *last->effective_at;
  });
}

bool settled(const Facts& facts, const Identifier& id, const std::optional<Mark>& when,
             std::set<Identifier>& seen) {
  const auto found = facts.board.planned_entries.find(id);
  // Substitutions may run in a circle; a circle settles nothing.
  if (found == facts.board.planned_entries.end() || !seen.insert(id).second) return false;
  const PlannedEntry& entry = found->second;
  if (const EpclRecord* const record = record_of(facts, id)) {
    if (when ? was_listed(*record, *when) : record->standing == EpclStanding::listed) return true;
  }
  const Until until = when ? just_before(*when) : Until{};
  if (entry.withdrawn && until.saw(entry.withdrawn->event)) return true;
  if (deselection_in_force(facts.selection, entry.dmc, entry.release, until) == nullptr) {
    return false;
  }
  const auto next = replacement_of(facts, id, until);
  return next && settled(facts, *next, when, seen);
}

}  // namespace

std::optional<EntryLife> planned_entry_life(const Facts& facts, const Identifier& planned_entry) {
  const auto found = facts.board.planned_entries.find(planned_entry);
  if (found == facts.board.planned_entries.end()) return std::nullopt;
  const PlannedEntry& entry = found->second;
  const KindsTested tested = kinds_tested(facts.board, planned_entry);
  EntryLife life;
  life.category = entry.category;
  life.dmc = entry.dmc;
  for (const auto& [kind, answer] : tested) life.kinds.push_back(answer);
  life.planned_entry = planned_entry;
  life.release = entry.release;
  life.replaced_by = replacement_of(facts, planned_entry);
  life.required_kinds = entry.required_kinds;
  life.selected_kinds = selected_kinds(facts, entry.dmc, entry.release);
  life.smso = entry.smso;
  life.state = state_of(facts, entry, life, tested);
  return life;
}

std::vector<EntryLife> planned_entry_lives(const Facts& facts) {
  std::vector<EntryLife> lives;
  for (const auto& [id, entry] : facts.board.planned_entries) {
    lives.push_back(*planned_entry_life(facts, id));
  }
  return lives;
}

bool is_settled(const Facts& facts, const Identifier& planned_entry,
                const std::optional<Mark>& when) {
  std::set<Identifier> seen;
  return settled(facts, planned_entry, when, seen);
}

}  // namespace assay::projections
