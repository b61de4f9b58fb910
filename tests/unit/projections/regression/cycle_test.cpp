// Regression cycles: one cycle counts for MT and SIT, once each (MTAD 7, SVTAD 7).

#include "tests/unit/projections/regression/regression_story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

using Outcomes = std::map<std::string, ItemOutcome>;
using States = std::map<TestKind, ObligationState>;
using Rules = std::map<std::string, int>;
const std::set kBoth{TestKind::mt, TestKind::sit};

States both(ObligationState state) { return {{TestKind::mt, state}, {TestKind::sit, state}}; }

/// Build B2 in both phases, to be regressed for both kinds.
struct Due : RegressionStory {
  std::vector<EventId> changes;
  Due() {
    changes = {deploy("MT-1", "B1", "B2"), deploy("SIT-1", "B1", "B2")};
    assess_by_both(changes, ImpactVerdict::regress);
  }
};

}  // namespace

TEST_CASE("one run in a combined cycle counts for MT and for SIT, once each") {
  Due story;
  CHECK(story.states() == both(ObligationState::regression_due));
  const EventId baseline = story.commit("REG-1");
  CHECK(view_cycles(story.facts().board, story.facts().regression)[0].state ==
        CycleState::awaiting_endorsement);
  story.endorse("sp-tl", baseline);
  story.start("REG-1", story.changes);
  CHECK(story.states() == both(ObligationState::under_way));
  const EventId passed = story.run("R5", "SIT-1", "I1", Outcome::passed, "B2", kBoth);

  // Before the cycle is complete, only what was run again stands.
  const Outcomes half{{"I1", ItemOutcome::passed}, {"I2", ItemOutcome::stale}};
  CHECK(story.outcomes("SIT-1") == half);
  CHECK(story.outcomes("MT-1") == half);
  CHECK(item_standings(story.facts(), "MT-1", "PEE-001")[0].event == passed);
  const auto cycle = view_cycles(story.facts().board, story.facts().regression)[0];
  CHECK(cycle.passed == 2);
  CHECK(cycle.items[0].event == passed);
  CHECK(cycle.items[1].event == passed);

  story.complete("REG-1");
  CHECK(story.states() == both(ObligationState::discharged));
  CHECK(story.outcomes("MT-1") ==
        Outcomes{{"I1", ItemOutcome::passed}, {"I2", ItemOutcome::passed}});
  const auto lifted = item_standings(story.facts(), "MT-1", "PEE-001")[1];
  CHECK(lifted.on_board == ItemOutcome::stale);
  CHECK(lifted.lifted_by == std::vector<Identifier>{"REG-1"});
  CHECK(story.findings() == Rules{});
}

TEST_CASE("a run that does not say that it counts for MT leaves MT as it is") {
  Due story;
  story.endorse("sp-tl", story.commit("REG-1"));
  story.start("REG-1", story.changes);
  story.run("R5", "SIT-1", "I1", Outcome::passed, "B2", {TestKind::sit});
  CHECK(story.outcomes("MT-1").at("I1") == ItemOutcome::stale);
  story.complete("REG-1");
  CHECK(story.states() == States{{TestKind::mt, ObligationState::items_open},
                                 {TestKind::sit, ObligationState::discharged}});
  CHECK(story.findings() == Rules{{"R-FAIL", 1}});
}

TEST_CASE("a shared run that fails, fails for both") {
  Due story;
  story.endorse("sp-tl", story.commit("REG-1"));
  story.start("REG-1", story.changes);
  story.run("R5", "SIT-1", "I1", Outcome::failed, "B2", kBoth);
  CHECK(story.outcomes("SIT-1").at("I1") == ItemOutcome::failed);
  CHECK(story.outcomes("MT-1").at("I1") == ItemOutcome::failed);
  story.complete("REG-1");
  CHECK(story.states() == both(ObligationState::items_open));
  // A later pass makes it good.
  story.run("R6", "SIT-1", "I1", Outcome::passed, "B2", kBoth);
  CHECK(story.states() == both(ObligationState::discharged));
  CHECK(story.findings() == Rules{});
}

