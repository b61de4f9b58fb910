// The features that domain.md 8.3 asks of the engine, each on its own.

#include <catch2/catch.hpp>

#include "tests/unit/projections/thresholds/cohort.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::CarryOver;
using events::CountMode;
using events::Dimension;
using events::IssueState;
using events::Verdict;

namespace {

/// One part on severity 3, at most two.
events::ThresholdPolicy one_part(std::set<Dimension> scope) {
  events::ThresholdPolicy policy;
  policy.open_states = all_but_over();
  policy.parts = {{{}, CountMode::distinct_issue, {{0, {1}}, {2, {3}}}, "part", std::move(scope)}};
  return policy;
}

ThresholdView view_of(const FactStory& story, const events::ThresholdPolicy& policy,
                      const char* entry = "PEE-001", const ThresholdOptions& options = {}) {
  return evaluate_threshold(story.facts(), kSit, entry, policy, options);
}

std::uint64_t threes(const ThresholdView& view) { return count_of(view, "part", {3}); }

events::RunStarted combined_run(const char* run, const char* phase, const char* entry) {
  events::RunStarted event = run_started(run, phase, entry, "");
  event.counts_for = {events::TestKind::mt, events::TestKind::sit};
  return event;
}

}  // namespace

TEST_CASE("counting modes: an issue on three entries is one, or three") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001", "PEE-002", "PEE-003"});
  auto policy = one_part({Dimension::smso});
  CHECK(threes(view_of(story, policy)) == 1);
  policy.parts[0].count = CountMode::issue_once_per_scope;
  CHECK(threes(view_of(story, policy)) == 1);
  policy.parts[0].count = CountMode::per_affected_entry;
  const ThresholdView view = view_of(story, policy);
  CHECK(threes(view) == 3);
  CHECK(view.parts[0].scopes[0].limits[1].distance == -1);
  CHECK(view.verdict == Verdict::not_met);
}

TEST_CASE("a part by group has one scope for every group of the entry, and all must hold") {
  FactStory story = mds_cohort();
  auto wide = entry_on("PEE-006", "DMC-MDS-001", "ZA", events::Category::active);
  wide.groups = IdentifierSet::of({"ZA", "ZB"});
  story.say(wide);
  story.say(phase("SIT-2", {"PEE-006"}));
  issue(story, "TI-1", 3, {"PEE-004"});
  issue(story, "TI-2", 3, {"PEE-004"});
  issue(story, "TI-3", 3, {"PEE-004"});
  const auto policy = one_part({Dimension::group});
  const auto view = evaluate_threshold(story.facts(), "SIT-2", "PEE-006", policy);
  REQUIRE(view.parts[0].scopes.size() == 2);
  CHECK(view.parts[0].scopes[0].text == "group ZA");
  CHECK(view.parts[0].scopes[0].verdict == Verdict::met);
  CHECK(view.parts[0].scopes[1].verdict == Verdict::not_met);
  CHECK(view.verdict == Verdict::not_met);
  // An issue that its raiser saw in one group only counts in that one.
  auto raised = issue_raised("TI-4", "SIT-2", {"PEE-006"});
  raised.groups = IdentifierSet::of({"ZA"});
  story.say(raised);
  story.say(issue_triaged("TI-4", 3));
  const auto after = evaluate_threshold(story.facts(), "SIT-2", "PEE-006", policy);
  CHECK(after.parts[0].scopes[0].limits[1].count == 1);
  CHECK(after.parts[0].scopes[1].limits[1].count == 3);
}

