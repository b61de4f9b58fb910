#pragma once

/// Files on their way into the store, streamed. Thread word: thread-safe.

#include "cli/app.hpp"
#include "ledger/store/store.hpp"

namespace assay::cli {

/// Keeps the file's bytes under their digest; a damaged copy that was kept before is replaced.
/// Errors: not_found, io, those of put_evidence.
[[nodiscard]] Result<store::StoredEvidence> put_file(const Run& run, store::Store& store,
                                                     const std::string& path,
                                                     const std::optional<Hash>& expected);

/// The same for bytes in memory.
[[nodiscard]] Result<store::StoredEvidence> put_bytes(store::Store& store, std::string_view bytes);

struct FileDigests {
  Hash sha256;
  std::string sha512;  ///< 128 hexadecimal digits
  std::uint64_t size_bytes = 0;
};

/// Digests of a file, streamed. Errors: not_found, io.
[[nodiscard]] Result<FileDigests> file_digests(const std::string& path);
[[nodiscard]] Result<Hash> file_digest(const std::string& path);

/// A whole digest as it is, or the one kept file whose digest begins so. Errors: not_found.
[[nodiscard]] Result<Hash> find_digest(const store::Store& store, const std::string& text);

}  // namespace assay::cli
