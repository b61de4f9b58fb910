// Every step of a Testing Issue from every state, in and out of order.

#include <catch2/catch.hpp>

#include "projections/issues/issue_view.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_events.hpp"

namespace issue_steps_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

constexpr const char* kT = "TI-0001";

enum class Step {
  triage,
  assign,
  fix,
  pass,
  fail,
  close_fixed,
  close_unfixed,
  reject,
  duplicate,
  defer,
  work_around,
  reopen,
};
constexpr std::size_t kSteps = 12;
constexpr const char* kStepNames[kSteps] = {"triage",    "assign",      "fix",           "pass",
                                            "fail",      "close_fixed", "close_unfixed", "reject",
                                            "duplicate", "defer",       "work_around",   "reopen"};

EventData event_of(Step step) {
  switch (step) {
    case Step::triage: return issue_triaged(kT, 3);
    case Step::assign: return issue_assigned(kT);
    case Step::fix: return fix_delivered(kT);
    case Step::pass: return retest(kT, true);
    case Step::fail: return retest(kT, false);
    case Step::close_fixed: return issue_closed(kT);
    case Step::close_unfixed: return issue_closed(kT, events::ClosureKind::no_fix_accepted);
    case Step::reject: return issue_rejected(kT);
    case Step::duplicate: return issue_duplicated(kT, "TI-0002");
    case Step::defer: return issue_deferred(kT);
    case Step::work_around: return workaround_agreed(kT);
    case Step::reopen: return issue_reopened(kT);
  }
  return issue_triaged(kT, 3);
}

using S = IssueState;
using I = IssueIrregularity;

std::vector<Step> way_to(S state) {
  switch (state) {
    case S::triaged: return {Step::triage};
    case S::assigned: return {Step::triage, Step::assign};
    case S::fix_delivered: return {Step::triage, Step::assign, Step::fix};
    case S::retest_passed: return {Step::triage, Step::assign, Step::fix, Step::pass};
    case S::closed: return {Step::triage, Step::assign, Step::fix, Step::pass, Step::close_fixed};
    case S::deferred: return {Step::triage, Step::defer};
    case S::rejected: return {Step::triage, Step::reject};
    case S::duplicate: return {Step::triage, Step::duplicate};
    case S::workaround: return {Step::triage, Step::work_around};
    case S::reopened: return {Step::triage, Step::reject, Step::reopen};
    default: return {};
  }
}

struct Cell {
  S to;
  std::set<I> flags = {};
};

struct Row {
  S from;
  std::vector<Cell> cells;  // in the order of Step
};

/// A step of a live issue that was triaged: it leads where its name says, from everywhere.
Row live(S from, Cell triage, Cell fail,
         Cell close_fixed = {S::closed, {I::closed_without_retest}}) {
  return {from,
          {triage,
           {S::assigned},
           {S::fix_delivered},
           {S::retest_passed},
           fail,
           close_fixed,
           {S::closed},
           {S::rejected},
           {S::duplicate},
           {S::deferred},
           {S::workaround},
           {from, {I::reopened_while_open}}}};
}

/// An issue that is over stays so until it is reopened.
Row over(S from, Cell close_fixed, Cell close_unfixed) {
  const Cell stays{from, {I::step_after_closing}};
  return {from,
          {stays,
           stays,
           stays,
           stays,
           stays,
           close_fixed,
           close_unfixed,
           stays,
           stays,
           stays,
           stays,
           {S::reopened}}};
}

const std::vector<Row>& rows() {
  const std::set<I> early{I::step_before_triage};
  static const std::vector<Row> kRows{
      {S::raised,
       {{S::triaged},
        {S::assigned, early},
        {S::fix_delivered, early},
        {S::retest_passed, early},
        {S::raised},
        {S::closed, {I::step_before_triage, I::closed_without_retest}},
        {S::closed, early},
        {S::rejected, early},
        {S::duplicate, early},
        {S::deferred, early},
        {S::workaround, early},
        {S::raised, {I::reopened_while_open}}}},
      live(S::triaged, {S::triaged}, {S::triaged}),
      live(S::assigned, {S::assigned}, {S::assigned}),
      live(S::fix_delivered, {S::fix_delivered}, {S::assigned}),
      live(S::retest_passed, {S::retest_passed}, {S::assigned}, {S::closed}),
      live(S::deferred, {S::deferred}, {S::deferred}),
      live(S::workaround, {S::workaround}, {S::workaround}),
      live(S::reopened, {S::triaged}, {S::reopened}),
      over(S::closed, {S::closed, {I::step_after_closing, I::closed_without_retest}},
           {S::closed, {I::step_after_closing}}),
      over(S::rejected, {S::closed, {I::closed_without_retest}}, {S::closed}),
      over(S::duplicate, {S::closed, {I::closed_without_retest}}, {S::closed}),
  };
  return kRows;
}

