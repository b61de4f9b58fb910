// A disk that fills up: refused in time where that can be foreseen, in doubt where it cannot.

#include <catch2/catch.hpp>

#include "tests/support/check_ledger.hpp"
#include "tests/support/fault_fs.hpp"
#include "tests/support/test_ledger.hpp"

using namespace assay;
using namespace assay::testing;

TEST_CASE("an append is refused before the disk is full, and works again after", "[fault]") {
  FaultEnv env = FaultEnv::in_memory();
  TestPlace place;
  place.backing.env = env.env.get();
  place.backing.reserve_bytes = 1U << 20U;
  place.directory = "/ledger";
  place.create();
  TestAuthor alice("alice");
  auto ledger = TestLedger::open(place).value();
  ledger->begin({&alice});
  const std::string log = ledger->log();
  const auto submission = alice.sign({run_of("R1")}, log);
  env.fs->set_free_bytes((1U << 20U) - 1);
  const auto refused = ledger->writer->append(submission);
  CHECK(refused.error().code == Errc::no_space);
  CHECK_THAT(refused.error().hint, Catch::Contains("nothing was stored"));
  const auto evidence = ledger->store.put_evidence(
      [](std::span<char>) -> Result<std::size_t> { return std::size_t{0}; });
  CHECK(evidence.error().code == Errc::no_space);
  // The writer goes on as soon as there is room: nothing had begun.
  env.fs->set_free_bytes(64U << 20U);
  CHECK(ledger->writer->append(submission)->index == 2);
}

TEST_CASE("a disk that fills up in the midst of an append loses nothing", "[fault]") {
  // Room for some of what is to be written: the write-ahead log ends in the middle of a record.
  for (std::uint64_t room_bytes = 0; room_bytes <= 48'000; room_bytes += 3'000) {
    FaultEnv env = FaultEnv::in_memory();
    TestPlace place;
    place.backing.env = env.env.get();
    place.backing.reserve_bytes = 0;
    place.directory = "/ledger";
    place.create();
    TestAuthor alice("alice");
    std::vector<store::SignedSubmission> submissions;
    std::size_t acknowledged = 0;
    {
      auto ledger = TestLedger::open(place).value();
      ledger->begin({&alice});
      for (int i = 0; i < 5; ++i) {
        submissions.push_back(
            alice.sign({run_of_size("R" + std::to_string(i), 10'000)}, ledger->log()));
      }
      env.fs->set_free_bytes(room_bytes);
      for (const auto& submission : submissions) {
        const auto answer = ledger->writer->append(submission);
        if (!answer) {
          CHECK(answer.error().code == Errc::outcome_unknown);
          continue;
        }
        ++acknowledged;
      }
      CHECK(acknowledged < submissions.size());
    }
    env.fs->set_free_bytes(std::nullopt);
    CAPTURE(room_bytes, acknowledged);
    auto ledger = TestLedger::open(place).value();
    CHECK(ledger->store.size() >= 2 + acknowledged);
    CHECK(ledger->store.size() <= 3 + acknowledged);
    for (const auto& submission : submissions) {
      CHECK(ledger->writer->append(submission).has_value());
    }
    CHECK(ledger->store.size() == 7);
    ledger.reset();
    const auto checked = check_ledger(env.env.get(), place.directory, place.log_key.key().signer());
    CHECK(checked.problems == std::vector<std::string>{});
  }
}
