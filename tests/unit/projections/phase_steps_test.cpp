// Every step of a Test Phase from every state, in and out of order.

#include <functional>

#include <catch2/catch.hpp>

#include "projections/board/phase_view.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_events.hpp"

namespace phase_steps_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

constexpr const char* kP = "P-1";
constexpr const char* kE = "PEE-001";

enum class Step {
  baseline,
  enter,
  reject,
  start,
  suspend,
  resume,
  cutoff,
  exit,
  go_on,
  complete,
  abort,
  withdraw,
};
constexpr const char* kStepNames[] = {"baseline", "enter",    "reject", "start",
                                      "suspend",  "resume",   "cutoff", "exit",
                                      "continue", "complete", "abort",  "withdraw"};

EventData event_of(Step step) {
  switch (step) {
    case Step::baseline: return baselined("S", kP, {item("I", kE)});
    case Step::enter: return entry_decided(kP, {kE});
    case Step::reject: return entry_decided(kP, {kE}, events::EntryOutcome::reject);
    case Step::start: return phase_started(kP, {kE});
    case Step::suspend: return phase_suspended(kP);
    case Step::resume: return phase_resumed(kP);
    case Step::cutoff: return assay::testing::cutoff(kP, {kE}, 7);
    case Step::exit: return exit_decided(kP, {kE});
    case Step::go_on: return exit_decided(kP, {kE}, events::ExitOutcome::continue_testing);
    case Step::complete: return phase_completed(kP, {kE});
    case Step::abort: return phase_aborted(kP);
    case Step::withdraw: return withdrawn(kE);
  }
  return phase_aborted(kP);
}

using S = PhaseState;
using I = Irregularity;

/// The steps, all in order, that lead to a state.
std::vector<Step> way_to(S state) {
  std::vector<Step> way{Step::baseline, Step::enter, Step::start,
                        Step::cutoff,   Step::exit,  Step::complete};
  switch (state) {
    case S::planned: return {};
    case S::scoped: return {Step::baseline};
    case S::entry_approved: way.resize(2); return way;
    case S::executing: way.resize(3); return way;
    case S::exit_pending: way.resize(4); return way;
    case S::exited: way.resize(5); return way;
    case S::completed: return way;
    case S::suspended:
      way.resize(3);
      way.push_back(Step::suspend);
      return way;
    case S::aborted:
      way.resize(3);
      way.push_back(Step::abort);
      return way;
    case S::withdrawn:
      way.resize(3);
      way.push_back(Step::withdraw);
      return way;
  }
  return {};
}

void take(PhaseBoard& board, EventFeed& feed, const std::vector<Step>& steps) {
  const std::size_t from = feed.size();
  for (const Step step : steps) feed.add(event_of(step));
  feed.fold(board, from, feed.size());
}

PhaseBoard board_in(S state, EventFeed& feed) {
  feed.add(planned_entry(kE));
  feed.add(phase(kP, {kE}));
  feed.add(listed("S", kP, {item("I", kE)}));
  PhaseBoard board = feed.folded<PhaseBoard>();
  take(board, feed, way_to(state));
  return board;
}

std::set<I> flags_of(const PhaseBoard& board) {
  std::set<I> flags;
  for (const auto& [key, tally] : board.phases.at(kP).irregularities) flags.insert(key.code);
  return flags;
}

