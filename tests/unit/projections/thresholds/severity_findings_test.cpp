// Severities lowered in time for a cut-off, lowered alone, or never judged.

#include <catch2/catch.hpp>

#include "tests/unit/projections/thresholds/finding_support.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

constexpr const char* kDay = "2019-11-14T17:00:00.000000Z";

/// TI-1 lowered from 2 to 3 on the 14th at 17:00.
FactStory lowered(const char* in_phase = kSit) {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 2, {"PEE-001"}, events::Attribution::dcc_systems, in_phase);
  story.at(kDay).say(severity_changed("TI-1", 2, 3));
  return story;
}

std::size_t downgrades(const FactStory& story, const IssuePolicies& policies) {
  return findings_of(story, policies, "Q-DOWN").size();
}

}  // namespace

TEST_CASE("Q-DOWN: a downgrade within the window before a cut-off, to the hour") {
  const auto policy = sample_policy();  // 72 hours
  IssuePolicies policies;
  policies.threshold = &policy;
  const auto cut_at = [&](const char* time) {
    FactStory story = lowered();
    const std::uint64_t size = story.size();
    story.at(time).say(cutoff(kSit, {"PEE-001"}, size));
    return downgrades(story, policies);
  };
  CHECK(cut_at("2019-11-14T18:00:00.000000Z") == 1);
  CHECK(cut_at("2019-11-17T17:00:00.000000Z") == 1);
  CHECK(cut_at("2019-11-17T17:00:00.000001Z") == 0);
  // Without a cut-off, a policy or a window there is nothing to say.
  CHECK(downgrades(lowered(), policies) == 0);
  policies.present_is_cutoff = true;
  CHECK(sentences_of(lowered(), policies, "Q-DOWN") ==
        Sentences{"The severity of TI-1 was lowered from 2 to 3 less than an hour before the "
                  "end of what a cut-off covers; the policy's window is 72 hours."});
  policies.threshold = nullptr;
  CHECK(downgrades(lowered(), policies) == 0);
  auto without = policy;
  without.downgrade_window_hours = 0;
  policies.threshold = &without;
  CHECK(downgrades(lowered(), policies) == 0);
}

TEST_CASE("Q-DOWN: what comes after the cut-off does not count, whenever it was declared") {
  const auto policy = sample_policy();
  IssuePolicies policies;
  policies.threshold = &policy;
  FactStory story = lowered();
  const std::uint64_t before = story.size() - 1;
  story.say(cutoff(kSit, {"PEE-001"}, before));
  CHECK(downgrades(story, policies) == 0);
}

TEST_CASE(
    "Q-DOWN: a cut-off that was declared late is dated by its last entry, where it is known") {
  const auto policy = sample_policy();
  IssuePolicies policies;
  policies.threshold = &policy;
  FactStory story = lowered();
  const std::uint64_t size = story.size();
  story.at("2019-11-20T09:00:00.000000Z").say(cutoff(kSit, {"PEE-001"}, size));
  CHECK(downgrades(story, policies) == 0);
  policies.cutoff_times[size] = Timestamp::parse("2019-11-15T17:00:00.000000Z").value();
  CHECK(sentences_of(story, policies, "Q-DOWN") ==
        Sentences{"The severity of TI-1 was lowered from 2 to 3 24 hours before the end of "
                  "what a cut-off covers; the policy's window is 72 hours."});
}

TEST_CASE("Q-DOWN: the cut-off of another kind of test matters where issues carry over") {
  auto policy = sample_policy();
  IssuePolicies policies;
  policies.threshold = &policy;
  FactStory story = lowered(kMt);
  const std::uint64_t size = story.size();
  story.say(cutoff(kSit, {"PEE-001"}, size));
  CHECK(downgrades(story, policies) == 0);
  policy.carry_over = events::CarryOver::all_kinds;
  CHECK(downgrades(story, policies) == 1);
  policy.carry_over = events::CarryOver::none;
  policy.parts[1].scope = {events::Dimension::release};
  CHECK(downgrades(story, policies) == 1);
}

