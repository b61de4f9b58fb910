// How far a planned entry had come in a phase, then and now.

#include "projections/selection/course.hpp"

#include <catch2/catch.hpp>

#include "tests/support/event_feed.hpp"
#include "tests/unit/projections/selection/sample_plan.hpp"

namespace course_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Category;
using events::TestKind;

namespace {

constexpr const char* kE = "PEE-004";
constexpr const char* kDmc = "DMC-MDS-002";

bool under_test(const EventFeed& feed, const EventId& at) {
  return !under_test_at(feed.folded<PhaseBoard>(), kDmc, "MOC", at).empty();
}

}  // namespace

TEST_CASE("a DMC is under test from the start of a phase to the decision to exit") {
  EventFeed feed;
  feed.add(moc_entry(kE, kDmc, Category::dormant));
  feed.add(phase("SIT-1", {kE}));
  const EventId started = feed.add(phase_started("SIT-1", {kE}));
  const EventId suspended = feed.add(phase_suspended("SIT-1"));
  const EventId exited = feed.add(exit_decided("SIT-1", {kE}));
  const EventId resumed =
      feed.add(exit_decided("SIT-1", {kE}, events::ExitOutcome::continue_testing));
  const EventId aborted = feed.add(phase_aborted("SIT-1"));
  const EventId end = feed.add(moc_entry("PEE-009", "DMC-MDS-001", Category::active));
  CHECK_FALSE(under_test(feed, started));
  CHECK(under_test(feed, suspended));
  CHECK(under_test(feed, exited));
  CHECK_FALSE(under_test(feed, resumed));
  CHECK(under_test(feed, aborted));
  CHECK_FALSE(under_test(feed, end));
  CHECK(under_test_at(feed.folded<PhaseBoard>(), kDmc, "FOC", exited).empty());
}

TEST_CASE("a withdrawal ends the test, and what was completed stays completed") {
  EventFeed feed;
  feed.add(moc_entry(kE, kDmc, Category::dormant));
  feed.add(phase("MT-1", {kE}, TestKind::mt));
  feed.add(phase("SIT-1", {kE}));
  feed.add(phase_started("MT-1", {kE}));
  feed.add(phase_started("SIT-1", {kE}));
  feed.add(exit_decided("MT-1", {kE}));
  feed.add(phase_completed("MT-1", {kE}));
  const EventId left = feed.add(withdrawn(kE));
  const auto board = feed.folded<PhaseBoard>();
  CHECK(course_of(board, board.phases.at("MT-1"), kE).state == CourseState::exited);
  CHECK(course_of(board, board.phases.at("SIT-1"), kE).state == CourseState::withdrawn);
  CHECK(course_of(board, board.phases.at("SIT-1"), kE).since == left);
  CHECK(course_of(board, board.phases.at("SIT-1"), kE, left).state == CourseState::under_test);
}

TEST_CASE("a kind is done when every phase of it has exited that had been planned by then") {
  EventFeed feed;
  feed.add(moc_entry(kE, kDmc, Category::dormant));
  feed.add(phase("MT-1", {kE}, TestKind::mt));
  feed.add(phase_started("MT-1", {kE}));
  const EventId exited = feed.add(exit_decided("MT-1", {kE}));
  const EventId listed = feed.add(epcl_entry_made(kE, "2019-11-22"));
  feed.add(phase("MT-2", {kE}, TestKind::mt));
  feed.add(phase_started("MT-2", {kE}));
  auto board = feed.folded<PhaseBoard>();
  CHECK_FALSE(kinds_tested(board, kE).at(TestKind::mt).done);
  CHECK_FALSE(kinds_tested(board, kE, {exited, exited}).at(TestKind::mt).done);
  const auto then = kinds_tested(board, kE, {listed, listed});
  CHECK(then.at(TestKind::mt).done);
  CHECK(then.at(TestKind::mt).decisions == std::vector{exited});
  CHECK(all_done(then, {TestKind::mt}));
  CHECK_FALSE(all_done(then, {TestKind::mt, TestKind::sit}));
  CHECK_FALSE(all_done(then, {}));
  // Testing that goes on after the entry was listed takes its completion away.
  feed.add(exit_decided("MT-1", {kE}, events::ExitOutcome::continue_testing));
  board = feed.folded<PhaseBoard>();
  CHECK(kinds_tested(board, kE, {listed, listed}).at(TestKind::mt).done);
  CHECK_FALSE(kinds_tested(board, kE, {listed, std::nullopt}).at(TestKind::mt).done);
}

