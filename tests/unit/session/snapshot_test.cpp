// Which snapshot of the folded states a session starts from.

#include "cli/session/snapshot.hpp"

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/support/temp_dir.hpp"
#include "tests/support/test_ledger.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::testing;

namespace {

struct Kept {
  TempDir folder;
  TestPlace place;
  TestAuthor alice{"alice"};
  std::unique_ptr<TestLedger> ledger;
  projections::ProgrammeFold fold;

  Kept() {
    place.directory = folder / "ledger";
    place.create();
    ledger = TestLedger::open(place).value();
    ledger->begin({&alice});
    follow();
    REQUIRE(save_snapshot(keys(), ledger->store, fold).has_value());
  }
  [[nodiscard]] std::string keys() const { return folder / "keys-of-the-log"; }
  void follow() {
    std::filesystem::create_directories(keys());
    EntryView entry;
    REQUIRE(ledger->store
                .scan(fold.size(), ledger->store.size(),
                      [&](std::uint64_t, std::string_view bytes) -> Status {
                        ASSAY_CHECK(parse_entry(bytes, entry));
                        fold.admit(entry, verify::OnObjection::keep_on);
                        return {};
                      })
                .has_value());
  }
  [[nodiscard]] std::string record() const {
    for (const auto& file : std::filesystem::directory_iterator(keys())) return file.path();
    return {};
  }
};

}  // namespace

TEST_CASE("a session starts from the states that it kept", "[session]") {
  Kept kept;
  const auto loaded = load_snapshot(kept.keys(), kept.ledger->store);
  REQUIRE(loaded.has_value());
  CHECK(loaded->size() == 2);
  CHECK(named_digests(*loaded) == named_digests(kept.fold));
  REQUIRE(kept.ledger->writer->append(kept.alice.sign({heartbeat()}, kept.ledger->log())));
  CHECK(load_snapshot(kept.keys(), kept.ledger->store)->size() == 2);
}

TEST_CASE("no other state is believed, whole as it may be", "[session]") {
  Kept kept;
  store::Store& store = kept.ledger->store;
  const store::Snapshot honest = store.snapshot("programme").value();
  SECTION("another state") {
    projections::ProgrammeFold empty;
    REQUIRE(store.save_snapshot("programme", {honest.at, empty.snapshot()}).has_value());
  }
  SECTION("any byte of it") {
    for (std::size_t at = 0; at < honest.state.size(); at += 7) {
      store::Snapshot altered = honest;
      altered.state[at] = static_cast<char>(altered.state[at] ^ 1);
      REQUIRE(store.save_snapshot("programme", altered).has_value());
      CHECK_FALSE(load_snapshot(kept.keys(), store).has_value());
    }
  }
  SECTION("the same state at another size") {
    const store::Snapshot altered{{1, store.node(0, 0).value()}, honest.state};
    REQUIRE(store.save_snapshot("programme", altered).has_value());
  }
  SECTION("without the record beside the keys") { std::filesystem::remove(kept.record()); }
  SECTION("with the record of another snapshot") {
    REQUIRE(kept.ledger->writer->append(kept.alice.sign({heartbeat()}, kept.ledger->log())));
    kept.follow();
    REQUIRE(save_snapshot(kept.keys(), store, kept.fold).has_value());
    REQUIRE(store.save_snapshot("programme", honest).has_value());
  }
  const auto loaded = load_snapshot(kept.keys(), store);
  REQUIRE_FALSE(loaded.has_value());
  CHECK(loaded.error().code == Errc::not_found);
}
