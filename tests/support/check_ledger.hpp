#pragma once

/// Re-derives a closed ledger from its rows: the log from the entries' bytes, then every index from
/// the log. It reads RocksDB by family names of its own and shares with the writer only how entries
/// are decoded and how bytes are hashed.

#include <string>
#include <vector>

#include <rocksdb/env.h>

#include "ledger/base/hash.hpp"
#include "ledger/base/signer.hpp"

namespace assay::testing {

struct CheckedEntry {
  Hash leaf;
  Hash author;
  std::string id;  ///< of the submission
};

struct CheckedLedger {
  std::vector<std::string> problems;  ///< empty where all is well
  std::vector<CheckedEntry> entries;
  std::uint64_t last_checkpoint = 0;  ///< size

  [[nodiscard]] Hash root() const;  ///< by the definition of RFC 6962
};

/// `env` may be null for the host's. `log_key` is who signs checkpoints.
[[nodiscard]] CheckedLedger check_ledger(rocksdb::Env* env, const std::string& directory,
                                         const Signer& log_key);

}  // namespace assay::testing
