// Rows of a store are changed, removed and added behind its back. Whatever the log decides is held
// against the log, and the first thing that is wrong is named.

#include <catch2/catch.hpp>

#include "keys/verifier.hpp"
#include "ledger/store/entry_row_internal.hpp"
#include "ledger/store/store_source.hpp"
#include "ledger/verify/verify.hpp"
#include "tests/support/fault_fs.hpp"
#include "tests/support/test_ledger.hpp"

using namespace assay;
using namespace assay::testing;
using store::Family;
using verify::Claim;
using verify::Verdict;

namespace {

constexpr std::uint64_t kEntries = 300;
constexpr std::uint64_t kVoids = 120;  // this entry says that a submission was refused

std::string key_of(std::uint64_t index) {
  return std::string(store::view(store::index_key(index)));
}

/// A store of 300 entries in memory, open for writing.
class Rows {
 public:
  Rows() {
    place_.backing.env = env_.env.get();
    place_.directory = "/ledger";
    place_.create();
    ledger_ = TestLedger::open(place_).value();
    ledger_->begin({&alice});
    keep_rulebook();
    std::vector<store::Ticket> tickets;
    for (std::uint64_t i = 2; i < kEntries; ++i) {
      TestAuthor::Terms terms;
      if (i == kVoids) terms.voids = refused;
      tickets.push_back(ledger_->writer->enqueue(
          alice.sign({run_of("R" + std::to_string(i)), heartbeat()}, ledger_->log(), terms)));
      if (tickets.size() == 50) {
        for (const auto& receipt : ledger_->writer->finish_all(std::move(tickets))) {
          REQUIRE(receipt.has_value());
        }
        tickets.clear();
      }
    }
    for (const auto& receipt : ledger_->writer->finish_all(std::move(tickets))) {
      REQUIRE(receipt.has_value());
    }
  }

  [[nodiscard]] store::Store& store() { return ledger_->store; }
  [[nodiscard]] std::string get(Family family, const std::string& key) {
    rocksdb::PinnableSlice value;
    REQUIRE(store().impl().get(family, key, value, "read a row").has_value());
    return value.ToString();
  }
  void put(Family family, const std::string& key, const std::string& value) {
    REQUIRE(store()
                .impl()
                .put(family, key, value, store::Durability::logged, "change a row")
                .has_value());
  }
  void remove(Family family, const std::string& key) {
    rocksdb::WriteBatch batch;
    batch.Delete(store().impl().family(family), key);
    REQUIRE(store().impl().write(batch, store::Durability::logged, "remove a row").has_value());
  }
  /// The entry of a row, about another test case.
  [[nodiscard]] static std::string with_another_case(const std::string& row) {
    std::string bytes;
    REQUIRE(store::unpack_entry(row, bytes).has_value());
    const std::size_t at = bytes.find("TC-0001");
    REQUIRE(at != std::string::npos);
    bytes[at] = 'X';
    return bytes;
  }
  /// What another process sees.
  [[nodiscard]] Result<store::Store> read(store::EndOfLog end) {
    return store::open_reader_with(place_.backing, place_.directory, end);
  }
  [[nodiscard]] verify::Report verify() {
    return verify::verify_log(store::StoreSource(store()), keys::make_verifier);
  }
  /// The row of a submission.
  [[nodiscard]] std::string id_key(std::uint64_t index) {
    EntryView entry;
    const std::string bytes = store().entry(index).value();
    REQUIRE(parse_entry(bytes, entry).has_value());
    return store::submission_key(entry.submission.key, entry.submission.id).value();
  }

  TestAuthor alice{"alice"};
  const Hash refused = sha256("a refused submission");

 private:
  /// The evidence file that entry 0 names.
  void keep_rulebook() {
    std::string_view rest = "rulebook";
    const auto source = [&](std::span<char> buffer) -> Result<std::size_t> {
      const std::size_t count = rest.copy(buffer.data(), buffer.size());
      rest.remove_prefix(count);
      return count;
    };
    REQUIRE(ledger_->store.put_evidence(source).has_value());
  }

