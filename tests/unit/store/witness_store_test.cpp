// What a witness remembers: bound to one key, checked and stored in one step, there after a
// restart.

#include "ledger/store/witness_store.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <catch2/catch.hpp>

#include "ledger/store/witness_file.hpp"
#include "tests/support/temp_dir.hpp"

using namespace assay;
using namespace assay::testing;
using store::WitnessStore;

namespace {

const store::WitnessIdentity kWho{"witness.example", sha256("a key")};

std::string note_of(const std::string& origin, std::uint64_t size) {
  return origin + "\n" + std::to_string(size) + "\nroot\n\n— line\n";
}
std::uint64_t size_in(const std::string& note) {
  return std::stoull(note.substr(note.find('\n') + 1));
}
WitnessStore opened(const std::string& directory) {
  return WitnessStore::open_writable(directory).value();
}
Status put(WitnessStore& witness, const std::string& origin, std::uint64_t size) {
  return witness.replace(origin, [&](const std::optional<std::string>&) -> Result<std::string> {
    return note_of(origin, size);
  });
}

}  // namespace

TEST_CASE("a witness's file says whose it is, in one form", "[store]") {
  const std::string text = store::format_witness_file(kWho);
  CHECK(text == "{\"format\":1,\"key\":\"" + kWho.key.hex() +
                    "\",\"kind\":\"assay_witness\",\"name\":\"witness.example\"}\n");
  CHECK(store::parse_witness_file(text).value() == kWho);
  CHECK(store::parse_witness_file("{\"format\":2}").error().code == Errc::unsupported);
  for (const char* const other : {"", "{}", "{\"format\":0}"}) {
    CHECK(store::parse_witness_file(other).error().code == Errc::malformed);
  }
}

TEST_CASE("a witness's directory is made once", "[store]") {
  const TempDir folder;
  const std::string directory = folder / "witness";
  CHECK(WitnessStore::open_writable(directory).error().code == Errc::not_found);
  REQUIRE(WitnessStore::create(directory, kWho));
  CHECK(WitnessStore::create(directory, kWho).error().code == Errc::conflict);
  CHECK(opened(directory).identity() == kWho);
  CHECK(WitnessStore::create(folder / "other", {"two words", kWho.key}).error().code ==
        Errc::invalid_argument);
  // One that was left unfinished is taken up.
  std::filesystem::remove(directory + "/witness.json");
  CHECK(WitnessStore::create(directory, kWho));
  std::ofstream(folder / "file") << "x";
  CHECK(WitnessStore::create(folder.path(), kWho).error().code == Errc::conflict);
}

TEST_CASE("one process writes, and what it wrote is there after a restart", "[store]") {
  const TempDir folder;
  const std::string directory = folder / "witness";
  REQUIRE(WitnessStore::create(directory, kWho));
  {
    WitnessStore witness = opened(directory);
    REQUIRE(put(witness, "a", 3));
    REQUIRE(put(witness, "b", 9));
    REQUIRE(witness.keep_fork_evidence("a", "first"));
    REQUIRE(witness.keep_fork_evidence("a", "second"));
    const auto reader = WitnessStore::open_reader(directory);
    REQUIRE(reader);
    CHECK(reader->checkpoint(sha256("a")).value() == note_of("a", 3));
    WitnessStore moved = WitnessStore::open_reader(directory).value();
    CHECK(put(moved, "a", 4).error().code == Errc::invalid_argument);
  }
  const WitnessStore again = opened(directory);
  CHECK(again.checkpoint(sha256("b")).value() == note_of("b", 9));
  CHECK(again.checkpoint(sha256("c")).error().code == Errc::not_found);
  std::size_t logs = 0;
  REQUIRE(again.scan([&](const store::WitnessedLog& log) -> Status {
    ++logs;
    CHECK(log.fork_evidence ==
          (log.origin == "a" ? std::optional<std::string>("first") : std::nullopt));
    return {};
  }));
  CHECK(logs == 2);
}

TEST_CASE("what is decided against is not stored", "[store]") {
  const TempDir folder;
  REQUIRE(WitnessStore::create(folder / "witness", kWho));
  WitnessStore witness = opened(folder / "witness");
  REQUIRE(put(witness, "a", 3));
  const Status refused =
      witness.replace("a", [](const std::optional<std::string>& latest) -> Result<std::string> {
        CHECK(latest == note_of("a", 3));
        return fail(Errc::rejected, "no");
      });
  CHECK(refused.error().code == Errc::rejected);
  CHECK(witness.checkpoint(sha256("a")).value() == note_of("a", 3));
}

TEST_CASE("checking and storing are one step: no race takes a witness back", "[store]") {
  const TempDir folder;
  REQUIRE(WitnessStore::create(folder / "witness", kWho));
  WitnessStore witness = opened(folder / "witness");
  REQUIRE(put(witness, "a", 0));
  std::atomic<int> won{0};
  std::vector<std::thread> threads;
  for (std::uint64_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::uint64_t round = 1; round <= 25; ++round) {
        // Everybody wants to go on from the size that they saw last; sizes differ by thread.
        const std::uint64_t old_size = size_in(witness.checkpoint(sha256("a")).value());
        const Status stored = witness.replace(
            "a", [&](const std::optional<std::string>& latest) -> Result<std::string> {
              if (size_in(*latest) != old_size) return fail(Errc::conflict, "it moved on");
              return note_of("a", old_size + thread + 1);
            });
        if (!stored) continue;
        won += static_cast<int>(thread) + 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  // Every step that was granted is in the size: none was lost to another.
  CHECK(size_in(witness.checkpoint(sha256("a")).value()) == static_cast<std::uint64_t>(won));
  CHECK(won > 0);
}
