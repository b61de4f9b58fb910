#include "ledger/store/evidence.hpp"

#include <rocksdb/write_batch.h>

#include "ledger/base/limits.hpp"
#include "ledger/format/binary_archive.hpp"
#include "ledger/store/evidence_internal.hpp"
#include "ledger/store/status_internal.hpp"

/// A small file goes into one synced batch with its record. A large one would stand in the
/// write-ahead log once and in the tables again, so its chunks bypass the log: they are flushed
/// first, and only then the record is written. A row 'p' that was synced before says which chunks
/// belong to nobody if that is cut short.

namespace assay::store {
namespace {

constexpr std::size_t kChunkBytes = limits::kEvidenceChunkSizeBytes;
constexpr std::size_t kSmallFileChunks = 16;  // 4 MiB

/// Reads and hashes a source, a full chunk at a time.
class ChunkReader {
 public:
  explicit ChunkReader(const ByteSource& source) : source_(source), buffer_(kChunkBytes, '\0') {}

  /// Empty at the end.
  Result<std::string_view> next() {
    std::size_t filled = 0;
    while (filled < buffer_.size()) {
      ASSAY_TRY(const std::size_t count, source_(std::span(buffer_).subspan(filled)));
      if (count == 0) break;
      filled += count;
    }
    const std::string_view chunk(buffer_.data(), filled);
    sha256_.update(chunk);
    sha512_.update(chunk);
    size_bytes_ += filled;
    return chunk;
  }
  Result<Hash> digest() { return Hash::from_hex(sha256_.finish_hex()); }
  EvidenceRecord record(std::uint64_t file) { return {file, size_bytes_, sha512_.finish_hex()}; }

 private:
  const ByteSource& source_;
  std::vector<char> buffer_;
  Digest sha256_ = Digest::sha256();
  Digest sha512_ = Digest::sha512();
  std::uint64_t size_bytes_ = 0;
};

/// Above every number that a file or an interrupted writing has.
Result<std::uint64_t> next_file_number(const Store::Impl& store) {
  std::uint64_t next = 0;
  const auto chunks = store.iterate(Family::chunks);
  chunks->SeekToLast();
  if (chunks->Valid()) {
    ASSAY_TRY(const std::uint64_t last, read_index_key(chunks->key().ToStringView().substr(0, 8)));
    next = last + 1;
  }
  ASSAY_CHECK(checked(chunks->status(), "number an evidence file"));
  const auto records = store.iterate(Family::evidence);
  records->SeekToLast();
  if (records->Valid() && records->key().starts_with("p")) {
    ASSAY_TRY(const std::uint64_t last, read_index_key(records->key().ToStringView().substr(1)));
    next = std::max(next, last + 1);
  }
  ASSAY_CHECK(checked(records->status(), "number an evidence file"));
  return next;
}

Status remove_chunks(Store::Impl& store, std::uint64_t file) {
  rocksdb::WriteBatch batch;
  batch.DeleteRange(store.family(Family::chunks), chunk_key(file, 0), chunk_key(file + 1, 0));
  batch.Delete(store.family(Family::evidence), pending_key(file));
  return store.write(batch, Durability::synced, "remove an unfinished evidence file");
}

Status check_expected(const Hash& digest, const std::optional<Hash>& expected) {
  if (!expected || *expected == digest) return {};
  return fail(Errc::evidence_damaged,
              "the file's SHA-256 is " + digest.hex() + ", expected was " + expected->hex(),
              "it is not the file that was meant, or it was altered");
}

/// Chunks that were read, and not written yet, with the number of the next one.
struct Pending {
  std::uint64_t file = 0;
  std::uint64_t chunk = 0;
  rocksdb::WriteBatch batch;

