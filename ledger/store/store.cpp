#include "ledger/store/store.hpp"

#include <array>

#include "ledger/format/binary_archive.hpp"
#include "ledger/store/entry_row_internal.hpp"
#include "ledger/store/status_internal.hpp"
#include "ledger/store/store_internal.hpp"

namespace assay::store {
namespace {

/// Beyond this, what a close leaves to be replayed would be felt by every command that follows.
constexpr std::uint64_t kReplayBytesMax = 4U << 20U;

std::uint64_t replay_bytes(rocksdb::DB& db) {
  rocksdb::VectorLogPtr files;
  if (!db.GetSortedWalFiles(files).ok()) return 0;
  std::uint64_t total_bytes = 0;
  for (const auto& file : files) total_bytes += file->SizeFileBytes();
  return total_bytes;
}

}  // namespace

Store::Impl::~Impl() {
  if (db == nullptr) return;
  if (writable && handles.size() == kFamilyCount && replay_bytes(*db) > kReplayBytesMax) {
    // Everything is in the write-ahead log already: a failure here only slows the next start.
    static_cast<void>(flush("write out the log"));
  }
  handles.clear();
  db->Close().PermitUncheckedError();
}

Status Store::Impl::get(Family which, std::string_view key, rocksdb::PinnableSlice& value,
                        std::string_view doing) const {
  value.Reset();
  return checked(db->Get(rocksdb::ReadOptions(), family(which), key, &value), doing);
}

Status Store::Impl::get_entry(std::uint64_t index, std::string& out, std::string_view doing) const {
  rocksdb::PinnableSlice row;
  ASSAY_CHECK(get(Family::entries, view(index_key(index)), row, doing));
  return unpack_entry(row.ToStringView(), out);
}

Status Store::Impl::check_going() {
  const std::lock_guard guard(stop_mutex);
  if (!stopped) return {};
  return fail(Errc::io, "nothing was tried: an earlier write failed: " + stopped->message,
              "open the ledger again");
}

Status Store::Impl::try_writing(const std::function<rocksdb::Status()>& attempt,
                                std::string_view doing) {
  const std::lock_guard one_at_a_time(write_mutex);
  ASSAY_CHECK(check_going());
  const rocksdb::Status status = attempt();
  if (status.ok()) return {};
  Error error = error_of(status, doing);
  error.hint = error.code == Errc::no_space
                   ? "free some space, open the ledger again and hand it in again: that tells "
                     "what was stored"
                   : "open the ledger again and hand it in again: that tells what was stored";
  error.code = Errc::outcome_unknown;
  const std::lock_guard guard(stop_mutex);
  stopped = error;
  return std::unexpected(std::move(error));
}

Status Store::Impl::write(rocksdb::WriteBatch& batch, Durability durability,
                          std::string_view doing) {
  rocksdb::WriteOptions options;
  options.sync = durability == Durability::synced;
  options.disableWAL = durability == Durability::unlogged;
  return try_writing([&] { return db->Write(options, &batch); }, doing);
}

Status Store::Impl::put(Family which, std::string_view key, std::string_view value,
                        Durability durability, std::string_view doing) {
  rocksdb::WriteBatch batch;
  batch.Put(family(which), key, value);
  return write(batch, durability, doing);
}

Status Store::Impl::flush(std::string_view doing) {
  return try_writing([&] { return db->Flush(rocksdb::FlushOptions(), all_families()); }, doing);
}

Status Store::Impl::flush(Family which, std::string_view doing) {
  return try_writing([&] { return db->Flush(rocksdb::FlushOptions(), family(which)); }, doing);
}

std::vector<rocksdb::ColumnFamilyHandle*> Store::Impl::all_families() const {
  std::vector<rocksdb::ColumnFamilyHandle*> all;
  for (const auto& handle : handles) all.push_back(handle.get());
  return all;
}

std::unique_ptr<rocksdb::Iterator> Store::Impl::iterate(Family which, bool sequential) const {
  constexpr std::size_t kReadaheadBytes = 1U << 20U;
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  if (sequential) options.readahead_size = kReadaheadBytes;
  return std::unique_ptr<rocksdb::Iterator>(db->NewIterator(options, family(which)));
}

Status Store::Impl::check_writable() const {
  if (writable) return {};
  return fail(Errc::invalid_argument, directory + " is open for reading only");
}

Status Store::Impl::check_space() const {
  std::uint64_t free_bytes = 0;
  if (!env().GetFreeSpace(directory, &free_bytes).ok() || free_bytes >= backing.reserve_bytes) {
    return {};
  }
  return fail(Errc::no_space,
              "the disk of " + directory + " has " + std::to_string(free_bytes >> 20U) +
                  " MiB left; an append needs " + std::to_string(backing.reserve_bytes >> 20U),
              "nothing was stored: free some space and try again");
}

void Store::Impl::set_head(const merkle::TreeHead& now) {
  const std::lock_guard guard(mutex);
  head = now;
}

merkle::TreeHead Store::Impl::current_head() const {
  const std::lock_guard guard(mutex);
  return head;
}

Store::Store(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

const std::string& Store::origin() const noexcept { return impl_->origin; }
bool Store::is_writable() const noexcept { return impl_->writable; }
merkle::TreeHead Store::head() const { return impl_->current_head(); }

Result<Hash> Store::log_id() const {
  if (size() == 0) return fail(Errc::not_found, "the log has no entry yet");
  return node(0, 0);
}

Result<StoredCheckpoint> Store::latest_checkpoint() const {
  const auto rows = impl_->iterate(Family::checkpoints);
  rows->SeekToLast();
  ASSAY_CHECK(checked(rows->status(), "look for the latest checkpoint"));
  if (!rows->Valid()) return fail(Errc::not_found, "no checkpoint was released yet");
  ASSAY_TRY(const std::uint64_t size, read_index_key(rows->key().ToStringView()));
  return StoredCheckpoint{size, rows->value().ToString()};
}

Result<StoredCheckpoint> Store::checkpoint(std::uint64_t size) const {
  rocksdb::PinnableSlice note;
  ASSAY_CHECK(impl_->get(Family::checkpoints, view(index_key(size)), note,
                         "read the checkpoint of size " + std::to_string(size)));
  return StoredCheckpoint{size, note.ToString()};
}

Status Store::scan_checkpoints(std::uint64_t from_size,
                               const std::function<Status(const StoredCheckpoint&)>& visit) const {
  const auto rows = impl_->iterate(Family::checkpoints, true);
  for (rows->Seek(view(index_key(from_size))); rows->Valid(); rows->Next()) {
    ASSAY_TRY(const std::uint64_t size, read_index_key(rows->key().ToStringView()));
    ASSAY_CHECK(visit({size, rows->value().ToString()}));
  }
  return checked(rows->status(), "read the checkpoints");
}

Status Store::save_checkpoint(const StoredCheckpoint& checkpoint) {
  ASSAY_CHECK(impl_->check_writable());
  return impl_->put(Family::checkpoints, view(index_key(checkpoint.size)), checkpoint.note,
                    Durability::logged, "save a checkpoint");
}

Result<verify::AuthorStreams> Store::author_streams() const {
  verify::AuthorStreams streams;
  const auto rows = impl_->iterate(Family::authors, true);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    ASSAY_TRY(const Hash author, Hash::from_bytes(rows->key().ToStringView()));
    ASSAY_TRY(const auto head, from_binary<verify::StreamHead>(rows->value().ToStringView()));
    streams.set(author, head);
  }
  ASSAY_CHECK(checked(rows->status(), "read the authors' streams"));
  return streams;
}

Result<std::optional<std::uint64_t>> Store::find_submission(const Hash& author,
                                                            std::string_view id) const {
  ASSAY_TRY(const std::string key, submission_key(author, id));
  rocksdb::PinnableSlice row;
  Status found = impl_->get(Family::submissions, key, row, "look for a submission");
  if (!found && found.error().code == Errc::not_found) return std::nullopt;
  ASSAY_CHECK(std::move(found));
  ASSAY_TRY(const std::uint64_t index, read_index_key(row.ToStringView()));
  return index;
}

}  // namespace assay::store
