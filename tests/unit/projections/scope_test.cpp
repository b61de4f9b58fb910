// Scopes, documents and positions on the board.

#include <catch2/catch.hpp>

#include "projections/board/phase_view.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_events.hpp"

namespace scope_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Outcome;

namespace {

constexpr const char* kP = "SIT-1";
constexpr const char* kE = "PEE-001";

std::vector<events::ScopeItem> items(int from, int to) {
  std::vector<events::ScopeItem> made;
  for (int i = from; i < to; ++i) made.push_back(item("I" + std::to_string(i), kE));
  return made;
}

EventFeed planned() {
  EventFeed feed;
  feed.add(planned_entry(kE));
  feed.add(phase(kP, {kE}));
  return feed;
}

PhaseView view(const EventFeed& feed) { return *view_phase(feed.folded<PhaseBoard>(), kP); }

std::set<Irregularity> flags(const EventFeed& feed) {
  std::set<Irregularity> codes;
  for (const IrregularityView& seen : view(feed).irregularities) codes.insert(seen.code);
  return codes;
}

}  // namespace

TEST_CASE("a baseline is held against the items listed before it, over as many events as it took") {
  EventFeed feed = planned();
  feed.add(listed("S", kP, items(0, 3)));
  feed.add(listed("S", kP, items(3, 7)));
  const EventId said = feed.add(baselined("S", kP, items(0, 7)), Stage::awaiting_voices);
  auto seen = view(feed);
  REQUIRE(seen.scopes.size() == 1);
  CHECK(seen.scopes[0].baseline->root_matches);
  CHECK_FALSE(seen.scopes[0].baseline->effective_at.has_value());
  CHECK(seen.entries[0].doubts.contains(Doubt::scope_not_committed));
  feed.endorse(said);
  seen = view(feed);
  CHECK(seen.scopes[0].baseline->effective_at.has_value());
  CHECK(seen.scopes[0].items == 7);
  CHECK(flags(feed).empty());
}

TEST_CASE("a baseline that commits to other items is flagged, and nothing is met under it") {
  const auto listed_items = items(0, 3);
  std::vector<events::ScopeBaselined> wrong;
  wrong.push_back(baselined("S", kP, items(0, 2)));                                       // too few
  wrong.push_back(baselined("S", kP, {items(0, 3)[1], items(0, 3)[0], items(0, 3)[2]}));  // order
  wrong.push_back(baselined("S", kP, listed_items));
  wrong.back().item_count = 4;
  wrong.push_back(baselined("S", kP, listed_items));
  wrong.back().root.bytes[0] ^= 1U;
  for (const auto& baseline : wrong) {
    EventFeed feed = planned();
    feed.add(listed("S", kP, listed_items));
    feed.add(baseline);
    CHECK(flags(feed) == std::set{Irregularity::scope_root_differs});
    for (const auto& one : listed_items) feed.add(waived(kP, kE, one.item.text));
    CHECK(view(feed).entries[0].doubts.contains(Doubt::scope_differs));
    CHECK(view(feed).verdict == RuleVerdict::undetermined);
  }
}

TEST_CASE(
    "items listed after the baseline are in scope and flagged; the baseline stays as judged") {
  EventFeed feed = planned();
  feed.add(listed("S", kP, items(0, 2)));
  feed.add(baselined("S", kP, items(0, 2)));
  feed.add(listed("S", kP, items(2, 3)));
  CHECK(view(feed).counts.items == 3);
  CHECK(view(feed).scopes[0].baseline->root_matches);
  CHECK(flags(feed) == std::set{Irregularity::listed_after_baseline});
}

TEST_CASE("a change of scope adds and removes items, and remembers what the removed had shown") {
  EventFeed feed = planned();
  feed.add(listed("S", kP, items(0, 4)));
  feed.add(baselined("S", kP, items(0, 4)));
  feed.add(entry_decided(kP, {kE}));
  feed.add(phase_started(kP, {kE}));
  feed.add(run_started("R1", kP, kE, "I0"));
  feed.add(run_finished("R1", Outcome::failed));
  feed.add(run_started("R2", kP, kE, "I1"));
  feed.add(run_finished("R2", Outcome::passed));
  feed.add(import_started("IMP-1", kP, kE, "", 1));
  feed.add(result("IMP-1", 0, "I2", Outcome::blocked));
  const EventId change =
      feed.add(scope_changed("S", kP, {item("I9", kE)}, {"I0", "I1", "I2", "I7"}));
  const PhaseView seen = view(feed);
  CHECK(seen.counts.items == 2);
  CHECK(seen.scopes[0].items == 2);
  REQUIRE(seen.removed_items.size() == 4);
  for (const RemovedItem& removed : seen.removed_items) {
    INFO(removed.item.text);
    CHECK(removed.event == change);
    CHECK(removed.adverse ==
          (removed.item == Identifier("I0") || removed.item == Identifier("I2")));
    CHECK(removed.planned_entry.has_value() == (removed.item != Identifier("I7")));
  }
  CHECK(flags(feed) == std::set{Irregularity::item_removed_after_adverse_result});
  CHECK(seen.entries[0].items_outside.size() == 3);
  CHECK(feed.folded<PhaseBoard>().scopes.at("S").changes == std::vector<EventId>{change});
}

