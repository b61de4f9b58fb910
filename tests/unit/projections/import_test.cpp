// Imported results on the board, run counters, and files that could not be read.

#include <catch2/catch.hpp>

#include "projections/board/phase_view.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_events.hpp"

namespace import_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Outcome;

namespace {

constexpr const char* kP = "SIT-1";
constexpr const char* kE = "PEE-001";

EventFeed under_way() {
  EventFeed feed;
  feed.add(planned_entry(kE));
  feed.add(phase(kP, {kE}));
  const std::vector<events::ScopeItem> items{item("I", kE), item("J", kE)};
  feed.add(listed("S", kP, items));
  feed.add(baselined("S", kP, items));
  feed.add(environment("ENV", {kP}, "B1"));
  feed.add(entry_decided(kP, {kE}));
  feed.add(phase_started(kP, {kE}));
  return feed;
}

struct Line {
  const char* item;
  Outcome outcome;
};

void import(EventFeed& feed, const std::string& id, const std::vector<Line>& lines,
            const std::string& build = "B1") {
  feed.add(import_started(id, kP, kE, build, lines.size()));
  std::uint64_t ordinal = 0;
  for (const Line& line : lines) feed.add(result(id, ordinal++, line.item, line.outcome));
  feed.add(import_finished(id, lines.size()));
}

PhaseView view(const EventFeed& feed) {
  auto seen = view_phase(feed.folded<PhaseBoard>(), kP);
  REQUIRE(seen.has_value());
  return *seen;
}
ItemView one(const EventFeed& feed, const char* id = "I") {
  const PhaseView seen = view(feed);
  for (const ItemView& item : seen.entries.at(0).items) {
    if (item.item == Identifier(id)) return item;
  }
  FAIL("no such item");
  return {};
}

}  // namespace

TEST_CASE("imported results are attempts, and the latest import on an accepted build counts") {
  EventFeed feed = under_way();
  import(feed, "IMP-1", {{"I", Outcome::failed}, {"J", Outcome::passed}});
  CHECK(one(feed).outcome == ItemOutcome::failed);
  CHECK(one(feed, "J").outcome == ItemOutcome::passed);
  CHECK(one(feed, "J").first_pass);
  import(feed, "IMP-2", {{"I", Outcome::passed}});
  CHECK(one(feed).outcome == ItemOutcome::passed);
  CHECK(one(feed).attempts == 2);
  CHECK_FALSE(one(feed).first_pass);
  CHECK(view(feed).verdict == RuleVerdict::met);
  import(feed, "IMP-3", {{"I", Outcome::failed}}, "B0");
  CHECK(one(feed).outcome == ItemOutcome::passed);
  feed.add(deployed("ENV", "B1", "B0"));
  CHECK(one(feed).outcome == ItemOutcome::failed);
  CHECK(one(feed, "J").outcome == ItemOutcome::stale);
}

TEST_CASE("a failure does not hide behind a pass for the same item in the same report") {
  for (const bool failure_first : {true, false}) {
    EventFeed feed = under_way();
    import(feed, "IMP-1",
           failure_first ? std::vector<Line>{{"I", Outcome::failed}, {"I", Outcome::passed}}
                         : std::vector<Line>{{"I", Outcome::passed}, {"I", Outcome::failed}});
    CHECK(one(feed).outcome == ItemOutcome::failed);
    CHECK_FALSE(one(feed).first_pass);
    CHECK(one(feed).outcomes.passed == 1);
    CHECK(one(feed).outcomes.failed == 1);
    import(feed, "IMP-2", {{"I", Outcome::passed}, {"I", Outcome::passed}});
    CHECK(one(feed).outcome == ItemOutcome::passed);
  }
}

