// The states and views have one canonical form, and come back from both archives as they were.

#include <catch2/catch.hpp>

#include "projections/board/matrix_view.hpp"
#include "projections/issues/issue_view.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_events.hpp"

namespace state_form_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Outcome;

namespace {

/// A history in which every member of every state has a value.
EventFeed full_history() {
  EventFeed feed;
  feed.add(planned_entry("PEE-001", {events::TestKind::mt, events::TestKind::sit}));
  feed.add(planned_entry("PEE-002"));
  feed.add(phase("SIT-1", {"PEE-001", "PEE-002"}));
  feed.add(listed("S", "SIT-1", {item("I", "PEE-001"), item("J", "PEE-001")}));
  feed.endorse(feed.add(baselined("S", "SIT-1", {item("I", "PEE-001"), item("J", "PEE-001")}),
                        Stage::awaiting_voices));
  feed.add(environment("ENV", {"SIT-1"}, "B1"));
  feed.add(entry_decided("SIT-1", {"PEE-001"}));
  feed.add(phase_started("SIT-1", {"PEE-001"}));
  auto run = run_started("R1", "SIT-1", "PEE-001", "I", {"B1"});
  run.tool = events::Tool{"bench", 5};
  run.counts_for = {events::TestKind::sit};
  feed.add(run);
  feed.add(run_finished("R1", Outcome::failed));
  feed.add(run_invalidated("R1"), Stage::awaiting_voices);
  feed.add(import_started("IMP", "SIT-1", "PEE-001", "B1", 3));
  feed.add(result("IMP", 0, "I", Outcome::passed));
  feed.add(result("IMP", 1, "", Outcome::failed));
  feed.add(import_finished("IMP", 2));
  feed.add(waived("SIT-1", "PEE-001", "J"));
  feed.add(scope_changed("S", "SIT-1", {}, {"I"}));
  feed.add(deployed("ENV", "B1", "B2"));
  feed.add(events::GapDeclared{1, "SIT-1", "a restart", "bench", 4});
  feed.add(phase_suspended("SIT-1"));
  feed.add(cutoff("SIT-1", {"PEE-001"}, 5));
  feed.add(exit_decided("SIT-1", {"PEE-001"}));
  feed.add(phase_completed("SIT-1", {"PEE-001"}));
  events::EntryCriterionEvidenced criterion;
  criterion.criterion = "N1";
  criterion.phase = "SIT-1";
  feed.add(criterion);
  events::TagPositionRecorded position;
  position.about = "phase/SIT-1";
  position.conditions = {{Identifier("2019-11-29"), "finish"}};
  position.meeting = "TAG-1";
  feed.add(position);
  events::DocumentRegistered document;
  document.document = "D";
  document.version = "1";
  feed.add(document);
  feed.add(events::DocumentPresented{"2019-10-09", "D", "TAG-1", "1"});
  feed.add(withdrawn("PEE-002"));
  feed.add(phase_started("SIT-9", {"PEE-001"}));
  feed.add(issue_raised("T1", "SIT-1", {"PEE-001"}));
  feed.add(issue_triaged("T1", 2));
  feed.add(severity_changed("T1", 3, 4));
  feed.add(issue_deferred("T1"));
  feed.add(workaround_agreed("T1"));
  feed.add(fix_delivered("T1"));
  feed.add(retest("T1", true));
  feed.add(issue_disputed("T1"));
  feed.add(issue_closed("T1"));
  feed.add(issue_duplicated("T1", "T1"));
  return feed;
}

template <class T>
void check_forms(const T& value) {
  const std::string text = to_canonical(value);
  const auto from_text = from_canonical<T>(text);
  if (!from_text) FAIL(from_text.error().message);
  CHECK(to_canonical(*from_text) == text);
  const std::string binary = to_binary(value);
  const auto restored = from_binary<T>(binary);
  REQUIRE(restored.has_value());
  CHECK(to_canonical(*restored) == text);
  CHECK(to_binary(*restored) == binary);
  for (std::size_t size = 0; size < binary.size(); size += 97) {
    CHECK_FALSE(from_binary<T>(std::string_view(binary).substr(0, size)).has_value());
  }
  CHECK_FALSE(from_binary<T>(binary + '\0').has_value());
}

}  // namespace

TEST_CASE("the board and its views come back from canonical JSON and from binary as they were") {
  const auto board = full_history().folded<PhaseBoard>();
  check_forms(board);
  check_forms(*view_phase(board, "SIT-1"));
  for (const MatrixRow& row : view_matrix(board)) check_forms(row);
  for (const PhaseLine& line : list_phases(board)) check_forms(line);
}

TEST_CASE("the issue register and its views come back as they were") {
  const auto issues = full_history().folded<IssueRegister>();
  check_forms(issues);
  check_forms(*view_issue(issues, "T1"));
  check_forms(count_issues(issues));
  for (const IssueLine& line : list_issues(issues)) check_forms(line);
}

TEST_CASE("the state digest changes with the state, and not with the order of unrelated things") {
  CHECK(state_digest(PhaseBoard{}) == sha256(to_canonical(PhaseBoard{})));
  EventFeed feed = full_history();
  const Hash before = state_digest(feed.folded<PhaseBoard>());
  feed.add(phase_aborted("SIT-1"));
  CHECK(state_digest(feed.folded<PhaseBoard>()) != before);

  // Events of two phases keep their places in the log; which of them is folded first is all one.
  const EventData first = phase("A", {"PEE-001"});
  const EventData second = phase("B", {"PEE-002"});
  PhaseBoard one;
  one.apply({{1, 0}, first, {}, {}, {}, "DCC", std::nullopt}, Stage::in_effect);
  one.apply({{1, 1}, second, {}, {}, {}, "DCC", std::nullopt}, Stage::in_effect);
  PhaseBoard other;
  other.apply({{1, 1}, second, {}, {}, {}, "DCC", std::nullopt}, Stage::in_effect);
  other.apply({{1, 0}, first, {}, {}, {}, "DCC", std::nullopt}, Stage::in_effect);
  CHECK(state_digest(one) == state_digest(other));
}

TEST_CASE("the shapes of the states are fixed for as long as their versions are") {
  CHECK(state_shape<PhaseBoard>() != state_shape<IssueRegister>());
  CHECK(state_shape<PhaseBoard>() == sha256(SchemaWriter::of<PhaseBoard>()));
}

}  // namespace state_form_test
