// Directories that are no ledger, not whole, not free, or not the newest.

#include <filesystem>
#include <fstream>
#include <map>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "ledger/store/ledger_file.hpp"
#include "tests/support/check_ledger.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_ledger.hpp"

using namespace assay;
using namespace assay::testing;
using store::Store;

namespace {

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a directory that is no ledger is named as such", "[store]") {
  const TempDir folder;
  for (const auto open : {+[](const std::string& path) { return Store::open_writable(path); },
                          +[](const std::string& path) { return Store::open_reader(path); }}) {
    const Error absent = open(folder / "nowhere").error();
    CHECK(absent.code == Errc::not_found);
    CHECK_THAT(absent.message, Catch::Contains("no such directory"));
    CHECK_FALSE(absent.hint.empty());
    const Error empty = open(folder.path()).error();
    CHECK(empty.code == Errc::not_found);
    CHECK_THAT(empty.message, Catch::Contains("ledger.json"));
    // Looking must leave nothing behind.
    CHECK(std::filesystem::is_empty(folder.path()));
  }
}

TEST_CASE("a ledger is not made where something else lies", "[store]") {
  const TempDir folder;
  write_file(folder / "holiday.jpg", "x");
  const Error error = Store::create(folder.path(), kTestOrigin).error();
  CHECK(error.code == Errc::conflict);
  CHECK_THAT(error.message, Catch::Contains("holiday.jpg"));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  CHECK(Store::create(folder / "ledger", "").error().code == Errc::invalid_argument);
  CHECK(Store::create(folder / "no/such/parent", kTestOrigin).error().code == Errc::io);
}

TEST_CASE("a ledger is not made again, nor over one of another origin", "[store]") {
  const TempDir folder;
  TestPlace place;
  place.directory = folder / "ledger";
  place.create();
  CHECK(Store::create(place.directory, "other.example/log").error().code == Errc::conflict);
  TestLedger::open(place).value()->begin({});
  const Error error = Store::create(place.directory, kTestOrigin).error();
  CHECK(error.code == Errc::conflict);
  CHECK_THAT(error.message, Catch::Contains("1 entries"));
}

TEST_CASE("a newer format is refused by its number, before anything is touched", "[store]") {
  const TempDir folder;
  TestPlace place;
  place.directory = folder / "ledger";
  place.create();
  write_file(place.directory + "/ledger.json", R"({"format":2,"kind":"assay_ledger"})");
  CHECK(Store::open_writable(place.directory).error().code == Errc::unsupported);
  CHECK(Store::open_reader(place.directory).error().code == Errc::unsupported);
}

TEST_CASE("a ledger without its database is told from an empty one", "[store]") {
  const TempDir folder;
  TestPlace place;
  place.directory = folder / "ledger";
  place.create();
  std::filesystem::remove_all(place.directory + "/db");
  CHECK_THAT(Store::open_writable(place.directory).error().message, Catch::Contains("no database"));
  CHECK_THAT(Store::open_reader(place.directory).error().message, Catch::Contains("no database"));
}

TEST_CASE("files of two ledgers do not mix", "[store]") {
  const TempDir folder;
  TestPlace place;
  place.directory = folder / "ledger";
  place.create();
  write_file(place.directory + "/ledger.json",
             store::format_ledger_file({store::kFormatVersion, "other.example/log"}));
  CHECK(Store::open_writable(place.directory).error().code == Errc::tampered_hash);
}