  void add(Store::Impl& store, std::string_view bytes) {
    batch.Put(store.family(Family::chunks), chunk_key(file, chunk++), bytes);
  }
};

Result<StoredEvidence> finish(Store& store, ChunkReader& reader, Pending& pending, bool large,
                              const std::optional<Hash>& expected) {
  Store::Impl& impl = store.impl();
  ASSAY_TRY(const Hash digest, reader.digest());
  ASSAY_CHECK(check_expected(digest, expected));
  std::optional<EvidenceRecord> replaced;
  if (auto known = store.evidence(digest)) {
    // What is kept under this digest may be the damaged copy that this file is to replace.
    const Status kept = store.read_evidence(digest, [](std::string_view) -> Status { return {}; });
    if (!kept && kept.error().code != Errc::evidence_damaged) return std::unexpected(kept.error());
    if (kept) {
      if (large) ASSAY_CHECK(remove_chunks(impl, pending.file));
      return StoredEvidence{digest, *std::move(known), true};
    }
    replaced = *std::move(known);
  } else if (known.error().code != Errc::not_found) {
    return std::unexpected(std::move(known).error());
  }
  if (large) {
    ASSAY_CHECK(impl.write(pending.batch, Durability::unlogged, "write an evidence file"));
    pending.batch.Clear();
    // A crash up to here leaves chunks that the row 'p' names; from here on they are on the disk.
    ASSAY_CHECK(impl.flush(Family::chunks, "write out an evidence file"));
    pending.batch.Delete(impl.family(Family::evidence), pending_key(pending.file));
  }
  EvidenceRecord record = reader.record(pending.file);
  if (replaced) {
    pending.batch.DeleteRange(impl.family(Family::chunks), chunk_key(replaced->file, 0),
                              chunk_key(replaced->file + 1, 0));
  }
  pending.batch.Put(impl.family(Family::evidence), evidence_key(digest), to_binary(record));
  ASSAY_CHECK(impl.write(pending.batch, Durability::synced, "store an evidence file"));
  return StoredEvidence{digest, std::move(record), false};
}

Result<StoredEvidence> take_in(Store& store, const ByteSource& source, Pending& pending,
                               bool& large, const std::optional<Hash>& expected) {
  Store::Impl& impl = store.impl();
  ChunkReader reader(source);
  for (;;) {
    ASSAY_TRY(const std::string_view chunk, reader.next());
    if (chunk.empty()) break;
    pending.add(impl, chunk);
    if (pending.batch.Count() < static_cast<std::uint32_t>(kSmallFileChunks)) continue;
    ASSAY_CHECK(impl.check_space());
    if (!large) {
      ASSAY_CHECK(impl.put(Family::evidence, pending_key(pending.file), {}, Durability::synced,
                           "announce an evidence file"));
      large = true;
    }
    ASSAY_CHECK(impl.write(pending.batch, Durability::unlogged, "write an evidence file"));
    pending.batch.Clear();
  }
  return finish(store, reader, pending, large, expected);
}

}  // namespace

std::string evidence_key(const Hash& digest) { return "d" + std::string(digest.view()); }

std::string pending_key(std::uint64_t file) { return "p" + std::string(view(index_key(file))); }

std::string chunk_key(std::uint64_t file, std::uint64_t chunk) {
  return std::string(view(index_key(file))) + std::string(view(index_key(chunk)));
}

Status sweep_evidence(Store::Impl& store) {
  std::vector<std::uint64_t> unfinished;
  const auto rows = store.iterate(Family::evidence);
  for (rows->Seek("p"); rows->Valid() && rows->key().starts_with("p"); rows->Next()) {
    ASSAY_TRY(const std::uint64_t file, read_index_key(rows->key().ToStringView().substr(1)));
    unfinished.push_back(file);
  }
  ASSAY_CHECK(checked(rows->status(), "look for unfinished evidence files"));
  for (const std::uint64_t file : unfinished) ASSAY_CHECK(remove_chunks(store, file));
  return {};
}

Result<StoredEvidence> Store::put_evidence(const ByteSource& source,
                                           const std::optional<Hash>& expected) {
  ASSAY_CHECK(impl_->check_writable());
  const std::lock_guard guard(impl_->evidence_mutex);
  ASSAY_CHECK(impl_->check_space());
  Pending pending;
  ASSAY_TRY(pending.file, next_file_number(*impl_));
  bool large = false;
  auto stored = take_in(*this, source, pending, large, expected);
  // What cannot be removed now is removed by the next start.
  if (!stored && large) static_cast<void>(remove_chunks(*impl_, pending.file));
  return stored;
}

Result<EvidenceRecord> Store::evidence(const Hash& digest) const {
  rocksdb::PinnableSlice row;
  ASSAY_CHECK(
      impl_->get(Family::evidence, evidence_key(digest), row, "find evidence " + digest.hex()));
  return from_binary<EvidenceRecord>(row.ToStringView());
}

Status Store::read_evidence(const Hash& digest, const ByteSink& sink) const {
  ASSAY_TRY(const EvidenceRecord record, evidence(digest));
  const auto damaged = [&](const std::string& how) {
    return fail(Errc::evidence_damaged, "evidence " + digest.hex() + " " + how,
                "restore it from a copy: its digest tells the right one");
  };
  Digest sha256 = Digest::sha256();
  std::uint64_t size_bytes = 0;
  std::uint64_t chunk = 0;
  const auto rows = impl_->iterate(Family::chunks, true);
  for (rows->Seek(chunk_key(record.file, 0)); rows->Valid(); rows->Next(), ++chunk) {
    if (size_bytes >= record.size_bytes) break;
    if (rows->key().ToStringView() != chunk_key(record.file, chunk)) break;
    sha256.update(rows->value().ToStringView());
    size_bytes += rows->value().size();
    ASSAY_CHECK(sink(rows->value().ToStringView()));
  }
  if (!rows->status().ok()) return damaged("cannot be read: " + rows->status().ToString());
  if (size_bytes != record.size_bytes) {
    return damaged("has " + std::to_string(size_bytes) + " bytes instead of " +
                   std::to_string(record.size_bytes));
  }
  if (const std::string found = sha256.finish_hex(); found != digest.hex()) {
    return damaged("hashes to " + found);
  }
  return {};
}

Status Store::scan_evidence(
    const std::function<Status(const Hash&, const EvidenceRecord&)>& visit) const {
  const auto rows = impl_->iterate(Family::evidence, true);
  for (rows->Seek("d"); rows->Valid() && rows->key().starts_with("d"); rows->Next()) {
    ASSAY_TRY(const Hash digest, Hash::from_bytes(rows->key().ToStringView().substr(1)));
    ASSAY_TRY(const auto record, from_binary<EvidenceRecord>(rows->value().ToStringView()));
    ASSAY_CHECK(visit(digest, record));
  }
  return checked(rows->status(), "list the evidence files");
}

Status Store::erase_evidence(const Hash& digest) {
  ASSAY_CHECK(impl_->check_writable());
  const std::lock_guard guard(impl_->evidence_mutex);
  ASSAY_TRY(const EvidenceRecord record, evidence(digest));
  const std::string first = chunk_key(record.file, 0);
  const std::string end = chunk_key(record.file + 1, 0);
  rocksdb::WriteBatch batch;
  batch.Delete(impl_->family(Family::evidence), evidence_key(digest));
  batch.DeleteRange(impl_->family(Family::chunks), first, end);
  ASSAY_CHECK(impl_->write(batch, Durability::synced, "erase evidence " + digest.hex()));
  // A deletion only hides the bytes: the write-ahead log goes when everything in it is flushed, the
  // old tables when they are written anew.
  ASSAY_CHECK(impl_->flush("write out an erasure"));
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  const rocksdb::Slice from(first);
  const rocksdb::Slice to(end);
  return checked(impl_->db->CompactRange(options, impl_->family(Family::chunks), &from, &to),
                 "remove the bytes of evidence " + digest.hex());
}

}  // namespace assay::store
