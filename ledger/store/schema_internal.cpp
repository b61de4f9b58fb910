#include "ledger/store/schema_internal.hpp"

#include <algorithm>

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include "ledger/base/encoding.hpp"

namespace assay::store {
namespace {

/// How a family differs from the rest.
struct Shape {
  const char* name;
  std::size_t block_bytes;
  bool compress;  // LZ4 costs less than the bytes it saves; hashes and random ids do not shrink
  bool bloom;     // asked for keys that are mostly not there
  bool large;     // holds most of the bytes
};

constexpr std::array<Shape, kFamilyCount> kShapes{{
    {"default", 4U << 10U, false, false, false},
    {"entries", 32U << 10U, false, false, true},  // its rows are packed already
    {"nodes", 4U << 10U, false, false, false},
    {"authors", 4U << 10U, false, false, false},
    {"submissions", 4U << 10U, false, true, false},
    {"subjects", 32U << 10U, true, false, false},
    {"checkpoints", 4U << 10U, true, false, false},
    {"evidence", 4U << 10U, false, true, false},
    {"chunks", 32U << 10U, true, false, true},
    {"snapshots", 32U << 10U, true, false, false},
    {"voided", 4U << 10U, false, false, false},
}};

constexpr std::size_t kSmallBufferBytes = 8U << 20U;

}  // namespace

rocksdb::DBOptions database_options(const Tuning& tuning) {
  rocksdb::DBOptions options;
  // RocksDB's default stops quietly at a damaged record in the middle of the write-ahead log and
  // drops every acknowledged entry behind it. This mode takes an unfinished record at the end,
  // which is what a kill leaves, and refuses everything else.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  // A command that records one event would otherwise leave one small table a family behind.
  options.avoid_flush_during_recovery = true;
  // What bypasses the write-ahead log is flushed before it counts; the rest is in the log.
  options.avoid_flush_during_shutdown = true;
  // A write that failed has an unknown outcome: nothing may be repaired behind the writer's back.
  options.max_bgerror_resume_count = 0;
  options.max_total_wal_size = tuning.wal_limit_bytes;
  // Every table stays open, so that a reader keeps what a writer beside it deletes.
  options.max_open_files = -1;
  options.max_file_opening_threads = 1;
  options.max_background_jobs = 2;
  options.skip_stats_update_on_db_open = true;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.keep_log_file_num = 2;
  options.bytes_per_sync = 1U << 20U;
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> families(const Tuning& tuning) {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(tuning.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> all;
  for (const Shape& shape : kShapes) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.block_size = shape.block_bytes;
    table.format_version = 5;
    if (shape.bloom) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    rocksdb::ColumnFamilyOptions options;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    options.compression = shape.compress ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
    options.write_buffer_size =
        shape.large ? tuning.write_buffer_bytes
                    : std::min<std::size_t>(tuning.write_buffer_bytes, kSmallBufferBytes);
    all.emplace_back(shape.name, options);
  }
  return all;
}

IndexKey index_key(std::uint64_t index) noexcept {
  IndexKey key;
  for (std::size_t i = key.size(); i-- > 0; index >>= 8U) key[i] = static_cast<char>(index & 0xFFU);
  return key;
}

Result<std::uint64_t> read_index_key(std::string_view bytes) {
  if (bytes.size() != std::tuple_size_v<IndexKey>) {
    return fail(Errc::malformed, "an index key of " + std::to_string(bytes.size()) + " bytes");
  }
  std::uint64_t index = 0;
  for (const char byte : bytes) index = (index << 8U) | static_cast<unsigned char>(byte);
  return index;
}

Result<std::string> submission_key(const Hash& author, std::string_view uuid) {
  std::string digits;
  for (const char c : uuid) {
    if (c != '-') digits.push_back(c);
  }
  ASSAY_TRY(const std::string id, from_hex(digits));
  if (id.size() != 16) return fail(Errc::malformed, "a submission id is a UUID");
  return std::string(author.view()) + id;
}

}  // namespace assay::store