TEST_CASE("one writer a ledger; the second is told who has it, and may wait", "[store]") {
  const TempDir folder;
  TestPlace place;
  place.directory = folder / "ledger";
  place.create();
  std::optional<Store> first = Store::open_writable(place.directory).value();
  const Error error =
      Store::open_writable(place.directory, {.wait_ms = 50, .released = {}}).error();
  CHECK(error.code == Errc::locked);
  CHECK_THAT(error.message, Catch::Contains("process " + std::to_string(::getpid())));
  CHECK_THAT(error.hint, Catch::Contains("--wait"));
  CHECK(Store::create(place.directory, kTestOrigin).error().code == Errc::locked);
  CHECK(Store::open_reader(place.directory).has_value());
  std::thread closing([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    first.reset();
  });
  CHECK(Store::open_writable(place.directory, {.wait_ms = 60'000, .released = {}}).has_value());
  closing.join();
}

TEST_CASE("a reader needs no permission to write", "[store]") {
  const TempDir folder;
  TestPlace place;
  place.directory = folder / "ledger";
  place.create();
  TestLedger::open(place).value()->begin({});
  const auto state = [&] {
    std::map<std::string, std::filesystem::file_time_type> files;
    for (const auto& file : std::filesystem::recursive_directory_iterator(place.directory)) {
      files[file.path()] = file.last_write_time();
    }
    return files;
  };
  const auto before = state();
  {
    const Store reader = Store::open_reader(place.directory).value();
    CHECK(reader.size() == 1);
    CHECK(reader.latest_checkpoint()->size == 1);
  }
  CHECK(state() == before);
}

TEST_CASE("a copy that is older than what was released is refused, and left as it is", "[store]") {
  const TempDir folder;
  TestPlace place;
  place.directory = folder / "ledger";
  place.create();
  TestAuthor alice("alice");
  TestLedger::open(place).value()->begin({&alice});
  std::filesystem::copy(place.directory, folder / "backup",
                        std::filesystem::copy_options::recursive);
  {
    auto ledger = TestLedger::open(place).value();
    REQUIRE(ledger->writer->append(alice.sign({heartbeat()}, ledger->log())).has_value());
  }
  std::filesystem::remove_all(place.directory);
  std::filesystem::rename(folder / "backup", place.directory);
  const Error error = TestLedger::open(place).error();
  CHECK(error.code == Errc::forked);
  CHECK_THAT(error.message, Catch::Contains("2 entries") && Catch::Contains("3"));
  CHECK_THAT(error.hint, Catch::Contains("older copy"));

  SECTION("the writer asks its key too, not only the opening") {
    Store store = Store::open_writable(place.directory).value();
    OpenRules rules;
    verify::Keyring keyring([](std::string_view) -> Result<std::unique_ptr<Verifier>> {
      return fail(Errc::unsupported, "no key is needed here");
    });
    const auto writer = store::Writer::open(
        {store, rules, keyring, nullptr, place.log_key, [&] { return place.clock.now(); }});
    CHECK(writer.error().code == Errc::forked);
  }
  SECTION("another history of the same length is refused as well") {
    place.log_key.remember(std::nullopt);
    TestAuthor again("alice");
    again.rewind(0, Hash{});
    auto ledger = TestLedger::open(place).value();
    const auto released = ledger->store.head();
    REQUIRE(ledger->writer->append(again.sign({run_of("another")}, ledger->log())).has_value());
    const auto forked = ledger->store.head();
    ledger.reset();
    place.log_key.remember(merkle::TreeHead{forked.size, sha256("what was promised")});
    CHECK(TestLedger::open(place).error().code == Errc::forked);
    place.log_key.remember(released);
    CHECK(TestLedger::open(place).has_value());
  }
}

TEST_CASE("a start releases again what the store has not kept of it", "[store]") {
  const TempDir folder;
  TestPlace place;
  place.directory = folder / "ledger";
  place.create();
  TestAuthor alice("alice");
  std::string note;
  {
    auto ledger = TestLedger::open(place).value();
    ledger->begin({&alice});
    note = ledger->store.latest_checkpoint()->note;
    rocksdb::WriteBatch batch;
    batch.Delete(ledger->store.impl().family(store::Family::checkpoints),
                 store::view(store::index_key(2)));
    REQUIRE(ledger->store.impl().write(batch, store::Durability::synced, "forget").has_value());
  }
  const auto saves = place.log_key.saves();
  auto ledger = TestLedger::open(place).value();
  CHECK(ledger->store.latest_checkpoint()->note == note);
  CHECK(place.log_key.saves() <= saves + 1);
  ledger.reset();
  const auto checked = check_ledger(nullptr, place.directory, place.log_key.key().signer());
  CHECK(checked.problems == std::vector<std::string>{});
}

TEST_CASE("many short lives leave few files", "[store]") {
  const TempDir folder;
  TestPlace place;
  place.directory = folder / "ledger";
  place.create();
  TestAuthor alice("alice");
  TestLedger::open(place).value()->begin({&alice});
  for (int life = 0; life < 40; ++life) {
    auto ledger = TestLedger::open(place).value();
    REQUIRE(ledger->writer->append(alice.sign({heartbeat()}, ledger->log())).has_value());
  }
  const auto files =
      std::distance(std::filesystem::directory_iterator(place.directory + "/db"), {});
  CHECK(files < 60);
  CHECK(TestLedger::open(place).value()->store.size() == 42);
}