TEST_CASE("runs from before the start, and runs that no cycle lists, count for their own phase") {
  Due story;
  story.run("R5", "SIT-1", "I1", Outcome::passed, "B2", kBoth);
  story.endorse("sp-tl", story.commit("REG-1"));
  story.start("REG-1", story.changes);
  story.run("R6", "SIT-1", "I2", Outcome::passed, "B2", kBoth);
  CHECK(view_cycles(story.facts().board, story.facts().regression)[0].passed == 0);
  CHECK(story.outcomes("MT-1") == Outcomes{{"I1", ItemOutcome::stale}, {"I2", ItemOutcome::stale}});
  CHECK(story.outcomes("SIT-1") ==
        Outcomes{{"I1", ItemOutcome::passed}, {"I2", ItemOutcome::passed}});
}

TEST_CASE("a cycle covers nothing before both sides have committed to it as it was listed") {
  Due story;
  const EventId baseline = story.commit("REG-1");
  story.start("REG-1", story.changes);
  story.run("R5", "SIT-1", "I1", Outcome::passed, "B2", kBoth);
  CHECK(story.states() == both(ObligationState::regression_due));
  CHECK(story.findings() == Rules{{"R-ORDER", 1}});
  story.endorse("sp-tl", baseline);
  CHECK(story.states() == both(ObligationState::under_way));

  Due other;
  events::RegressionItemsListed listed;
  listed.items = {{"I2", "MT-1", "PEE-001"}};
  listed.regression = "REG-2";
  other.say("dcc-tm", listed);
  other.endorse("sp-tl", other.commit("REG-2"));  // to the items of a listing that is shorter
  other.start("REG-2", other.changes);
  CHECK(other.states() == both(ObligationState::regression_due));
  CHECK(other.findings() == Rules{{"R-ROOT", 1}});
}

TEST_CASE("a cycle answers the changes that it names") {
  Due story;
  story.endorse("sp-tl", story.commit("REG-1"));
  story.start("REG-1", {story.changes[1]});
  story.run("R5", "SIT-1", "I1", Outcome::passed, "B2", kBoth);
  story.complete("REG-1");
  // The deployment under MT is no part of it.
  CHECK(story.states() == States{{TestKind::mt, ObligationState::regression_due},
                                 {TestKind::sit, ObligationState::discharged}});
}

TEST_CASE("items listed after both sides signed make a list that nobody agreed to") {
  Due story;
  story.endorse("sp-tl", story.commit("REG-1", {{"I1", "SIT-1", "PEE-001"}}));
  story.start("REG-1", story.changes);
  story.run("R5", "SIT-1", "I1", Outcome::passed, "B2", kBoth);
  story.complete("REG-1");
  CHECK(story.states() == States{{TestKind::mt, ObligationState::regression_due},
                                 {TestKind::sit, ObligationState::discharged}});
  // One side alone cannot stretch the cycle to MT.
  events::RegressionItemsListed listed;
  listed.items = {{"I1", "MT-1", "PEE-001"}};
  listed.regression = "REG-1";
  story.say("dcc-tm", listed);
  CHECK(story.states() == both(ObligationState::regression_due));
  CHECK(story.findings().at("R-ORDER") == 1);
}

