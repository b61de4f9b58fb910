#pragma once

/// Every limit of the formats, with its unit in its name and its reason beside it.
/// docs/format.md lists the same numbers; tests compare the two.

#include <cstddef>
#include <cstdint>

namespace assay::limits {

/// What an author signs. Leaves 8,191 bytes of an entry for what the log adds.
inline constexpr std::size_t kSubmissionSizeBytes = 57'344;
/// A C2SP entry bundle has a 16-bit length before each entry.
inline constexpr std::size_t kEntrySizeBytes = 65'535;
/// Nested arrays and objects, counted from the entry's own object.
inline constexpr std::size_t kJsonDepth = 32;
/// Only genesis and key registration carry more than one signature.
inline constexpr std::size_t kSignaturesPerEntry = 32;
inline constexpr std::size_t kEventsPerSubmission = 1'024;
inline constexpr std::size_t kIdentifierSizeBytes = 128;
inline constexpr std::size_t kSubjectSizeBytes = 160;
/// The largest integer that every JSON reader holds exactly: 2^53 - 1 (RFC 8785 section 3.2.2.3).
inline constexpr std::int64_t kIntegerMax = 9'007'199'254'740'991;
/// A signed note: text, blank line and up to 100 signature lines.
inline constexpr std::size_t kNoteSizeBytes = 1'000'000;
/// Hashes in one proof (C2SP tlog-witness): a tree of 2^63 leaves needs no more.
inline constexpr std::size_t kProofHashes = 63;
/// Evidence is stored and read in pieces of this size, so that memory does not grow with the file.
inline constexpr std::size_t kEvidenceChunkSizeBytes = 262'144;

}  // namespace assay::limits
