// What becomes of planned entries, DMCs and releases.

#include <algorithm>

#include "tests/property/selection/reference.hpp"
#include "tests/property/told.hpp"

namespace assay::testing {

using events::PlannedEntryDeclared;
using projections::Stage;

/// The machine of a Test Phase for one planned entry (domain 7.2), but for what is before its start
/// and while it is suspended.
SelectionReference::Progress SelectionReference::progress(const events::PhasePlanned& phase,
                                                          const Identifier& entry) const {
  Progress now;
  bool left = false;
  const auto is_here = [&](const auto& event) {
    return event.phase == phase.phase && std::ranges::count(event.planned_entries.ids, entry) > 0;
  };
  for (const FedEvent& event : told_) {
    if (now.at == At::withdrawn) break;
    if (const auto* start = event_if<events::PhaseStarted>(&event.data)) {
      if (is_here(*start)) now = {At::under_test, true, false};
    } else if (const auto* enter = event_if<events::EntryDecided>(&event.data)) {
      if (is_here(*enter) && now.at == At::aborted) now.at = At::planned;
    } else if (const auto* exit = event_if<events::ExitDecided>(&event.data)) {
      if (!is_here(*exit) || now.at == At::aborted) continue;
      now.decided = exit->outcome != events::ExitOutcome::continue_testing;
      if (now.decided && now.at != At::completed) now.at = At::exited;
      if (now.decided) now.started = true;
      const bool was_over = now.at == At::exited || now.at == At::completed;
      if (!now.decided && was_over) now.at = At::under_test;
    } else if (const auto* complete = event_if<events::PhaseCompleted>(&event.data)) {
      if (!is_here(*complete) || now.at == At::aborted) continue;
      now.at = At::completed;
      now.started = true;
    } else if (const auto* abort = event_if<events::PhaseAborted>(&event.data)) {
      if (abort->phase != phase.phase || now.at == At::completed) continue;
      now.at = At::aborted;
      now.decided = false;
    } else if (const auto* leave = event_if<events::PlannedEntryWithdrawn>(&event.data)) {
      if (leave->planned_entry != entry || left) continue;
      left = true;  // the first withdrawal stands
      if (now.at != At::completed) now.at = At::withdrawn;
    }
  }
  return now;
}

std::vector<PlannedEntryDeclared> SelectionReference::entries(const Identifier& release) const {
  std::vector<PlannedEntryDeclared> all;
  each<PlannedEntryDeclared>(told_, [&](const auto& entry, const EventId&) {
    if (entry.release == release) all.push_back(entry);
  });
  return all;
}

bool SelectionReference::is_under_test(const Identifier& dmc, const Identifier& release) const {
  return std::ranges::any_of(entries(release), [&](const auto& entry) {
    return entry.dmc == dmc &&
           any<events::PhasePlanned>(told_, [&](const auto& phase, const EventId&) {
             return std::ranges::count(phase.planned_entries.ids, entry.planned_entry) > 0 &&
                    progress(phase, entry.planned_entry).at == At::under_test;
           });
  });
}

bool SelectionReference::has_results(const Identifier& dmc, const Identifier& release) const {
  const auto all = entries(release);
  return any<events::RunFinished>(told_, [&](const auto& finished, const EventId&) {
    return any<events::RunStarted>(told_, [&](const auto& run, const EventId&) {
      return run.run == finished.run && std::ranges::any_of(all, [&](const auto& entry) {
               return entry.dmc == dmc && entry.planned_entry == run.planned_entry;
             });
    });
  });
}

/// An exit from every phase of the kind that was not aborted, and from one at least.
bool SelectionReference::is_done(const Identifier& entry, TestKind kind) const {
  bool some = false;
  bool open = false;
  each<events::PhasePlanned>(told_, [&](const auto& phase, const EventId&) {
    if (phase.kind != kind || std::ranges::count(phase.planned_entries.ids, entry) == 0) return;
    const Progress now = progress(phase, entry);
    if (now.at == At::aborted) return;
    const bool out = now.at == At::exited || now.at == At::completed;
    (out && now.decided ? some : open) = true;
  });
  return some && !open;
}

bool SelectionReference::is_started(const Identifier& entry) const {
  return any<events::PhasePlanned>(told_, [&](const auto& phase, const EventId&) {
    return std::ranges::count(phase.planned_entries.ids, entry) > 0 &&
           progress(phase, entry).started;
  });
}

bool SelectionReference::is_tested(const PlannedEntryDeclared& entry) const {
  return !entry.required_kinds.empty() && std::ranges::all_of(entry.required_kinds, [&](auto kind) {
    return is_done(entry.planned_entry, kind);
  });
}

bool SelectionReference::is_withdrawn(const Identifier& entry) const {
  return any<events::PlannedEntryWithdrawn>(
      told_, [&](const auto& event, const EventId&) { return event.planned_entry == entry; });
}

std::optional<bool> SelectionReference::listed(const Identifier& entry) const {
  std::optional<bool> is_listed;
  for (const FedEvent& event : told_) {
    const auto* const made = event_if<events::EpclEntryMade>(&event.data);
    const auto* const removed = event_if<events::EpclEntryRemoved>(&event.data);
    if (made != nullptr && made->planned_entry == entry && event.stage != Stage::awaiting_voices) {
      is_listed = true;
    }
    if (removed != nullptr && removed->planned_entry == entry && is_listed) is_listed = false;
  }
  return is_listed;
}

DmcState SelectionReference::dmc(const Identifier& dmc, const Identifier& release) const {
  if (is_deselected(dmc, release)) {
    const bool replaced =
        any<events::DmcSubstituted>(told_, [&](const auto& event, const EventId& id) {
          return event.old_dmc == dmc && event.release == release && in_effect(id) &&
                 *last_deselection(dmc, release) < id;
        });
    return replaced ? DmcState::substituted : DmcState::deselected;
  }
  bool started = false;
  bool all_tested = true;
  for (const PlannedEntryDeclared& entry : entries(release)) {
    if (entry.dmc != dmc || is_withdrawn(entry.planned_entry)) continue;
    started |= is_started(entry.planned_entry);
    all_tested &= is_tested(entry);
  }
  if (started) return all_tested ? DmcState::completed : DmcState::in_test;
  if (!kinds(dmc, release).empty()) return DmcState::selected;
  std::optional<EventId> proposed;
  each<events::DmcProposed>(told_, [&](const auto& event, const EventId& id) {
    if (event.dmc == dmc && event.release == release) proposed = id;
  });
  if (!proposed) return DmcState::defined;
  const bool consulted =
      any<events::ConsultationOpened>(told_, [&](const auto& opened, const EventId&) {
        return opened.about == "dmc_selection" &&
               !any<events::ConsultationClosed>(told_, [&](const auto& closed, const EventId& id) {
                 return closed.consultation == opened.consultation && id < *proposed;
               });
      });
  return consulted ? DmcState::consulting : DmcState::proposed;
}

EntryState SelectionReference::planned_entry(const Identifier& id) const {
  std::optional<PlannedEntryDeclared> entry;
  each<PlannedEntryDeclared>(told_, [&](const auto& event, const EventId&) {
    if (event.planned_entry == id) entry = event;
  });
  if (const auto on_list = listed(id)) return *on_list ? EntryState::eligible : EntryState::removed;
  if (is_withdrawn(id)) return EntryState::withdrawn;
  if (is_deselected(entry->dmc, entry->release)) return EntryState::deselected;
  if (is_tested(*entry)) return EntryState::tested;
  std::vector<EntryState> done;
  if (is_done(id, TestKind::mt)) done.push_back(EntryState::mt_done);
  if (is_done(id, TestKind::sit)) done.push_back(EntryState::sit_done);
  if (is_done(id, TestKind::srvt)) done.push_back(EntryState::srvt_done);
  if (is_done(id, TestKind::regression)) done.push_back(EntryState::regression_done);
  if (!done.empty()) return done.size() == 1 ? done.front() : EntryState::several_done;
  if (is_started(id)) return EntryState::in_test;
  const bool claimed = any<events::EquivalenceClaimed>(
      told_, [&](const auto& event, const EventId&) { return event.planned_entry == id; });
  if (claimed) return EntryState::equivalent;
  const std::set<TestKind> chosen = kinds(entry->dmc, entry->release);
  const bool selected = !entry->required_kinds.empty() &&
                        std::ranges::all_of(entry->required_kinds,
                                            [&](TestKind kind) { return chosen.contains(kind); });
  return selected ? EntryState::selected : EntryState::planned;
}

/// On the EPCL, withdrawn, or de-selected with an entry in its place that is settled. What stands
/// in a circle of places is not.
bool SelectionReference::is_settled(const PlannedEntryDeclared& entry,
                                    std::set<Identifier> seen) const {
  if (!seen.insert(entry.planned_entry).second) return false;
  if (listed(entry.planned_entry).value_or(false) || is_withdrawn(entry.planned_entry)) return true;
  if (!is_deselected(entry.dmc, entry.release)) return false;
  std::optional<Identifier> next;
  each<events::DmcSubstituted>(told_, [&](const auto& event, const EventId& id) {
    if (event.old_dmc == entry.dmc && event.release == entry.release && in_effect(id)) {
      next = event.new_dmc;
    }
  });
  return next && std::ranges::any_of(entries(entry.release), [&](const auto& other) {
           return other.dmc == *next && other.smso == entry.smso &&
                  other.category == entry.category && is_settled(other, seen);
         });
}

bool SelectionReference::is_pending(const Identifier& release) const {
  return std::ranges::any_of(entries(release),
                             [&](const auto& entry) { return !is_settled(entry, {}); });
}

ReleaseState SelectionReference::release(const Identifier& id) const {
  const bool said = any<events::ReleaseCompleted>(
      told_, [&](const auto& event, const EventId&) { return event.release == id; });
  const auto all = entries(id);
  if (said) return ReleaseState::closed;
  if (all.empty()) return ReleaseState::declared;
  if (!is_pending(id)) return ReleaseState::complete;
  const auto is_eligible = [&](const auto& entry) {
    return planned_entry(entry.planned_entry) == EntryState::eligible;
  };
  if (std::ranges::any_of(all, is_eligible)) return ReleaseState::partially_eligible;
  return std::ranges::any_of(all, [&](const auto& e) { return is_started(e.planned_entry); })
             ? ReleaseState::testing
             : ReleaseState::planning;
}

}  // namespace assay::testing