TEST_CASE("of two imports that come in at once, the one that started later is the later one") {
  EventFeed feed = under_way();
  feed.add(import_started("IMP-1", kP, kE, "B1", 2));
  feed.add(import_started("IMP-2", kP, kE, "B1", 1));
  feed.add(result("IMP-2", 0, "I", Outcome::failed));
  feed.add(result("IMP-1", 0, "I", Outcome::passed));
  CHECK(one(feed).outcome == ItemOutcome::failed);
  CHECK(one(feed).attempts == 2);
  feed.add(result("IMP-1", 1, "J", Outcome::passed));
  feed.add(import_finished("IMP-1", 2));
  feed.add(import_finished("IMP-2", 1));
  CHECK(one(feed).outcome == ItemOutcome::failed);
  CHECK(one(feed, "J").outcome == ItemOutcome::passed);
}

TEST_CASE("runs and imports of one item are told apart by their place in the log") {
  EventFeed feed = under_way();
  feed.add(run_started("R1", kP, kE, "I", {"B1"}));
  import(feed, "IMP-1", {{"I", Outcome::passed}});
  CHECK(one(feed).outcome == ItemOutcome::passed);
  feed.add(run_finished("R1", Outcome::failed));
  CHECK(one(feed).outcome == ItemOutcome::failed);
  import(feed, "IMP-2", {{"I", Outcome::passed}});
  CHECK(one(feed).outcome == ItemOutcome::passed);
  CHECK(one(feed).attempts == 3);
}

TEST_CASE("attempts that a report mentions beside a result count, and decide the first pass") {
  EventFeed feed = under_way();
  feed.add(import_started("IMP-1", kP, kE, "B1", 1));
  auto flaky = result("IMP-1", 0, "I", Outcome::passed);
  flaky.attempts = {{std::nullopt, Outcome::failed}, {std::nullopt, Outcome::error}};
  feed.add(flaky);
  feed.add(import_finished("IMP-1", 1));
  const ItemView seen = one(feed);
  CHECK(seen.outcome == ItemOutcome::passed);
  CHECK(seen.attempts == 3);
  CHECK(seen.outcomes.failed == 1);
  CHECK(seen.outcomes.error == 1);
  CHECK_FALSE(seen.first_pass);
}

TEST_CASE("what a report declares is kept; a zero of version 1 is no statement") {
  const auto declared = [](const EventFeed& feed) {
    return *feed.folded<PhaseBoard>().imports.at("IMP-1").declared;
  };
  EventFeed older = under_way();
  older.add(import_started("IMP-1", kP, kE, "B1", 0));
  auto first = import_finished("IMP-1", 0);
  first.declared.cases = 7;
  older.add(first);
  CHECK(declared(older) == events::DeclaredCounts{7, std::nullopt, std::nullopt, std::nullopt});
  EventFeed newer = under_way();
  newer.add(import_started("IMP-1", kP, kE, "B1", 0));
  events::ImportFinishedV2 second;
  second.import = "IMP-1";
  second.declared = {7, 0, std::nullopt, 2};
  newer.add(second);
  CHECK(declared(newer) == second.declared);
  CHECK(view(newer).imports.at(0).complete);
}

TEST_CASE("results without an item are counted by import, and the first of them named") {
  EventFeed feed = under_way();
  feed.add(import_started("IMP-1", kP, kE, "B1", 100));
  for (std::uint64_t i = 0; i < 100; ++i) {
    feed.add(result("IMP-1", i, "", i % 4 == 0 ? Outcome::failed : Outcome::passed));
  }
  feed.add(import_finished("IMP-1", 100));
  const PhaseView seen = view(feed);
  REQUIRE(seen.imports.size() == 1);
  CHECK(seen.imports[0].unlisted.outcomes.failed == 25);
  CHECK(seen.imports[0].unlisted.outcomes.passed == 75);
  REQUIRE(seen.imports[0].unlisted.names.size() == kUnlistedNames);
  CHECK(seen.imports[0].unlisted.names[0] == "test_0");
  CHECK(seen.entries[0].unlisted.failed == 25);
  CHECK(seen.entries[0].counts.by_outcome.at(ItemOutcome::not_run) == 2);
}

