// What can be read back, on every ground.

#include <map>

#include <catch2/catch.hpp>

#include "tests/contract/ground.hpp"

using namespace assay;
using namespace assay::testing;

TEMPLATE_TEST_CASE("scans give every entry once, in order, and stop when told", "[contract]",
                   InMemory, Reopened) {
  TestType ground;
  ground.begin();
  for (int i = 0; i < 7; ++i) ground.append(ground.alice, {heartbeat()});
  const store::Store& store = ground.ledger().store;
  for (std::uint64_t from = 0; from <= 10; ++from) {
    for (std::uint64_t to = from; to <= 10; ++to) {
      std::uint64_t next = from;
      const auto visit = [&](std::uint64_t index, std::string_view bytes) -> Status {
        CHECK(index == next++);
        CHECK(bytes == store.entry(index).value());
        return {};
      };
      CHECK(store.scan(from, to, visit).has_value());
      CHECK(next == to);
    }
  }
  std::uint64_t seen = 0;
  const Status stopped = store.scan(0, 10, [&](std::uint64_t, std::string_view) -> Status {
    return ++seen == 4 ? Status(fail(Errc::conflict, "enough")) : Status();
  });
  CHECK(stopped.error().code == Errc::conflict);
  CHECK(seen == 4);
  CHECK(store.scan(5, 11, [](auto, auto) -> Status { return {}; }).error().code == Errc::not_found);
}

TEMPLATE_TEST_CASE("events are found by subject, across bundles of 256 entries", "[contract]",
                   InMemory, OnDisk) {
  TestType ground;
  ground.begin();
  std::map<std::string, std::vector<EventId>> expected;
  const std::string log = ground.now().log();
  std::vector<store::Ticket> tickets;
  for (std::uint64_t index = 3; index < 600; ++index) {
    std::vector<EventData> events;
    for (std::uint64_t position = 0; position < 1 + index % 3; ++position) {
      const std::string run = "R" + std::to_string((index * 7 + position) % 50);
      expected["run/" + run].push_back({index, position});
      events.push_back(run_of(run));
    }
    tickets.push_back(ground.now().writer->enqueue(ground.alice.sign(events, log)));
  }
  for (const auto& receipt : ground.now().writer->finish_all(std::move(tickets))) {
    REQUIRE(receipt.has_value());
  }
  const auto check = [&] {
    const store::Store& store = ground.now().store;
    REQUIRE(store.size() == 600);
    for (const auto& [subject, addresses] : expected) {
      CHECK(store.events_about(subject).value() == addresses);
      CHECK(store.last_touched(subject).value() == addresses.back().entry + 1);
    }
    CHECK(store.events_about("log/genesis").value() == std::vector<EventId>{{0, 0}});
    CHECK(store.last_touched("log/genesis").value() == 1);
    CHECK(store.events_about("run/never").value().empty());
    CHECK(store.last_touched("run/never").value() == 0);
  };
  check();
  ground.reopen();
  check();
  // The marks of the last bundle must have come back, or the next row would lack them.
  for (int i = 600; i < 770; ++i) {
    expected["run/R1"].push_back({static_cast<std::uint64_t>(i), 0});
    ground.append(ground.alice, {run_of("R1")});
  }
  CHECK(ground.now().store.events_about("run/R1").value() == expected["run/R1"]);
  CHECK(ground.now().store.events_about("run/R2").value() == expected["run/R2"]);
}

TEMPLATE_TEST_CASE("a snapshot comes back as it was, and the last one counts", "[contract]",
                   InMemory, Reopened) {
  TestType ground;
  ground.begin();
  CHECK(ground.ledger().store.snapshot("phases").error().code == Errc::not_found);
  const merkle::TreeHead head = ground.now().store.head();
  const std::string state(3'000'000, 's');
  CHECK(ground.ledger().store.save_snapshot("phases", {head, state}).has_value());
  CHECK(ground.ledger().store.save_snapshot("issues", {head, {}}).has_value());
  const store::Snapshot phases = ground.ledger().store.snapshot("phases").value();
  CHECK(phases.at == head);
  CHECK(phases.state == state);
  CHECK(ground.ledger().store.snapshot("issues")->state.empty());
  CHECK(ground.ledger().store.save_snapshot("phases", {{}, "newer"}).has_value());
  CHECK(ground.ledger().store.snapshot("phases")->state == "newer");
}

TEMPLATE_TEST_CASE("a cosigned checkpoint replaces the note of its size", "[contract]", InMemory,
                   Reopened) {
  TestType ground;
  ground.begin();
  CHECK(ground.ledger().store.save_checkpoint({2, "with a cosignature"}).has_value());
  CHECK(ground.ledger().store.checkpoint(2)->note == "with a cosignature");
  CHECK(ground.ledger().store.latest_checkpoint()->size == 3);
  CHECK(ground.ledger().store.checkpoint(9).error().code == Errc::not_found);
}

TEMPLATE_TEST_CASE("a reader beside the writer sees a past state, and cannot write", "[contract]",
                   InMemory, OnDisk) {
  TestType ground;
  ground.begin();
  ground.append(ground.alice, {run_of("R1")});
  store::Store reader =
      store::open_reader_with(ground.place.backing, ground.place.directory).value();
  ground.append(ground.alice, {run_of("R2")});
  CHECK_FALSE(reader.is_writable());
  CHECK(reader.size() == 4);
  CHECK(reader.head().root == merkle::root_at(4, ground.now().store.nodes()).value());
  CHECK(reader.latest_checkpoint()->size == 4);
  CHECK(reader.entry(3).value() == ground.now().store.entry(3).value());
  CHECK(reader.entry(4).error().code == Errc::not_found);
  CHECK(reader.events_about("run/R1")->size() == 1);
  CHECK(reader.events_about("run/R2")->empty());
  CHECK(reader.save_snapshot("phases", {}).error().code == Errc::invalid_argument);
  CHECK(reader.save_checkpoint({4, "x"}).error().code == Errc::invalid_argument);
  CHECK(reader.erase_evidence(Hash{}).error().code == Errc::invalid_argument);
  store::Store later =
      store::open_reader_with(ground.place.backing, ground.place.directory).value();
  CHECK(later.size() == 5);
}

TEMPLATE_TEST_CASE("a dry run says what would happen, and changes nothing", "[contract]", InMemory,
                   OnDisk) {
  TestType ground;
  ground.begin();
  const std::string log = ground.now().log();
  const auto submission = ground.alice.sign({run_of("R1")}, log);
  const auto next = ground.alice.sign({run_of("R2")}, log);
  const merkle::TreeHead before = ground.now().store.head();
  ground.place.options.dry_run = true;
  ground.reopen();
  const auto saves = ground.place.log_key.saves();
  const store::Receipt trial = ground.append(submission);
  CHECK(trial.index == 3);
  CHECK(trial.checkpoint.empty());
  CHECK(ground.append(next).index == 4);
  CHECK(ground.append(submission).duplicate);
  CHECK_FALSE(ground.now().writer->append(ground.bob.sign({run_of("R3")}, "other")).has_value());
  CHECK(ground.place.log_key.saves() == saves);
  ground.place.options.dry_run = false;
  ground.reopen();
  CHECK(ground.now().store.head() == before);
  CHECK_FALSE(ground.append(submission).duplicate);
}
