// Regression cycles, attempts, and what items amount to.

#include <algorithm>

#include "ledger/format/json_archive.hpp"
#include "tests/property/regression/reference.hpp"
#include "tests/property/told.hpp"
#include "tests/support/rfc6962.hpp"

namespace assay::testing {

using events::RegressionItem;

namespace {

constexpr EventId kNow{std::numeric_limits<std::uint64_t>::max(), 0};

bool is_item(const RegressionItem& a, const RegressionItem& b) {
  return a.item == b.item && a.phase == b.phase && a.planned_entry == b.planned_entry;
}

bool lists(const std::vector<RegressionItem>& items, const RegressionItem& item) {
  return std::ranges::any_of(items, [&](const auto& one) { return is_item(one, item); });
}

}  // namespace

std::set<Identifier> RegressionReference::cycles() const {
  std::set<Identifier> ids;
  each<events::RegressionItemsListed>(
      told_, [&](const auto& event, const EventId&) { ids.insert(event.regression); });
  return ids;
}

std::vector<RegressionItem> RegressionReference::listed(const Identifier& cycle,
                                                        const EventId& before) const {
  std::vector<RegressionItem> items;
  each<events::RegressionItemsListed>(told_, [&](const auto& event, const EventId& id) {
    if (event.regression != cycle || before < id) return;
    items.insert(items.end(), event.items.begin(), event.items.end());
  });
  return items;
}

/// The commitment, if both sides signed it, and if it is to these very items and no others.
const events::RegressionScopeBaselined* RegressionReference::agreed(const Identifier& cycle) const {
  const events::RegressionScopeBaselined* found = nullptr;
  each<events::RegressionScopeBaselined>(told_, [&](const auto& event, const EventId& id) {
    if (event.regression != cycle || !in_effect(id)) return;
    const std::vector<RegressionItem> items = listed(cycle, kNow);
    std::vector<Hash> leaves;
    for (const RegressionItem& item : items)
      leaves.push_back(merkle::leaf_hash(to_canonical(item)));
    if (items.size() == event.item_count && defined_root(leaves) == event.root) found = &event;
  });
  return found;
}

std::optional<EventId> RegressionReference::started(const Identifier& cycle) const {
  std::optional<EventId> first;
  each<events::RegressionStarted>(told_, [&](const auto& event, const EventId& id) {
    if (event.regression == cycle && !first) first = id;
  });
  return first;
}

/// From the first start that names the change on; of a deployment that came later still, under
/// which nothing had run by then, from that deployment on.
std::optional<EventId> RegressionReference::answering_since(const Identifier& cycle,
                                                            const EventId& change) const {
  std::optional<EventId> since;
  each<events::RegressionStarted>(told_, [&](const auto& event, const EventId& id) {
    const bool names = std::ranges::any_of(
        event.triggers, [&](const EventId& trigger) { return is_same(trigger, change); });
    if (event.regression == cycle && names && !since) since = id;
  });
  const bool deployed = event_if<events::BuildDeployed>(at(change)) != nullptr;
  if (since && deployed) since = std::max(*since, change);
  return since;
}

std::optional<EventId> RegressionReference::completed(const Identifier& cycle) const {
  std::optional<EventId> first;
  each<events::RegressionCompleted>(told_, [&](const auto& event, const EventId& id) {
    if (event.regression == cycle && !first) first = id;
  });
  return first;
}

/// Of the attempts begun after `since`, the latest passed on a build that counts: now, or when the
/// cycle was completed.
bool RegressionReference::passed(const Identifier& cycle, const RegressionItem& item,
                                 const EventId& since) const {
  const auto passed_at = [&](const EventId& at) {
    std::vector<Attempt> attempts = own(item, at);
    for (const Attempt& one : shared(item)) attempts.push_back(one);
    std::vector<Attempt> then;
    for (const Attempt& one : attempts) {
      if (since < one.started && one.ended < at) then.push_back(one);
    }
    const Attempt* const last = latest(then);
    return last != nullptr && shown(*last, accepted(item.phase, at)) == ItemOutcome::passed;
  };
  const auto end = completed(cycle);
  return (end && passed_at(*end)) || passed_at(kNow);
}

/// The cycles that answer the change, and the furthest state that any of them brings it to.
void RegressionReference::regress(RightObligation& obligation) const {
  for (const Identifier& cycle : cycles()) {
    const auto* const commitment = agreed(cycle);
    const auto since = answering_since(cycle, obligation.change);
    if (commitment == nullptr || !since || !commitment->kinds.contains(obligation.kind)) continue;
    bool any_item = false;
    bool all_passed = true;
    for (const RegressionItem& item : listed(cycle, kNow)) {
      const bool here = item.planned_entry == obligation.planned_entry &&
                        std::ranges::count(obligation.phases, item.phase) > 0;
      if (!here) continue;
      any_item = true;
      if (!passed(cycle, item, *since)) all_passed = false;
    }
    if (!any_item) continue;
    obligation.cycles.push_back(cycle);
    const bool due = obligation.state != ObligationState::unassessed &&
                     obligation.state != ObligationState::awaiting_endorsement &&
                     obligation.state != ObligationState::no_regression_needed;
    const ObligationState state = !completed(cycle) ? ObligationState::under_way
                                  : all_passed      ? ObligationState::discharged
                                                    : ObligationState::items_open;
    if (due) obligation.state = std::max(obligation.state, state);
  }
}

bool RegressionReference::is_invalid(const Identifier& run) const {
  return any<events::RunInvalidated>(told_, [&](const auto& event, const EventId& id) {
    return event.run == run && in_effect(id);
  });
}

std::optional<RegressionReference::Attempt> RegressionReference::finished(
    const events::RunStarted& run, const EventId& started) const {
  std::optional<Attempt> attempt;
  if (is_invalid(run.run)) return attempt;
  each<events::RunFinished>(told_, [&](const auto& event, const EventId& id) {
    if (event.run == run.run && !attempt) attempt = {started, id, event.outcome, run.builds};
  });
  return attempt;
}

/// Runs of the item in its phase, and imports that speak of it.
std::vector<RegressionReference::Attempt> RegressionReference::own(const RegressionItem& item,
                                                                   const EventId& before) const {
  std::vector<Attempt> all = imported(item, before);
  each<events::RunStarted>(told_, [&](const auto& run, const EventId& id) {
    if (run.phase != item.phase || run.planned_entry != item.planned_entry) return;
    if (run.item != item.item) return;
    if (const auto attempt = finished(run, id)) all.push_back(*attempt);
  });
  return all;
}

/// With what they said before `before`: the worst of it counts. Of several imports on one build
/// only the one that started last counts.
std::vector<RegressionReference::Attempt> RegressionReference::imported(
    const RegressionItem& item, const EventId& before) const {
  std::vector<Attempt> all;
  using events::Outcome;
  constexpr Outcome kWorstFirst[] = {Outcome::failed,        Outcome::error,   Outcome::blocked,
                                     Outcome::not_completed, Outcome::skipped, Outcome::passed};
  each<events::ImportStarted>(told_, [&](const auto& import, const EventId& started) {
    if (import.phase != item.phase || import.planned_entry != item.planned_entry) return;
    std::set<Outcome> outcomes;
    Attempt attempt{started, started, Outcome::passed, {}};
    each<events::ResultImported>(told_, [&](const auto& result, const EventId& id) {
      if (result.import != import.import || result.item != item.item || before < id) return;
      outcomes.insert(result.outcome);
      attempt.ended = id;
    });
    if (outcomes.empty()) return;
    attempt.outcome = *std::ranges::find_if(
        kWorstFirst, [&](Outcome outcome) { return outcomes.contains(outcome); });
    if (import.build) attempt.builds.push_back(*import.build);
    std::erase_if(all, [&](const Attempt& earlier) { return earlier.builds == attempt.builds; });
    all.push_back(attempt);
  });
  return all;
}

/// Runs of other phases, of the same test case, that say that they count for more than the kind of
/// their own phase, and for this kind.
std::vector<RegressionReference::Attempt> RegressionReference::shared(
    const RegressionItem& item) const {
  std::vector<Attempt> all;
  const events::TestKind kind = phase(item.phase).kind;
  for (const events::ScopeItem& in_scope : scope(item.phase, item.planned_entry)) {
    if (in_scope.item != item.item) continue;
    each<events::RunStarted>(told_, [&](const auto& run, const EventId& id) {
      if (run.phase == item.phase || run.planned_entry != item.planned_entry) return;
      if (run.test_case != in_scope.test_case || !run.counts_for.contains(kind)) return;
      if (run.counts_for == std::set{phase(run.phase).kind}) return;
      if (const auto attempt = finished(run, id)) all.push_back(*attempt);
    });
  }
  return all;
}

const RegressionReference::Attempt* RegressionReference::latest(
    const std::vector<Attempt>& attempts) {
  const auto last = std::ranges::max_element(attempts, {}, &Attempt::ended);
  return last == attempts.end() ? nullptr : &*last;
}

bool RegressionReference::counts(const Builds& accepted, const std::vector<std::string>& builds) {
  if (!accepted) return true;
  return !builds.empty() && std::ranges::all_of(builds, [&](const std::string& build) {
    return accepted->contains(build);
  });
}

ItemOutcome RegressionReference::shown(const Attempt& attempt, const Builds& accepted) {
  switch (attempt.outcome) {
    case events::Outcome::passed:
      return counts(accepted, attempt.builds) ? ItemOutcome::passed : ItemOutcome::stale;
    case events::Outcome::failed: return ItemOutcome::failed;
    case events::Outcome::blocked: return ItemOutcome::blocked;
    case events::Outcome::error: return ItemOutcome::error;
    case events::Outcome::not_completed: return ItemOutcome::not_completed;
    case events::Outcome::skipped: return ItemOutcome::skipped;
  }
  return ItemOutcome::not_run;
}

/// The outcome before changes are weighed: of the latest attempt on an accepted build, else of the
/// latest at all; a run that began after all of them shows, unless a pass stands. Answers with the
/// builds of the attempt that decides.
std::vector<std::string> RegressionReference::on_board(const RegressionItem& item,
                                                       RightItem& right) const {
  const Builds accepted_now = accepted(item.phase, kNow);
  const std::vector<Attempt> attempts = own(item, kNow);
  std::vector<Attempt> good;
  for (const Attempt& one : attempts) {
    if (counts(accepted_now, one.builds)) good.push_back(one);
  }
  const Attempt* const decides = latest(good.empty() ? attempts : good);
  if (decides != nullptr) {
    right.on_board = shown(*decides, accepted_now);
    right.event = decides->ended;
  }
  each<events::RunStarted>(told_, [&](const auto& run, const EventId& id) {
    if (run.phase != item.phase || run.planned_entry != item.planned_entry) return;
    if (run.item != item.item || is_invalid(run.run) || finished(run, id)) return;
    const Attempt* const last = latest(attempts);
    if (right.on_board == ItemOutcome::passed || (last != nullptr && id < last->ended)) return;
    right.on_board = ItemOutcome::running;
    right.event = id;
  });
  each<events::ExecutionWaived>(told_, [&](const auto& waiver, const EventId& id) {
    if (waiver.phase != item.phase || waiver.item != item.item) return;
    right.on_board = ItemOutcome::waived;
    right.event = id;
  });
  right.outcome = right.on_board;
  return decides == nullptr ? std::vector<std::string>{} : decides->builds;
}

/// An attempt like any other, in a cycle that lists the item for this kind, after its start.
void RegressionReference::take_shared(const RegressionItem& item, RightItem& right,
                                      std::vector<std::string>& builds) const {
  for (const Attempt& attempt : shared(item)) {
    const std::set<Identifier> all = cycles();
    const bool in_cycle = std::ranges::any_of(all, [&](const Identifier& cycle) {
      const auto* const commitment = agreed(cycle);
      const auto start = started(cycle);
      return commitment != nullptr && start && *start < attempt.started &&
             commitment->kinds.contains(phase(item.phase).kind) && lists(listed(cycle, kNow), item);
    });
    if (!in_cycle || (right.event && attempt.ended < *right.event)) continue;
    right.event = attempt.ended;
    right.outcome = shown(attempt, accepted(item.phase, kNow));
    builds = attempt.builds;
  }
}

/// R3. A deployment of what the run had on board already changed nothing for it; a fix or firmware
/// affects what both sides said that it does.
void RegressionReference::weigh(const RegressionItem& item, const std::vector<std::string>& builds,
                                const std::vector<RightObligation>& all, RightItem& right) const {
  std::set<std::string> replaced;
  for (const RightObligation& one : all) {
    const bool here = one.planned_entry == item.planned_entry &&
                      std::ranges::count(one.phases, item.phase) > 0 && *right.event < one.change;
    if (!here) continue;
    const auto* const deployed = event_if<events::BuildDeployed>(at(one.change));
    const bool unsaid = one.state == ObligationState::unassessed ||
                        one.state == ObligationState::awaiting_endorsement;
    if (deployed != nullptr ? std::ranges::count(builds, deployed->to_build) > 0 : unsaid) continue;
    if (one.state == ObligationState::discharged) {
      right.lifted_by.insert(one.cycles.begin(), one.cycles.end());
    } else if (one.state == ObligationState::no_regression_needed) {
      right.lifted_by_assessments.insert(*one.assessment);
    } else {
      right.stale_by.push_back(one.change);
      continue;
    }
    if (deployed != nullptr) replaced.insert(deployed->from_build);
  }
  const Builds now = accepted(item.phase, kNow);
  const bool accounted = !builds.empty() && std::ranges::all_of(builds, [&](const auto& build) {
    return !now || now->contains(build) || replaced.contains(build);
  });
  const bool stands = right.stale_by.empty() && (right.outcome == ItemOutcome::passed || accounted);
  right.outcome = stands ? ItemOutcome::passed : ItemOutcome::stale;
  if (stands) return;
  right.lifted_by.clear();
  right.lifted_by_assessments.clear();
}

std::vector<RightItem> RegressionReference::items(const Identifier& phase,
                                                  const Identifier& planned_entry,
                                                  const std::vector<RightObligation>& all) const {
  std::vector<RightItem> items;
  for (const events::ScopeItem& in_scope : scope(phase, planned_entry)) {
    const RegressionItem item{in_scope.item, phase, planned_entry};
    RightItem right;
    right.item = in_scope.item;
    std::vector<std::string> builds = on_board(item, right);
    if (right.outcome != ItemOutcome::waived) {
      take_shared(item, right, builds);
      const bool is_pass =
          right.outcome == ItemOutcome::passed || right.outcome == ItemOutcome::stale;
      if (is_pass) weigh(item, builds, all, right);
    }
    items.push_back(right);
  }
  return items;
}

}  // namespace assay::testing
