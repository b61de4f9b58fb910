#pragma once

/// What lies where in RocksDB: column families, keys, and the options of each. The reasons and the
/// measurements are in docs/adr/0010-column-families.md. No row but an entry is ever hashed or
/// sent, so only kFormatVersion has to change with them.
///
/// Integers in keys are 8 bytes, big-endian, so that byte order is numeric order.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"

namespace assay::store {

/// The version of everything below; a build opens this version and no other.
inline constexpr std::uint64_t kFormatVersion = 1;

/// What a key and its value are:
enum class Family : std::uint8_t {
  meta,         ///< "origin" → the origin line; "timestamp/", size, digest → RFC 3161 response
  entries,      ///< index → the entry's bytes, as hashed
  nodes,        ///< index → the nodes that the entry completed: its leaf hash, then upwards
  authors,      ///< key id → verify::StreamHead (binary archive)
  submissions,  ///< key id, UUID (16 bytes) → index: idempotency, for ever
  subjects,     ///< bundle number → sorted marks of the 256 entries (subject_marks.hpp)
  checkpoints,  ///< size → signed note
  evidence,     ///< 'd', digest → EvidenceRecord; 'p', file number → nothing: being written
  chunks,       ///< file number, chunk number → bytes of an evidence file
  snapshots,    ///< projection name → SnapshotRecord
  voided,       ///< digest of a refused submission → index of the entry that voids it
};
inline constexpr std::size_t kFamilyCount = 11;

struct Tuning {
  std::size_t write_buffer_bytes = 32U << 20U;  ///< of the large families; also bounds recovery
  std::size_t wal_limit_bytes = 64U << 20U;     ///< flush everything beyond this
  std::size_t block_cache_bytes = 32U << 20U;
};

[[nodiscard]] rocksdb::DBOptions database_options(const Tuning& tuning);
/// In the order of Family; the first is RocksDB's "default".
[[nodiscard]] std::vector<rocksdb::ColumnFamilyDescriptor> families(const Tuning& tuning);

using IndexKey = std::array<char, 8>;
[[nodiscard]] IndexKey index_key(std::uint64_t index) noexcept;
/// Errors: malformed (not 8 bytes).
[[nodiscard]] Result<std::uint64_t> read_index_key(std::string_view bytes);
[[nodiscard]] inline std::string_view view(const IndexKey& key) noexcept {
  return {key.data(), key.size()};
}
/// `uuid` in its text form. Errors: malformed.
[[nodiscard]] Result<std::string> submission_key(const Hash& author, std::string_view uuid);

}  // namespace assay::store
