#pragma once

/// Damage on purpose, for demonstrations and drills: what somebody with write access to the files
/// could do. Never part of an ordinary path.

#include <cstdint>
#include <string>

#include "ledger/base/error.hpp"

namespace assay::store {

/// Changes one byte inside the stored bytes of entry `index` of the ledger in `directory`, and
/// nothing else: indexes, hashes and checksums of files are left to agree with the lie where
/// RocksDB keeps them. Errors: those of open_writable and entry.
[[nodiscard]] Status damage_entry(const std::string& directory, std::uint64_t index);

}  // namespace assay::store
