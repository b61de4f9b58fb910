// The effective outcome of a scope item, from announced runs.

#include <catch2/catch.hpp>

#include "projections/board/phase_view.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_events.hpp"

namespace item_status_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Outcome;

namespace {

constexpr const char* kP = "SIT-1";
constexpr const char* kE = "PEE-001";

/// A phase under way, with one item and, where `build` is given, one environment.
EventFeed under_way(const char* build = nullptr) {
  EventFeed feed;
  feed.add(planned_entry(kE));
  feed.add(phase(kP, {kE}));
  feed.add(listed("S", kP, {item("I", kE)}));
  feed.add(baselined("S", kP, {item("I", kE)}));
  if (build != nullptr) feed.add(environment("ENV", {kP}, build));
  feed.add(entry_decided(kP, {kE}));
  feed.add(phase_started(kP, {kE}));
  return feed;
}

void run(EventFeed& feed, const std::string& id, Outcome outcome,
         std::vector<std::string> builds = {}) {
  feed.add(run_started(id, kP, kE, "I", std::move(builds)));
  feed.add(run_finished(id, outcome));
}

PhaseEntryView view(const EventFeed& feed) {
  const auto seen = view_phase(feed.folded<PhaseBoard>(), kP);
  REQUIRE(seen.has_value());
  REQUIRE(seen->entries.size() == 1);
  return seen->entries[0];
}
ItemView one(const EventFeed& feed) {
  const auto entry = view(feed);
  REQUIRE(entry.items.size() == 1);
  return entry.items[0];
}
ItemOutcome outcome(const EventFeed& feed) { return one(feed).outcome; }

}  // namespace

TEST_CASE("an item goes from not run over running to each outcome, and on to the next attempt") {
  const std::pair<Outcome, ItemOutcome> kOutcomes[] = {
      {Outcome::passed, ItemOutcome::passed},
      {Outcome::failed, ItemOutcome::failed},
      {Outcome::blocked, ItemOutcome::blocked},
      {Outcome::error, ItemOutcome::error},
      {Outcome::skipped, ItemOutcome::skipped},
      {Outcome::not_completed, ItemOutcome::not_completed}};
  for (const auto& [said, shown] : kOutcomes) {
    EventFeed feed = under_way();
    CHECK(outcome(feed) == ItemOutcome::not_run);
    feed.add(run_started("R1", kP, kE, "I"));
    CHECK(outcome(feed) == ItemOutcome::running);
    feed.add(run_finished("R1", said));
    CHECK(outcome(feed) == shown);
    feed.add(run_started("R2", kP, kE, "I"));
    // A pass stands until another attempt has an outcome; anything else is being run again.
    CHECK(outcome(feed) == (said == Outcome::passed ? ItemOutcome::passed : ItemOutcome::running));
    for (const auto& [next, next_shown] : kOutcomes) {
      EventFeed again = feed;
      again.add(run_finished("R2", next));
      CHECK(outcome(again) == next_shown);
      CHECK(one(again).attempts == 2);
      CHECK(one(again).first_pass == (said == Outcome::passed));
    }
    feed.add(waived(kP, kE, "I"));
    CHECK(outcome(feed) == ItemOutcome::waived);
  }
}

TEST_CASE("a waiver counts as waived, never as passed, whatever is run afterwards") {
  EventFeed feed = under_way();
  feed.add(waived(kP, kE, "I"));
  CHECK(outcome(feed) == ItemOutcome::waived);
  CHECK(view(feed).verdict == RuleVerdict::met);
  for (const Outcome said : {Outcome::passed, Outcome::failed}) {
    run(feed, said == Outcome::passed ? "R1" : "R2", said);
    CHECK(outcome(feed) == ItemOutcome::waived);
    CHECK(view(feed).counts.passed_effective == 0);
  }
}

TEST_CASE(
    "a pass goes stale when its build is replaced, and counts again if the build comes back") {
  EventFeed feed = under_way("B1");
  run(feed, "R1", Outcome::passed, {"B1"});
  CHECK(outcome(feed) == ItemOutcome::passed);
  CHECK(one(feed).first_pass);
  feed.add(deployed("ENV", "B1", "B2"));
  CHECK(outcome(feed) == ItemOutcome::stale);
  CHECK_FALSE(one(feed).first_pass);
  CHECK(view(feed).verdict == RuleVerdict::not_met);
  EventFeed back = feed;
  back.add(deployed("ENV", "B2", "B1"));
  CHECK(outcome(back) == ItemOutcome::passed);
  feed.add(run_started("R2", kP, kE, "I", {"B2"}));
  CHECK(outcome(feed) == ItemOutcome::running);
  feed.add(run_finished("R2", Outcome::failed));
  CHECK(outcome(feed) == ItemOutcome::failed);
}

