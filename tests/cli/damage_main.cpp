// Damages a ledger as somebody with write access to its files could, behind the store's back.
// usage: assay_damage LEDGER ENTRY    changes one byte of that stored entry
//        assay_damage LEDGER swap     lets the two entries in the middle change places
//        assay_damage LEDGER chunk    takes away the last piece of the last evidence file
//        assay_damage LEDGER timestamp        changes the last byte of the last timestamp
//        assay_damage LEDGER forged_timestamp does the same, and keeps it where those bytes belong
//        assay_damage LEDGER snapshot puts a state there in which "invented" is spelled otherwise

#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <rocksdb/db.h>

#include "ledger/base/encoding.hpp"
#include "ledger/store/damage.hpp"
#include "ledger/store/store.hpp"
#include "projections/fold/programme_fold.hpp"

namespace {

using Change = std::function<bool(rocksdb::DB&, rocksdb::ColumnFamilyHandle*)>;

/// Opens the database as nobody but its thief would, and lets `change` at one column family.
assay::Status change_family(const std::string& directory, const std::string& family,
                            const Change& change) {
  const std::string path = directory + "/db";
  const rocksdb::DBOptions options;
  std::vector<std::string> names;
  if (!rocksdb::DB::ListColumnFamilies(options, path, &names).ok()) {
    return assay::fail(assay::Errc::io, path + " is no database");
  }
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, path, families, &handles, &opened).ok()) {
    return assay::fail(assay::Errc::io, path + " cannot be opened");
  }
  const std::unique_ptr<rocksdb::DB> db(opened);
  bool changed = false;
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    if (handle->GetName() == family) changed = change(*db, handle);
    db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
  return changed ? assay::Status{}
                 : assay::fail(assay::Errc::not_found, "nothing to change in " + family);
}

bool take_last_away(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
  const std::unique_ptr<rocksdb::Iterator> at(db.NewIterator({}, family));
  at->SeekToLast();
  return at->Valid() && db.Delete({}, family, at->key()).ok();
}

/// The last byte is one of the signature. With `in_its_place` the row's key names the new bytes.
bool alter_timestamp(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family, bool in_its_place) {
  const std::unique_ptr<rocksdb::Iterator> at(db.NewIterator({}, family));
  at->SeekToLast();
  if (!at->Valid() || !at->key().starts_with("timestamp/") || at->value().empty()) return false;
  std::string key = at->key().ToString();
  std::string value = at->value().ToString();
  value.back() = static_cast<char>(value.back() ^ 1);
  if (in_its_place) {
    if (!db.Delete({}, family, key).ok()) return false;
    key.replace(key.size() - assay::Hash::kSizeBytes, assay::Hash::kSizeBytes,
                assay::sha256(value).view());
  }
  return db.Put({}, family, key, value).ok();
}

bool swap_middle(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
  std::vector<std::pair<std::string, std::string>> rows;
  const std::unique_ptr<rocksdb::Iterator> at(db.NewIterator({}, family));
  for (at->SeekToFirst(); at->Valid(); at->Next()) {
    rows.emplace_back(at->key().ToString(), at->value().ToString());
  }
  if (rows.size() < 2) return false;
  const auto& first = rows[rows.size() / 2 - 1];
  const auto& second = rows[rows.size() / 2];
  return db.Put({}, family, first.first, second.second).ok() &&
         db.Put({}, family, second.first, first.second).ok();
}

/// A snapshot at the head of the log, whole by its own digest, of another state than the log's.
assay::Status falsify_snapshot(const std::string& directory) {
  ASSAY_TRY(assay::store::Store store, assay::store::Store::open_writable(directory));
  assay::projections::ProgrammeFold fold;
  assay::EntryView entry;
  const auto take = [&](std::uint64_t, std::string_view bytes) -> assay::Status {
    ASSAY_CHECK(assay::parse_entry(bytes, entry));
    fold.admit(entry, assay::verify::OnObjection::keep_on);
    return {};
  };
  ASSAY_CHECK(store.scan(0, store.size(), take));
  constexpr std::string_view kTrue = "(invented)";
  constexpr std::string_view kFalse = "(FALSIFIED";
  std::string state = fold.snapshot();
  std::size_t changed = 0;
  for (auto at = state.find(kTrue); at != std::string::npos; at = state.find(kTrue, at)) {
    state.replace(at, kTrue.size(), kFalse);
    ++changed;
  }
  if (changed == 0) return assay::fail(assay::Errc::not_found, "the state has no such text");
  return store.save_snapshot("programme", {store.head(), std::move(state)});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr
        << "usage: assay_damage LEDGER ENTRY|swap|chunk|timestamp|forged_timestamp|snapshot\n";
    return 2;
  }
  const std::string what = argv[2];
  assay::Status done;
  if (what == "chunk") {
    done = change_family(argv[1], "chunks", take_last_away);
  } else if (what == "timestamp" || what == "forged_timestamp") {
    const bool in_its_place = what == "forged_timestamp";
    done = change_family(argv[1], "default", [&](auto& db, auto* family) {
      return alter_timestamp(db, family, in_its_place);
    });
  } else if (what == "swap") {
    done = change_family(argv[1], "entries", swap_middle);
  } else if (what == "snapshot") {
    done = falsify_snapshot(argv[1]);
  } else if (const auto entry = assay::parse_decimal(what)) {
    done = assay::store::damage_entry(argv[1], *entry);
  } else {
    done = std::unexpected(entry.error());
  }
  if (done) return 0;
  std::cerr << done.error().message << '\n';
  return 1;
}
