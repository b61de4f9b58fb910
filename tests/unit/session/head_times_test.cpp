// What the cosignatures of a ledger's checkpoints say of the times of its events.

#include "cli/time/head_times.hpp"

#include <catch2/catch.hpp>

#include "ledger/format/cosignature.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_ledger.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::testing;

namespace {

constexpr Timestamp kNow{4'000'000'000'000'000};  // later than everything here

/// A ledger of two entries, cosigned by somebody.
struct CosignedHeads {
  TempDir folder;
  TestPlace place;
  TestAuthor alice{"alice"};
  TestAuthor witness{"witness"};
  std::unique_ptr<TestLedger> ledger;

  CosignedHeads() {
    place.directory = folder / "ledger";
    place.create();
    ledger = TestLedger::open(place).value();
    ledger->begin({&alice});
  }
  [[nodiscard]] std::string vkey() const {
    return format_vkey({"witness.example", NoteKeyType::cosignature_v1,
                        Ed25519PublicKey::from_spki(witness.signer().verifier().spki()).value()})
        .value();
  }
  void cosign(std::uint64_t size, std::uint64_t time_s, bool rightly = true) {
    store::StoredCheckpoint kept = ledger->store.checkpoint(size).value();
    Note note = parse_note(kept.note).value();
    note.signatures.push_back(
        cosign_text(note.text, time_s, "witness.example", witness.signer()).value());
    if (!rightly) note.signatures.back().signature.back() ^= 1;
    kept.note = format_note(note).value();
    REQUIRE(ledger->store.save_checkpoint(kept));
  }
  [[nodiscard]] std::optional<verify::TimeBound> above(std::uint64_t entry,
                                                       const std::vector<std::string>& witnesses) {
    const store::Store& store = ledger->store;
    auto intervals = Intervals::gather(store, {witnesses, {}}, entry, store.size(), kNow).value();
    const std::string bytes = store.entry(entry).value();
    EntryView view;
    REQUIRE(parse_entry(bytes, view));
    return intervals.of(view)->not_after;
  }
};

}  // namespace

TEST_CASE("A witness that was named is believed, another one only claims", "[session]") {
  CosignedHeads log;
  CHECK_FALSE(log.above(0, {}));
  log.cosign(2, 1'573'600'000);
  const auto claimed = log.above(0, {});
  REQUIRE(claimed);
  CHECK_FALSE(claimed->believed);
  CHECK(claimed->who == "witness.example");
  CHECK(claimed->at.us == 1'573'600'000'000'000);
  const auto believed = log.above(1, {log.vkey()});
  REQUIRE(believed);
  CHECK(believed->believed);
  CHECK(believed->size == 2);
  // An earlier word over a smaller head is the better one, for the entries that it covers.
  log.cosign(1, 1'573'599'000);
  CHECK(log.above(0, {log.vkey()})->size == 1);
  CHECK(log.above(1, {log.vkey()})->size == 2);
}

TEST_CASE("A line under a known witness's name that does not verify says nothing", "[session]") {
  CosignedHeads log;
  log.cosign(2, 1'573'600'000, false);
  CHECK_FALSE(log.above(0, {log.vkey()}));
  // Nor does a time beyond the calendar.
  log.cosign(2, 253'402'300'800);
  CHECK_FALSE(log.above(0, {}).value_or(verify::TimeBound{}).believed);
}

TEST_CASE("A witness's key must be one, and for cosignatures", "[session]") {
  CosignedHeads log;
  const store::Store& store = log.ledger->store;
  CHECK_FALSE(Intervals::gather(store, {{"nonsense"}, {}}, 0, 2, kNow));
  const auto other =
      format_vkey({"witness.example", NoteKeyType::ed25519,
                   Ed25519PublicKey::from_spki(log.witness.signer().verifier().spki()).value()})
          .value();
  CHECK(Intervals::gather(store, {{other}, {}}, 0, 2, kNow).error().code == Errc::invalid_argument);
}

TEST_CASE("An event of an author who had seen nothing is after entry 0 all the same", "[session]") {
  CosignedHeads log;
  const store::Store& store = log.ledger->store;
  auto intervals = Intervals::gather(store, {}, 0, 2, kNow).value();
  EntryView view;
  const std::string first = store.entry(0).value();
  REQUIRE(parse_entry(first, view));
  const Timestamp began = view.recorded_at;
  CHECK_FALSE(intervals.of(view)->not_before);
  const std::string second = store.entry(1).value();
  REQUIRE(parse_entry(second, view));
  const auto below = intervals.of(view)->not_before;
  REQUIRE(below);
  CHECK(below->at == began);
  CHECK(below->size == 1);
}

TEST_CASE("Timestamps are kept by size and digest, once each", "[session]") {
  CosignedHeads log;
  store::Store& store = log.ledger->store;
  CHECK(store.timestamps(2)->empty());
  REQUIRE(store.save_timestamp(2, "one"));
  REQUIRE(store.save_timestamp(2, "one"));
  REQUIRE(store.save_timestamp(2, "two"));
  REQUIRE(store.save_timestamp(256, "three"));
  CHECK(store.timestamps(2)->size() == 2);
  std::vector<std::uint64_t> sizes;
  REQUIRE(store.scan_timestamps(0, [&](const store::StoredTimestamp& stored) -> Status {
    CHECK(stored.digest == sha256(stored.response));
    sizes.push_back(stored.size);
    return {};
  }));
  CHECK(sizes == std::vector<std::uint64_t>{2, 2, 256});
  CHECK(store.save_timestamp(2, std::string(store::kTimestampSizeBytes + 1, 'x')).error().code ==
        Errc::limit);
  const auto reader = store::Store::open_reader(log.place.directory);
  REQUIRE(reader);
  CHECK(reader->timestamps(2)->size() == 2);
  CHECK(reader->origin() == kTestOrigin);
}