TEST_CASE("a failure stays a failure when its build is replaced") {
  EventFeed feed = under_way("B1");
  run(feed, "R1", Outcome::failed, {"B1"});
  feed.add(deployed("ENV", "B1", "B2"));
  CHECK(outcome(feed) == ItemOutcome::failed);
}

TEST_CASE("a result on another build neither makes nor unmakes a pass on an accepted one") {
  EventFeed feed = under_way("B2");
  run(feed, "R1", Outcome::passed, {"B2"});
  run(feed, "R2", Outcome::failed, {"B1"});
  CHECK(outcome(feed) == ItemOutcome::passed);
  CHECK(one(feed).outcomes.failed == 1);
  EventFeed other = under_way("B2");
  run(other, "R1", Outcome::failed, {"B2"});
  run(other, "R2", Outcome::passed, {"B1"});
  CHECK(outcome(other) == ItemOutcome::failed);
  const auto board = other.folded<PhaseBoard>();
  CHECK(board.phases.at(kP)
            .irregularities.at({Irregularity::build_not_baselined, Identifier(kE)})
            .count == 1);
}

TEST_CASE("every build that a run names has to be accepted, and one at least has to be named") {
  EventFeed feed = under_way("B1");
  run(feed, "R1", Outcome::passed, {"B1", "DCO-9"});
  CHECK(outcome(feed) == ItemOutcome::stale);
  run(feed, "R2", Outcome::passed);
  CHECK(outcome(feed) == ItemOutcome::stale);
  // Naming the environment names what is deployed there at that moment.
  auto started = run_started("R3", kP, kE, "I");
  started.environment = Identifier("ENV");
  feed.add(started);
  feed.add(run_finished("R3", Outcome::passed));
  CHECK(outcome(feed) == ItemOutcome::passed);
  feed.add(deployed("ENV", "B1", "B2"));
  CHECK(outcome(feed) == ItemOutcome::stale);
}

TEST_CASE("where no environment was baselined every build counts, and the view says so") {
  EventFeed feed = under_way();
  run(feed, "R1", Outcome::passed, {"whatever"});
  CHECK(outcome(feed) == ItemOutcome::passed);
  CHECK(view(feed).doubts == std::set{Doubt::builds_not_baselined});
  CHECK(view(feed).verdict == RuleVerdict::met);
  CHECK_FALSE(view_phase(feed.folded<PhaseBoard>(), kP)->builds_baselined);
}

TEST_CASE("an environment of another phase says nothing about the builds of this one") {
  EventFeed feed = under_way();
  feed.add(planned_entry("PEE-002"));
  feed.add(phase("MT-1", {"PEE-002"}, events::TestKind::mt));
  feed.add(environment("ENV-MT", {"MT-1"}, "B7"));
  run(feed, "R1", Outcome::passed, {"B1"});
  CHECK(outcome(feed) == ItemOutcome::passed);
}

TEST_CASE("a deployment from a build that was not there is taken as it is and flagged") {
  EventFeed feed = under_way("B1");
  feed.add(deployed("ENV", "B0", "B2"));
  run(feed, "R1", Outcome::passed, {"B2"});
  CHECK(outcome(feed) == ItemOutcome::passed);
  const auto board = feed.folded<PhaseBoard>();
  const auto& phase = board.phases.at(kP);
  CHECK(phase.irregularities.at({Irregularity::deployed_from_other_build, std::nullopt}).count ==
        1);
  REQUIRE(phase.deployments.size() == 1);
  CHECK(phase.deployments[0].to_build == "B2");
}

TEST_CASE(
    "an invalidated run stops counting once another party has endorsed that, and not before") {
  EventFeed feed = under_way();
  run(feed, "R1", Outcome::passed);
  run(feed, "R2", Outcome::failed);
  const EventId said = feed.add(run_invalidated("R2"), Stage::awaiting_voices);
  CHECK(outcome(feed) == ItemOutcome::failed);
  feed.endorse(said);
  CHECK(outcome(feed) == ItemOutcome::passed);
  CHECK(one(feed).invalidated.failed == 1);
  CHECK(one(feed).outcomes.failed == 0);
  CHECK(one(feed).attempts == 2);
}

