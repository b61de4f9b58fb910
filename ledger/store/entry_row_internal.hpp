#pragma once

/// An entry as its row holds it: compressed before it reaches RocksDB, because every byte is
/// written twice, to the write-ahead log and to a table, and entries shrink to a quarter
/// (docs/performance.md).
///
///   row = form (1 byte, 0x01) || size in bytes (2, big-endian) || LZ4 block
///
/// Not hashed and not sent: what is hashed is what comes out. Thread word: pure functions.

#include <string>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay::store {

/// `bytes` is at most limits::kEntrySizeBytes long.
[[nodiscard]] std::string pack_entry(std::string_view bytes);

/// Writes the entry into `out`, whose memory is used again. Errors: tampered_hash (the row is none
/// that pack_entry made).
[[nodiscard]] Status unpack_entry(std::string_view row, std::string& out);

}  // namespace assay::store