TEST_CASE("results for items that no scope lists are kept apart from the scope") {
  EventFeed feed = under_way();
  import(feed, "IMP-1", {{"I", Outcome::passed}, {"K", Outcome::failed}, {"K", Outcome::passed}});
  const PhaseView seen = view(feed);
  CHECK(seen.imports[0].not_in_scope == 2);
  CHECK(seen.counts.items == 2);
  REQUIRE(seen.entries[0].items_outside.size() == 1);
  CHECK(seen.entries[0].items_outside[0].outcome == ItemOutcome::failed);
  REQUIRE(seen.irregularities.size() == 1);
  CHECK(seen.irregularities[0].code == Irregularity::not_in_scope);
  CHECK(seen.irregularities[0].tally.count == 2);
}

TEST_CASE("an import without its receipt is incomplete, and says how many of its results came") {
  EventFeed feed = under_way();
  feed.add(import_started("IMP-1", kP, kE, "B1", 3));
  feed.add(result("IMP-1", 0, "I", Outcome::passed));
  feed.add(result("IMP-1", 1, "J", Outcome::passed));
  const PhaseView seen = view(feed);
  CHECK_FALSE(seen.imports.at(0).complete);
  CHECK(seen.imports[0].results == 2);
  CHECK(seen.imports[0].result_count == 3);
  CHECK(seen.entries[0].doubts.contains(Doubt::import_incomplete));
  CHECK(seen.verdict == RuleVerdict::undetermined);
}

TEST_CASE("an import outside execution, or on a build that the phase does not have, is flagged") {
  EventFeed feed = under_way();
  import(feed, "IMP-1", {{"I", Outcome::passed}}, "");
  CHECK(one(feed).outcome == ItemOutcome::stale);
  feed.add(phase_suspended(kP));
  import(feed, "IMP-2", {{"I", Outcome::passed}});
  CHECK(one(feed).outcome == ItemOutcome::passed);
  std::map<Irregularity, std::uint64_t> counts;
  for (const IrregularityView& seen : view(feed).irregularities)
    counts[seen.code] = seen.tally.count;
  CHECK(counts == std::map<Irregularity, std::uint64_t>{{Irregularity::build_not_baselined, 1},
                                                        {Irregularity::run_outside_execution, 1}});
}

TEST_CASE("files that could not be read are counted for their phase, or for the programme") {
  EventFeed feed = under_way();
  events::ImportRefused refused;
  refused.file_name = "broken.xml";
  refused.format = "junit";
  refused.reason = "no root element";
  feed.add(refused);
  refused.phase = Identifier(kP);
  feed.add(refused);
  feed.add(refused);
  CHECK(view(feed).imports_refused == 2);
  CHECK(feed.folded<PhaseBoard>().imports_refused.count == 1);
}

TEST_CASE("only the last few results of an item are kept, and all of them are counted") {
  EventFeed feed = under_way();
  for (int i = 0; i < 30; ++i) {
    import(feed, "IMP-" + std::to_string(i),
           {{"I", i % 2 == 0 ? Outcome::failed : Outcome::passed}});
  }
  const ItemView seen = one(feed);
  CHECK(seen.attempts == 30);
  CHECK(seen.outcomes.failed == 15);
  REQUIRE(seen.recent.size() == kRecentResults);
  CHECK(seen.recent.back().outcome == Outcome::passed);
  CHECK(seen.recent.back().event == seen.decided_by);
  CHECK(seen.recent.front().event < seen.recent.back().event);
}

TEST_CASE("a copy of the board goes on with an import on its own, not on the original") {
  EventFeed feed = under_way();
  feed.add(import_started("IMP-1", kP, kE, "B1", 2));
  feed.add(result("IMP-1", 0, "I", Outcome::passed));
  auto original = feed.folded<PhaseBoard>();
  const Hash before = state_digest(original);
  PhaseBoard copy = original;
  const EventId last = feed.add(result("IMP-1", 1, "J", Outcome::passed));
  feed.fold(copy, feed.size() - 1, feed.size());
  CHECK(state_digest(original) == before);
  CHECK(state_digest(copy) == state_digest(feed.folded<PhaseBoard>()));
  PhaseBoard moved = std::move(original);
  feed.fold(moved, feed.size() - 1, feed.size());
  CHECK(state_digest(moved) == state_digest(copy));
  CHECK(moved.phases.at(kP).entries.at(kE).items.at("J").recent.at(0).event == last);
}

