// Another key becomes the log's while submissions are in flight.

#include <algorithm>
#include <thread>

#include <catch2/catch.hpp>

#include "ledger/format/note.hpp"
#include "tests/contract/ground.hpp"
#include "tests/support/log_keys.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

constexpr std::uint64_t kRotatedAt = 6;  // entry 5 completes the rotation

/// Whether that key's signature stands on the note, and verifies.
bool signed_by(const std::string& note, std::string_view name) {
  const TestAuthor key(name);
  const auto verifier = LogKeys::know(key.signer(), std::string(kTestOrigin), NoteKeyType::ed25519);
  return open_checkpoint(note, {std::string(kTestOrigin), {verifier.get()}, {}}).has_value();
}

std::size_t lines_of(const std::string& note) { return parse_note(note).value().signatures.size(); }

/// A ledger of three entries whose log key is "next" as soon as it has kRotatedAt.
template <class Where>
struct Rotating : Where {
  Rotating() {
    this->place.log_keys = {{0, TestAuthor("log").key()}, {kRotatedAt, TestAuthor("next").key()}};
    this->begin();
  }
  std::vector<Result<store::Receipt>> append_many(int count) {
    std::vector<store::Ticket> tickets;
    const std::string log = this->now().log();
    for (int i = 0; i < count; ++i) {
      tickets.push_back(
          this->now().writer->enqueue(this->alice.sign({run_of("R" + std::to_string(i))}, log)));
    }
    return this->now().writer->finish_all(std::move(tickets));
  }
};

}  // namespace

TEMPLATE_TEST_CASE("the next key of the log takes over in the midst of a queue", "[contract]",
                   InMemory, OnDisk) {
  Rotating<TestType> ground;
  ground.place.log_key.keep_at_hand("next");
  const auto receipts = ground.append_many(8);
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    REQUIRE(receipts[i].has_value());
    CHECK(receipts[i]->index == 3 + i);
    const bool before = receipts[i]->index < kRotatedAt;
    // The group ends where the key changes, and both keys sign there.
    CHECK(receipts[i]->checkpoint_size == (before ? kRotatedAt : 11));
    CHECK(signed_by(receipts[i]->checkpoint, "log") == before);
    CHECK(signed_by(receipts[i]->checkpoint, "next"));
  }
  CHECK(ground.now().store.checkpoint(kRotatedAt)->note == receipts[0]->checkpoint);
  for (const auto& checkpoint : ground.place.log_key.signed_checkpoints()) {
    const bool old_key = checkpoint.key == TestAuthor("log").key();
    CHECK((old_key ? checkpoint.size <= kRotatedAt : checkpoint.size >= kRotatedAt));
  }
  ground.reopen();
  CHECK(ground.append(ground.bob, {heartbeat()}).checkpoint_size == 12);
}

TEMPLATE_TEST_CASE("a key that was replaced signs no more where the next is not at hand",
                   "[contract]", InMemory, OnDisk) {
  Rotating<TestType> ground;
  const Hash last = ground.alice.last();
  const auto receipts = ground.append_many(8);
  CHECK(last != ground.alice.last());
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    if (3 + i < kRotatedAt) {
      REQUIRE(receipts[i].has_value());
      CHECK(receipts[i]->checkpoint_size == kRotatedAt);
      CHECK(signed_by(receipts[i]->checkpoint, "log"));
    } else {
      REQUIRE_FALSE(receipts[i].has_value());
      CHECK(receipts[i].error().code == Errc::key_unavailable);
      CHECK_THAT(receipts[i].error().hint, Catch::Contains(TestAuthor("next").key().hex()));
    }
  }
  CHECK(ground.now().store.size() == kRotatedAt);
  for (const auto& checkpoint : ground.place.log_key.signed_checkpoints()) {
    CHECK(checkpoint.size <= kRotatedAt);
  }
  ground.close();
  const auto refused = TestLedger::open(ground.place);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == Errc::key_unavailable);

  // Where the next key is, it adds its signature to the checkpoint that hands over.
  TestLogKey next("next");
  auto opened = TestLedger::open(ground.place, next);
  REQUIRE(opened.has_value());
  const std::string note = (*opened)->store.checkpoint(kRotatedAt)->note;
  CHECK(signed_by(note, "log"));
  CHECK(signed_by(note, "next"));
  CHECK(lines_of(note) == 2);
  const auto receipt = (*opened)->writer->append(ground.bob.sign({heartbeat()}, (*opened)->log()));
  REQUIRE(receipt.has_value());
  CHECK(signed_by(receipt->checkpoint, "next"));
  CHECK_FALSE(signed_by(receipt->checkpoint, "log"));
}

TEST_CASE("threads that append while the log's key is replaced all get their answers",
          "[contract][threads]") {
  const bool at_hand = GENERATE(true, false);
  Rotating<OnDisk> ground;
  if (at_hand) ground.place.log_key.keep_at_hand("next");
  std::vector<TestAuthor> authors;
  for (const char* const name : {"thread 1", "thread 2"}) {
    ground.append(register_key(ground.place.root, authors.emplace_back(name), ground.now().log()));
  }
  store::Writer& writer = *ground.now().writer;
  const std::string log = ground.now().log();
  std::atomic<int> stored = 0;
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> threads;
    for (TestAuthor& author : authors) {
      threads.emplace_back([&] {
        for (int n = 0; n < 50; ++n) {
          const auto receipt = writer.append(author.sign({heartbeat()}, log));
          ++(receipt ? stored : refused);
        }
      });
    }
  }
  CHECK(stored + refused == 100);
  CHECK((at_hand ? refused == 0 : stored == 1));
  for (const auto& checkpoint : ground.place.log_key.signed_checkpoints()) {
    const bool old_key = checkpoint.key == TestAuthor("log").key();
    CHECK((old_key ? checkpoint.size <= kRotatedAt : checkpoint.size >= kRotatedAt));
  }
}