EventFeed feed_in(S state) {
  EventFeed feed;
  feed.add(issue_raised(kT, "SIT-1", {"PEE-001"}));
  feed.add(issue_raised("TI-0002", "SIT-1", {"PEE-001"}));
  for (const Step step : way_to(state)) feed.add(event_of(step));
  return feed;
}

Issue issue_of(const EventFeed& feed) { return feed.folded<IssueRegister>().issues.at(kT); }

std::set<I> flags_of(const Issue& issue) {
  std::set<I> codes;
  for (const auto& [code, tally] : issue.irregularities) codes.insert(code);
  return codes;
}

}  // namespace

TEST_CASE("every step of an issue leads from every state where the table says, and is flagged so") {
  for (const Row& row : rows()) {
    REQUIRE(row.cells.size() == kSteps);
    for (std::size_t step = 0; step < kSteps; ++step) {
      INFO(enum_text(row.from) << " -- " << kStepNames[step]);
      EventFeed feed = feed_in(row.from);
      REQUIRE(issue_of(feed).state == row.from);
      REQUIRE(flags_of(issue_of(feed)).empty());
      feed.add(event_of(static_cast<Step>(step)));
      const Issue issue = issue_of(feed);
      CHECK(issue.state == row.cells[step].to);
      CHECK(flags_of(issue) == row.cells[step].flags);
      CHECK(issue.history.back().state == row.cells[step].to);
      CHECK(issue.history.size() == feed.size() - 1);
    }
  }
}

TEST_CASE("the table of issue steps has a row for every state but the disputed one") {
  std::set<S> from;
  for (const Row& row : rows()) CHECK(from.insert(row.from).second);
  CHECK(from.size() == std::size(kEnumTexts<S>) - 1);
  CHECK_FALSE(from.contains(S::disputed));
}

TEST_CASE(
    "a dispute covers every state, life goes on beneath it, and its end shows where it got to") {
  for (const Row& row : rows()) {
    for (std::size_t step = 0; step < kSteps; ++step) {
      INFO(enum_text(row.from) << " -- disputed, " << kStepNames[step]);
      EventFeed feed = feed_in(row.from);
      feed.add(issue_disputed(kT));
      CHECK(issue_of(feed).state == S::disputed);
      CHECK(issue_of(feed).undisputed == row.from);
      feed.add(event_of(static_cast<Step>(step)));
      CHECK(issue_of(feed).state == S::disputed);
      std::set<I> flags = row.cells[step].flags;
      const bool closes = step == static_cast<std::size_t>(Step::close_fixed) ||
                          step == static_cast<std::size_t>(Step::close_unfixed);
      if (closes) flags.insert(I::closed_while_disputed);
      CHECK(flags_of(issue_of(feed)) == flags);
      feed.add(issue_disputed(kT));
      feed.add(dispute_determined(kT));
      CHECK(issue_of(feed).state == row.cells[step].to);
      CHECK_FALSE(issue_of(feed).undisputed.has_value());
      CHECK(flags_of(issue_of(feed)) == flags);
    }
  }
}

TEST_CASE("a determination without a dispute is flagged and changes nothing") {
  EventFeed feed = feed_in(S::assigned);
  feed.add(dispute_determined(kT));
  CHECK(issue_of(feed).state == S::assigned);
  CHECK(flags_of(issue_of(feed)) == std::set{I::determined_without_dispute});
}

TEST_CASE("analyses and referrals are noted and leave the state alone") {
  for (const Row& row : rows()) {
    EventFeed feed = feed_in(row.from);
    feed.add(events::IssueAnalysed{"a timer was too short", kT});
    feed.add(events::IssueReferred{kT, "beyond us", events::Forum::panel});
    const Issue issue = issue_of(feed);
    CHECK(issue.state == row.from);
    CHECK(issue.history.at(issue.history.size() - 2).text == "a timer was too short");
    REQUIRE(issue.referrals.size() == 1);
    CHECK(issue.referrals[0].to == events::Forum::panel);
    CHECK(flags_of(issue).empty());
  }
}

TEST_CASE("events about issues that were never raised, or are raised twice, are counted") {
  EventFeed feed;
  for (std::size_t step = 0; step < kSteps; ++step) feed.add(event_of(static_cast<Step>(step)));
  feed.add(issue_disputed(kT));
  feed.add(dispute_determined(kT));
  feed.add(severity_changed(kT, 2, 3));
  auto issues = feed.folded<IssueRegister>();
  CHECK(issues.issues.empty());
  std::uint64_t count = 0;
  for (const auto& [type, tally] : issues.unplaced) count += tally.count;
  CHECK(count == feed.size());
  feed.add(issue_raised(kT, "SIT-1", {"PEE-001"}));
  feed.add(issue_raised(kT, "MT-1", {"PEE-002"}));
  issues = feed.folded<IssueRegister>();
  CHECK(issues.issues.at(kT).phase == Identifier("SIT-1"));
  CHECK(issues.unplaced.at("issue_raised").count == 1);
}

}  // namespace issue_steps_test