TEST_CASE("invalidating a failed first attempt does not make a first pass of the second") {
  EventFeed feed = under_way();
  run(feed, "R1", Outcome::failed);
  run(feed, "R2", Outcome::passed);
  feed.add(run_invalidated("R1"));
  CHECK(outcome(feed) == ItemOutcome::passed);
  CHECK_FALSE(one(feed).first_pass);
  EventFeed other = under_way();
  run(other, "R1", Outcome::passed);
  CHECK(one(other).first_pass);
  other.add(run_invalidated("R1"));
  CHECK(outcome(other) == ItemOutcome::not_run);
  CHECK_FALSE(one(other).first_pass);
  CHECK_FALSE(view(other).counts.executed == 1);
}

TEST_CASE("an invalidation ends a run that never finished") {
  EventFeed feed = under_way();
  feed.add(run_started("R1", kP, kE, "I"));
  CHECK(view(feed).dangling_runs == Ids{"R1"});
  CHECK(view(feed).doubts.contains(Doubt::run_not_finished));
  feed.add(run_invalidated("R1"));
  CHECK(view(feed).dangling_runs.empty());
  CHECK(outcome(feed) == ItemOutcome::not_run);
  // It may still be reported; what it says no longer counts.
  feed.add(run_finished("R1", Outcome::passed));
  CHECK(outcome(feed) == ItemOutcome::not_run);
  CHECK(one(feed).invalidated.passed == 1);
}

TEST_CASE("of two runs that overlap, the one that finished last is the latest") {
  EventFeed feed = under_way();
  feed.add(run_started("R1", kP, kE, "I"));
  feed.add(run_started("R2", kP, kE, "I"));
  feed.add(run_finished("R2", Outcome::failed));
  // R1 began before R2 failed: it hangs, but the item is not being run again.
  CHECK(outcome(feed) == ItemOutcome::failed);
  CHECK(view(feed).dangling_runs == Ids{"R1"});
  feed.add(run_finished("R1", Outcome::passed));
  CHECK(outcome(feed) == ItemOutcome::passed);
}

TEST_CASE("a pass with a later run that never finished is not enough to be sure") {
  EventFeed feed = under_way();
  run(feed, "R1", Outcome::passed);
  CHECK(view(feed).verdict == RuleVerdict::met);
  feed.add(run_started("R2", kP, kE, "I"));
  CHECK(outcome(feed) == ItemOutcome::passed);
  CHECK(view(feed).verdict == RuleVerdict::undetermined);
}

TEST_CASE("blocked and skipped attempts are not executions; failures and errors are") {
  for (const auto& [said, executed] :
       {std::pair{Outcome::passed, 1U}, std::pair{Outcome::failed, 1U},
        std::pair{Outcome::error, 1U}, std::pair{Outcome::blocked, 0U},
        std::pair{Outcome::skipped, 0U}, std::pair{Outcome::not_completed, 0U}}) {
    EventFeed feed = under_way();
    run(feed, "R1", said);
    CHECK(view(feed).counts.executed == executed);
    CHECK(view(feed).counts.blocked == (said == Outcome::blocked ? 1 : 0));
  }
}

TEST_CASE("runs outside execution and runs of items that no scope lists are recorded and flagged") {
  EventFeed feed;
  feed.add(planned_entry(kE));
  feed.add(phase(kP, {kE}));
  run(feed, "R1", Outcome::failed);
  feed.add(run_started("R2", kP, kE, ""));
  feed.add(run_finished("R2", Outcome::passed));
  auto board = feed.folded<PhaseBoard>();
  const auto& flags = board.phases.at(kP).irregularities;
  CHECK(flags.at({Irregularity::run_outside_execution, Identifier(kE)}).count == 2);
  CHECK(flags.at({Irregularity::not_in_scope, Identifier(kE)}).count == 1);
  const auto entry = view(feed);
  CHECK(entry.items.empty());
  REQUIRE(entry.items_outside.size() == 1);
  CHECK(entry.items_outside[0].outcome == ItemOutcome::failed);
  CHECK(entry.unlisted.passed == 1);
  CHECK(entry.verdict == RuleVerdict::undetermined);
  // What was run before the scope was listed stays what it was.
  feed.add(listed("S", kP, {item("I", kE)}));
  CHECK(outcome(feed) == ItemOutcome::failed);
}

}  // namespace item_status_test