TEST_CASE("what ran before a start named the change says nothing of it") {
  Due story;
  story.endorse("sp-tl", story.commit("REG-1"));
  story.start("REG-1", story.changes);
  story.run("R5", "SIT-1", "I1", Outcome::passed, "B2", kBoth);
  story.complete("REG-1");
  const EventId later = story.say("dcc-rm", Story::model("M2", "INV-1.09"));
  story.assess_by_both({later}, ImpactVerdict::regress);
  story.start("REG-1", {later});
  const auto state_of_later = [&] { return obligations(story.facts()).back().state; };
  REQUIRE(obligations(story.facts()).back().change == later);
  CHECK(state_of_later() == ObligationState::items_open);
  CHECK(story.outcomes("SIT-1").at("I1") == ItemOutcome::stale);
  story.run("R6", "SIT-1", "I1", Outcome::passed, "B2", kBoth);
  CHECK(state_of_later() == ObligationState::discharged);
}

TEST_CASE("a regression of a fix is none of the build that brings it later") {
  RegressionStory story;
  story.say("dcc-tm", issue_raised("TI-1", "SIT-1", {"PEE-001"}));
  story.say("dcc-im", issue_triaged("TI-1", 3));
  const EventId fix = story.say("sp-tl", fix_delivered("TI-1", "B2"));
  story.assess_by_both({fix}, ImpactVerdict::regress);
  story.endorse("sp-tl", story.commit("REG-1"));
  story.start("REG-1", {fix});
  story.run("R5", "SIT-1", "I1", Outcome::passed, "B1");
  story.complete("REG-1");
  CHECK(story.states() == States{{TestKind::sit, ObligationState::discharged}});
  const EventId deployed = story.deploy("SIT-1", "B1", "B2");
  REQUIRE(obligations(story.facts()).back().change == deployed);
  CHECK(story.states() == States{{TestKind::sit, ObligationState::items_open}});
  story.run("R6", "SIT-1", "I1", Outcome::passed, "B2");
  CHECK(story.states() == States{{TestKind::sit, ObligationState::discharged}});
}

TEST_CASE("a deployment that misstates what it replaces changes nothing of what passed before it") {
  Due story;
  story.endorse("sp-tl", story.commit("REG-1"));
  story.start("REG-1", story.changes);
  story.run("R5", "SIT-1", "I1", Outcome::passed, "B2", kBoth);
  story.complete("REG-1");
  story.deploy("SIT-1", "B1", "B3");  // B2 was there
  CHECK(obligations(story.facts())[1].state == ObligationState::discharged);
  CHECK(obligations(story.facts())[1].change == story.changes[1]);
}

TEST_CASE("what a completed cycle showed stays, whatever is deployed afterwards") {
  Due story;
  story.endorse("sp-tl", story.commit("REG-1"));
  story.start("REG-1", story.changes);
  story.run("R5", "SIT-1", "I1", Outcome::passed, "B2", kBoth);
  story.complete("REG-1");
  story.say("dcc-tm", exit_decided("SIT-1", {"PEE-001"}));
  story.deploy("SIT-1", "B2", "B3");
  const auto open = open_obligations(story.facts());
  REQUIRE(open.size() == 1);
  CHECK(open[0].completed);
  CHECK(open[0].state == ObligationState::unassessed);
  CHECK(story.findings() == Rules{{"R-DUE", 1}});
}

TEST_CASE("what a completed cycle showed stays, whatever is imported afterwards on that build") {
  Due story;
  story.endorse("sp-tl", story.commit("REG-1", {{"I1", "SIT-1", "PEE-001"}}));
  story.start("REG-1", story.changes);
  story.import("IMP-1", "SIT-1", "I1", Outcome::passed, "B2");
  story.complete("REG-1");
  const auto sit = [&] { return story.states().at(TestKind::sit); };
  CHECK(sit() == ObligationState::discharged);
  for (const auto outcome : {Outcome::failed, Outcome::passed, Outcome::blocked}) {
    story.import("IMP-" + std::string(enum_text(outcome)), "SIT-1", "I1", outcome, "B2");
    CHECK(sit() == ObligationState::discharged);
  }
  // The item itself is what came in last.
  CHECK(story.outcomes("SIT-1").at("I1") == ItemOutcome::blocked);
  CHECK(story.findings() == Rules{});
}

