#pragma once

/// The file DIR/ledger.json: what makes a directory a ledger.
///
/// It is read before RocksDB is asked for anything: a newer format may have families or options
/// that this build's RocksDB refuses with words that help nobody, and a person who finds the
/// directory in twenty years can read it. It is written last, so a directory without it was never
/// finished. Thread word: plain values and pure functions.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay::store {

inline constexpr std::string_view kLedgerFileName = "ledger.json";

struct LedgerFile {
  std::uint64_t format = 0;  ///< of the store; kFormatVersion
  std::string origin;        ///< the log's origin line: 1 to 255 bytes
  bool operator==(const LedgerFile&) const = default;
};

/// `{"format":1,"kind":"assay_ledger","origin":"example.com/log"}` and a newline.
[[nodiscard]] std::string format_ledger_file(const LedgerFile& file);

/// Errors: unsupported (a newer format; only `format` is looked at then), malformed.
[[nodiscard]] Result<LedgerFile> parse_ledger_file(std::string_view text);

}  // namespace assay::store
