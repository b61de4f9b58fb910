// The threshold test vector of domain.md 11.3, number by number.

#include <catch2/catch.hpp>

#include "projections/thresholds/issue_findings.hpp"
#include "tests/unit/projections/thresholds/cohort.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Attribution;
using events::Verdict;

namespace {

constexpr const char* kPart1 = "part1_per_entry";
constexpr const char* kPart2 = "part2_aggregate";

/// The eleven issues as they stand at the cut-off of 2019-11-15T17:00Z.
FactStory vector_story() {
  FactStory story = mds_cohort();
  story.at("2019-10-25T09:00:00.000000Z");
  issue(story, "TI-0001", 2, {"PEE-001", "PEE-002", "PEE-003"});
  story.say(issue_closed("TI-0001"));
  issue(story, "TI-0002", 3, {"PEE-001", "PEE-002"});
  story.say(workaround_agreed("TI-0002"));
  issue(story, "TI-0003", 3, {"PEE-002"});
  story.say(issue_assigned("TI-0003"));
  issue(story, "TI-0004", 3, {"PEE-001"}, Attribution::smso_systems);
  story.say(fix_delivered("TI-0004"));
  issue(story, "TI-0005", 3, {"PEE-003"}, Attribution::device);
  story.say(issue_assigned("TI-0005"));
  issue(story, "TI-0006", 4, {"PEE-001"});
  story.say(issue_assigned("TI-0006"));
  issue(story, "TI-0007", 4, {"PEE-001", "PEE-002", "PEE-003"});
  story.say(issue_deferred("TI-0007"));
  issue(story, "TI-0008", 3, {"PEE-004"});
  story.say(issue_assigned("TI-0008"));
  issue(story, "TI-0009", 2, {"PEE-002"});
  story.say(issue_assigned("TI-0009"));
  issue(story, "TI-0010", 3, {"PEE-001"}, Attribution::test_artefact);
  story.say(issue_rejected("TI-0010"));
  story.say(issue_raised("TI-0011", kSit, {"PEE-003"}));
  story.at("2019-11-14T09:12:00.000000Z").say(severity_changed("TI-0009", 2, 3));
  return story;
}

ThresholdOptions at_cutoff() {
  ThresholdOptions options;
  options.cutoff = Timestamp::parse("2019-11-15T17:00:00.000000Z").value();
  return options;
}

ThresholdView view_of(const FactStory& story, const char* entry,
                      const ThresholdOptions& options = at_cutoff()) {
  return evaluate_threshold(story.facts(), kSit, entry, sample_policy(), options);
}

Verdict verdict_of(const ThresholdView& view, const char* part) {
  for (const auto& one : view.parts) {
    if (one.part.text == part) return one.verdict;
  }
  return Verdict::undetermined;
}

using Counts = std::vector<std::uint64_t>;
Counts part1_counts(const ThresholdView& view) {
  return {count_of(view, kPart1, {1}), count_of(view, kPart1, {2}), count_of(view, kPart1, {3}),
          count_of(view, kPart1, {4})};
}

}  // namespace

TEST_CASE("vector 11.3: part 1 counts every planned entry by itself") {
  const FactStory story = vector_story();
  CHECK(part1_counts(view_of(story, "PEE-001")) == Counts{0, 0, 2, 2});
  CHECK(part1_counts(view_of(story, "PEE-002")) == Counts{0, 0, 3, 1});
  CHECK(part1_counts(view_of(story, "PEE-003")) == Counts{1, 0, 1, 1});
  CHECK(part1_counts(view_of(story, "PEE-004")) == Counts{0, 0, 1, 0});
  CHECK(verdict_of(view_of(story, "PEE-001"), kPart1) == Verdict::met);
  CHECK(verdict_of(view_of(story, "PEE-002"), kPart1) == Verdict::met);
  CHECK(verdict_of(view_of(story, "PEE-003"), kPart1) == Verdict::not_met);
  CHECK(verdict_of(view_of(story, "PEE-004"), kPart1) == Verdict::met);
}

TEST_CASE("vector 11.3: the aggregate counts distinct issues, not the sum over entries") {
  const FactStory story = vector_story();
  std::uint64_t sum = 0;
  for (const char* entry : {"PEE-001", "PEE-002", "PEE-003", "PEE-004"}) {
    const ThresholdView view = view_of(story, entry);
    INFO(entry);
    CHECK(count_of(view, kPart2, {3}) == 6);
    CHECK(count_of(view, kPart2, {4}) == 2);
    CHECK(count_of(view, kPart2, {3, 4}) == 8);
    CHECK(verdict_of(view, kPart2) == Verdict::not_met);
    CHECK(view.verdict == Verdict::not_met);
    sum += count_of(view, kPart1, {3});
  }
  CHECK(sum == 7);
  const LimitView aggregate = view_of(story, "PEE-001").parts[1].scopes[0].limits[0];
  CHECK(aggregate.per_entry == 7);
  CHECK(aggregate.distance == -1);
  CHECK(aggregate.issues == Ids{"TI-0002", "TI-0003", "TI-0004", "TI-0005", "TI-0008", "TI-0009"});
}