TEST_CASE("counters make ranges and gaps in whatever order they come") {
  CounterSet set;
  CHECK(set.gaps().empty());
  for (const std::uint64_t counter : {5U, 6U, 9U, 1U, 7U, 3U}) CHECK(set.insert(counter));
  CHECK_FALSE(set.insert(6));
  CHECK_FALSE(set.insert(9));
  CHECK(set.ranges() == std::vector<CounterRange>{{1, 1}, {3, 3}, {5, 7}, {9, 9}});
  CHECK(set.gaps() == std::vector<CounterRange>{{2, 2}, {4, 4}, {8, 8}});
  CHECK(set.insert(4));
  CHECK(set.ranges() == std::vector<CounterRange>{{1, 1}, {3, 7}, {9, 9}});
  CHECK(set.insert(8));
  CHECK(set.insert(2));
  CHECK(set.ranges() == std::vector<CounterRange>{{1, 9}});
  CHECK(set.contains(1));
  CHECK_FALSE(set.contains(10));
}

TEST_CASE("ranges merge with every range they touch, and gaps leave out what was seen elsewhere") {
  CounterSet set;
  for (const CounterRange range : {CounterRange{10, 12}, {20, 22}, {30, 32}, {40, 42}}) {
    set.insert(range);
  }
  CounterSet elsewhere;
  elsewhere.insert(CounterRange{11, 14});
  elsewhere.insert(CounterRange{17, 25});
  elsewhere.insert(CounterRange{27, 27});
  elsewhere.insert(CounterRange{39, 50});
  CHECK(set.gaps(elsewhere) == std::vector<CounterRange>{{15, 16}, {26, 26}, {28, 29}, {33, 38}});
  set.insert(CounterRange{13, 31});
  CHECK(set.ranges() == std::vector<CounterRange>{{10, 32}, {40, 42}});
  set.insert(CounterRange{11, 12});
  CHECK(set.ranges() == std::vector<CounterRange>{{10, 32}, {40, 42}});
}

TEST_CASE("a counter that another phase saw is no gap, a declared gap stays one, twice is noted") {
  EventFeed feed = under_way();
  feed.add(phase("MT-1", {kE}, events::TestKind::mt));
  const auto count = [&](const char* phase, const char* run, std::uint64_t counter) {
    auto started = run_started(run, phase, kE, "", {"B1"});
    started.tool = events::Tool{"bench-1", counter};
    feed.add(started);
  };
  count(kP, "R1", 1);
  count(kP, "R2", 5);
  count("MT-1", "R3", 3);
  count(kP, "R4", 5);
  events::GapDeclared gap;
  gap.from_counter = 4;
  gap.phase = kP;
  gap.reason = "dry run";
  gap.source = "bench-1";
  gap.to_counter = 9;
  feed.add(gap);
  const PhaseView seen = view(feed);
  REQUIRE(seen.counters.size() == 1);
  CHECK(seen.counters[0].gaps == std::vector<CounterRange>{{2, 2}, {4, 4}});
  CHECK(seen.counters[0].undeclared == std::vector<CounterRange>{{2, 2}});
  CHECK(seen.counters[0].duplicates == 1);
  CHECK(seen.counters[0].declared.at(0).reason == "dry run");
}

TEST_CASE("counters of imports run on from report to report of the same dialect") {
  EventFeed feed = under_way();
  std::uint64_t ordinal = 0;
  for (const char* id : {"IMP-1", "IMP-2"}) {
    feed.add(import_started(id, kP, kE, "B1", 1));
    auto counted = result(id, 0, "I", Outcome::passed);
    counted.counter = 10 + 2 * ordinal++;
    feed.add(counted);
    feed.add(import_finished(id, 1));
  }
  const PhaseView seen = view(feed);
  REQUIRE(seen.counters.size() == 1);
  CHECK(seen.counters[0].source == "pytest");
  CHECK(seen.counters[0].gaps == std::vector<CounterRange>{{11, 11}});
}

}  // namespace import_test
