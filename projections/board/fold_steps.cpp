// The steps of a Test Phase. A step that comes out of order happened all the same: the state
// follows what was done, and an irregularity remembers that it was out of order.

#include <algorithm>

#include "projections/board/board_fold.hpp"

namespace assay::projections {
namespace {

bool is_enter(events::EntryOutcome outcome) { return outcome != events::EntryOutcome::reject; }

bool may_enter(const PhaseEntry& entry) {
  return !entry.entry_decisions.empty() && is_enter(entry.entry_decisions.back().outcome);
}

/// Flags the steps after which nothing was to come; true when the state stays as it is.
bool is_over(Phase& phase, const Identifier& id, const PhaseEntry& entry, const EventId& event) {
  switch (entry.state) {
    case PhaseState::aborted: phase.flag(Irregularity::step_after_abort, id, event); return true;
    case PhaseState::completed:
      phase.flag(Irregularity::step_after_completion, id, event);
      return true;
    case PhaseState::withdrawn:
      phase.flag(Irregularity::step_after_withdrawal, id, event);
      return true;
    default: return false;
  }
}

void enter(Phase& phase, const Identifier& id, PhaseEntry& entry, const EventId& event) {
  switch (entry.state) {
    case PhaseState::planned:
      phase.flag(Irregularity::entry_before_scope, id, event);
      entry.state = PhaseState::entry_approved;
      return;
    case PhaseState::scoped: entry.state = PhaseState::entry_approved; return;
    case PhaseState::entry_approved: return;
    case PhaseState::aborted:
      // A new decision to enter is how an aborted phase begins again.
      phase.flag(Irregularity::step_after_abort, id, event);
      entry.state = PhaseState::entry_approved;
      return;
    case PhaseState::completed:
    case PhaseState::withdrawn: is_over(phase, id, entry, event); return;
    default: phase.flag(Irregularity::entry_after_start, id, event);
  }
}

void reject(Phase& phase, const Identifier& id, PhaseEntry& entry, const EventId& event) {
  if (is_over(phase, id, entry, event)) return;
  if (entry.state > PhaseState::entry_approved) {
    phase.flag(Irregularity::entry_after_start, id, event);
  } else if (entry.state == PhaseState::entry_approved) {
    entry.state = entry.scoped ? PhaseState::scoped : PhaseState::planned;
  }
}

void start(Phase& phase, const Identifier& id, PhaseEntry& entry, const EventId& event) {
  if (entry.state == PhaseState::withdrawn) {
    is_over(phase, id, entry, event);
    return;
  }
  if (!may_enter(entry)) phase.flag(Irregularity::started_without_decision, id, event);
  if (phase.suspended()) phase.flag(Irregularity::started_while_suspended, id, event);
  const bool before = entry.state < PhaseState::suspended && entry.state != PhaseState::aborted;
  if (!before) phase.flag(Irregularity::started_again, id, event);
  // Testing that was suspended goes on by a resumption; everything else is under way from now on.
  const bool under_way =
      entry.state == PhaseState::suspended || entry.state == PhaseState::exit_pending;
  if (!under_way) entry.state = PhaseState::executing;
}

void declare_cutoff(Phase& phase, const Identifier& id, PhaseEntry& entry, const EventId& event) {
  if (is_over(phase, id, entry, event) || entry.state == PhaseState::exit_pending) return;
  if (entry.state != PhaseState::executing) {
    phase.flag(Irregularity::cutoff_outside_execution, id, event);
  }
  if (entry.state != PhaseState::exited) entry.state = PhaseState::exit_pending;
}

void decide_exit(Phase& phase, const Identifier& id, PhaseEntry& entry, const EventId& event) {
  if (is_over(phase, id, entry, event) || entry.state == PhaseState::exited) return;
  if (entry.state != PhaseState::exit_pending) {
    phase.flag(Irregularity::exit_without_cutoff, id, event);
  }
  entry.state = PhaseState::exited;
}

void decide_to_continue(Phase& phase, const Identifier& id, PhaseEntry& entry,
                        const EventId& event) {
  switch (entry.state) {
    case PhaseState::exit_pending: entry.state = PhaseState::executing; return;
    case PhaseState::exited:
    case PhaseState::completed:
      // Whoever says last that testing goes on is believed: "done" must not survive it.
      phase.flag(Irregularity::continued_after_exit, id, event);
      entry.state = PhaseState::executing;
      return;
    case PhaseState::aborted:
    case PhaseState::withdrawn: is_over(phase, id, entry, event); return;
    default: phase.flag(Irregularity::exit_without_cutoff, id, event);
  }
}

void complete(Phase& phase, const Identifier& id, PhaseEntry& entry, const EventId& event) {
  if (is_over(phase, id, entry, event)) return;
  if (entry.state != PhaseState::exited) {
    phase.flag(Irregularity::completed_without_exit, id, event);
  }
  entry.state = PhaseState::completed;
}

}  // namespace

void BoardFold::operator()(const events::PhasePlanned& event) {
  const auto [at, made] = board_.phases.try_emplace(event.phase);
  if (!made) return unplaced();
  Phase& phase = at->second;
  phase.document = event.document;
  phase.groups = event.groups.ids;
  phase.kind = event.kind;
  phase.name = event.name;
  phase.planned = mark();
  phase.planned_entries = {event.planned_entries.ids.begin(), event.planned_entries.ids.end()};
  phase.stage = event.stage;
  for (const Identifier& id : phase.planned_entries) entry_of(phase, id);
}

void BoardFold::operator()(const events::EntryCriterionEvidenced& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  Criterion& criterion = phase->criteria[{event.criterion, event.planned_entry}];
  criterion.evidence = event.evidence.size();
  criterion.mark = mark();
  criterion.status = event.status;
  ++criterion.times;
  const auto started = [](const auto& entry) { return !entry.second.starts.empty(); };
  const bool late = event.planned_entry
                        ? !entry_of(*phase, *event.planned_entry).starts.empty()
                        : std::any_of(phase->entries.begin(), phase->entries.end(), started);
  if (late) phase->flag(Irregularity::criterion_after_start, event.planned_entry, event_.id);
}

void BoardFold::operator()(const events::EntryDecided& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  for (const Identifier& id : event.planned_entries.ids) {
    PhaseEntry& entry = entry_of(*phase, id);
    entry.entry_decisions.push_back({mark(), event.outcome, seen_size()});
    is_enter(event.outcome) ? enter(*phase, id, entry, event_.id)
                            : reject(*phase, id, entry, event_.id);
  }
}

void BoardFold::operator()(const events::PhaseStarted& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  for (const Identifier& id : event.planned_entries.ids) {
    PhaseEntry& entry = entry_of(*phase, id);
    entry.starts.push_back(mark());
    start(*phase, id, entry, event_.id);
  }
}

void BoardFold::operator()(const events::PhaseCompleted& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  for (const Identifier& id : event.planned_entries.ids) {
    PhaseEntry& entry = entry_of(*phase, id);
    entry.completions.push_back(mark());
    complete(*phase, id, entry, event_.id);
  }
}

void BoardFold::operator()(const events::PhaseSuspended& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  bool any = false;
  for (auto& [id, entry] : phase->entries) {
    if (entry.state != PhaseState::executing) continue;
    entry.state = PhaseState::suspended;
    any = true;
  }
  phase->interruptions.push_back({InterruptionKind::suspended, mark(), event.reason});
  if (!any) phase->flag(Irregularity::suspended_outside_execution, std::nullopt, event_.id);
}

void BoardFold::operator()(const events::PhaseResumed& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  const bool was_suspended = phase->suspended();
  for (auto& [id, entry] : phase->entries) {
    if (entry.state == PhaseState::suspended) entry.state = PhaseState::executing;
  }
  phase->interruptions.push_back({InterruptionKind::resumed, mark(), event.reason});
  if (!was_suspended) {
    phase->flag(Irregularity::resumed_without_suspension, std::nullopt, event_.id);
  }
}

void BoardFold::operator()(const events::PhaseAborted& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  bool any = false;
  for (auto& [id, entry] : phase->entries) {
    // What was completed stays completed, and what has left the phase has left it.
    if (entry.state == PhaseState::completed || entry.state == PhaseState::withdrawn) continue;
    entry.state = PhaseState::aborted;
    any = true;
  }
  phase->interruptions.push_back({InterruptionKind::aborted, mark(), event.reason});
  if (!any) phase->flag(Irregularity::aborted_after_completion, std::nullopt, event_.id);
}

void BoardFold::operator()(const events::ExitCutoffDeclared& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  for (const Identifier& id : event.planned_entries.ids) {
    PhaseEntry& entry = entry_of(*phase, id);
    entry.cutoffs.push_back({event.cutoff_size, mark()});
    declare_cutoff(*phase, id, entry, event_.id);
  }
}

void BoardFold::operator()(const events::ExitDecided& event) {
  Phase* const phase = phase_of(event.phase);
  if (phase == nullptr) return;
  for (const Identifier& id : event.planned_entries.ids) {
    PhaseEntry& entry = entry_of(*phase, id);
    entry.exit_decisions.push_back({event.basis, mark(), event.outcome, seen_size()});
    event.outcome == events::ExitOutcome::continue_testing
        ? decide_to_continue(*phase, id, entry, event_.id)
        : decide_exit(*phase, id, entry, event_.id);
  }
}

}  // namespace assay::projections