struct Row {
  S from;
  Step step;
  S to;
  std::set<I> flags = {};
};

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows{
      {S::planned, Step::baseline, S::scoped},
      {S::planned, Step::enter, S::entry_approved, {I::entry_before_scope}},
      {S::planned, Step::reject, S::planned},
      {S::planned, Step::start, S::executing, {I::started_without_decision}},
      {S::planned, Step::suspend, S::planned, {I::suspended_outside_execution}},
      {S::planned, Step::resume, S::planned, {I::resumed_without_suspension}},
      {S::planned, Step::cutoff, S::exit_pending, {I::cutoff_outside_execution}},
      {S::planned, Step::exit, S::exited, {I::exit_without_cutoff}},
      {S::planned, Step::go_on, S::planned, {I::exit_without_cutoff}},
      {S::planned, Step::complete, S::completed, {I::completed_without_exit}},
      {S::planned, Step::abort, S::aborted},
      {S::planned, Step::withdraw, S::withdrawn},

      {S::scoped, Step::enter, S::entry_approved},
      {S::scoped, Step::reject, S::scoped},
      {S::scoped, Step::start, S::executing, {I::started_without_decision}},
      {S::scoped, Step::suspend, S::scoped, {I::suspended_outside_execution}},
      {S::scoped, Step::resume, S::scoped, {I::resumed_without_suspension}},
      {S::scoped, Step::cutoff, S::exit_pending, {I::cutoff_outside_execution}},
      {S::scoped, Step::exit, S::exited, {I::exit_without_cutoff}},
      {S::scoped, Step::go_on, S::scoped, {I::exit_without_cutoff}},
      {S::scoped, Step::complete, S::completed, {I::completed_without_exit}},
      {S::scoped, Step::abort, S::aborted},
      {S::scoped, Step::withdraw, S::withdrawn},

      {S::entry_approved, Step::enter, S::entry_approved},
      {S::entry_approved, Step::reject, S::scoped},
      {S::entry_approved, Step::start, S::executing},
      {S::entry_approved, Step::suspend, S::entry_approved, {I::suspended_outside_execution}},
      {S::entry_approved, Step::resume, S::entry_approved, {I::resumed_without_suspension}},
      {S::entry_approved, Step::cutoff, S::exit_pending, {I::cutoff_outside_execution}},
      {S::entry_approved, Step::exit, S::exited, {I::exit_without_cutoff}},
      {S::entry_approved, Step::go_on, S::entry_approved, {I::exit_without_cutoff}},
      {S::entry_approved, Step::complete, S::completed, {I::completed_without_exit}},
      {S::entry_approved, Step::abort, S::aborted},
      {S::entry_approved, Step::withdraw, S::withdrawn},

      {S::executing, Step::enter, S::executing, {I::entry_after_start}},
      {S::executing, Step::reject, S::executing, {I::entry_after_start}},
      {S::executing, Step::start, S::executing, {I::started_again}},
      {S::executing, Step::suspend, S::suspended},
      {S::executing, Step::resume, S::executing, {I::resumed_without_suspension}},
      {S::executing, Step::cutoff, S::exit_pending},
      {S::executing, Step::exit, S::exited, {I::exit_without_cutoff}},
      {S::executing, Step::go_on, S::executing, {I::exit_without_cutoff}},
      {S::executing, Step::complete, S::completed, {I::completed_without_exit}},
      {S::executing, Step::abort, S::aborted},
      {S::executing, Step::withdraw, S::withdrawn},

      {S::suspended, Step::enter, S::suspended, {I::entry_after_start}},
      {S::suspended, Step::reject, S::suspended, {I::entry_after_start}},
      {S::suspended, Step::start, S::suspended, {I::started_again, I::started_while_suspended}},
      {S::suspended, Step::suspend, S::suspended, {I::suspended_outside_execution}},
      {S::suspended, Step::resume, S::executing},
      {S::suspended, Step::cutoff, S::exit_pending, {I::cutoff_outside_execution}},
      {S::suspended, Step::exit, S::exited, {I::exit_without_cutoff}},
      {S::suspended, Step::go_on, S::suspended, {I::exit_without_cutoff}},
      {S::suspended, Step::complete, S::completed, {I::completed_without_exit}},
      {S::suspended, Step::abort, S::aborted},
      {S::suspended, Step::withdraw, S::withdrawn},

      {S::exit_pending, Step::enter, S::exit_pending, {I::entry_after_start}},
      {S::exit_pending, Step::reject, S::exit_pending, {I::entry_after_start}},
      {S::exit_pending, Step::start, S::exit_pending, {I::started_again}},
      {S::exit_pending, Step::suspend, S::exit_pending, {I::suspended_outside_execution}},
      {S::exit_pending, Step::resume, S::exit_pending, {I::resumed_without_suspension}},
      {S::exit_pending, Step::cutoff, S::exit_pending},
      {S::exit_pending, Step::exit, S::exited},
      {S::exit_pending, Step::go_on, S::executing},
      {S::exit_pending, Step::complete, S::completed, {I::completed_without_exit}},
      {S::exit_pending, Step::abort, S::aborted},
      {S::exit_pending, Step::withdraw, S::withdrawn},

      {S::exited, Step::enter, S::exited, {I::entry_after_start}},
      {S::exited, Step::reject, S::exited, {I::entry_after_start}},
      {S::exited, Step::start, S::executing, {I::started_again}},
      {S::exited, Step::suspend, S::exited, {I::suspended_outside_execution}},
      {S::exited, Step::resume, S::exited, {I::resumed_without_suspension}},
      {S::exited, Step::cutoff, S::exited, {I::cutoff_outside_execution}},
      {S::exited, Step::exit, S::exited},
      {S::exited, Step::go_on, S::executing, {I::continued_after_exit}},
      {S::exited, Step::complete, S::completed},
      {S::exited, Step::abort, S::aborted},
      {S::exited, Step::withdraw, S::withdrawn},

      {S::completed, Step::enter, S::completed, {I::step_after_completion}},
      {S::completed, Step::reject, S::completed, {I::step_after_completion}},
      {S::completed, Step::start, S::executing, {I::started_again}},
      {S::completed, Step::suspend, S::completed, {I::suspended_outside_execution}},
      {S::completed, Step::resume, S::completed, {I::resumed_without_suspension}},
      {S::completed, Step::cutoff, S::completed, {I::step_after_completion}},
      {S::completed, Step::exit, S::completed, {I::step_after_completion}},
      {S::completed, Step::go_on, S::executing, {I::continued_after_exit}},
      {S::completed, Step::complete, S::completed, {I::step_after_completion}},
      {S::completed, Step::abort, S::completed, {I::aborted_after_completion}},
      {S::completed, Step::withdraw, S::completed},

      {S::aborted, Step::enter, S::entry_approved, {I::step_after_abort}},
      {S::aborted, Step::reject, S::aborted, {I::step_after_abort}},
      {S::aborted, Step::start, S::executing, {I::started_again}},
      {S::aborted, Step::suspend, S::aborted, {I::suspended_outside_execution}},
      {S::aborted, Step::resume, S::aborted, {I::resumed_without_suspension}},
      {S::aborted, Step::cutoff, S::aborted, {I::step_after_abort}},
      {S::aborted, Step::exit, S::aborted, {I::step_after_abort}},
      {S::aborted, Step::go_on, S::aborted, {I::step_after_abort}},
      {S::aborted, Step::complete, S::aborted, {I::step_after_abort}},
      {S::aborted, Step::abort, S::aborted},
      {S::aborted, Step::withdraw, S::withdrawn},

      {S::withdrawn, Step::enter, S::withdrawn, {I::step_after_withdrawal}},
      {S::withdrawn, Step::reject, S::withdrawn, {I::step_after_withdrawal}},
      {S::withdrawn, Step::start, S::withdrawn, {I::step_after_withdrawal}},
      {S::withdrawn, Step::suspend, S::withdrawn, {I::suspended_outside_execution}},
      {S::withdrawn, Step::resume, S::withdrawn, {I::resumed_without_suspension}},
      {S::withdrawn, Step::cutoff, S::withdrawn, {I::step_after_withdrawal}},
      {S::withdrawn, Step::exit, S::withdrawn, {I::step_after_withdrawal}},
      {S::withdrawn, Step::go_on, S::withdrawn, {I::step_after_withdrawal}},
      {S::withdrawn, Step::complete, S::withdrawn, {I::step_after_withdrawal}},
      {S::withdrawn, Step::abort, S::withdrawn, {I::aborted_after_completion}},
      {S::withdrawn, Step::withdraw, S::withdrawn},
  };
  return kRows;
}

}  // namespace

