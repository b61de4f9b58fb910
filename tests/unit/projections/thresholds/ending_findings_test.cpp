// How issues leave the open ones, and come back.

#include <catch2/catch.hpp>

#include "tests/unit/projections/thresholds/finding_support.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Outcome;

namespace {

void run(FactStory& story, const char* id, const char* entry, const char* build,
         Outcome outcome = Outcome::passed) {
  story.say(run_started(id, kSit, entry, "", {build}));
  story.say(run_finished(id, outcome));
}

/// TI-1 on PEE-001 and PEE-002, fixed in B2, on an environment that went from B1 to B2 to B3 and
/// back to B1.
FactStory fixed() {
  FactStory story = mds_cohort();
  story.say(environment("ENV", {kSit}, "B1"));
  issue(story, "TI-1", 3, {"PEE-001", "PEE-002"});
  story.say(fix_delivered("TI-1", "B2"));
  story.say(deployed("ENV", "B1", "B2"));
  story.say(deployed("ENV", "B2", "B3"));
  story.say(deployed("ENV", "B3", "B1"));
  return story;
}

Sentences without_retest(FactStory& story) {
  story.say(issue_closed("TI-1"));
  return sentences_of(story, {}, "Q-NORETEST");
}

}  // namespace

TEST_CASE("Q-NORETEST: every affected entry, on the build of the fix or a later one") {
  FactStory all = fixed();
  run(all, "R1", "PEE-001", "B2");
  run(all, "R2", "PEE-002", "B3");
  all.say(retest("TI-1", true, "R1"));
  all.say(retest("TI-1", true, "R2"));
  CHECK(without_retest(all).empty());

  FactStory one = fixed();
  run(one, "R1", "PEE-001", "B2");
  one.say(retest("TI-1", true, "R1"));
  CHECK(without_retest(one) ==
        Sentences{"TI-1 was closed as fixed, and no retest that passed on build B2 or a later one "
                  "is recorded for: PEE-002."});
}

TEST_CASE("Q-NORETEST: a rolled-back build, a failure or an invalidated run is no retest") {
  const auto missing = [](const char* build, Outcome outcome, bool invalidate) {
    FactStory story = fixed();
    run(story, "R1", "PEE-001", "B2");
    run(story, "R2", "PEE-002", build, outcome);
    if (invalidate) story.say(run_invalidated("R2"));
    story.say(retest("TI-1", true, "R1"));
    story.say(retest("TI-1", true, "R2"));
    return without_retest(story).size();
  };
  CHECK(missing("B3", Outcome::passed, false) == 0);
  CHECK(missing("B1", Outcome::passed, false) == 1);
  CHECK(missing("B9", Outcome::passed, false) == 1);
  CHECK(missing("B3", Outcome::failed, false) == 1);
  CHECK(missing("B3", Outcome::passed, true) == 1);
}

TEST_CASE("Q-NORETEST: runs that the closing names count, and imported results by their import") {
  FactStory story = fixed();
  run(story, "R1", "PEE-001", "B3");
  story.say(import_started("IMP", kSit, "PEE-002", "B2", 1));
  const EventId passed = story.say(result("IMP", 0, "", Outcome::passed));
  story.say(import_finished("IMP", 1));
  story.say(events::RetestRecorded{"TI-1", true, passed, std::nullopt});
  events::IssueClosed closed = issue_closed("TI-1");
  closed.runs = IdentifierSet::of({"R1"});
  story.say(closed);
  CHECK(findings_of(story, {}, "Q-NORETEST").empty());
}

TEST_CASE("Q-NORETEST: only what stands as closed because it was fixed") {
  FactStory accepted = fixed();
  accepted.say(issue_closed("TI-1", events::ClosureKind::no_fix_accepted));
  CHECK(findings_of(accepted, {}, "Q-NORETEST").empty());
  FactStory reopened = fixed();
  CHECK(without_retest(reopened).size() == 1);
  reopened.say(issue_reopened("TI-1"));
  CHECK(findings_of(reopened, {}, "Q-NORETEST").empty());
}