TEST_CASE("vector 11.3: what does not count says why, and what nobody judged says so") {
  const FactStory story = vector_story();
  const ThresholdScopeView scope = view_of(story, "PEE-001").parts[1].scopes[0];
  CHECK(scope.text == "kind SIT, release MOC, smso MDS");
  std::map<std::string, Exclusion> reasons;
  for (const ExcludedIssue& one : scope.excluded) reasons[one.issue.text] = one.reason;
  // TI-0011 counts as severity 1, and the aggregate has no limit on that.
  CHECK(reasons == std::map<std::string, Exclusion>{{"TI-0001", Exclusion::state_not_open},
                                                    {"TI-0010", Exclusion::state_not_open},
                                                    {"TI-0011", Exclusion::severity_not_limited}});
  const ThresholdScopeView entry = view_of(story, "PEE-003").parts[0].scopes[0];
  CHECK(entry.text == "kind SIT, planned entry PEE-003");
  const CountedIssue untriaged = entry.counted.back();
  CHECK(untriaged.issue == Identifier("TI-0011"));
  CHECK(untriaged.untriaged);
  CHECK(untriaged.severity == 1);
}

TEST_CASE("vector 11.3: after TI-0004 is closed, three entries meet the limits") {
  FactStory story = vector_story();
  story.say(issue_closed("TI-0004"));
  const ThresholdView first = view_of(story, "PEE-001");
  CHECK(count_of(first, kPart2, {3}) == 5);
  CHECK(verdict_of(first, kPart2) == Verdict::met);
  CHECK(first.verdict == Verdict::met);
  CHECK(view_of(story, "PEE-002").verdict == Verdict::met);
  CHECK(view_of(story, "PEE-003").verdict == Verdict::not_met);
  CHECK(view_of(story, "PEE-004").verdict == Verdict::met);
}

TEST_CASE("vector 11.3: with severities at the worst ever, TI-0009 moves, and PEE-002 falls") {
  FactStory story = vector_story();
  story.say(issue_closed("TI-0004"));
  ThresholdOptions options = at_cutoff();
  options.severity_at = events::SeverityAt::max_ever;
  const ThresholdView second = view_of(story, "PEE-002", options);
  CHECK(count_of(second, kPart1, {2}) == 1);
  CHECK(second.verdict == Verdict::not_met);
  // The stricter question lowers this number.
  CHECK(count_of(second, kPart2, {3}) == 4);
  CHECK(view_of(story, "PEE-001", options).verdict == Verdict::met);
  CHECK(view_of(story, "PEE-004", options).verdict == Verdict::met);

  const auto other =
      threshold_counterfactuals(story.facts(), kSit, "PEE-002", sample_policy(), at_cutoff());
  CHECK(other.as_it_is == Verdict::met);
  CHECK(other.severity_at_max_ever == Verdict::not_met);
  CHECK(other.severity_at_raised == Verdict::not_met);
  CHECK(other.window_hours == 72);
  CHECK(other.downgrades_ignored == Verdict::not_met);
  CHECK(other.downgraded == Ids{"TI-0009"});
  CHECK(other.would_change);
}

TEST_CASE("vector 11.3: a window that is too short for the downgrade changes nothing") {
  FactStory story = vector_story();
  story.say(issue_closed("TI-0004"));
  ThresholdOptions options = at_cutoff();
  options.downgrades_ignored_hours = 31;  // it was lowered 31 hours and 48 minutes before
  const auto other =
      threshold_counterfactuals(story.facts(), kSit, "PEE-002", sample_policy(), options);
  CHECK(other.downgrades_ignored == Verdict::met);
  CHECK(other.downgraded.empty());
  options.downgrades_ignored_hours = 32;
  CHECK(threshold_counterfactuals(story.facts(), kSit, "PEE-002", sample_policy(), options)
            .downgrades_ignored == Verdict::not_met);
}

TEST_CASE("vector 11.3: the findings are Q-DOWN on TI-0009 and the untriaged TI-0011") {
  FactStory story = vector_story();
  story.at("2019-11-15T17:00:00.000000Z");
  const EventId declared =
      story.say(cutoff(kSit, {"PEE-001", "PEE-002", "PEE-003", "PEE-004"}, story.size()));
  const events::ThresholdPolicy policy = sample_policy();
  IssuePolicies policies;
  policies.threshold = &policy;
  Findings findings;
  find_issue_findings(story.facts(), policies, findings);
  std::map<std::string, Finding> by_rule;
  for (Finding& one : std::move(findings).take()) {
    if (one.rule.text == "Q-DOWN" || one.rule.text == "Q-UNTRIAGED") {
      CHECK(by_rule.emplace(one.rule.text, one).second);
    }
  }
  REQUIRE(by_rule.size() == 2);
  CHECK(by_rule["Q-DOWN"].subject == "issue/TI-0009");
  CHECK(by_rule["Q-DOWN"].sentence ==
        "The severity of TI-0009 was lowered from 2 to 3 31 hours before the end of what a "
        "cut-off covers; the policy's window is 72 hours.");
  CHECK(by_rule["Q-DOWN"].events.back() == declared);
  CHECK(by_rule["Q-UNTRIAGED"].sentence ==
        "TI-0011 had not been triaged at a cut-off and counted as severity 1 there.");
}