TEST_CASE("an entry in no group is undetermined where a part counts by group") {
  FactStory story = mds_cohort();
  auto none = planned_entry("PEE-007");
  story.say(none);
  story.say(phase("SIT-2", {"PEE-007"}));
  auto policy = one_part({Dimension::group});
  const auto view = evaluate_threshold(story.facts(), "SIT-2", "PEE-007", policy);
  CHECK(view.verdict == Verdict::undetermined);
  CHECK(view.text == "this part counts by group, and planned entry PEE-007 is in no group");
  // What is known to be broken is broken all the same.
  policy.parts.push_back({{}, CountMode::distinct_issue, {{0, {3}}}, "strict", {}});
  issue(story, "TI-1", 3, {"PEE-004"});
  CHECK(evaluate_threshold(story.facts(), "SIT-2", "PEE-007", policy).verdict == Verdict::not_met);
  policy.combine = events::Combine::any_part;
  CHECK(evaluate_threshold(story.facts(), "SIT-2", "PEE-007", policy).verdict ==
        Verdict::undetermined);
}

TEST_CASE("what the board does not know is undetermined, never met") {
  const FactStory story = mds_cohort();
  const auto policy = one_part({Dimension::phase});
  const auto ask = [&](const char* phase, const char* entry) {
    return evaluate_threshold(story.facts(), phase, entry, policy);
  };
  CHECK(ask("SIT-9", "PEE-001").text == "phase SIT-9 was never planned");
  CHECK(ask(kSit, "PEE-9").text == "planned entry PEE-9 was never declared");
  CHECK(ask(kSit, "PEE-005").text == "planned entry PEE-005 is not tested in phase MOC-MDS-SIT-01");
  CHECK(ask(kSit, "PEE-005").verdict == Verdict::undetermined);
  events::ThresholdPolicy empty = policy;
  empty.parts.clear();
  CHECK(evaluate_threshold(story.facts(), kSit, "PEE-001", empty).verdict == Verdict::undetermined);
}

TEST_CASE("one of the parts is enough where the policy says so") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  auto policy = one_part({Dimension::planned_entry});
  policy.parts.push_back({{}, CountMode::distinct_issue, {{0, {3}}}, "strict", {}});
  CHECK(view_of(story, policy).verdict == Verdict::not_met);
  policy.combine = events::Combine::any_part;
  CHECK(view_of(story, policy).verdict == Verdict::met);
  CHECK(view_of(story, policy).text ==
        "one part within its limits is enough; beyond a limit: strict");
}

TEST_CASE("severities are asked for at the cut-off, at first, or at the worst") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 4, {"PEE-001"});
  story.say(severity_changed("TI-1", 4, 1));
  story.say(severity_changed("TI-1", 1, 3));
  auto policy = one_part({Dimension::planned_entry});
  policy.parts[0].limits = {{9, {1}}, {9, {3}}, {9, {4}}};
  const auto severity_at = [&](events::SeverityAt at) {
    policy.severity_at = at;
    return view_of(story, policy).parts[0].scopes[0].counted.at(0).severity;
  };
  CHECK(severity_at(events::SeverityAt::cutoff) == 3);
  CHECK(severity_at(events::SeverityAt::raised) == 4);
  CHECK(severity_at(events::SeverityAt::max_ever) == 1);
}

TEST_CASE("ignoring downgrades of a window keeps the worst that was held in it") {
  FactStory story = mds_cohort();
  story.at("2019-11-01T00:00:00.000000Z");
  issue(story, "TI-1", 2, {"PEE-001"});
  story.say(severity_changed("TI-1", 2, 4));  // long before
  story.at("2019-11-15T00:00:00.000000Z").say(severity_changed("TI-1", 4, 3));
  story.say(severity_changed("TI-1", 3, 5));
  auto policy = one_part({Dimension::planned_entry});
  policy.parts[0].limits = {{9, {1, 2, 3, 4, 5}}};
  ThresholdOptions options;
  options.cutoff = Timestamp::parse("2019-11-15T17:00:00.000000Z").value();
  const auto counted = [&] {
    return view_of(story, policy, "PEE-001", options).parts[0].scopes[0].counted.at(0).severity;
  };
  CHECK(counted() == 5);
  options.downgrades_ignored_hours = 24;
  CHECK(counted() == 3);
  options.downgrades_ignored_hours = 1;
  CHECK(counted() == 5);
  options.downgrades_ignored_hours = 24 * 365;
  CHECK(counted() == 2);
  options.downgrades_ignored_hours = UINT64_MAX;
  CHECK(counted() == 2);
}