TEST_CASE("Q-DOWN: a milder second triage is a downgrade, a worse one is not") {
  const auto policy = sample_policy();
  IssuePolicies policies;
  policies.threshold = &policy;
  policies.present_is_cutoff = true;
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  story.say(severity_changed("TI-1", 3, 1));
  CHECK(downgrades(story, policies) == 0);
  story.say(issue_triaged("TI-1", 4));
  CHECK(downgrades(story, policies) == 1);
}

TEST_CASE("Q-DOWN1: out of severity 1 or 2 takes another party's decision, made before") {
  const auto found = [](const char* party, std::uint64_t from, std::uint64_t to) {
    FactStory story = mds_cohort();
    issue(story, "TI-1", from, {"PEE-001"});
    const EventId approval = story.by(party).decide(events::TagPositionRecorded{});
    auto change = severity_changed("TI-1", from, to);
    change.approval = approval;
    story.by("DCC").say(change);
    return findings_of(story, {}, "Q-DOWN1").size();
  };
  CHECK(found("SECAS", 2, 3) == 0);
  CHECK(found("DCC", 2, 3) == 1);
  CHECK(found("DCC", 1, 2) == 0);
  CHECK(found("DCC", 3, 4) == 0);
  CHECK(sentences_of(lowered(), {}, "Q-DOWN1") ==
        Sentences{"TI-1 was taken out of severity 2 by DCC alone."});
}

TEST_CASE("Q-DOWN1: an approval that is no decision, or came later, is none") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 2, {"PEE-001"});
  const EventId said = story.by("SECAS").say(phase_suspended(kSit));
  auto change = severity_changed("TI-1", 2, 3);
  change.approval = said;
  story.by("DCC").say(change);
  CHECK(findings_of(story, {}, "Q-DOWN1").size() == 1);

  FactStory later = mds_cohort();
  issue(later, "TI-1", 2, {"PEE-001"});
  change.approval = EventId{later.size() + 1, 0};
  later.say(change);
  later.by("SECAS").decide(events::TagPositionRecorded{});
  CHECK(findings_of(later, {}, "Q-DOWN1").size() == 1);
}

TEST_CASE("Q-DOWN1: an approval policy may ask for a body's yes") {
  const auto found = [](events::Position position) {
    events::ApprovalPolicy policy;
    policy.rules = {{events::Body::tag,
                     false,
                     events::Matter::severity_downgrade,
                     {events::Position::endorsed},
                     {}}};
    IssuePolicies policies;
    policies.approval = &policy;
    FactStory story = mds_cohort();
    issue(story, "TI-1", 2, {"PEE-001"});
    events::TagPositionRecorded said;
    said.about = "issue/TI-1";
    said.meeting = "TAG-1";
    said.position = position;
    auto change = severity_changed("TI-1", 2, 3);
    change.approval = story.by("SECAS").decide(said);
    story.by("DCC").say(change);
    return findings_of(story, policies, "Q-DOWN1").size();
  };
  CHECK(found(events::Position::endorsed) == 0);
  CHECK(found(events::Position::not_endorsed) == 1);
}

TEST_CASE("Q-UNTRIAGED: an issue that is open and not judged at a cut-off") {
  const auto found = [](auto&& between, auto&& after) {
    FactStory story = mds_cohort();
    story.say(issue_raised("TI-1", kSit, {"PEE-001"}));
    between(story);
    story.say(cutoff(kSit, {"PEE-001"}, story.size()));
    after(story);
    return findings_of(story, {}, "Q-UNTRIAGED").size();
  };
  const auto nothing = [](FactStory&) {};
  const auto triage = [](FactStory& story) { story.say(issue_triaged("TI-1", 4)); };
  const auto reject = [](FactStory& story) { story.say(issue_rejected("TI-1")); };
  CHECK(found(nothing, nothing) == 1);
  CHECK(found(nothing, triage) == 1);  // too late
  CHECK(found(triage, nothing) == 0);
  CHECK(found(reject, nothing) == 0);
  FactStory later = mds_cohort();
  later.say(cutoff(kSit, {"PEE-001"}, later.size()));
  later.say(issue_raised("TI-1", kSit, {"PEE-001"}));
  CHECK(findings_of(later, {}, "Q-UNTRIAGED").empty());
}
