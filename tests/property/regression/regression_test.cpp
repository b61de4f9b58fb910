// What changes oblige to, and which passes they make STALE, on a hundred thousand random histories:
// as a reference works it out from the raw list of events, one question at a time.

#include <algorithm>
#include <iostream>

#include "projections/board/phase_board.hpp"
#include "projections/completion/completion.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/plan/plan.hpp"
#include "projections/register/register.hpp"
#include "projections/regression/item_standing.hpp"
#include "projections/rulebook/rulebook.hpp"
#include "projections/selection/selection.hpp"
#include "tests/property/regression/random_regression.hpp"
#include "tests/property/regression/reference.hpp"
#include "tests/property/told.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

constexpr int kRounds = 100'000;

/// The states that the history changes; the others stay empty, so no policy is in force.
struct Folded {
  PhaseBoard board;
  IssueRegister issues;
  Regression regression;
  explicit Folded(const EventFeed& feed)
      : board(feed.folded<PhaseBoard>()),
        issues(feed.folded<IssueRegister>()),
        regression(feed.folded<Regression>()) {}

  [[nodiscard]] Facts facts() const {
    static const Register kRegister;
    static const Completion kCompletion;
    static const Plan kPlan;
    static const Rulebook kRulebook;
    static const Selection kSelection;
    return {kRegister, board, kCompletion, issues, kPlan, regression, kRulebook, kSelection, 0, {}};
  }
};

/// What the histories reached, so that agreement says something.
struct Reached {
  std::map<ObligationState, int> states;
  std::map<ItemOutcome, int> outcomes;
  int lifted_by_cycles = 0;
  int lifted_by_assessments = 0;
  int stale_on_accepted_builds = 0;
  int changes_after_exit = 0;
  int at_exits = 0;
};

RightObligation plain(const Obligation& one) {
  return {one.change, one.kind,       one.planned_entry, one.phases,
          one.state,  one.assessment, one.cycles,        one.completed};
}

RightItem plain(const ItemStanding& one) {
  return {one.item,
          one.on_board,
          one.outcome,
          one.event,
          one.stale_by,
          {one.lifted_by.begin(), one.lifted_by.end()},
          {one.lifted_by_assessments.begin(), one.lifted_by_assessments.end()}};
}

std::string line(const std::optional<EventId>& id) { return id ? id->text() : "none"; }

std::string line(const RightObligation& one) {
  std::string text = "change " + one.change.text() + " for " + std::string(enum_text(one.kind)) +
                     " of " + one.planned_entry.text + ": " + std::string(enum_text(one.state)) +
                     ", assessment " + line(one.assessment) +
                     (one.completed ? ", after an exit" : "");
  for (const Identifier& phase : one.phases) text += ", in " + phase.text;
  for (const Identifier& cycle : one.cycles) text += ", by " + cycle.text;
  return text;
}

std::string line(const RightItem& one) {
  std::string text = one.item.text + ": " + std::string(enum_text(one.outcome)) + ", on board " +
                     std::string(enum_text(one.on_board)) + ", event " + line(one.event);
  for (const EventId& change : one.stale_by) text += ", stale by " + change.text();
  for (const Identifier& cycle : one.lifted_by) text += ", lifted by " + cycle.text;
  for (const EventId& said : one.lifted_by_assessments) text += ", lifted by " + said.text();
  return text;
}

/// Empty when both lists are the same; else what only one of them says.
template <class One>
std::string difference(const std::vector<One>& folded, const std::vector<One>& right) {
  std::string difference;
  const auto list_without = [&](const char* who, const auto& list, const auto& other) {
    for (const One& one : list) {
      if (std::ranges::find(other, one) == other.end()) difference += who + line(one) + "\n";
    }
  };
  list_without("folded  ", folded, right);
  list_without("right   ", right, folded);
  if (difference.empty() && folded != right) difference = "the order\n";
  return difference;
}

void note(const RightItem& item, Reached& reached) {
  ++reached.outcomes[item.outcome];
  reached.lifted_by_cycles += item.lifted_by.empty() ? 0 : 1;
  reached.lifted_by_assessments += item.lifted_by_assessments.empty() ? 0 : 1;
  const bool was_passed = item.on_board == ItemOutcome::passed;
  reached.stale_on_accepted_builds += was_passed && !item.stale_by.empty() ? 1 : 0;
}

