#include <algorithm>
#include <vector>

#include "ledger/format/binary_archive.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/merkle/compact_range.hpp"
#include "ledger/store/entry_row_internal.hpp"
#include "ledger/store/rewriting_internal.hpp"
#include "ledger/store/status_internal.hpp"
#include "ledger/store/store_internal.hpp"
#include "ledger/store/subject_marks.hpp"

namespace assay::store {
namespace {

using Entries = std::vector<std::string>;

/// `previous` of an entry follows from the one before, which may be another now.
Status relink(Entries& entries, std::uint64_t from, std::string_view origin) {
  EntryView entry;
  for (std::uint64_t index = from; index < entries.size(); ++index) {
    ASSAY_CHECK(parse_entry(entries[index], entry));
    const Hash previous = index == 0 ? origin_hash(origin) : merkle::leaf_hash(entries[index - 1]);
    ASSAY_TRY(std::string linked, format_entry(index, previous, entry.recorded_at, entry.signatures,
                                               entry.submission.bytes));
    entries[index] = std::move(linked);
  }
  return {};
}

/// The rows of every index that follows from the entries alone, as a writer makes them.
class Rows {
 public:
  Rows(const Store::Impl& store, rocksdb::WriteBatch& batch) : store_(store), batch_(batch) {}

  Status take(std::string_view bytes) {
    EntryView entry;
    ASSAY_CHECK(parse_entry(bytes, entry));
    const IndexKey key = index_key(entry.index);
    put(Family::entries, view(key), pack_entry(bytes));
    std::string nodes;
    tree_.append(merkle::leaf_hash(bytes),
                 [&](merkle::NodeId, const Hash& hash) { nodes += hash.view(); });
    put(Family::nodes, view(key), nodes);
    streams_.advance(entry.submission, submission_digest(entry.submission));
    if (entry.submission.voids) put(Family::voided, entry.submission.voids->view(), view(key));
    ASSAY_TRY(const std::string id, submission_key(entry.submission.key, entry.submission.id));
    put(Family::submissions, id, view(key));
    append_marks(marks_, entry.index, entry.submission);
    if (tree_.size() % kBundleEntries == 0) {
      put(Family::subjects, view(index_key(entry.index / kBundleEntries)), encode_marks(marks_));
      marks_.clear();
    }
    return {};
  }
  void finish() {
    for (const auto& [author, head] : streams_.heads()) {
      put(Family::authors, author.view(), to_binary(head));
    }
  }

 private:
  void put(Family family, std::string_view key, std::string_view value) {
    batch_.Put(store_.family(family), {key.data(), key.size()}, {value.data(), value.size()});
  }

  const Store::Impl& store_;
  rocksdb::WriteBatch& batch_;
  merkle::CompactRange tree_;
  verify::AuthorStreams streams_;
  std::vector<SubjectMark> marks_;
};

Status remove_all(const Store::Impl& store, Family family, rocksdb::WriteBatch& batch) {
  const auto rows = store.iterate(family, true);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    batch.Delete(store.family(family), rows->key());
  }
  return checked(rows->status(), "read rows to remove");
}

/// What speaks of more than there will be.
Status remove_beyond(const Store& store, std::uint64_t size, std::uint64_t kept,
                     rocksdb::WriteBatch& batch) {
  const Store::Impl& impl = store.impl();
  ASSAY_CHECK(store.scan_checkpoints(size + 1, [&](const StoredCheckpoint& checkpoint) -> Status {
    const IndexKey key = index_key(checkpoint.size);
    batch.Delete(impl.family(Family::checkpoints), {key.data(), key.size()});
    return {};
  }));
  const auto rows = impl.iterate(Family::snapshots, true);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    const auto snapshot = store.snapshot(rows->key().ToStringView());
    if (snapshot && snapshot->at.size <= kept) continue;
    batch.Delete(impl.family(Family::snapshots), rows->key());
  }
  return checked(rows->status(), "read snapshots to remove");
}

}  // namespace

Status rewrite_log(Store& store, std::uint64_t from, std::span<const std::string> entries) {
  if (from > store.size()) {
    return fail(Errc::invalid_argument, "the log has no " + std::to_string(from) + " entries");
  }
  Entries all;
  ASSAY_CHECK(store.scan(0, from, [&](std::uint64_t, std::string_view bytes) -> Status {
    all.emplace_back(bytes);
    return {};
  }));
  all.insert(all.end(), entries.begin(), entries.end());
  ASSAY_CHECK(relink(all, from, store.origin()));
  rocksdb::WriteBatch batch;
  for (const Family family : {Family::entries, Family::nodes, Family::authors, Family::submissions,
                              Family::subjects, Family::voided}) {
    ASSAY_CHECK(remove_all(store.impl(), family, batch));
  }
  ASSAY_CHECK(remove_beyond(store, all.size(), from, batch));
  Rows rows(store.impl(), batch);
  for (const std::string& bytes : all) ASSAY_CHECK(rows.take(bytes));
  rows.finish();
  return store.impl().write(batch, Durability::synced, "give the log another end");
}

}  // namespace assay::store
