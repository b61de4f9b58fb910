// Failures without issues, and issues without runs (question 16).

#include <catch2/catch.hpp>

#include "tests/unit/projections/thresholds/finding_support.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Outcome;

namespace {

FactStory with_run(Outcome outcome) {
  FactStory story = mds_cohort();
  story.say(run_started("R1", kSit, "PEE-001", "I"));
  story.say(run_finished("R1", outcome));
  return story;
}

events::IssueRaised naming(const char* issue, Ids runs, std::vector<EventId> results = {}) {
  auto event = issue_raised(issue, kSit, {"PEE-001"});
  event.runs = IdentifierSet::of(std::move(runs));
  event.results = std::move(results);
  return event;
}

std::size_t unnamed(const FactStory& story) { return findings_of(story, {}, "Q-NOISSUE").size(); }

}  // namespace

TEST_CASE("Q-NOISSUE: every run that did not pass, blocked ones too") {
  CHECK(unnamed(with_run(Outcome::passed)) == 0);
  CHECK(unnamed(with_run(Outcome::skipped)) == 0);
  for (const Outcome adverse :
       {Outcome::failed, Outcome::blocked, Outcome::error, Outcome::not_completed}) {
    FactStory story = with_run(adverse);
    CHECK(unnamed(story) == 1);
    story.say(naming("TI-1", {"R1"}));
    CHECK(unnamed(story) == 0);
  }
  CHECK(sentences_of(with_run(Outcome::blocked), {}, "Q-NOISSUE") ==
        Sentences{"Run R1 ended as blocked, and no Testing Issue names it."});
}

TEST_CASE("Q-NOISSUE: a pass afterwards does not undo a failure that nobody explained") {
  FactStory story = with_run(Outcome::failed);
  story.say(run_started("R2", kSit, "PEE-001", "I"));
  story.say(run_finished("R2", Outcome::passed));
  CHECK(unnamed(story) == 1);
  story.say(run_invalidated("R1"));
  CHECK(unnamed(story) == 0);
}

TEST_CASE("Q-NOISSUE: a failed retest belongs to its issue") {
  FactStory story = with_run(Outcome::failed);
  story.say(naming("TI-1", {}));
  story.say(retest("TI-1", false, "R1"));
  CHECK(unnamed(story) == 0);
}

TEST_CASE("Q-NOISSUE: imported failures, by the item that they are about") {
  FactStory story = mds_cohort();
  story.say(import_started("IMP", kSit, "PEE-001", "B1", 2));
  const EventId failed = story.say(result("IMP", 0, "I", Outcome::failed));
  story.say(result("IMP", 1, "J", Outcome::passed));
  CHECK(sentences_of(story, {}, "Q-NOISSUE") ==
        Sentences{"Item I came in as failed on build B1, and no Testing Issue names the result."});
  FactStory waiving = story;
  waiving.say(waived(kSit, "PEE-001", "I"));
  CHECK(unnamed(waiving) == 0);
  story.say(naming("TI-1", {}, {failed}));
  CHECK(unnamed(story) == 0);
}

TEST_CASE("Q-NORUN: an unexpected outcome that nothing shows; what prevents a test has no run") {
  FactStory story = mds_cohort();
  story.say(naming("TI-1", {}));
  auto blocked = naming("TI-2", {});
  blocked.kind = events::IssueKind::preventing_execution;
  story.say(blocked);
  story.say(naming("TI-3", {"R1"}));
  story.say(naming("TI-4", {}, {{7, 0}}));
  const auto found = findings_of(story, {}, "Q-NORUN");
  REQUIRE(found.size() == 1);
  CHECK(found[0].subject == "issue/TI-1");
  IssuePolicies elsewhere;
  elsewhere.phases = {kMt};
  CHECK(findings_of(story, elsewhere, "Q-NORUN").empty());
}
