#include "projections/board/item_status.hpp"

#include <algorithm>

#include "projections/board/outcome_sum.hpp"

namespace assay::projections {
namespace {

struct Latest {
  std::optional<EventId> event;
  events::Outcome outcome = events::Outcome::not_completed;
  void consider(const EventId& at, events::Outcome said) {
    if (event && at < *event) return;
    event = at;
    outcome = said;
  }
};

/// What the attempts of one item amount to.
struct Attempts {
  Latest on_accepted;
  Latest on_any;
  std::optional<EventId> open_since;  ///< start of the last run that has not finished
};

bool accepts(const AcceptedBuilds& accepted, const std::vector<std::string>& builds) {
  if (!accepted) return true;
  return !builds.empty() && std::all_of(builds.begin(), builds.end(), [&](const std::string& b) {
    return accepted->contains(b);
  });
}

bool accepts(const AcceptedBuilds& accepted, const std::string& build) {
  return !accepted || accepted->contains(build);
}

constexpr ItemOutcome shown(events::Outcome outcome) {
  switch (outcome) {
    case events::Outcome::passed: return ItemOutcome::passed;
    case events::Outcome::failed: return ItemOutcome::failed;
    case events::Outcome::blocked: return ItemOutcome::blocked;
    case events::Outcome::error: return ItemOutcome::error;
    case events::Outcome::not_completed: return ItemOutcome::not_completed;
    case events::Outcome::skipped: return ItemOutcome::skipped;
  }
  return ItemOutcome::not_completed;
}

void consider_run(const Run& run, const AcceptedBuilds& accepted, Attempts& attempts,
                  ItemStatus& status) {
  if (run.invalidated()) {
    if (run.finished) status.invalidated.add(run.finished->outcome);
    return;
  }
  if (!run.finished) {
    attempts.open_since = run.started;
    return;
  }
  status.outcomes.add(run.finished->outcome);
  attempts.on_any.consider(run.finished->event, run.finished->outcome);
  if (accepts(accepted, run.builds)) {
    attempts.on_accepted.consider(run.finished->event, run.finished->outcome);
  }
}

void decide(const Attempts& attempts, ItemStatus& status) {
  const Latest& last = attempts.on_accepted.event ? attempts.on_accepted : attempts.on_any;
  const bool running = attempts.open_since &&
                       (!attempts.on_any.event || *attempts.on_any.event < *attempts.open_since);
  const bool passed = last.event && last.outcome == events::Outcome::passed;
  if (passed && attempts.on_accepted.event) {
    status.outcome = ItemOutcome::passed;
  } else if (running) {
    status.outcome = ItemOutcome::running;
    status.event = attempts.open_since;
    return;
  } else if (passed) {
    status.outcome = ItemOutcome::stale;
  } else if (last.event) {
    status.outcome = shown(last.outcome);
  }
  status.event = last.event;
}

bool first_passed(const PhaseBoard& board, const Item& item, const AcceptedBuilds& accepted) {
  if (!item.first) return false;
  if (!item.first->run) {
    return item.first->outcome == events::Outcome::passed &&
           accepts(accepted, item.first->build.value_or(""));
  }
  const auto found = board.runs.find(*item.first->run);
  if (found == board.runs.end()) return false;
  const Run& run = found->second;
  return run.finished && run.finished->outcome == events::Outcome::passed && !run.invalidated() &&
         accepts(accepted, run.builds);
}

}  // namespace

ItemStatus item_status(const PhaseBoard& board, const Item& item, const AcceptedBuilds& accepted) {
  ItemStatus status;
  Attempts attempts;
  for (const Identifier& id : item.runs) {
    const auto run = board.runs.find(id);
    if (run != board.runs.end()) consider_run(run->second, accepted, attempts, status);
  }
  for (const auto& [build, kept] : item.imported) {
    const ImportedAttempt& latest = kept.back();
    attempts.on_any.consider(latest.event, latest.outcome);
    if (accepts(accepted, build)) attempts.on_accepted.consider(latest.event, latest.outcome);
  }
  add(status.outcomes, item.imported_outcomes);
  const OutcomeCounts& all = status.outcomes;
  status.executed = all.passed + all.failed + all.error > 0;
  status.first_pass = first_passed(board, item, accepted);
  decide(attempts, status);
  if (item.waiver) {
    status.outcome = ItemOutcome::waived;
    status.event = item.waiver->mark.event;
  }
  return status;
}

}  // namespace assay::projections
