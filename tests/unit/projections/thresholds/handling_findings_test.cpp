// How issues are raised and handled while they are open.

#include <catch2/catch.hpp>

#include "tests/unit/projections/thresholds/finding_support.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

events::RunFinished ended(const char* run, const char* time, events::Outcome outcome) {
  events::RunFinished event = run_finished(run, outcome);
  event.ended_at = Timestamp::parse(time).value();
  return event;
}

events::IssueScopeChanged narrowed(const char* issue, Ids removed, Ids added = {}) {
  return {IdentifierSet::of(std::move(added)), issue, "not seen there",
          IdentifierSet::of(std::move(removed))};
}

}  // namespace

TEST_CASE("Q-LATE: from the end of the first failure to the issue, to the hour") {
  const auto found = [](const char* raised_at, std::optional<std::uint64_t> limit) {
    FactStory story = mds_cohort();
    for (const char* run : {"R1", "R2", "R3"}) story.say(run_started(run, kSit, "PEE-001", ""));
    story.say(ended("R1", "2019-10-22T09:00:00.000000Z", events::Outcome::passed));
    story.say(ended("R2", "2019-10-22T12:00:00.000000Z", events::Outcome::failed));
    story.say(ended("R3", "2019-10-22T10:00:00.000000Z", events::Outcome::failed));
    auto raised = issue_raised("TI-1", kSit, {"PEE-001"});
    raised.runs = IdentifierSet::of({"R1", "R2", "R3"});
    story.at(raised_at).say(raised);
    const events::LatenessPolicy lateness{limit, std::nullopt};
    IssuePolicies policies;
    policies.lateness = &lateness;
    return sentences_of(story, policies, "Q-LATE");
  };
  CHECK(found("2019-10-23T10:00:00.000000Z", 24).empty());
  CHECK(found("2019-10-23T10:00:00.000001Z", 24) ==
        Sentences{"TI-1 was raised 24 hours after the run that showed it had ended; the limit is "
                  "24 hours."});
  CHECK(found("2019-12-23T10:00:00.000000Z", std::nullopt).empty());
}

TEST_CASE("Q-SELF: raised, triaged and owned by one party") {
  const auto found = [](const char* raiser, const char* triager, const char* owner) {
    FactStory story = mds_cohort();
    story.by(raiser).say(issue_raised("TI-1", kSit, {"PEE-001"}));
    auto triaged = issue_triaged("TI-1", 3);
    triaged.owner = owner;
    story.by(triager).say(triaged);
    return findings_of(story, {}, "Q-SELF").size();
  };
  CHECK(found("DCC", "DCC", "DCC") == 1);
  CHECK(found("S1SP-A", "DCC", "DCC") == 0);
  CHECK(found("DCC", "DCC", "S1SP-A") == 0);
  CHECK(found("S1SP-A", "DCC", "S1SP-A") == 0);
  FactStory untriaged = mds_cohort();
  untriaged.say(issue_raised("TI-1", kSit, {"PEE-001"}));
  CHECK(findings_of(untriaged, {}, "Q-SELF").empty());
}

TEST_CASE("Q-NARROW: an entry taken away within the window, unless it came back") {
  const auto policy = sample_policy();
  IssuePolicies policies;
  policies.threshold = &policy;
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001", "PEE-002", "PEE-003"});
  story.at("2019-11-10T09:00:00.000000Z").say(narrowed("TI-1", {"PEE-003"}));
  story.at("2019-11-14T09:00:00.000000Z").say(narrowed("TI-1", {"PEE-002"}));
  const std::uint64_t size = story.size();
  story.at("2019-11-15T17:00:00.000000Z").say(cutoff(kSit, {"PEE-001"}, size));
  CHECK(sentences_of(story, policies, "Q-NARROW") ==
        Sentences{"Planned entry PEE-002 was taken away from TI-1 within 72 hours before a "
                  "cut-off."});
  story.say(narrowed("TI-1", {}, {"PEE-002"}));
  CHECK(findings_of(story, policies, "Q-NARROW").empty());
  story.say(narrowed("TI-1", {"PEE-001"}));  // after the cut-off
  CHECK(findings_of(story, policies, "Q-NARROW").empty());
}

TEST_CASE("Q-DEFER: severities that the taxonomy does not let be deferred") {
  events::SeverityTaxonomy taxonomy;
  taxonomy.severities_not_deferred = {1, 2};
  IssuePolicies policies;
  policies.taxonomy = &taxonomy;
  const auto found = [&](std::uint64_t severity, auto&& after) {
    FactStory story = mds_cohort();
    issue(story, "TI-1", severity, {"PEE-001"});
    story.say(issue_deferred("TI-1"));
    after(story);
    return sentences_of(story, policies, "Q-DEFER");
  };
  const auto nothing = [](FactStory&) {};
  CHECK(found(2, nothing) ==
        Sentences{"TI-1 is deferred at severity 2, which may not be deferred."});
  CHECK(found(3, nothing).empty());
  const auto lower = [](FactStory& story) { story.say(severity_changed("TI-1", 2, 4)); };
  CHECK(found(2, lower).size() == 1);  // it was deferred at 2 all the same
  const auto raise = [](FactStory& story) { story.say(severity_changed("TI-1", 3, 1)); };
  CHECK(found(3, raise).size() == 1);
  const auto resume = [](FactStory& story) { story.say(issue_assigned("TI-1")); };
  CHECK(found(2, resume).empty());
  FactStory untriaged = mds_cohort();
  untriaged.say(issue_raised("TI-1", kSit, {"PEE-001"}));
  untriaged.say(issue_deferred("TI-1"));
  CHECK(findings_of(untriaged, policies, "Q-DEFER").size() == 1);
  CHECK(findings_of(untriaged, {}, "Q-DEFER").empty());
}

TEST_CASE("Q-DEFER: a deferral without the approval that the policy asks for") {
  events::ApprovalPolicy policy;
  policy.rules = {{std::nullopt, true, events::Matter::deferral, {}, {}}};
  IssuePolicies policies;
  policies.approval = &policy;
  const auto found = [&](const char* approver) {
    FactStory story = mds_cohort();
    issue(story, "TI-1", 3, {"PEE-001"});
    auto deferred = issue_deferred("TI-1");
    if (approver != nullptr) {
      deferred.approval = story.by(approver).decide(events::TagPositionRecorded{});
    }
    story.by("DCC").say(deferred);
    return findings_of(story, policies, "Q-DEFER").size();
  };
  CHECK(found("SECAS") == 0);
  CHECK(found("DCC") == 1);
  CHECK(found(nullptr) == 1);
}