TEST_CASE("every step leads from every state where the table says, and is flagged as it says") {
  for (const Row& row : rows()) {
    INFO(enum_text(row.from) << " -- " << kStepNames[static_cast<std::size_t>(row.step)]);
    EventFeed feed;
    PhaseBoard board = board_in(row.from, feed);
    REQUIRE(board.phases.at(kP).entries.at(kE).state == row.from);
    REQUIRE(flags_of(board).empty());
    take(board, feed, {row.step});
    CHECK(board.phases.at(kP).entries.at(kE).state == row.to);
    CHECK(flags_of(board) == row.flags);
    CHECK(board.unplaced.empty());
  }
}

TEST_CASE("the table of steps has a row for every state and step but a second baseline") {
  std::set<std::pair<S, Step>> seen;
  for (const Row& row : rows()) CHECK(seen.emplace(row.from, row.step).second);
  for (std::size_t state = 0; state < std::size(kEnumTexts<PhaseState>); ++state) {
    for (std::size_t step = 0; step < std::size(kStepNames); ++step) {
      const bool second_baseline = step == 0 && static_cast<S>(state) != S::planned;
      CHECK(seen.contains({static_cast<S>(state), static_cast<Step>(step)}) != second_baseline);
    }
  }
}

TEST_CASE("a baseline that comes late never moves an entry back, and says that runs came before") {
  EventFeed feed;
  feed.add(planned_entry(kE));
  feed.add(phase(kP, {kE}));
  feed.add(listed("S", kP, {item("I", kE)}));
  feed.add(entry_decided(kP, {kE}));
  feed.add(phase_started(kP, {kE}));
  feed.add(run_started("R1", kP, kE, "I"));
  const EventId baseline = feed.add(event_of(Step::baseline), Stage::awaiting_voices);
  CHECK(flags_of(feed.folded<PhaseBoard>()) == std::set<I>{I::entry_before_scope});
  feed.endorse(baseline);
  const auto board = feed.folded<PhaseBoard>();
  CHECK(board.phases.at(kP).entries.at(kE).state == S::executing);
  CHECK(board.phases.at(kP).entries.at(kE).scoped);
  CHECK(flags_of(board) == std::set<I>{I::entry_before_scope, I::scope_after_run});
}

