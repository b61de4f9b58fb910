// Time, order and queues, on every ground.

#include <catch2/catch.hpp>

#include "tests/contract/ground.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

constexpr std::int64_t kDayUs = 24LL * 60 * 60 * 1'000'000;

EventData clock_reset() {
  events::ClockReset event;
  event.reason = "the machine's battery was empty";
  return event;
}

}  // namespace

TEMPLATE_TEST_CASE("a clock that is behind the log refuses, and the way out stays open",
                   "[contract]", InMemory, Reopened) {
  TestType ground;
  ground.begin();
  const std::string log = ground.now().log();
  const Timestamp last = ground.append(ground.alice, {run_of("R1")}).recorded_at;
  ground.place.clock.us = last.us - 1;
  ground.place.clock.step_us = 0;
  const auto submission = ground.alice.sign({run_of("R2")}, log);
  const Error error = ground.refused(submission);
  CHECK(error.code == Errc::clock);
  CHECK_THAT(error.message, Catch::Contains(last.text()));

  SECTION("the clock is set right") {
    ground.place.clock.us = last.us;
    CHECK(ground.append(submission).recorded_at == last);
  }
  SECTION("a reset and its endorsement are recorded at the last entry's time") {
    const auto reset = ground.append(ground.bob, {clock_reset()});
    CHECK(reset.recorded_at == last);
    events::DecisionEndorsed endorsed;
    endorsed.target = {reset.index, 0};
    endorsed.digest = sha256("the event");
    CHECK(ground.append(ground.place.root, {endorsed}).recorded_at == last);
    endorsed.target = {3, 0};  // no reset: the run
    CHECK(ground.refused(ground.bob.sign({endorsed}, log)).code == Errc::clock);
  }
  SECTION("a reset among other events is no way out") {
    CHECK(ground.refused(ground.bob.sign({clock_reset(), run_of("R3")}, log)).code == Errc::clock);
  }
  SECTION("once the roots have decided, time may go back") {
    TestLedger& ledger = ground.ledger();
    ledger.rules.reset = true;
    const auto receipt = ledger.writer->append(submission);
    REQUIRE(receipt.has_value());
    CHECK(receipt->recorded_at.us == last.us - 1);
  }
}

TEMPLATE_TEST_CASE("a clock that leaps ahead refuses until the limit is raised", "[contract]",
                   InMemory, Reopened) {
  TestType ground;
  ground.begin();
  const std::string log = ground.now().log();
  const Timestamp last = ground.append(ground.alice, {run_of("R1")}).recorded_at;
  ground.place.clock.step_us = 0;
  ground.place.clock.us = last.us + 92 * kDayUs + 1'000;
  const auto submission = ground.alice.sign({run_of("R2")}, log);
  const Error error = ground.refused(submission);
  CHECK(error.code == Errc::clock);
  CHECK_THAT(error.hint, Catch::Contains("--max-clock-step-days"));
  SECTION("the limit itself is no leap") {
    ground.place.clock.us = last.us + 92 * kDayUs;
    CHECK(ground.append(submission).index == 4);
  }
  SECTION("a higher limit") {
    ground.place.options.clock_ahead_max_ms = 93LL * 24 * 60 * 60 * 1000;
    ground.reopen();
    CHECK(ground.append(submission).index == 4);
  }
}

TEMPLATE_TEST_CASE("entries come in the order of their tickets", "[contract]", InMemory, OnDisk) {
  TestType ground;
  ground.begin();
  store::Writer& writer = *ground.now().writer;
  const std::string log = ground.now().log();
  std::vector<store::Ticket> tickets;
  for (int i = 0; i < 5; ++i) {
    tickets.push_back(writer.enqueue(ground.alice.sign({run_of("A" + std::to_string(i))}, log)));
    tickets.push_back(writer.enqueue(ground.bob.sign({run_of("B" + std::to_string(i))}, log)));
  }
  const auto saves = ground.place.log_key.saves();
  const auto receipts = writer.finish_all(std::move(tickets));
  REQUIRE(receipts.size() == 10);
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    REQUIRE(receipts[i].has_value());
    CHECK(receipts[i]->index == 3 + i);
    CHECK(receipts[i]->checkpoint_size == 13);
  }
  CHECK(ground.place.log_key.saves() == saves + 1);  // one group
}

TEMPLATE_TEST_CASE("a ticket that is given up holds nobody up", "[contract]", InMemory) {
  TestType ground;
  ground.begin();
  store::Writer& writer = *ground.now().writer;
  const std::string log = ground.now().log();
  auto first =
      std::make_unique<store::Ticket>(writer.enqueue(ground.alice.sign({run_of("A1")}, log)));
  store::Ticket second = writer.enqueue(ground.alice.sign({run_of("A2")}, log));
  store::Ticket third = writer.enqueue(ground.bob.sign({run_of("B1")}, log));
  first.reset();
  CHECK(writer.finish(std::move(second)).error().code ==
        Errc::conflict);  // its predecessor is gone
  CHECK(writer.finish(std::move(third))->index == 3);
}

TEMPLATE_TEST_CASE("one that is refused takes nobody with it but those who follow from it",
                   "[contract]", InMemory) {
  TestType ground;
  ground.begin();
  store::Writer& writer = *ground.now().writer;
  const std::string log = ground.now().log();
  TestAuthor carol("carol");
  std::vector<store::Ticket> tickets;
  tickets.push_back(writer.enqueue({"not a submission", {}}));
  tickets.push_back(writer.enqueue(register_key(ground.place.root, carol, log)));
  tickets.push_back(writer.enqueue(carol.sign({run_of("C1")}, log)));  // known from the one before
  const auto twice = ground.alice.sign({run_of("A1")}, log);
  tickets.push_back(writer.enqueue(twice));
  tickets.push_back(writer.enqueue(twice));  // a duplicate that is not durable yet
  tickets.push_back(writer.enqueue(ground.bob.sign({run_of("B1")}, "another log")));
  tickets.push_back(writer.enqueue(ground.alice.sign({run_of("A2")}, log)));
  const auto answers = writer.finish_all(std::move(tickets));
  CHECK(answers[0].error().code == Errc::malformed);
  CHECK(answers[1]->index == 3);
  CHECK(answers[2]->index == 4);
  CHECK(answers[3]->index == 5);
  REQUIRE(answers[4].has_value());
  CHECK(answers[4]->duplicate);
  CHECK(answers[4]->index == 5);
  CHECK(answers[4]->leaf == answers[3]->leaf);
  CHECK(answers[4]->checkpoint == answers[3]->checkpoint);
  CHECK(answers[5].error().code == Errc::rejected);
  CHECK(answers[6]->index == 6);
}
