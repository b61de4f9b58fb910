// What the issue register keeps of an issue, and how it is listed and counted.

#include <catch2/catch.hpp>

#include "projections/issues/issue_view.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_events.hpp"

namespace issue_register_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

Issue issue_of(const EventFeed& feed, const char* id = "TI-1") {
  return feed.folded<IssueRegister>().issues.at(id);
}

std::vector<std::string> names(const std::vector<IssueLine>& lines) {
  std::vector<std::string> ids;
  for (const IssueLine& line : lines) ids.push_back(line.issue.text);
  return ids;
}

/// TI-1 closed at 2 after 3; TI-2 assigned at 3, was 2; TI-3 untriaged; TI-4 triaged at 3 in MT.
EventFeed four_issues() {
  EventFeed feed;
  feed.add(issue_raised("TI-1", "SIT-1", {"PEE-001", "PEE-002"}));
  feed.add(issue_raised("TI-2", "SIT-1", {"PEE-002"}));
  feed.add(issue_raised("TI-3", "SIT-1", {"PEE-003"}));
  feed.add(issue_raised("TI-4", "MT-1", {"PEE-003"}));
  feed.add(issue_triaged("TI-1", 3));
  feed.add(severity_changed("TI-1", 3, 2));
  feed.add(fix_delivered("TI-1", "B2"));
  feed.add(retest("TI-1", false, "R1"));
  feed.add(fix_delivered("TI-1", "B3"));
  feed.add(retest("TI-1", true, "R2"));
  feed.add(issue_closed("TI-1"));
  feed.add(issue_triaged("TI-2", 2));
  feed.add(severity_changed("TI-2", 2, 3));
  feed.add(issue_assigned("TI-2", "S1SP-A"));
  feed.add(issue_triaged("TI-4", 3));
  return feed;
}

}  // namespace

TEST_CASE("an issue keeps what it was raised with") {
  EventFeed feed;
  auto raised = issue_raised("TI-1", "SIT-1", {"PEE-002", "PEE-001"});
  raised.external_key = "ALM-77";
  raised.groups = IdentifierSet::of({"ZA"});
  raised.kind = events::IssueKind::preventing_execution;
  raised.results = {{12, 3}};
  raised.runs = IdentifierSet::of({"R1"});
  const EventId id = feed.add(raised);
  const Issue issue = issue_of(feed);
  CHECK(issue.raised.event == id);
  CHECK(issue.raised.recorded_at == Timestamp::parse("2019-10-21T10:00:01.000000Z").value());
  CHECK(issue.external_key == "ALM-77");
  CHECK(issue.groups == std::set<Identifier>{"ZA"});
  CHECK(issue.kind == events::IssueKind::preventing_execution);
  CHECK(issue.results == std::vector<EventId>{{12, 3}});
  CHECK(issue.runs == std::set<Identifier>{"R1"});
  CHECK(issue.planned_entries == std::set<Identifier>{"PEE-001", "PEE-002"});
  CHECK_FALSE(issue.severity().has_value());
  CHECK_FALSE(issue.attribution.has_value());
  CHECK(bucket_of(issue) == SeverityBucket::untriaged);
}

TEST_CASE("severity has a history: the first, the present and the worst it ever was") {
  EventFeed feed;
  feed.add(issue_raised("TI-1", "SIT-1", {"PEE-001"}));
  const EventId triaged = feed.add(issue_triaged("TI-1", 3));
  auto worse = severity_changed("TI-1", 3, 1);
  worse.approval = EventId{9, 9};
  const EventId changed = feed.add(worse);
  feed.add(severity_changed("TI-1", 1, 4));
  const Issue issue = issue_of(feed);
  CHECK(issue.initial_severity() == 3U);
  CHECK(issue.worst_severity() == 1U);
  CHECK(issue.severity() == 4U);
  REQUIRE(issue.severities.size() == 3);
  CHECK(issue.severities[0].mark.event == triaged);
  CHECK(issue.severities[1].mark.event == changed);
  CHECK(issue.severities[1].approval == EventId{9, 9});
  CHECK(issue.triaged->event == triaged);
  CHECK(issue.irregularities.empty());
}

