#pragma once

/// The one place where RocksDB's words become the project's errors.

#include <string_view>

#include <rocksdb/status.h>

#include "ledger/base/error.hpp"

namespace assay::store {

/// Names what was being done. A status that says "corruption" is damage to the evidence; everything
/// else is trouble of the run. Never call it with a status that is ok.
[[nodiscard]] Error error_of(const rocksdb::Status& status, std::string_view doing);

/// `ASSAY_CHECK(checked(db->Flush(…), "flush the log"));`
[[nodiscard]] inline Status checked(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return {};
  return std::unexpected(error_of(status, doing));
}

}  // namespace assay::store
