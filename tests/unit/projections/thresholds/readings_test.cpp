// The four plausible readings of "two part aggregate limit" (domain.md 4.3) are policies, not code.

#include <catch2/catch.hpp>

#include "tests/unit/projections/thresholds/cohort.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Attribution;
using events::Dimension;
using events::SeverityLimit;
using events::Verdict;

namespace {

events::ThresholdPolicy policy_of(std::vector<events::ThresholdPart> parts) {
  events::ThresholdPolicy policy;
  policy.open_states = all_but_over();
  policy.parts = std::move(parts);
  return policy;
}

events::ThresholdPart part(const char* name, std::set<Dimension> scope,
                           std::vector<SeverityLimit> limits,
                           std::set<Attribution> attributions = {}) {
  return {std::move(attributions), events::CountMode::distinct_issue, std::move(limits), name,
          std::move(scope)};
}

ThresholdView reading_of(const FactStory& story, const events::ThresholdPolicy& policy,
                         const char* phase = kSit, const char* entry = "PEE-001") {
  return evaluate_threshold(story.facts(), phase, entry, policy);
}

}  // namespace

TEST_CASE("R1: absolute limits on severities 1 and 2, and an aggregate over 3 and 4") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  issue(story, "TI-2", 4, {"PEE-001"});
  const std::set<Dimension> scope{Dimension::phase, Dimension::planned_entry};
  const auto policy = policy_of(
      {part("absolute", scope, {{0, {1}}, {0, {2}}}), part("aggregate", scope, {{2, {3, 4}}})});
  CHECK(reading_of(story, policy).verdict == Verdict::met);
  issue(story, "TI-3", 4, {"PEE-001"});
  CHECK(reading_of(story, policy).text == "beyond a limit: aggregate");
  story.say(issue_closed("TI-3"));
  issue(story, "TI-4", 2, {"PEE-001"});
  CHECK(reading_of(story, policy).text == "beyond a limit: absolute");
}

TEST_CASE("R2: a limit on each entry, and an aggregate over the cohort or the release") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  issue(story, "TI-2", 3, {"PEE-002"});
  auto policy = policy_of({part("each", {Dimension::planned_entry}, {{1, {3}}}),
                           part("whole", {Dimension::smso, Dimension::release}, {{2, {3}}})});
  CHECK(reading_of(story, policy).verdict == Verdict::met);
  issue(story, "TI-3", 3, {"PEE-004"});
  CHECK(reading_of(story, policy).text == "beyond a limit: whole");
  // By DMC, the one on another DMC does not count here.
  policy.parts[1].scope = {Dimension::dmc};
  CHECK(reading_of(story, policy).verdict == Verdict::met);
  // By category, DORMANT is PEE-001 and PEE-004.
  policy.parts[1].scope = {Dimension::category};
  CHECK(count_of(reading_of(story, policy), "whole", {3}) == 2);
  policy.parts[1].scope = {};
  CHECK(reading_of(story, policy).parts[1].scopes[0].text == "the whole programme");
  CHECK(count_of(reading_of(story, policy), "whole", {3}) == 3);
}

TEST_CASE("R3: one limit on DCC's systems, another on devices and SMSO systems") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"}, Attribution::dcc_systems);
  issue(story, "TI-2", 3, {"PEE-001"}, Attribution::device);
  issue(story, "TI-3", 3, {"PEE-001"}, Attribution::smso_systems);
  const std::set<Dimension> scope{Dimension::kind, Dimension::planned_entry};
  const auto policy = policy_of({part("dcc", scope, {{1, {3}}}, {Attribution::dcc_systems}),
                                 part("others", scope, {{2, {3}}, {0, {1}}},
                                      {Attribution::device, Attribution::smso_systems})});
  const ThresholdView view = reading_of(story, policy);
  CHECK(count_of(view, "dcc", {3}) == 1);
  CHECK(count_of(view, "others", {3}) == 2);
  CHECK(view.verdict == Verdict::met);
  const auto& left_out = view.parts[0].scopes[0].excluded;
  REQUIRE(left_out.size() == 2);
  CHECK(left_out[0].reason == Exclusion::attribution_not_in_part);
  CHECK(left_out[0].text == "this part does not count what is due to device");
  // What nobody has triaged is due to nobody yet, and counts on both sides.
  story.say(issue_raised("TI-4", kSit, {"PEE-001"}));
  CHECK(count_of(reading_of(story, policy), "others", {1}) == 1);
}

TEST_CASE("R4: a limit within the phase, and one over all phases of the release") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  issue(story, "TI-2", 3, {"PEE-001"}, Attribution::dcc_systems, kMt);
  issue(story, "TI-3", 3, {"PEE-003"}, Attribution::dcc_systems, kMt);
  const auto policy = policy_of({part("phase", {Dimension::phase}, {{1, {3}}}),
                                 part("release", {Dimension::release}, {{2, {3}}})});
  const ThresholdView view = reading_of(story, policy);
  CHECK(count_of(view, "phase", {3}) == 1);
  CHECK(count_of(view, "release", {3}) == 3);
  CHECK(view.text == "beyond a limit: release");
  CHECK(count_of(reading_of(story, policy, kMt), "phase", {3}) == 2);
}
