#pragma once

/// Rows of evidence files, for the files of this folder.

#include <cstdint>
#include <string>

#include "ledger/store/store_internal.hpp"

namespace assay::store {

/// 'd', digest.
[[nodiscard]] std::string evidence_key(const Hash& digest);
/// 'p', file number: the file is being written, or its writing was cut short.
[[nodiscard]] std::string pending_key(std::uint64_t file);
/// File number, chunk number.
[[nodiscard]] std::string chunk_key(std::uint64_t file, std::uint64_t chunk);

/// Removes what an interrupted put_evidence left. Part of the ordinary start.
[[nodiscard]] Status sweep_evidence(Store::Impl& store);

}  // namespace assay::store
