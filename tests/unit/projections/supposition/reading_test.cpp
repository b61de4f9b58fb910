// The same limits under another reading, or counted in another way.

#include "projections/supposition/reading.hpp"

#include <catch2/catch.hpp>

#include "ledger/format/json_archive.hpp"
#include "tests/unit/projections/thresholds/cohort.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Attribution;
using events::Dimension;
using events::Verdict;

namespace {

events::ThresholdPolicy read(Reading reading) {
  auto policy = read_as(sample_policy(), reading);
  REQUIRE(policy);
  return *std::move(policy);
}

Verdict verdict_of(const FactStory& story, const events::ThresholdPolicy& policy) {
  return evaluate_threshold(story.facts(), kSit, "PEE-001", policy).verdict;
}

}  // namespace

TEST_CASE("A, by severity: part 1 keeps the limits on 1 and 2, part 2 the others") {
  const auto policy = read(Reading::by_severity);
  REQUIRE(policy.parts[0].limits.size() == 2);
  CHECK(policy.parts[0].limits[1].severities == std::vector<std::uint64_t>{2});
  CHECK(policy.parts[1].limits.size() == 3);
  // Four of severity 3 on one entry: beyond part 1 as it is, within the aggregate.
  FactStory story = mds_cohort();
  for (const char* id : {"TI-1", "TI-2", "TI-3", "TI-4"}) issue(story, id, 3, {"PEE-001"});
  CHECK(verdict_of(story, sample_policy()) == Verdict::not_met);
  CHECK(verdict_of(story, policy) == Verdict::met);
}

TEST_CASE("A limit on severities of both kinds belongs to neither part") {
  auto policy = sample_policy();
  policy.parts[1].limits = {{9, {2, 3}}, {12, {4}}};
  CHECK(read_as(policy, Reading::by_severity)->parts[1].limits.size() == 1);
}

TEST_CASE("B, by entry: the sample says so itself, and stays as it is") {
  CHECK(to_canonical(read(Reading::by_entry)) == to_canonical(sample_policy()));
  auto other = sample_policy();
  other.parts[1].scope = {Dimension::phase};
  CHECK(to_canonical(*read_as(other, Reading::by_entry)) == to_canonical(sample_policy()));
}

TEST_CASE("C, by attribution: each part counts what is due to its side alone") {
  const auto policy = read(Reading::by_attribution);
  FactStory story = mds_cohort();
  for (const char* id : {"TI-1", "TI-2", "TI-3"}) issue(story, id, 3, {"PEE-001"});
  issue(story, "TI-4", 3, {"PEE-001"}, Attribution::device);
  CHECK(verdict_of(story, sample_policy()) == Verdict::not_met);  // four on one entry
  CHECK(verdict_of(story, policy) == Verdict::met);               // three and one
}

TEST_CASE("D, by phase: issues of other phases of the release count in part 2") {
  const auto policy = read(Reading::by_phase);
  FactStory story = mds_cohort();
  for (const char* id : {"TI-1", "TI-2", "TI-3"}) issue(story, id, 3, {"PEE-002"});
  for (const char* id : {"TI-4", "TI-5", "TI-6"}) {
    issue(story, id, 3, {"PEE-003"}, Attribution::dcc_systems, kMt);
  }
  CHECK(verdict_of(story, sample_policy()) == Verdict::met);
  CHECK(verdict_of(story, policy) == Verdict::not_met);  // six over both phases, five are allowed
}

TEST_CASE("what cannot be read so is undetermined, and never met") {
  auto three = sample_policy();
  three.parts.push_back(three.parts[0]);
  auto mild = sample_policy();
  mild.parts[0].limits = {{3, {3}}};     // by severity, part 1 would be left without a limit
  const FactStory story = mds_cohort();  // without any issue
  for (const Reading reading :
       {Reading::by_severity, Reading::by_entry, Reading::by_attribution, Reading::by_phase}) {
    CHECK_FALSE(read_as(three, reading));
    CHECK(verdict_of(story, suppose(three, {.reading = reading})) == Verdict::undetermined);
    CHECK(verdict_of(story, three) == Verdict::met);
  }
  CHECK_FALSE(read_as(mild, Reading::by_severity));
  CHECK(verdict_of(story, suppose(mild, {.reading = Reading::by_severity})) ==
        Verdict::undetermined);
}

TEST_CASE("counting otherwise changes what is named, and nothing else") {
  CHECK(SupposedCounting{}.is_empty());
  CHECK(to_canonical(suppose(sample_policy(), {})) == to_canonical(sample_policy()));
  const SupposedCounting counting{.carry_over = events::CarryOver::all_kinds,
                                  .counting = events::CountMode::per_affected_entry,
                                  .deselected_count = false,
                                  .severity_at = events::SeverityAt::max_ever,
                                  .untriaged_counts_as = 4};
  CHECK_FALSE(counting.is_empty());
  const auto supposed = suppose(sample_policy(), counting);
  auto expected = sample_policy();
  expected.carry_over = events::CarryOver::all_kinds;
  expected.deselected_count = false;
  expected.severity_at = events::SeverityAt::max_ever;
  expected.untriaged_counts_as = 4;
  for (auto& part : expected.parts) part.count = events::CountMode::per_affected_entry;
  CHECK(to_canonical(supposed) == to_canonical(expected));
}