TEST_CASE("Q-NORETEST: without a fix that names its build, a pass since the issue was raised") {
  FactStory story = mds_cohort();
  run(story, "R1", "PEE-001", "B1");
  issue(story, "TI-1", 3, {"PEE-001"});
  story.say(retest("TI-1", true, "R1"));
  CHECK(without_retest(story).size() == 1);
  story.say(issue_reopened("TI-1"));
  run(story, "R2", "PEE-001", "B1");
  story.say(retest("TI-1", true, "R2"));
  CHECK(without_retest(story).empty());
}

TEST_CASE("Q-REJ: without a rationale, or by the owner alone") {
  const auto found = [](const char* owner, const char* rationale) {
    FactStory story = mds_cohort();
    auto triaged = issue_triaged("TI-1", 3);
    triaged.owner = owner;
    story.say(issue_raised("TI-1", kSit, {"PEE-001"}));
    story.say(triaged);
    story.say(events::IssueRejected{"TI-1", rationale});
    return sentences_of(story, {}, "Q-REJ");
  };
  CHECK(found("S1SP-A", "works as specified").empty());
  CHECK(found("DCC", "works as specified") ==
        Sentences{"TI-1 was rejected by its owner DCC alone."});
  CHECK(found("S1SP-A", " \n") == Sentences{"TI-1 was rejected without a rationale."});
  CHECK(found("DCC", "").size() == 2);
}

TEST_CASE("Q-REJ: closing as rejected is a rejection too, and a reopened one is none") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  story.say(issue_closed("TI-1", events::ClosureKind::rejected));
  CHECK(findings_of(story, {}, "Q-REJ").size() == 2);  // no reason, and DCC owns it
  story.say(issue_reopened("TI-1"));
  CHECK(findings_of(story, {}, "Q-REJ").empty());
}

TEST_CASE("Q-DUP: chains that end in nothing, and in something milder") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 4, {"PEE-001"});
  issue(story, "TI-2", 4, {"PEE-001"});
  issue(story, "TI-3", 2, {"PEE-001"});
  story.say(issue_duplicated("TI-2", "TI-1"));
  CHECK(findings_of(story, {}, "Q-DUP").empty());
  story.say(issue_duplicated("TI-3", "TI-2"));
  CHECK(sentences_of(story, {}, "Q-DUP") ==
        Sentences{"TI-3, of severity 2, stands as a duplicate of TI-1, of severity 4."});
  story.say(issue_duplicated("TI-1", "TI-3"));
  CHECK(findings_of(story, {}, "Q-DUP").size() == 3);  // all in a circle
  story.say(issue_reopened("TI-1"));
  CHECK(findings_of(story, {}, "Q-DUP").size() == 1);
}

TEST_CASE("Q-REOPEN: after the exit of what it affects, not before") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  story.say(issue_closed("TI-1"));
  story.say(issue_reopened("TI-1"));
  story.say(issue_closed("TI-1"));
  story.say(exit_decided(kSit, {"PEE-001"}, events::ExitOutcome::continue_testing));
  story.say(exit_decided(kSit, {"PEE-004"}));
  CHECK(findings_of(story, {}, "Q-REOPEN").empty());
  story.say(issue_reopened("TI-1"));
  story.say(issue_closed("TI-1"));
  CHECK(findings_of(story, {}, "Q-REOPEN").empty());
  const EventId exit = story.say(exit_decided(kSit, {"PEE-001"}));
  CHECK(findings_of(story, {}, "Q-REOPEN").empty());
  const EventId again = story.say(issue_reopened("TI-1"));
  const auto found = findings_of(story, {}, "Q-REOPEN");
  REQUIRE(found.size() == 1);
  CHECK(found[0].events == std::vector{exit, again});
  CHECK(found[0].subject == "issue/TI-1");
  CHECK(found[0].phase == Identifier(kSit));
}
