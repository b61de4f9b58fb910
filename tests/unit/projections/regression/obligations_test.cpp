// Changes after a baseline, their assessments, and what they oblige to (R1 to R5).

#include "tests/unit/projections/regression/regression_story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

using Outcomes = std::map<std::string, ItemOutcome>;
using States = std::map<TestKind, ObligationState>;
using Rules = std::map<std::string, int>;

const Outcomes kPassed{{"I1", ItemOutcome::passed}, {"I2", ItemOutcome::passed}};
const Outcomes kStale{{"I1", ItemOutcome::stale}, {"I2", ItemOutcome::stale}};

}  // namespace

TEST_CASE("a build deployed before the scope is committed to obliges to nothing") {
  Story story;
  story.say("dcc-tm", phase("SIT-1", {"PEE-001"}));
  story.say("dcc-tm", listed("S", "SIT-1", {item("I1", "PEE-001")}));
  story.say("sp-tl", environment("ENV", {"SIT-1"}, "B1"));
  story.say("sp-tl", deployed("ENV", "B1", "B2"));
  CHECK(obligations(story.facts()).empty());
  story.endorse("sp-tl", story.say("dcc-tm", baselined("S", "SIT-1", {item("I1", "PEE-001")})));
  CHECK(obligations(story.facts()).empty());
  story.say("sp-tl", deployed("ENV", "B2", "B3"));
  CHECK(obligations(story.facts()).size() == 1);
}

TEST_CASE("a deployment after the baseline is open until both sides assess it") {
  RegressionStory story;
  CHECK(story.outcomes("SIT-1") == kPassed);
  const EventId change = story.deploy("SIT-1", "B1", "B2");
  CHECK(story.states() == States{{TestKind::sit, ObligationState::unassessed}});
  CHECK(story.outcomes("SIT-1") == kStale);
  CHECK(story.outcomes("MT-1") == kPassed);
  REQUIRE(stale_items(story.facts(), "SIT-1", "PEE-001").size() == 2);
  CHECK(stale_items(story.facts(), "SIT-1", "PEE-001")[0].stale_by == std::vector{change});

  const EventId said = story.assess({change}, ImpactVerdict::no_regression_needed);
  CHECK(story.states() == States{{TestKind::sit, ObligationState::awaiting_endorsement}});
  CHECK(story.outcomes("SIT-1") == kStale);
  story.endorse("dcc-tm", said);
  CHECK(story.states() == States{{TestKind::sit, ObligationState::no_regression_needed}});
  CHECK(open_obligations(story.facts()).empty());
  CHECK(story.outcomes("SIT-1") == kPassed);
  const auto standings = item_standings(story.facts(), "SIT-1", "PEE-001");
  CHECK(standings[0].on_board == ItemOutcome::stale);
  CHECK(standings[0].lifted_by_assessments == std::vector{said});
}

TEST_CASE("an assessment speaks for the kinds and entries that it names, and no others") {
  RegressionStory story;
  const EventId sit = story.deploy("SIT-1", "B1", "B2");
  const EventId mt = story.deploy("MT-1", "B1", "B3");
  story.assess_by_both({sit, mt}, ImpactVerdict::no_regression_needed, {TestKind::sit});
  CHECK(story.states() == States{{TestKind::mt, ObligationState::unassessed},
                                 {TestKind::sit, ObligationState::no_regression_needed}});
  story.assess_by_both({mt}, ImpactVerdict::no_regression_needed, {}, {"PEE-002"});
  CHECK(story.states().at(TestKind::mt) == ObligationState::unassessed);
  CHECK(story.outcomes("MT-1") == kStale);
}

TEST_CASE("an assessment to regress carries a change into the kinds that it names") {
  RegressionStory story;
  const EventId change = story.deploy("SIT-1", "B1", "B2");
  story.assess_by_both({change}, ImpactVerdict::regress, {TestKind::mt, TestKind::sit},
                       {"PEE-001"});
  CHECK(story.states() == States{{TestKind::mt, ObligationState::regression_due},
                                 {TestKind::sit, ObligationState::regression_due}});
  // MT's own builds are accepted as before, and its passes are STALE all the same.
  CHECK(story.outcomes("MT-1") == kStale);
}

TEST_CASE("of two assessments in effect the later one counts") {
  RegressionStory story;
  const EventId change = story.deploy("SIT-1", "B1", "B2");
  story.assess_by_both({change}, ImpactVerdict::no_regression_needed);
  story.assess_by_both({change}, ImpactVerdict::regress);
  CHECK(story.states().at(TestKind::sit) == ObligationState::regression_due);
  CHECK(story.outcomes("SIT-1") == kStale);
}