  FaultEnv env_ = FaultEnv::in_memory();
  TestPlace place_;
  std::unique_ptr<TestLedger> ledger_;
};

/// Verifies and expects one objection to the claim `indexes`, with these words in it.
void check_objection(Rows& rows, const std::string& words, std::uint64_t entry) {
  CAPTURE(words);
  const verify::Report report = rows.verify();
  const verify::ClaimReport& claim = report[Claim::indexes];
  CHECK(claim.verdict == Verdict::failed);
  REQUIRE(claim.first.has_value());
  CHECK_THAT(claim.first->error.message, Catch::Contains(words));
  CHECK(claim.first->error.code == Errc::tampered_hash);
  CHECK(claim.first->error.entry == entry);
  CHECK(claim.objection_count == 1);
  CHECK(report[Claim::chain].verdict != Verdict::failed);
  CHECK(report[Claim::tree].verdict != Verdict::failed);
}

/// Changes, removes and restores one row, and adds another.
void check_index(Rows& rows, Family family, const std::string& key, const std::string& stray,
                 const std::string& name, std::uint64_t entry) {
  const std::string value = rows.get(family, key);
  std::string changed = value;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  rows.put(family, key, changed);
  check_objection(rows, name, entry);
  rows.remove(family, key);
  check_objection(rows, name, entry);
  rows.put(family, key, value);
  CHECK(rows.verify()[Claim::indexes].verdict == Verdict::proved);
  rows.put(family, stray, value);
  check_objection(rows, "belong to no entry", kEntries);
  rows.remove(family, stray);
  CHECK(rows.verify()[Claim::indexes].verdict == Verdict::proved);
}

}  // namespace

TEST_CASE("every index is held against the log, both ways", "[corruption]") {
  Rows rows;
  const verify::Report sound = rows.verify();
  CHECK(sound.nothing_failed());
  CHECK(sound.size == kEntries);
  CHECK(sound[Claim::indexes].verdict == Verdict::proved);
  SECTION("nodes") {
    check_index(rows, Family::nodes, key_of(17), key_of(kEntries), "hashes of entry 17", 17);
  }
  SECTION("nodes at the end") {
    check_index(rows, Family::nodes, key_of(kEntries - 1), key_of(kEntries + 9), "hashes of entry",
                kEntries - 1);
  }
  SECTION("authors") {
    check_index(rows, Family::authors, std::string(rows.alice.key().view()), std::string(32, 'x'),
                "ends elsewhere", kEntries);
  }
  SECTION("submissions") {
    check_index(rows, Family::submissions, rows.id_key(200), std::string(48, 'x'), "of entry 200",
                200);
  }
  SECTION("subjects") {
    check_index(rows, Family::subjects, key_of(0), key_of(1), "subjects of entries from 0", 0);
  }
  SECTION("voided") {
    check_index(rows, Family::voided, std::string(rows.refused.view()), std::string(32, 'x'),
                "entry 120 voids", kVoids);
  }
  SECTION("snapshots") {
    const merkle::TreeHead at{257, merkle::root_at(257, rows.store().nodes()).value()};
    REQUIRE(rows.store().save_snapshot("a projection", {at, "its state"}).has_value());
    CHECK(rows.verify()[Claim::indexes].verdict == Verdict::proved);
    const std::string row = rows.get(Family::snapshots, "a projection");
    for (std::size_t at_byte = 0; at_byte < row.size(); ++at_byte) {
      std::string changed = row;
      changed[at_byte] = static_cast<char>(changed[at_byte] ^ 1);
      rows.put(Family::snapshots, "a projection", changed);
      CAPTURE(at_byte);
      CHECK(rows.verify()[Claim::indexes].verdict == Verdict::failed);
    }
    rows.put(Family::snapshots, "a projection", row.substr(0, 30));
    check_objection(rows, "the snapshot of a projection", kEntries);
  }
  SECTION("a checkpoint under another size") {
    const std::string note = rows.get(Family::checkpoints, key_of(kEntries));
    rows.put(Family::checkpoints, key_of(299), note);
    check_objection(rows, "no checkpoint of that size", 299);
  }
  SECTION("a checkpoint that is none") {
    rows.put(Family::checkpoints, key_of(7), "7 entries, believe me");
    const verify::Report report = rows.verify();
    CHECK(report[Claim::indexes].verdict == Verdict::failed);
  }
  SECTION("an entry beyond the end") {
    rows.put(Family::entries, key_of(kEntries + 5), "{}");
    check_objection(rows, "belong to no entry", kEntries);
  }
}

TEST_CASE("many wrong rows are counted, not all spelled out", "[corruption]") {
  Rows rows;
  for (std::uint64_t i = 0; i < 100; ++i) rows.remove(Family::submissions, rows.id_key(100 + i));
  const verify::Report report = rows.verify();
  const verify::ClaimReport& claim = report[Claim::indexes];
  CHECK(claim.verdict == Verdict::failed);
  CHECK(claim.first->error.entry == 100);
  CHECK(claim.objection_count == 21);
  bool counted = false;
  for (const verify::Objection& objection : report.objections) {
    counted = counted || objection.error.message.find("80 more") != std::string::npos;
  }
  CHECK(counted);
}