TEST_CASE("an import that goes on after the cycle was completed had said no more by then") {
  Due story;
  story.endorse("sp-tl", story.commit("REG-1", {{"I1", "SIT-1", "PEE-001"}}));
  story.start("REG-1", story.changes);
  story.import("IMP-1", "SIT-1", "I1", Outcome::passed, "B2");
  story.complete("REG-1");
  story.say("sp-tl", result("IMP-1", 1, "I1", Outcome::failed));
  CHECK(story.outcomes("SIT-1").at("I1") == ItemOutcome::failed);
  CHECK(story.states().at(TestKind::sit) == ObligationState::discharged);
}

TEST_CASE("an exit is judged by the imports and the items that were there") {
  Due story;
  story.endorse("sp-tl", story.commit("REG-1", {{"I1", "SIT-1", "PEE-001"}}));
  story.start("REG-1", story.changes);
  story.import("IMP-1", "SIT-1", "I1", Outcome::failed, "B2");
  story.complete("REG-1");
  story.import("IMP-2", "SIT-1", "I1", Outcome::passed, "B2");
  story.say("dcc-tm", exit_decided("SIT-1", {"PEE-001"}));
  CHECK(story.findings() == Rules{});
  story.import("IMP-3", "SIT-1", "I1", Outcome::failed, "B2");
  CHECK(story.states().at(TestKind::sit) == ObligationState::items_open);
  CHECK(story.findings() == Rules{{"R-FAIL", 1}});
  // Nor is an item asked for that one side listed later.
  events::RegressionItemsListed listed;
  listed.items = {{"I2", "SIT-1", "PEE-001"}};
  listed.regression = "REG-1";
  story.say("dcc-tm", listed);
  CHECK(story.findings() == Rules{{"R-FAIL", 1}, {"R-ORDER", 1}});
}

TEST_CASE("an item keeps what was the latest import when somebody looked, and no more") {
  Due story;
  const auto kept = [&] {
    return story.facts().board.phases.at("SIT-1").entries.at("PEE-001").items.at("I1").imported.at(
        "B2");
  };
  for (const char* id : {"IMP-1", "IMP-2", "IMP-3"}) {
    story.import(id, "SIT-1", "I1", Outcome::failed, "B2");
    CHECK(kept().size() == 1);
  }
  const EventId exit = story.say("dcc-tm", exit_decided("SIT-1", {"PEE-001"}));
  for (const char* id : {"IMP-4", "IMP-5"}) {
    story.import(id, "SIT-1", "I1", Outcome::passed, "B2");
    REQUIRE(kept().size() == 2);
    CHECK(kept()[0].import == "IMP-3");
    CHECK(kept()[0].event < exit);
    CHECK(kept()[1].import == Identifier(id));
  }
  // Results of an import that started before the latest one change nothing.
  story.say("dcc-tm", exit_decided("SIT-1", {"PEE-001"}));
  story.say("sp-tl", result("IMP-1", 1, "I1", Outcome::failed));
  CHECK(kept().size() == 2);
}

TEST_CASE("a regression policy may ask for a Depth and Breadth document of the cohort") {
  Due story;
  events::RegressionPolicy policy;
  policy.document_required = true;
  events::PolicyBody body;
  body.regression = policy;
  story.policy("REG-INV", body);
  story.endorse("sp-tl", story.commit("REG-1"));
  CHECK(story.findings() == Rules{{"R-DNB", 1}});
}

TEST_CASE("cycles in any order are folded, counted and never refused") {
  Regression state;
  Timestamp at{1};
  events::RegressionCompleted completed;
  completed.regression = "REG-9";
  const EventData data(completed);
  state.apply({{7, 0}, data, at, at, {}, "DCC", std::nullopt}, Stage::in_effect);
  CHECK(state.unplaced.at("regression_completed").count == 1);
  CHECK(state.cycles.empty());
}