/// What was there when the exit at `exit` was decided, with what was found out since: a result that
/// no longer counts did not count then, a place that has left its phase has left it, and an issue
/// affected then what it is known to affect.
std::vector<FedEvent> told_at(const std::vector<FedEvent>& history, const EventId& exit) {
  const auto found_out = [](const EventData& data) {
    return event_if<events::RunInvalidated>(&data) != nullptr ||
           event_if<events::IssueScopeChanged>(&data) != nullptr ||
           event_if<events::PlannedEntryWithdrawn>(&data) != nullptr ||
           event_if<events::PhaseAborted>(&data) != nullptr ||
           event_if<events::EntryDecided>(&data) != nullptr;
  };
  std::vector<FedEvent> told;
  for (const FedEvent& event : history) {
    if (event.entry < exit.entry || found_out(event.data)) told.push_back(event);
  }
  return told;
}

/// The same of what was open at every decision to exit.
std::string compare_exits(const EventFeed& history, const Folded& folded, Reached& reached) {
  std::string where;
  for (const FedEvent& event : history.events()) {
    const auto* const exit = event_if<events::ExitDecided>(&event.data);
    if (exit == nullptr || exit->outcome == events::ExitOutcome::continue_testing) continue;
    std::vector<RightObligation> all;
    const Until until{EventFeed::time_of(event.entry), event.id};
    for (const Obligation& one : obligations(folded.facts(), until)) all.push_back(plain(one));
    const std::vector<FedEvent> told = told_at(history.events(), event.id);
    const std::vector<RightObligation> right = RegressionReference(told).obligations();
    reached.at_exits += static_cast<int>(right.size());
    const std::string parted = difference(all, right);
    if (!parted.empty()) where += "at the exit " + event.id.text() + "\n" + parted;
  }
  return where;
}

/// Empty when the folded states say what the reference says; else where they part.
std::string compare(const EventFeed& history, Reached& reached) {
  const Folded folded(history);
  const RegressionReference reference(history.events());
  const std::vector<RightObligation> right = reference.obligations();
  std::vector<RightObligation> all;
  for (const Obligation& one : obligations(folded.facts())) all.push_back(plain(one));
  for (const RightObligation& one : right) {
    ++reached.states[one.state];
    reached.changes_after_exit += one.completed ? 1 : 0;
  }
  std::string where = difference(all, right) + compare_exits(history, folded, reached);
  for (const events::RegressionItem& place : reference.places()) {
    std::vector<RightItem> items;
    for (const ItemStanding& one :
         item_standings(folded.facts(), place.phase, place.planned_entry)) {
      items.push_back(plain(one));
    }
    const auto right_items = reference.items(place.phase, place.planned_entry, right);
    for (const RightItem& item : right_items) note(item, reached);
    const std::string parted = difference(items, right_items);
    if (!parted.empty()) where += place.phase.text + " " + place.planned_entry.text + "\n" + parted;
  }
  return where;
}

template <class Enum>
std::string counts(const std::map<Enum, int>& reached) {
  std::string text;
  for (const auto& [value, count] : reached) {
    text += std::string(enum_text(value)) + " " + std::to_string(count) + "  ";
  }
  return text;
}

}  // namespace

TEST_CASE("obligations and STALE items are the reference's on a hundred thousand histories") {
  Random random;
  WARN("seed " << Random::seed());
  Reached reached;
  for (int round = 0; round < kRounds; ++round) {
    const EventFeed history = random_regression_history(random, 2 + random.below(20));
    const std::string where = compare(history, reached);
    if (!where.empty()) {
      // Catch would break the lines of the list.
      std::cerr << listing(history.events());
      FAIL("seed " << Random::seed() << ", round " << round << ":\n" << where);
    }
  }
  WARN(counts(reached.states) << "\n" << counts(reached.outcomes));
  // The histories reach every state and every outcome, else agreement proves less than it says.
  CHECK(reached.states.size() == std::size(kEnumTexts<ObligationState>));
  CHECK(reached.outcomes.size() == std::size(kEnumTexts<ItemOutcome>));
  CHECK(reached.lifted_by_cycles > 1'000);
  CHECK(reached.lifted_by_assessments > 1'000);
  CHECK(reached.stale_on_accepted_builds > 1'000);
  CHECK(reached.changes_after_exit > 1'000);
  CHECK(reached.at_exits > 1'000);
}