TEST_CASE("an untriaged issue counts as the policy says, whatever was recorded of it") {
  FactStory story = mds_cohort();
  story.say(issue_raised("TI-1", kSit, {"PEE-001"}));
  auto policy = one_part({Dimension::planned_entry});
  CHECK(view_of(story, policy).verdict == Verdict::not_met);
  policy.untriaged_counts_as = 3;
  CHECK(threes(view_of(story, policy)) == 1);
  story.say(severity_changed("TI-1", 3, 5));
  CHECK(threes(view_of(story, policy)) == 1);
  CHECK(view_of(story, policy).parts[0].scopes[0].counted.at(0).untriaged);
}

TEST_CASE("a disputed issue counts, and where the policy forgets it, as in the state beneath") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  story.say(issue_rejected("TI-1"));
  auto policy = one_part({Dimension::planned_entry});
  CHECK(threes(view_of(story, policy)) == 0);
  story.say(issue_disputed("TI-1"));
  CHECK(threes(view_of(story, policy)) == 1);
  policy.open_states.erase(IssueState::disputed);
  CHECK(threes(view_of(story, policy)) == 0);
  issue(story, "TI-2", 3, {"PEE-001"});
  story.say(issue_disputed("TI-2"));
  CHECK(threes(view_of(story, policy)) == 1);
}

TEST_CASE("a duplicate counts in the issue that its chain ends in, wherever it was seen") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  issue(story, "TI-2", 3, {"PEE-002"});
  issue(story, "TI-3", 2, {"PEE-004"});
  story.say(issue_duplicated("TI-2", "TI-1"));
  story.say(issue_duplicated("TI-3", "TI-2"));
  auto policy = one_part({Dimension::planned_entry});
  const ThresholdView fourth = view_of(story, policy, "PEE-004");
  const ThresholdScopeView& scope = fourth.parts[0].scopes[0];
  REQUIRE(scope.counted.size() == 1);
  CHECK(scope.counted[0].issue == Identifier("TI-1"));
  CHECK(scope.counted[0].duplicates == Ids{"TI-2", "TI-3"});
  CHECK(scope.excluded.at(0).text == "duplicate of TI-1, which stands for it");
  policy.parts[0].scope = {Dimension::smso};
  CHECK(threes(view_of(story, policy)) == 1);
  // At the worst ever, it is as bad as its worst duplicate was.
  policy.severity_at = events::SeverityAt::max_ever;
  CHECK(view_of(story, policy).parts[0].scopes[0].excluded.front().text ==
        "no limit of this part is about severity 2");
}

TEST_CASE("a chain of duplicates that ends in nothing counts as open") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  issue(story, "TI-2", 3, {"PEE-001"});
  story.say(issue_duplicated("TI-2", "TI-1"));
  story.say(issue_duplicated("TI-1", "TI-2"));
  CHECK(threes(view_of(story, one_part({Dimension::planned_entry}))) == 2);
  issue(story, "TI-3", 3, {"PEE-001"});
  story.say(issue_closed("TI-3", events::ClosureKind::duplicate));
  CHECK(threes(view_of(story, one_part({Dimension::planned_entry}))) == 3);
}

TEST_CASE("an issue that names no planned entry affects all of its phase") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {});
  const auto policy = one_part({Dimension::planned_entry});
  CHECK(threes(view_of(story, policy, "PEE-001")) == 1);
  CHECK(threes(view_of(story, policy, "PEE-004")) == 1);
}