TEST_CASE("a baseline moves an entry on only once the other party has endorsed it") {
  EventFeed feed;
  feed.add(planned_entry(kE));
  feed.add(phase(kP, {kE}));
  feed.add(listed("S", kP, {item("I", kE)}));
  const EventId baseline = feed.add(event_of(Step::baseline), Stage::awaiting_voices);
  CHECK(feed.folded<PhaseBoard>().phases.at(kP).entries.at(kE).state == S::planned);
  feed.endorse(baseline);
  CHECK(feed.folded<PhaseBoard>().phases.at(kP).entries.at(kE).state == S::scoped);
}

TEST_CASE("a phase is as far as its least advanced entry, and an entry that left holds nobody up") {
  EventFeed feed;
  for (const char* id : {"A", "B", "C"}) feed.add(planned_entry(id));
  feed.add(phase(kP, {"A", "B", "C"}));
  const auto state = [&] { return state_of(feed.folded<PhaseBoard>().phases.at(kP)); };
  CHECK(state() == S::planned);
  feed.add(listed("S", kP, {item("I", "A"), item("J", "B")}));
  feed.add(baselined("S", kP, {item("I", "A"), item("J", "B")}));
  CHECK(state() == S::planned);  // nothing of C is in the scope
  feed.add(withdrawn("C"));
  CHECK(state() == S::scoped);
  feed.add(entry_decided(kP, {"A", "B"}));
  feed.add(phase_started(kP, {"A"}));
  CHECK(state() == S::entry_approved);
  feed.add(phase_started(kP, {"B"}));
  feed.add(phase_suspended(kP));
  CHECK(state() == S::suspended);
  feed.add(phase_resumed(kP));
  CHECK(state() == S::executing);
  feed.add(assay::testing::cutoff(kP, {"A"}, 3));
  feed.add(exit_decided(kP, {"A"}, events::ExitOutcome::exit_with_conditions));
  feed.add(phase_completed(kP, {"A"}));
  CHECK(state() == S::executing);
  feed.add(phase_aborted(kP));
  CHECK(state() == S::aborted);
  const auto board = feed.folded<PhaseBoard>();
  CHECK(board.phases.at(kP).entries.at("A").state == S::completed);
  CHECK(flags_of(board).empty());
}