TEST_CASE("a pass on a build that was never accepted is lifted by nothing") {
  RegressionStory story;
  story.run("R9", "SIT-1", "I1", Outcome::passed, "B0");
  story.run("R10", "SIT-1", "I2", Outcome::passed, "B1");
  const EventId change = story.deploy("SIT-1", "B1", "B2");
  story.assess_by_both({change}, ImpactVerdict::no_regression_needed);
  CHECK(story.outcomes("SIT-1") ==
        Outcomes{{"I1", ItemOutcome::stale}, {"I2", ItemOutcome::passed}});
}

TEST_CASE("a fix and the deployment of its build are one change, under either name") {
  RegressionStory story;
  story.say("dcc-tm", issue_raised("TI-1", "SIT-1", {"PEE-001"}));
  story.say("dcc-im", issue_triaged("TI-1", 3));
  const EventId fix = story.say("sp-tl", fix_delivered("TI-1", "B2"));
  CHECK(story.states() == States{{TestKind::sit, ObligationState::unassessed}});
  CHECK(story.outcomes("SIT-1") == kPassed);  // nothing that is under test has changed yet
  story.deploy("SIT-1", "B1", "B2");
  CHECK(open_obligations(story.facts()).size() == 2);
  story.assess_by_both({fix}, ImpactVerdict::no_regression_needed, {}, {"PEE-001"});
  CHECK(open_obligations(story.facts()).empty());
  CHECK(story.outcomes("SIT-1") == kPassed);
}

TEST_CASE("a device model with other firmware is a change of the DMCs that hold the earlier one") {
  RegressionStory story;
  story.say("dcc-rm", Story::model("M2", "INV-1.09"));
  CHECK(story.states() == States{{TestKind::mt, ObligationState::unassessed},
                                 {TestKind::sit, ObligationState::unassessed}});
  CHECK(open_obligations(story.facts())[0].change_kind == ChangeKind::firmware);
  CHECK(story.outcomes("SIT-1") == kPassed);
}

TEST_CASE("what counts as a change, and until when it is assessed, is policy") {
  RegressionStory story;
  events::RegressionPolicy policy;
  policy.assessment_hours_max = 1;
  policy.firmware_is_change = false;
  policy.fix_is_change = false;
  events::PolicyBody body;
  body.regression = policy;
  story.policy("REG-INV", body);
  story.say("dcc-rm", Story::model("M2", "INV-1.09"));
  CHECK(obligations(story.facts()).empty());
  story.deploy("SIT-1", "B1", "B2");
  CHECK(story.findings() == Rules{});
  for (int minute = 0; minute < 61; ++minute) story.say("dcc-im", events::Heartbeat{});
  CHECK(story.findings() == Rules{{"R-NOIA", 1}});
}

TEST_CASE("an exit decided on open obligations is found, and so is a change after it") {
  RegressionStory story;
  const EventId first = story.deploy("SIT-1", "B1", "B2");
  story.say("dcc-tm", exit_decided("SIT-1", {"PEE-001"}));
  CHECK(story.findings() == Rules{{"R-NOIA", 1}});
  story.assess_by_both({first}, ImpactVerdict::no_regression_needed);
  CHECK(story.findings() == Rules{{"R-NOIA", 1}});  // what was decided then stays as it was

  RegressionStory other;
  const EventId change = other.deploy("SIT-1", "B1", "B2");
  other.assess_by_both({change}, ImpactVerdict::regress);
  other.say("dcc-tm", exit_decided("SIT-1", {"PEE-001"}));
  CHECK(other.findings() == Rules{{"R-OPEN", 1}});
  other.deploy("SIT-1", "B2", "B3");
  CHECK(other.findings() == Rules{{"R-DUE", 1}, {"R-OPEN", 1}});
  CHECK(open_obligations(other.facts()).back().completed);
}

TEST_CASE("an assessment of a fix that leaves out an affected entry is found") {
  RegressionStory story;
  story.say("dcc-tm", issue_raised("TI-1", "SIT-1", {"PEE-001", "PEE-002"}));
  story.say("dcc-im", issue_triaged("TI-1", 3));
  events::IssueScopeChanged scope;
  scope.added = IdentifierSet::of({"PEE-001", "PEE-002"});
  scope.issue = "TI-1";
  scope.reason = "seen on both";
  story.say("dcc-im", scope);
  const EventId fix = story.say("sp-tl", fix_delivered("TI-1", "B2"));
  story.assess_by_both({fix}, ImpactVerdict::regress, {}, {"PEE-001"});
  CHECK(story.findings() == Rules{{"R-SCOPE", 1}});
  story.assess_by_both({fix}, ImpactVerdict::no_regression_needed, {}, {"PEE-002"});
  CHECK(story.findings() == Rules{});
}