TEST_CASE("issues of the other kind carry over as the policy says") {
  FactStory story = mds_cohort();
  story.say(combined_run("R1", kMt, "PEE-001"));
  auto shared = issue_raised("TI-1", kMt, {"PEE-001"});
  shared.runs = IdentifierSet::of({"R1"});
  story.say(shared);
  story.say(issue_triaged("TI-1", 3));
  issue(story, "TI-2", 3, {"PEE-001"}, events::Attribution::dcc_systems, kMt);
  for (const Dimension by : {Dimension::kind, Dimension::phase, Dimension::stage}) {
    auto policy = one_part({by, Dimension::planned_entry});
    CHECK(threes(view_of(story, policy)) == 0);
    CHECK(view_of(story, policy).parts[0].scopes[0].excluded.size() == 2);
    policy.carry_over = CarryOver::combined_regression;
    CHECK(threes(view_of(story, policy)) == 1);
    policy.carry_over = CarryOver::all_kinds;
    CHECK(threes(view_of(story, policy)) == 2);
  }
  const auto by_kind = one_part({Dimension::kind, Dimension::planned_entry});
  CHECK(view_of(story, by_kind).parts[0].scopes[0].excluded.at(0).reason == Exclusion::other_kind);
  CHECK(view_of(story, by_kind).parts[0].scopes[0].excluded.at(0).text ==
        "raised in phase MOC-MDS-MT-01, whose issues do not count in this scope");
}

TEST_CASE("an imported result carries its issue over by the kind that its import counts for") {
  FactStory story = mds_cohort();
  auto import = import_started("IMP", kMt, "PEE-001", "B1", 1);
  import.kind = events::TestKind::sit;
  story.say(import);
  const EventId seen = story.say(result("IMP", 0, "", events::Outcome::failed));
  story.say(import_finished("IMP", 1));
  auto raised = issue_raised("TI-1", kMt, {"PEE-001"});
  raised.results = {seen};
  story.say(raised);
  story.say(issue_triaged("TI-1", 3));
  auto policy = one_part({Dimension::kind, Dimension::planned_entry});
  policy.carry_over = CarryOver::combined_regression;
  CHECK(threes(view_of(story, policy)) == 1);
}

TEST_CASE("issues of de-selected entries stay or leave, and both numbers are shown") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  issue(story, "TI-2", 3, {"PEE-004"});
  issue(story, "TI-3", 3, {"PEE-001", "PEE-004"});
  story.say(withdrawn("PEE-004"));
  ThresholdOptions options;
  options.deselected = deselected_entries(story.board());
  CHECK(options.deselected == std::set<Identifier>{"PEE-004"});
  auto policy = one_part({Dimension::release});
  ThresholdView view = view_of(story, policy, "PEE-001", options);
  CHECK(threes(view) == 3);
  CHECK(view.verdict == Verdict::not_met);
  CHECK(view.parts[0].scopes[0].limits[1].with_deselected == 3);
  CHECK(view.parts[0].scopes[0].limits[1].without_deselected == 2);
  policy.deselected_count = false;
  view = view_of(story, policy, "PEE-001", options);
  CHECK(threes(view) == 2);
  CHECK(view.verdict == Verdict::met);
  CHECK(view.parts[0].scopes[0].limits[1].with_deselected == 3);
  CHECK(view.parts[0].scopes[0].excluded.at(0).reason == Exclusion::deselected);
  const auto other = threshold_counterfactuals(story.facts(), kSit, "PEE-001", policy, options);
  CHECK(other.deselected_counted == Verdict::not_met);
  CHECK(other.deselected_left_out == Verdict::met);
  CHECK_FALSE(other.downgrades_ignored.has_value());
}

TEST_CASE("views have one canonical form, with the members that a reader looks for") {
  FactStory story = mds_cohort();
  issue(story, "TI-1", 3, {"PEE-001"});
  const std::string json = to_canonical(view_of(story, one_part({Dimension::planned_entry})));
  CHECK(json.find("\"text\":\"planned entry PEE-001\"") != std::string::npos);
  CHECK(json.find("\"distance\":1") != std::string::npos);
  CHECK(json.find("\"verdict\":\"MET\"") != std::string::npos);
}
