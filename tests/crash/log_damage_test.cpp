// Bits flip in the write-ahead log, and it is cut short: an acknowledged entry never disappears
// without an error.

#include <catch2/catch.hpp>

#include "tests/support/fault_fs.hpp"
#include "tests/support/random.hpp"
#include "tests/support/test_ledger.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

/// A ledger whose entries stand in the write-ahead log alone.
class LoggedLedger {
 public:
  LoggedLedger() {
    place.backing.env = env_.env.get();
    place.directory = "/ledger";
    place.create();
    TestAuthor alice("alice");
    auto ledger = TestLedger::open(place).value();
    ledger->begin({&alice});
    for (int i = 0; i < 40; ++i) {
      const auto run = "R" + std::to_string(i);
      REQUIRE(
          ledger->writer->append(alice.sign({run_of_size(run, 1'500)}, ledger->log())).has_value());
    }
    released_ = ledger->store.head();
    ledger.reset();
    std::vector<std::string> names;
    REQUIRE(env_.env->GetChildren(kFolder, &names).ok());
    for (const std::string& name : names) {
      if (!name.ends_with(".log")) continue;
      std::string bytes;
      REQUIRE(rocksdb::ReadFileToString(env_.env.get(), kFolder + ("/" + name), &bytes).ok());
      if (bytes.size() > log_.size()) {
        log_ = bytes;
        name_ = name;
      }
    }
    REQUIRE(log_.size() > 60'000);
  }

  [[nodiscard]] const std::string& log() const { return log_; }
  void replace_log(const std::string& bytes) {
    REQUIRE(rocksdb::WriteStringToFile(env_.env.get(), bytes, kFolder + ("/" + name_), true).ok());
  }
  /// Opens as a reader, which cannot know what was released: a check that changes nothing.
  Result<store::Store> read() { return store::open_reader_with(place.backing, place.directory); }
  /// What a writer would be told, found out without opening for writing: that would tidy up.
  Status writable_verdict() {
    auto opened = read();
    if (!opened) return std::unexpected(opened.error());
    return store::check_released(opened->impl(), released_);
  }
  [[nodiscard]] const merkle::TreeHead& released() const { return released_; }

  TestPlace place;

 private:
  static constexpr const char* kFolder = "/ledger/db";
  FaultEnv env_ = FaultEnv::in_memory();
  merkle::TreeHead released_;
  std::string log_;
  std::string name_;
};

}  // namespace

TEST_CASE("a flipped bit in the write-ahead log is never a shorter log without an error",
          "[crash]") {
  CAPTURE(Random::seed());
  Random random;
  LoggedLedger ledger;
  const std::size_t size_bytes = ledger.log().size();
  int noticed = 0;
  for (int i = 0; i < 400; ++i) {
    // Half of them near the end, where a cut record is forgiven.
    const std::size_t at =
        i % 2 == 0 ? random.below(size_bytes) : size_bytes - 1 - random.below(2'000);
    std::string bytes = ledger.log();
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
    ledger.replace_log(bytes);
    CAPTURE(at, size_bytes);
    const auto reader = ledger.read();
    if (reader && reader->size() < ledger.released().size) {
      // RocksDB took it for an unfinished end. The checkpoint that was released knows better.
      const Status verdict = ledger.writable_verdict();
      REQUIRE_FALSE(verdict.has_value());
      CHECK(verdict.error().code == Errc::forked);
      ++noticed;
    } else if (reader) {
      CHECK(reader->head() == ledger.released());
    } else {
      CHECK(reader.error().code == Errc::tampered_hash);
      ++noticed;
    }
  }
  CHECK(noticed > 350);
}

TEST_CASE("a flipped bit stops the writer, and the directory stays as it is", "[crash]") {
  LoggedLedger ledger;
  std::string bytes = ledger.log();
  bytes[bytes.size() / 2] ^= 1;
  ledger.replace_log(bytes);
  const auto refused = TestLedger::open(ledger.place);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == Errc::tampered_hash);
  // With the right bytes back, nothing is lost: the attempt touched nothing.
  ledger.replace_log(ledger.log());
  const auto opened = TestLedger::open(ledger.place);
  REQUIRE(opened.has_value());
  CHECK((*opened)->store.head() == ledger.released());
}

TEST_CASE("a write-ahead log that is cut short is an older copy", "[crash]") {
  Random random;
  LoggedLedger ledger;
  for (int i = 0; i < 60; ++i) {
    const std::size_t keep = random.below(ledger.log().size());
    ledger.replace_log(ledger.log().substr(0, keep));
    CAPTURE(keep, ledger.log().size());
    const auto reader = ledger.read();
    if (!reader) continue;  // cut before the ledger was made: nothing is left to read
    if (reader->head() == ledger.released()) {
      // Only what stands behind the last entry was cut: the row of its checkpoint.
      CHECK(ledger.log().size() - keep < 1'000);
      continue;
    }
    CHECK(ledger.writable_verdict().error().code == Errc::forked);
  }
}
