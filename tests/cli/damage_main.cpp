// Damages a ledger as somebody with write access to its files could, behind the store's back.
// usage: assay_damage LEDGER ENTRY    changes one byte of that stored entry
//        assay_damage LEDGER chunk    takes away the last piece of the last evidence file

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <rocksdb/db.h>

#include "ledger/base/encoding.hpp"
#include "ledger/store/damage.hpp"

namespace {

assay::Status take_chunk_away(const std::string& directory) {
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
  bool taken = false;
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    if (handle->GetName() == "chunks") {
      const std::unique_ptr<rocksdb::Iterator> at(db->NewIterator({}, handle));
      at->SeekToLast();
      taken = at->Valid() && db->Delete({}, handle, at->key()).ok();
    }
    db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
  return taken ? assay::Status{} : assay::fail(assay::Errc::not_found, "there is no chunk");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: assay_damage LEDGER ENTRY|chunk\n";
    return 2;
  }
  const std::string what = argv[2];
  assay::Status done;
  if (what == "chunk") {
    done = take_chunk_away(argv[1]);
  } else if (const auto entry = assay::parse_decimal(what)) {
    done = assay::store::damage_entry(argv[1], *entry);
  } else {
    done = std::unexpected(entry.error());
  }
  if (done) return 0;
  std::cerr << done.error().message << '\n';
  return 1;
}
