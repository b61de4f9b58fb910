// The log's key fails, to sign or to remember what it released: entries are stored then, but nobody
// may have a receipt until the ordinary start has released them.

#include <catch2/catch.hpp>

#include "tests/support/append_story.hpp"
#include "tests/support/check_ledger.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

void check_release_failure(bool is_saved) {
  FaultEnv env = FaultEnv::in_memory();
  TestPlace place;
  place.backing.env = env.env.get();
  place.directory = "/ledger";
  place.create();
  TestAuthor alice("alice");
  std::string log;
  store::SignedSubmission doubtful;
  {
    auto ledger = TestLedger::open(place).value();
    ledger->begin({&alice});
    log = ledger->log();
    doubtful = alice.sign({run_of("R1")}, log);
    const auto before = place.log_key.last_released();
    if (is_saved) {
      place.log_key.after_save = [] { return fail(Errc::outcome_unknown, "the stick is gone"); };
    } else {
      place.log_key.before_save = [] { return fail(Errc::no_space, "the stick is full"); };
    }
    const auto answer = ledger->writer->append(doubtful);
    CHECK(answer.error().code == Errc::outcome_unknown);
    CHECK((place.log_key.last_released() == before) == !is_saved);
    CHECK(ledger->store.size() == 2);  // what is not released is not shown
    const auto later = ledger->writer->append(alice.sign({run_of("R2")}, log));
    CHECK(later.error().code == Errc::outcome_unknown);
    CHECK_THAT(later.error().message, Catch::Contains("nothing of this submission was stored"));
  }
  place.log_key.before_save = nullptr;
  place.log_key.after_save = nullptr;
  {
    auto ledger = TestLedger::open(place).value();
    CHECK(ledger->store.size() == 3);
    CHECK(place.log_key.last_released() == ledger->store.head());
    CHECK(ledger->store.latest_checkpoint()->size == 3);
    const auto again = ledger->writer->append(doubtful);
    REQUIRE(again.has_value());
    CHECK(again->duplicate);
    CHECK(again->index == 2);
  }
  const auto checked = check_ledger(env.env.get(), place.directory, place.log_key.key().signer());
  CHECK(checked.problems == std::vector<std::string>{});
  CHECK(checked.entries.size() == 3);
}

}  // namespace

TEST_CASE("what the key could not remember is released by the next start", "[fault]") {
  check_release_failure(false);
}

TEST_CASE("what the key remembered without saying so is released by the next start", "[fault]") {
  check_release_failure(true);
}

TEST_CASE("a key that cannot sign leaves entries for the next start to release", "[fault]") {
  FaultEnv env = FaultEnv::in_memory();
  TestPlace place;
  place.backing.env = env.env.get();
  place.directory = "/ledger";
  place.create();
  TestAuthor alice("alice");
  {
    auto ledger = TestLedger::open(place).value();
    ledger->begin({&alice});
    place.log_key.before_sign = [] { return fail(Errc::crypto, "the card was pulled out"); };
    CHECK(ledger->writer->append(alice.sign({run_of("R1")}, ledger->log())).error().code ==
          Errc::outcome_unknown);
  }
  CHECK(TestLedger::open(place).error().code == Errc::crypto);
  place.log_key.before_sign = nullptr;
  CHECK(TestLedger::open(place).value()->store.size() == 3);
}