TEST_CASE("a change from a severity that the issue did not have is taken and flagged") {
  EventFeed feed;
  feed.add(issue_raised("TI-1", "SIT-1", {"PEE-001"}));
  feed.add(issue_triaged("TI-1", 3));
  feed.add(severity_changed("TI-1", 4, 5));
  const Issue issue = issue_of(feed);
  CHECK(issue.severity() == 5U);
  CHECK(issue.worst_severity() == 3U);
  CHECK(issue.irregularities.at(IssueIrregularity::severity_from_differs).count == 1);
}

TEST_CASE("a severity without a triage does not take an issue out of the untriaged ones") {
  EventFeed feed;
  feed.add(issue_raised("TI-1", "SIT-1", {"PEE-001"}));
  feed.add(severity_changed("TI-1", 2, 5));
  feed.add(issue_assigned("TI-1"));
  const Issue issue = issue_of(feed);
  CHECK(bucket_of(issue) == SeverityBucket::untriaged);
  CHECK(issue.severity() == 5U);
  CHECK(issue.irregularities.at(IssueIrregularity::severity_before_triage).count == 1);
  const auto counts = count_issues(feed.folded<IssueRegister>());
  CHECK(counts.by_severity ==
        std::map<SeverityBucket, std::uint64_t>{{SeverityBucket::untriaged, 1}});
}

TEST_CASE("triage adds affected entries, and only a change of scope takes any away") {
  EventFeed feed;
  feed.add(issue_raised("TI-1", "SIT-1", {"PEE-001", "PEE-002"}));
  auto triage = issue_triaged("TI-1", 3);
  triage.planned_entries = IdentifierSet::of({"PEE-003"});
  triage.priority = 2;
  feed.add(triage);
  CHECK(issue_of(feed).planned_entries == std::set<Identifier>{"PEE-001", "PEE-002", "PEE-003"});
  CHECK(issue_of(feed).priority == 2);
  events::IssueScopeChanged change;
  change.added = IdentifierSet::of({"PEE-004"});
  change.issue = "TI-1";
  change.reason = "other firmware";
  change.removed = IdentifierSet::of({"PEE-001", "PEE-009"});
  const EventId changed = feed.add(change);
  const Issue issue = issue_of(feed);
  CHECK(issue.planned_entries == std::set<Identifier>{"PEE-002", "PEE-003", "PEE-004"});
  REQUIRE(issue.narrowings.size() == 1);
  CHECK(issue.narrowings[0].planned_entry == Identifier("PEE-001"));
  CHECK(issue.narrowings[0].mark.event == changed);
}

TEST_CASE("a second triage keeps the first one's event and adds to the severities") {
  EventFeed feed;
  feed.add(issue_raised("TI-1", "SIT-1", {"PEE-001"}));
  const EventId first = feed.add(issue_triaged("TI-1", 2));
  auto second = issue_triaged("TI-1", 4);
  second.attribution = events::Attribution::device;
  second.owner = "SMSO-MDS";
  feed.add(second);
  const Issue issue = issue_of(feed);
  CHECK(issue.triaged->event == first);
  CHECK(issue.attribution == events::Attribution::device);
  CHECK(issue.owner == Identifier("SMSO-MDS"));
  CHECK(issue.initial_severity() == 2U);
  CHECK(issue.severity() == 4U);
}

TEST_CASE("fixes, retests, workarounds, deferrals and closings are kept with their events") {
  EventFeed feed = four_issues();
  auto deferral = issue_deferred("TI-2");
  deferral.target = Identifier("2019-12-20");
  deferral.work_off_item = Identifier("WO-3");
  feed.add(deferral);
  feed.add(workaround_agreed("TI-2"));
  feed.add(issue_duplicated("TI-4", "TI-2"));
  const Issue closed = issue_of(feed);
  REQUIRE(closed.fixes.size() == 2);
  CHECK(closed.fixes[1].build == "B3");
  REQUIRE(closed.retests.size() == 2);
  CHECK_FALSE(closed.retests[0].passed);
  CHECK(closed.retests[1].run == Identifier("R2"));
  REQUIRE(closed.closed.has_value());
  CHECK(closed.closed->closure == events::ClosureKind::retest_passed);
  CHECK(closed.irregularities.empty());
  const Issue worked_around = issue_of(feed, "TI-2");
  CHECK(worked_around.state == IssueState::workaround);
  CHECK(worked_around.deferral->work_off_item == Identifier("WO-3"));
  CHECK(worked_around.workaround->description == "restart the hub");
  CHECK(issue_of(feed, "TI-4").duplicate_of == Identifier("TI-2"));
}