TEST_CASE("an entry that was changed, removed or swapped is found, and located", "[corruption]") {
  Rows rows;
  const std::string entry = rows.get(Family::entries, key_of(150));
  SECTION("changed") {
    rows.put(Family::entries, key_of(150), store::pack_entry(Rows::with_another_case(entry)));
  }
  SECTION("changed in its row") {
    std::string row = entry;
    row[row.size() / 2] = static_cast<char>(row[row.size() / 2] ^ 1);
    rows.put(Family::entries, key_of(150), row);
  }
  SECTION("removed") { rows.remove(Family::entries, key_of(150)); }
  SECTION("swapped") {
    rows.put(Family::entries, key_of(150), rows.get(Family::entries, key_of(151)));
    rows.put(Family::entries, key_of(151), entry);
  }
  const verify::Report report = rows.verify();
  CHECK_FALSE(report.nothing_failed());
  REQUIRE_FALSE(report.objections.empty());
  CHECK(report.objections.front().error.entry == 150);
}

TEST_CASE("damage at the end of the log stops the next start", "[corruption]") {
  Rows rows;
  const std::string last = key_of(kEntries - 1);
  SECTION("the last entry was changed") {
    const std::string row = rows.get(Family::entries, last);
    rows.put(Family::entries, last, store::pack_entry(Rows::with_another_case(row)));
    const auto end = store::read_end(rows.store().impl());
    CHECK(end.error().code == Errc::tampered_hash);
    CHECK(end.error().entry == kEntries - 1);
  }
  SECTION("the last entry does not parse") {
    rows.put(Family::entries, last, store::pack_entry("{}"));
    CHECK(store::read_end(rows.store().impl()).error().code == Errc::malformed);
  }
  SECTION("the last row is no entry's") {
    rows.put(Family::entries, last, "{}");
    CHECK(store::read_end(rows.store().impl()).error().code == Errc::tampered_hash);
  }
  SECTION("the last entry is gone") {
    rows.remove(Family::entries, last);
    CHECK(store::read_end(rows.store().impl()).error().code == Errc::tampered_order);
  }
  SECTION("its hashes are gone") {
    rows.remove(Family::nodes, last);
    CHECK(store::read_end(rows.store().impl()).error().code == Errc::tampered_order);
  }
  SECTION("its hashes were changed") {
    std::string row = rows.get(Family::nodes, last);
    row[3] = static_cast<char>(row[3] ^ 1);
    rows.put(Family::nodes, last, row);
    CHECK(store::read_end(rows.store().impl()).error().code == Errc::tampered_hash);
  }
  SECTION("the last entry stands there twice") {
    rows.put(Family::entries, last, rows.get(Family::entries, key_of(kEntries - 2)));
    CHECK(store::read_end(rows.store().impl()).error().code == Errc::tampered_order);
  }
}

TEST_CASE("whoever verifies may open a log whose end does not hold together", "[corruption]") {
  const std::string last = key_of(kEntries - 1);
  const auto verified_as_it_is = [](Rows& rows) {
    CHECK_FALSE(rows.read(store::EndOfLog::holds_together).has_value());
    const auto reader = rows.read(store::EndOfLog::as_it_is);
    REQUIRE(reader.has_value());
    return verify::verify_log(store::StoreSource(*reader), keys::make_verifier);
  };
  SECTION("the last entry says something else") {
    Rows rows;
    const std::string changed = Rows::with_another_case(rows.get(Family::entries, last));
    rows.put(Family::entries, last, store::pack_entry(changed));
    const verify::Report report = verified_as_it_is(rows);
    CHECK(report[Claim::tree].verdict == Verdict::failed);
    CHECK(report[Claim::author_signatures].first->error.entry == kEntries - 1);
    CHECK(report[Claim::author_streams].verdict == Verdict::proved);
  }
  SECTION("the last entry's row cannot be unpacked") {
    Rows rows;
    rows.put(Family::entries, last, "no row");
    const verify::Report report = verified_as_it_is(rows);
    CHECK_FALSE(report.nothing_failed());
    CHECK(report.size == kEntries);
  }
  SECTION("the last entry is gone, its hashes are not") {
    Rows rows;
    rows.remove(Family::entries, last);
    const verify::Report report = verified_as_it_is(rows);
    CHECK(report[Claim::tree].verdict == Verdict::failed);
    CHECK(report[Claim::indexes].verdict == Verdict::failed);
    CHECK(report.size == kEntries - 1);
  }
  SECTION("the last hashes are gone") {
    Rows rows;
    rows.remove(Family::nodes, last);
    const verify::Report report = verified_as_it_is(rows);
    CHECK(report[Claim::tree].verdict == Verdict::proved);
    CHECK(report[Claim::indexes].verdict == Verdict::failed);
  }
}
