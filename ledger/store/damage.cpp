#include "ledger/store/damage.hpp"

#include "ledger/format/entry.hpp"
#include "ledger/store/entry_row_internal.hpp"
#include "ledger/store/rewriting_internal.hpp"
#include "ledger/store/store_internal.hpp"

namespace assay::store {
namespace {

/// A byte that is as good as `byte` where any will do, and differs from it.
char other(char byte, char one, char another) { return byte == one ? another : one; }

/// The first row of a family that is not before `from`.
Result<std::pair<std::string, std::string>> row_from(const Store::Impl& store, Family family,
                                                     std::string_view from) {
  const auto rows = store.iterate(family);
  rows->Seek({from.data(), from.size()});
  if (!rows->Valid()) return fail(Errc::not_found, "there is no such row to damage");
  return std::pair(rows->key().ToString(), rows->value().ToString());
}

Result<std::pair<std::string, std::string>> last_row(const Store::Impl& store, Family family) {
  const auto rows = store.iterate(family);
  rows->SeekToLast();
  if (!rows->Valid()) return fail(Errc::not_found, "there is no row to damage");
  return std::pair(rows->key().ToString(), rows->value().ToString());
}

Status remove(Store::Impl& store, Family family, std::string_view key) {
  rocksdb::WriteBatch batch;
  batch.Delete(store.family(family), {key.data(), key.size()});
  return store.write(batch, Durability::synced, "take a row away");
}

/// The entries from `index` on, as they are.
Result<std::vector<std::string>> entries_from(const Store& store, std::uint64_t index) {
  std::vector<std::string> entries;
  ASSAY_CHECK(store.scan(index, store.size(), [&](std::uint64_t, std::string_view bytes) -> Status {
    entries.emplace_back(bytes);
    return {};
  }));
  if (entries.empty()) {
    return fail(Errc::not_found, "there is no entry " + std::to_string(index) + " to damage");
  }
  return entries;
}

}  // namespace

Status damage_entry(const std::string& directory, std::uint64_t index) {
  ASSAY_TRY(Store store, Store::open_writable(directory));
  ASSAY_TRY(std::string bytes, store.entry(index));
  // A digit in the middle: the text stays canonical, and only its meaning changes.
  const std::size_t at = bytes.find_first_of("0123456789", bytes.size() / 2);
  if (at == std::string::npos) return fail(Errc::not_found, "no digit to change in that entry");
  bytes[at] = other(bytes[at], '8', '9');
  return store.impl().put(Family::entries, view(index_key(index)), pack_entry(bytes),
                          Durability::synced, "change entry " + std::to_string(index));
}

Status damage_signature(const std::string& directory, std::uint64_t index) {
  ASSAY_TRY(Store store, Store::open_writable(directory));
  ASSAY_TRY(std::vector<std::string> entries, entries_from(store, index));
  constexpr std::string_view kMember = "\"signature\":\"";
  const std::size_t member = entries.front().find(kMember);
  if (member == std::string::npos) return fail(Errc::malformed, "that entry has no signature");
  // Behind the first bytes, which say how an ECDSA signature is built.
  char& byte = entries.front()[member + kMember.size() + 20];
  byte = other(byte, 'A', 'B');
  return rewrite_log(store, index, entries);
}

Status damage_hash(const std::string& directory, std::uint64_t index) {
  ASSAY_TRY(Store store, Store::open_writable(directory));
  ASSAY_TRY(auto row, row_from(store.impl(), Family::nodes, view(index_key(index))));
  row.second.front() = static_cast<char>(row.second.front() ^ 1);
  return store.impl().put(Family::nodes, row.first, row.second, Durability::synced,
                          "change a hash");
}

Status damage_index(const std::string& directory) {
  ASSAY_TRY(Store store, Store::open_writable(directory));
  ASSAY_TRY(const auto row, last_row(store.impl(), Family::submissions));
  return remove(store.impl(), Family::submissions, row.first);
}

Status damage_evidence(const std::string& directory, const Hash& digest) {
  ASSAY_TRY(Store store, Store::open_writable(directory));
  ASSAY_TRY(const EvidenceRecord record, store.evidence(digest));
  const IndexKey file = index_key(record.file);
  ASSAY_TRY(auto row, row_from(store.impl(), Family::chunks, view(file)));
  if (!row.first.starts_with(view(file)) || row.second.empty()) {
    return fail(Errc::not_found, "the file is empty: there is no byte to change");
  }
  row.second.back() = static_cast<char>(row.second.back() ^ 1);
  ASSAY_CHECK(store.impl().put(Family::chunks, row.first, row.second, Durability::synced,
                               "change a byte of evidence"));
  return store.impl().flush(Family::chunks, "change a byte of evidence");
}

Status damage_checkpoint(const std::string& directory) {
  ASSAY_TRY(Store store, Store::open_writable(directory));
  ASSAY_TRY(StoredCheckpoint checkpoint, store.latest_checkpoint());
  // The first character of the third line is one of the root's.
  const std::size_t size_line = checkpoint.note.find('\n') + 1;
  const std::size_t root_line = checkpoint.note.find('\n', size_line) + 1;
  checkpoint.note[root_line] = other(checkpoint.note[root_line], 'A', 'B');
  return store.save_checkpoint(checkpoint);
}

Status truncate_log(const std::string& directory) {
  ASSAY_TRY(Store store, Store::open_writable(directory));
  if (store.size() == 0) return fail(Errc::not_found, "the log is empty");
  return remove(store.impl(), Family::entries, view(index_key(store.size() - 1)));
}

Status roll_back(const std::string& directory, std::uint64_t size) {
  ASSAY_TRY(Store store, Store::open_writable(directory));
  return rewrite_log(store, size, {});
}

Status fork_log(const std::string& directory) {
  ASSAY_TRY(Store store, Store::open_writable(directory));
  if (store.size() == 0) return fail(Errc::not_found, "the log is empty");
  const std::uint64_t last = store.size() - 1;
  ASSAY_TRY(std::vector<std::string> entries, entries_from(store, last));
  EntryView entry;
  ASSAY_CHECK(parse_entry(entries.front(), entry));
  ASSAY_TRY(entries.front(), format_entry(last, entry.previous, Timestamp{entry.recorded_at.us + 1},
                                          entry.signatures, entry.submission.bytes));
  ASSAY_CHECK(rewrite_log(store, last, entries));
  return remove(store.impl(), Family::checkpoints, view(index_key(last + 1)));
}

}  // namespace assay::store