TEST_CASE("reopening is counted, and keeps what the issue was closed with") {
  EventFeed feed = four_issues();
  feed.add(issue_reopened("TI-1"));
  CHECK(issue_of(feed).state == IssueState::reopened);
  CHECK(issue_of(feed).reopened == 1);
  CHECK(issue_of(feed).closed.has_value());
  feed.add(issue_assigned("TI-1"));
  feed.add(issue_closed("TI-1", events::ClosureKind::no_fix_accepted));
  feed.add(issue_reopened("TI-1"));
  CHECK(issue_of(feed).reopened == 2);
  CHECK(issue_of(feed).closed->closure == events::ClosureKind::no_fix_accepted);
}

TEST_CASE("issues are listed by phase, state, severity and affected entry") {
  const auto issues = four_issues().folded<IssueRegister>();
  CHECK(names(list_issues(issues)) == std::vector<std::string>{"TI-1", "TI-2", "TI-3", "TI-4"});
  CHECK(names(list_issues(
            issues, {.buckets = {}, .phases = {"MT-1"}, .planned_entries = {}, .states = {}})) ==
        std::vector<std::string>{"TI-4"});
  CHECK(names(list_issues(issues, {.buckets = {SeverityBucket::severity_3},
                                   .phases = {},
                                   .planned_entries = {},
                                   .states = {}})) == std::vector<std::string>{"TI-2", "TI-4"});
  CHECK(names(list_issues(issues, {.buckets = {SeverityBucket::untriaged},
                                   .phases = {},
                                   .planned_entries = {},
                                   .states = {}})) == std::vector<std::string>{"TI-3"});
  CHECK(names(list_issues(issues, {.buckets = {},
                                   .phases = {"SIT-1"},
                                   .planned_entries = {"PEE-002"},
                                   .states = {IssueState::assigned, IssueState::raised}})) ==
        std::vector<std::string>{"TI-2"});
  const auto lines = list_issues(issues);
  CHECK(lines[1].bucket == SeverityBucket::severity_3);
  CHECK(lines[1].worst == SeverityBucket::severity_2);
  CHECK(lines[1].owner == Identifier("S1SP-A"));
  CHECK(lines[0].planned_entries == Ids{"PEE-001", "PEE-002"});
}

TEST_CASE("counts by severity and state add up, and the untriaged are a bucket of their own") {
  const auto issues = four_issues().folded<IssueRegister>();
  const IssueCounts counts = count_issues(issues);
  CHECK(counts.issues == 4);
  CHECK(counts.by_severity ==
        std::map<SeverityBucket, std::uint64_t>{{SeverityBucket::severity_2, 1},
                                                {SeverityBucket::severity_3, 2},
                                                {SeverityBucket::untriaged, 1}});
  CHECK(counts.by_state == std::map<IssueState, std::uint64_t>{{IssueState::raised, 1},
                                                               {IssueState::triaged, 1},
                                                               {IssueState::assigned, 1},
                                                               {IssueState::closed, 1}});
  CHECK(counts.by_state_and_severity.at(IssueState::raised).at(SeverityBucket::untriaged) == 1);
  const IssueFilter in_mt{.buckets = {}, .phases = {"MT-1"}, .planned_entries = {}, .states = {}};
  CHECK(count_issues(issues, in_mt).issues == 1);
}

TEST_CASE("one issue's view carries its whole history, and an unknown issue has none") {
  const auto issues = four_issues().folded<IssueRegister>();
  const auto view = view_issue(issues, "TI-1");
  REQUIRE(view.has_value());
  std::vector<std::string> types;
  for (const IssueStep& step : view->details.history) types.push_back(step.type.text);
  CHECK(types == std::vector<std::string>{"issue_raised", "issue_triaged", "issue_severity_changed",
                                          "issue_fix_delivered", "retest_recorded",
                                          "issue_fix_delivered", "retest_recorded",
                                          "issue_closed"});
  CHECK(view->initial_severity == 3U);
  CHECK(view->severity == 2U);
  CHECK(view->worst_severity == 2U);
  CHECK_FALSE(view_issue(issues, "TI-9").has_value());
}

TEST_CASE("a severity beyond the scale counts as the worst") {
  EventFeed feed;
  feed.add(issue_raised("TI-1", "SIT-1", {"PEE-001"}));
  feed.add(issue_triaged("TI-1", 9));
  CHECK(bucket_of(issue_of(feed)) == SeverityBucket::severity_1);
}

}  // namespace issue_register_test
