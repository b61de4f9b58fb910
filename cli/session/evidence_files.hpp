#pragma once

/// Files on their way into the store, streamed. Thread word: thread-safe.

#include "cli/app.hpp"
#include "ledger/store/store.hpp"

namespace assay::cli {

/// Keeps the file's bytes under their digest. Errors: not_found, io, those of put_evidence.
[[nodiscard]] Result<store::StoredEvidence> put_file(const Run& run, store::Store& store,
                                                     const std::string& path,
                                                     const std::optional<Hash>& expected);

/// The same for bytes in memory.
[[nodiscard]] Result<store::StoredEvidence> put_bytes(store::Store& store, std::string_view bytes);

/// SHA-256 of a file, streamed. Errors: not_found, io.
[[nodiscard]] Result<Hash> file_digest(const std::string& path);

}  // namespace assay::cli
