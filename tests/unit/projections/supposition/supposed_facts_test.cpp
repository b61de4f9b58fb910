// The states under a supposition: another rulebook, and severities without late downgrades.

#include "projections/supposition/supposed_facts.hpp"

#include <catch2/catch.hpp>

#include "projections/thresholds/counted_severity.hpp"
#include "projections/thresholds/threshold_answers.hpp"
#include "tests/unit/projections/thresholds/cohort.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Verdict;

namespace {

SupposedPolicy sample_for_all() {
  events::PolicyBody body;
  body.threshold = sample_policy();
  return {body, "THR", {}, 1};
}

/// Severity 2 on 12 November, lowered to 3 two days later; the log ends on the 15th.
FactStory lowered() {
  FactStory story = mds_cohort();
  story.at("2019-11-12T10:00:00.000000Z");
  issue(story, "TI-1", 2, {"PEE-001"});
  story.at("2019-11-14T09:12:00.000000Z");
  story.say(severity_changed("TI-1", 2, 3));
  story.at("2019-11-15T17:00:00.000000Z");
  story.say(issue_assigned("TI-1"));
  return story;
}

Verdict verdict_of(const Facts& facts) {
  return threshold_answers(facts, {.phases = {kSit}, .planned_entries = {"PEE-001"}})
      .at(0)
      .view.verdict;
}

}  // namespace

TEST_CASE("a policy that nobody published answers, and the facts that it was asked of do not") {
  const FactStory story = lowered();
  const SupposedFacts supposed(story.facts(), {.policies = {sample_for_all()}});
  CHECK(verdict_of(story.facts()) == Verdict::undetermined);
  CHECK(verdict_of(supposed.facts()) == Verdict::met);
  CHECK(supposed.facts().size == story.facts().size);
  CHECK(&supposed.facts().issues == &story.facts().issues);
}

TEST_CASE("downgrades within the window are as if they had not been made") {
  const FactStory story = lowered();
  const auto with_hours = [&](std::uint64_t hours) {
    const SupposedFacts supposed(
        story.facts(), {.downgrades_ignored_hours = hours, .policies = {sample_for_all()}});
    return verdict_of(supposed.facts());
  };
  CHECK(with_hours(72) == Verdict::not_met);
  CHECK(with_hours(24) == Verdict::met);  // the downgrade is older than that
  CHECK(story.facts().issues.issues.at("TI-1").severity() == 3U);
}

TEST_CASE("ignoring downgrades comes to what the counterfactual beside a verdict comes to") {
  FactStory story = lowered();
  issue(story, "TI-2", 3, {"PEE-001"});
  story.say(severity_changed("TI-2", 3, 1));
  story.say(severity_changed("TI-2", 1, 4));
  story.say(severity_changed("TI-2", 4, 2));
  const Facts facts = story.facts();
  for (const std::uint64_t hours : {1U, 24U, 72U, 1'000U}) {
    const Timestamp from = hours_before(facts.recorded_at, hours);
    const IssueRegister believed = without_downgrades(facts.issues, hours, facts.recorded_at);
    for (const auto& [id, issue] : facts.issues.issues) {
      INFO(id.text << " over " << hours);
      CHECK(counted_severity(believed.issues.at(id), {}) ==
            counted_severity(issue, {.downgrades_ignored_from = from}));
    }
  }
}