TEST_CASE("an aborted phase neither completes a kind nor holds it up") {
  EventFeed feed;
  feed.add(moc_entry(kE, kDmc, Category::dormant));
  feed.add(phase("MT-1", {kE}, TestKind::mt));
  feed.add(phase_started("MT-1", {kE}));
  feed.add(phase_aborted("MT-1"));
  CHECK_FALSE(kinds_tested(feed.folded<PhaseBoard>(), kE).at(TestKind::mt).done);
  feed.add(phase("MT-2", {kE}, TestKind::mt));
  feed.add(phase_started("MT-2", {kE}));
  feed.add(exit_decided("MT-2", {kE}));
  CHECK(kinds_tested(feed.folded<PhaseBoard>(), kE).at(TestKind::mt).done);
}

TEST_CASE("a completion that was undone keeps nobody from an abort") {
  EventFeed feed;
  feed.add(moc_entry(kE, kDmc, Category::dormant));
  feed.add(phase("MT-1", {kE}, TestKind::mt));
  feed.add(phase_started("MT-1", {kE}));
  feed.add(exit_decided("MT-1", {kE}));
  feed.add(phase_completed("MT-1", {kE}));
  feed.add(exit_decided("MT-1", {kE}, events::ExitOutcome::continue_testing));
  feed.add(exit_decided("MT-1", {kE}));
  feed.add(phase_aborted("MT-1"));
  const auto board = feed.folded<PhaseBoard>();
  CHECK(course_of(board, board.phases.at("MT-1"), kE).state == CourseState::aborted);
  CHECK(board.phases.at("MT-1").entries.at(kE).state == PhaseState::aborted);
  CHECK_FALSE(kinds_tested(board, kE).at(TestKind::mt).done);
}

TEST_CASE("a phase that was completed without a decision is no longer under test, nor done") {
  EventFeed feed;
  feed.add(moc_entry(kE, kDmc, Category::dormant));
  feed.add(phase("MT-1", {kE}, TestKind::mt));
  feed.add(phase_started("MT-1", {kE}));
  feed.add(phase_completed("MT-1", {kE}));
  const EventId end = feed.add(moc_entry("PEE-009", "DMC-MDS-001", Category::active));
  CHECK_FALSE(under_test(feed, end));
  CHECK_FALSE(kinds_tested(feed.folded<PhaseBoard>(), kE).at(TestKind::mt).done);
  feed.add(exit_decided("MT-1", {kE}));
  CHECK(kinds_tested(feed.folded<PhaseBoard>(), kE).at(TestKind::mt).done);
}

TEST_CASE("a new decision to enter takes an aborted phase up again") {
  EventFeed feed;
  feed.add(moc_entry(kE, kDmc, Category::dormant));
  feed.add(phase("MT-1", {kE}, TestKind::mt));
  feed.add(phase("MT-2", {kE}, TestKind::mt));
  feed.add(phase_started("MT-1", {kE}));
  feed.add(phase_aborted("MT-1"));
  feed.add(exit_decided("MT-2", {kE}));
  CHECK(kinds_tested(feed.folded<PhaseBoard>(), kE).at(TestKind::mt).done);
  feed.add(entry_decided("MT-1", {kE}));
  CHECK_FALSE(kinds_tested(feed.folded<PhaseBoard>(), kE).at(TestKind::mt).done);
}

TEST_CASE("what was aborted or withdrawn before it started has not started") {
  EventFeed feed;
  feed.add(moc_entry(kE, kDmc, Category::dormant));
  feed.add(phase("MT-1", {kE}, TestKind::mt));
  feed.add(phase("SIT-1", {kE}));
  feed.add(phase_aborted("MT-1"));
  feed.add(withdrawn(kE));
  for (const auto& [kind, tested] : kinds_tested(feed.folded<PhaseBoard>(), kE)) {
    CHECK_FALSE(tested.started);
  }
}

}  // namespace course_test
