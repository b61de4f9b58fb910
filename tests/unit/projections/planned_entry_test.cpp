// The planned entry × kind matrix and the state of a planned entry.

#include <catch2/catch.hpp>

#include "projections/board/matrix_view.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_events.hpp"

namespace planned_entry_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::TestKind;

namespace {

constexpr const char* kE = "PEE-001";

MatrixRow row_of(const EventFeed& feed) {
  const auto rows = view_matrix(feed.folded<PhaseBoard>());
  REQUIRE(rows.size() == 1);
  return rows[0];
}

void exit_phase(EventFeed& feed, const char* id) {
  feed.add(phase_started(id, {kE}));
  feed.add(cutoff(id, {kE}, feed.size()));
  feed.add(exit_decided(id, {kE}));
}

}  // namespace

TEST_CASE("a planned entry goes from planned over its kinds of test to tested") {
  EventFeed feed;
  feed.add(planned_entry(kE, {TestKind::mt, TestKind::sit}));
  CHECK(row_of(feed).state == PlannedEntryState::planned);
  feed.add(phase("MT-1", {kE}, TestKind::mt));
  feed.add(phase("SIT-1", {kE}, TestKind::sit));
  CHECK(row_of(feed).state == PlannedEntryState::planned);
  feed.add(phase_started("SIT-1", {kE}));
  CHECK(row_of(feed).state == PlannedEntryState::in_test);
  exit_phase(feed, "MT-1");
  CHECK(row_of(feed).state == PlannedEntryState::mt_done);
  feed.add(cutoff("SIT-1", {kE}, feed.size()));
  CHECK(row_of(feed).state == PlannedEntryState::mt_done);
  feed.add(exit_decided("SIT-1", {kE}));
  CHECK(row_of(feed).state == PlannedEntryState::tested);
  feed.add(exit_decided("MT-1", {kE}, events::ExitOutcome::continue_testing));
  CHECK(row_of(feed).state == PlannedEntryState::sit_done);
  feed.add(withdrawn(kE));
  CHECK(row_of(feed).state == PlannedEntryState::withdrawn);
}

TEST_CASE("a kind is done only when every phase of it that covers the entry has exited") {
  EventFeed feed;
  feed.add(planned_entry(kE, {TestKind::mt}));
  feed.add(phase("MT-1", {kE}, TestKind::mt));
  feed.add(phase("MT-2", {kE}, TestKind::mt));
  exit_phase(feed, "MT-1");
  CHECK(row_of(feed).state == PlannedEntryState::in_test);
  CHECK_FALSE(row_of(feed).cells.at(0).done);
  EventFeed aborted = feed;
  aborted.add(phase_aborted("MT-2"));
  CHECK(row_of(aborted).state == PlannedEntryState::tested);
  exit_phase(feed, "MT-2");
  CHECK(row_of(feed).state == PlannedEntryState::tested);
}

TEST_CASE("a phase that was completed without a decision to exit does not make its kind done") {
  EventFeed feed;
  feed.add(planned_entry(kE, {TestKind::sit}));
  feed.add(phase("SIT-1", {kE}));
  feed.add(phase_started("SIT-1", {kE}));
  feed.add(phase_completed("SIT-1", {kE}));
  CHECK(row_of(feed).state == PlannedEntryState::in_test);
}

TEST_CASE("what is tested is what the entry requires, as amended") {
  EventFeed feed;
  feed.add(planned_entry(kE, {TestKind::mt, TestKind::sit, TestKind::regression}));
  for (const auto& [id, kind] :
       {std::pair{"MT-1", TestKind::mt}, std::pair{"SRVT-1", TestKind::srvt}}) {
    feed.add(phase(id, {kE}, kind));
    exit_phase(feed, id);
  }
  CHECK(row_of(feed).state == PlannedEntryState::several_done);
  events::PlannedEntryAmended amended;
  amended.planned_entry = kE;
  amended.reason = "SRVT instead of SIT";
  amended.required_kinds = {TestKind::mt, TestKind::srvt};
  amended.target_date = Identifier("2019-11-22");
  feed.add(amended);
  const MatrixRow row = row_of(feed);
  CHECK(row.state == PlannedEntryState::tested);
  CHECK(row.target_date == Identifier("2019-11-22"));
}

TEST_CASE("an entry that requires what nobody tests stays planned, with a cell for it") {
  EventFeed feed;
  feed.add(planned_entry(kE, {TestKind::mt, TestKind::sit}));
  feed.add(phase("REG-1", {kE}, TestKind::regression));
  const MatrixRow row = row_of(feed);
  REQUIRE(row.cells.size() == 3);
  CHECK(row.cells[0].kind == TestKind::mt);
  CHECK(row.cells[0].required);
  CHECK(row.cells[0].phases.empty());
  CHECK(row.cells[2].kind == TestKind::regression);
  CHECK_FALSE(row.cells[2].required);
  REQUIRE(row.cells[2].phases.size() == 1);
  CHECK(row.cells[2].phases[0].state == PhaseState::planned);
}

TEST_CASE("runs that count for several kinds show in the cells of the others") {
  EventFeed feed;
  feed.add(planned_entry(kE, {TestKind::mt, TestKind::sit}));
  feed.add(phase("REG-1", {kE}, TestKind::regression));
  feed.add(phase_started("REG-1", {kE}));
  for (const char* run : {"R1", "R2", "R3"}) {
    auto started = run_started(run, "REG-1", kE, "I");
    started.counts_for = {TestKind::mt, TestKind::sit, TestKind::regression};
    feed.add(started);
  }
  feed.add(run_finished("R1", events::Outcome::passed));
  feed.add(run_finished("R2", events::Outcome::failed));
  feed.add(run_invalidated("R2"));
  const MatrixRow row = row_of(feed);
  CHECK(row.cells[0].runs_elsewhere == 1);
  CHECK(row.cells[1].runs_elsewhere == 1);
  CHECK(row.cells[2].runs_elsewhere == 0);
}

TEST_CASE("a phase planned for an entry that was withdrawn begins without it") {
  EventFeed feed;
  feed.add(planned_entry(kE));
  feed.add(withdrawn(kE));
  feed.add(phase("SIT-1", {kE}));
  const auto board = feed.folded<PhaseBoard>();
  CHECK(board.phases.at("SIT-1").entries.at(kE).state == PhaseState::withdrawn);
  const auto lines = list_phases(board);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].state == PhaseState::withdrawn);
  CHECK(lines[0].verdict == RuleVerdict::undetermined);
}

}  // namespace planned_entry_test
