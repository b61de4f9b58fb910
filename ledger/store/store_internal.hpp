#pragma once

/// What the files of this folder share of an open store, and the tests' only door to it: a store on
/// any rocksdb::Env. Not installed.

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include "ledger/format/checkpoint.hpp"
#include "ledger/merkle/compact_range.hpp"
#include "ledger/store/directory_lock.hpp"
#include "ledger/store/schema_internal.hpp"
#include "ledger/store/store.hpp"

namespace assay::store {

/// Where a store lies and how it is tuned.
struct Backing {
  rocksdb::Env* env = nullptr;  ///< borrowed; null is the host's file system, with DIR/lock
  Tuning tuning;
  /// An append is refused while less is free: RocksDB needs room to write out what it holds.
  std::uint64_t reserve_bytes = 64U << 20U;
};

[[nodiscard]] Status create_with(const Backing& backing, const std::string& directory,
                                 std::string_view origin);
[[nodiscard]] Result<Store> open_writable_with(const Backing& backing, const std::string& directory,
                                               const OpenOptions& options);
[[nodiscard]] Result<Store> open_reader_with(const Backing& backing, const std::string& directory,
                                             EndOfLog end = EndOfLog::holds_together);

/// How a write reaches the disk.
enum class Durability : std::uint8_t {
  synced,    ///< is there when the call returns
  logged,    ///< with the next synced write at the latest
  unlogged,  ///< past the write-ahead log: there after a flush
};

/// What the end of the log says; everything a writer goes on from.
struct LogEnd {
  merkle::CompactRange tree;
  Hash last_leaf;         ///< origin_hash when the log is empty
  Timestamp recorded_at;  ///< of the last entry
  std::string log;        ///< what submissions must name: log id in hex, or the origin
};

struct Store::Impl {
  // The order matters: families go before the database, and the lock after it.
  DirectoryLock lock;
  std::string directory;
  std::string origin;
  Backing backing;
  bool writable = false;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<std::unique_ptr<rocksdb::ColumnFamilyHandle>> handles;
  mutable std::mutex mutex;      // guards head
  merkle::TreeHead head;         // of what is durable
  std::mutex write_mutex;        // held while RocksDB writes; take it before stop_mutex
  std::mutex stop_mutex;         // held for a moment: asking does not wait for a disk
  std::optional<Error> stopped;  // the write that failed: nothing is written after it
  std::mutex evidence_mutex;     // one evidence file is written or erased at a time

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl();

  [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Family family) const noexcept {
    return handles[static_cast<std::size_t>(family)].get();
  }
  [[nodiscard]] rocksdb::Env& env() const noexcept {
    return backing.env != nullptr ? *backing.env : *rocksdb::Env::Default();
  }
  /// Errors: not_found, io, tampered_hash.
  [[nodiscard]] Status get(Family family, std::string_view key, rocksdb::PinnableSlice& value,
                           std::string_view doing) const;
  /// The bytes of an entry, unpacked into `out`. Errors: as get; tampered_hash.
  [[nodiscard]] Status get_entry(std::uint64_t index, std::string& out,
                                 std::string_view doing) const;
  /// The one door to RocksDB's writes. After a failure it stays shut: what RocksDB does with a
  /// log file that it could not write is undefined (where it was built with assertions, it aborts).
  /// Errors: outcome_unknown (tried and failed), io (shut; nothing was tried).
  [[nodiscard]] Status write(rocksdb::WriteBatch& batch, Durability durability,
                             std::string_view doing);
  [[nodiscard]] Status put(Family family, std::string_view key, std::string_view value,
                           Durability durability, std::string_view doing);
  /// Writes out what is in memory of these families, or of all. Errors: as write.
  [[nodiscard]] Status flush(std::string_view doing);
  [[nodiscard]] Status flush(Family family, std::string_view doing);
  /// Errors: io (a write has failed before).
  [[nodiscard]] Status check_going();
  [[nodiscard]] std::unique_ptr<rocksdb::Iterator> iterate(Family family,
                                                           bool sequential = false) const;
  [[nodiscard]] Status check_writable() const;
  /// Errors: no_space. A file system that cannot tell counts as empty.
  [[nodiscard]] Status check_space() const;
  [[nodiscard]] std::vector<rocksdb::ColumnFamilyHandle*> all_families() const;
  void set_head(const merkle::TreeHead& now);
  [[nodiscard]] merkle::TreeHead current_head() const;

 private:
  [[nodiscard]] Status try_writing(const std::function<rocksdb::Status()>& attempt,
                                   std::string_view doing);
};

/// Errors: not_found (no such node), tampered_hash (a row of a wrong length), io.
[[nodiscard]] Result<Hash> read_node(const Store::Impl& store, unsigned level, std::uint64_t index);
/// Takes node `level` out of the row of the entry that completed it. Errors: tampered_hash.
[[nodiscard]] Result<Hash> node_in_row(std::string_view row, unsigned level, std::uint64_t entry);

/// Reads the end of the log and holds it against itself: the last entry's bytes, index, leaf hash
/// and link, and the nodes that make up the root. The ordinary start and the recovery after a kill
/// are this one function. Errors: tampered_hash, tampered_order, malformed, io.
[[nodiscard]] Result<LogEnd> read_end(const Store::Impl& store);
/// The size that the entries have, with a root of zeros where the tree cannot be read. Errors: io.
[[nodiscard]] Result<merkle::TreeHead> read_head_as_it_is(const Store::Impl& store);

/// Errors: forked, those of the store's nodes.
[[nodiscard]] Status check_released(const Store::Impl& store, const merkle::TreeHead& released);

}  // namespace assay::store