TEST_CASE("what is decided and declared is kept with its event and what its author had seen") {
  EventFeed feed;
  feed.add(planned_entry(kE));
  feed.add(phase(kP, {kE}));
  const EventId decided =
      feed.add(entry_decided(kP, {kE}, events::EntryOutcome::enter_with_conditions));
  const EventId started = feed.add(phase_started(kP, {kE}));
  const EventId cut = feed.add(assay::testing::cutoff(kP, {kE}, 41));
  const EventId exited = feed.add(exit_decided(kP, {kE}));
  const auto board = feed.folded<PhaseBoard>();
  const PhaseEntry& entry = board.phases.at(kP).entries.at(kE);
  REQUIRE(entry.entry_decisions.size() == 1);
  CHECK(entry.entry_decisions[0].mark.event == decided);
  CHECK(entry.entry_decisions[0].outcome == events::EntryOutcome::enter_with_conditions);
  REQUIRE(entry.starts.size() == 1);
  CHECK(entry.starts[0].event == started);
  REQUIRE(entry.cutoffs.size() == 1);
  CHECK(entry.cutoffs[0].mark.event == cut);
  CHECK(entry.cutoffs[0].cutoff_size == 41);
  REQUIRE(entry.exit_decisions.size() == 1);
  CHECK(entry.exit_decisions[0].mark.event == exited);

  PhaseBoard seeing;
  const EventData plan = phase(kP, {kE});
  const EventData decision = exit_decided(kP, {kE});
  seeing.apply({{1, 0}, plan, {}, {}, {}, "DCC", std::nullopt}, Stage::in_effect);
  seeing.apply({{2, 0}, decision, {}, {}, {}, "DCC", Seen{{}, 17}}, Stage::in_effect);
  CHECK(seeing.phases.at(kP).entries.at(kE).exit_decisions[0].seen_size == 17);
}

TEST_CASE("criteria keep their latest word, and one evidenced after the start is late") {
  EventFeed feed;
  feed.add(planned_entry(kE));
  feed.add(phase(kP, {kE}));
  events::EntryCriterionEvidenced criterion;
  criterion.criterion = "N6";
  criterion.phase = kP;
  criterion.status = events::CriterionStatus::not_met;
  feed.add(criterion);
  criterion.status = events::CriterionStatus::met;
  criterion.evidence = {Hash{}};
  feed.add(criterion);
  auto board = feed.folded<PhaseBoard>();
  const Criterion& kept = board.phases.at(kP).criteria.at({"N6", std::nullopt});
  CHECK(kept.status == events::CriterionStatus::met);
  CHECK(kept.times == 2);
  CHECK(kept.evidence == 1);
  CHECK(flags_of(board).empty());

  feed.add(entry_decided(kP, {kE}));
  feed.add(phase_started(kP, {kE}));
  criterion.planned_entry = Identifier(kE);
  feed.add(criterion);
  board = feed.folded<PhaseBoard>();
  CHECK(board.phases.at(kP).criteria.size() == 2);
  CHECK(flags_of(board).contains(I::criterion_after_start));
}

TEST_CASE("steps for an entry that the phase was not planned for are recorded and flagged") {
  EventFeed feed;
  feed.add(planned_entry(kE));
  feed.add(planned_entry("PEE-002"));
  feed.add(phase(kP, {kE}));
  feed.add(entry_decided(kP, {"PEE-002"}));
  const auto board = feed.folded<PhaseBoard>();
  CHECK(board.phases.at(kP).entries.at("PEE-002").state == S::entry_approved);
  const auto& flags = board.phases.at(kP).irregularities;
  CHECK(flags.at({I::not_planned_here, Identifier("PEE-002")}).count == 1);
}

TEST_CASE("events about phases that were never planned are counted and change nothing else") {
  EventFeed feed;
  feed.add(entry_decided("P-9", {kE}));
  feed.add(phase_started("P-9", {kE}));
  feed.add(phase_started("P-9", {kE}));
  feed.add(run_finished("R9", events::Outcome::passed));
  feed.add(result("IMP-9", 0, "", events::Outcome::passed));
  const auto board = feed.folded<PhaseBoard>();
  CHECK(board.phases.empty());
  CHECK(board.unplaced.at("phase_started").count == 2);
  CHECK(board.unplaced.at("phase_started").first == EventId{2, 0});
  CHECK(board.unplaced.at("phase_started").last == EventId{3, 0});
  CHECK(board.unplaced.size() == 4);
}

}  // namespace phase_steps_test