TEST_CASE("an item in two scopes stays in scope until both have dropped it") {
  EventFeed feed = planned();
  feed.add(listed("S", kP, items(0, 1)));
  feed.add(listed("T", kP, items(0, 1)));
  feed.add(scope_changed("S", kP, {}, {"I0"}));
  CHECK(view(feed).counts.items == 1);
  feed.add(scope_changed("T", kP, {}, {"I0"}));
  CHECK(view(feed).counts.items == 0);
}

TEST_CASE("an item that comes back with another test case is flagged") {
  EventFeed feed = planned();
  feed.add(listed("S", kP, items(0, 1)));
  auto other = item("I0", kE);
  other.test_case = "TC-OTHER";
  feed.add(listed("T", kP, {other}));
  CHECK(flags(feed) == std::set{Irregularity::item_redefined});
}

TEST_CASE("a waiver for an item that no scope lists is recorded, flagged and covers nothing") {
  EventFeed feed = planned();
  feed.add(listed("S", kP, items(0, 1)));
  feed.add(waived(kP, kE, "I5"));
  CHECK(flags(feed) == std::set{Irregularity::not_in_scope});
  CHECK(view(feed).counts.by_outcome ==
        std::map<ItemOutcome, std::uint64_t>{{ItemOutcome::not_run, 1}});
}

TEST_CASE("documents keep every version with what became of it") {
  EventFeed feed;
  events::DocumentRegistered document;
  document.covers = {{events::Category::active, "DMC-MDS-001", events::TestKind::sit, "MDS"}};
  document.document = "DNB-SIT";
  document.document_type = events::DocumentType::dnb_sit;
  document.title = "Depth and breadth";
  for (const char* version : {"0.9", "1.0"}) {
    document.version = version;
    feed.add(document);
  }
  feed.add(document);
  feed.add(events::DocumentPresented{"2019-10-09", "DNB-SIT", "TAG-12", "0.9"});
  feed.add(events::DocumentPublished{"2019-10-16", "DNB-SIT", "https://invalid.example/", "1.0"});
  feed.add(events::DocumentSuperseded{"DNB-SIT", "1.0", "0.9", "comments"});
  feed.add(events::DocumentSuperseded{"DNB-MT", "1.0", "0.9", "never registered"});
  const auto board = feed.folded<PhaseBoard>();
  const auto& versions = board.documents.at("DNB-SIT");
  REQUIRE(versions.size() == 2);
  CHECK(versions.at("0.9").presented.at(0).meeting == Identifier("TAG-12"));
  CHECK(versions.at("0.9").superseded->new_version == Identifier("1.0"));
  CHECK(versions.at("1.0").published.at(0).date == Identifier("2019-10-16"));
  CHECK(versions.at("1.0").covers.size() == 1);
  CHECK_FALSE(versions.at("1.0").superseded.has_value());
  CHECK(board.unplaced.at("document_registered").count == 1);
  CHECK(board.unplaced.at("document_superseded").count == 1);
}

TEST_CASE("the latest position on each thing is kept with its event") {
  EventFeed feed = planned();
  events::TagPositionRecorded position;
  position.about = std::string("phase/") + kP;
  position.meeting = "TAG-12";
  position.position = events::Position::not_endorsed;
  position.dissent = {"one member"};
  feed.add(position);
  position.meeting = "TAG-13";
  position.position = events::Position::endorsed_with_comments;
  position.conditions = {{std::nullopt, "close the open issues"}};
  position.dissent.clear();
  const EventId last = feed.add(position);
  position.about = "document/DNB-SIT";
  position.version = Identifier("0.9");
  feed.add(position);
  const auto board = feed.folded<PhaseBoard>();
  CHECK(board.positions.size() == 2);
  const PhaseView seen = view(feed);
  REQUIRE(seen.position.has_value());
  CHECK(seen.position->mark.event == last);
  CHECK(seen.position->position == events::Position::endorsed_with_comments);
  CHECK(seen.position->times == 2);
  CHECK(seen.position->dissents == 0);
  CHECK(seen.position->conditions.size() == 1);
}

}  // namespace scope_test
