#pragma once

/// The subject index. A row a bundle of 256 entries holds one 8-byte mark an event, sorted, so that
/// everything about a subject is found by one binary search a bundle and confirmed in the entry.
///
/// A row an event, the obvious index, was measured first: with subjects in random order its sorted
/// inserts cost more than all the rest of an append (docs/adr/0010-column-families.md).
///
/// mark = 40 bits of the FNV-1a hash of the subject, 8 bits entry within the bundle, 16 bits
/// position within the submission. Two subjects may share a hash, so a mark is a hint, never an
/// answer. A row is a function of its 256 entries alone. Thread word: pure functions.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/format/entry.hpp"

namespace assay::store {

/// Entries in a bundle, as in a C2SP entry bundle.
inline constexpr std::uint64_t kBundleEntries = 256;

using SubjectMark = std::uint64_t;

/// 40 bits.
[[nodiscard]] std::uint64_t subject_hash(std::string_view subject) noexcept;

/// Appends the marks of an entry's events.
void append_marks(std::vector<SubjectMark>& marks, std::uint64_t index,
                  const SubmissionView& submission);

/// The row of a full bundle; sorts `marks`.
[[nodiscard]] std::string encode_marks(std::vector<SubjectMark>& marks);

/// Where an event might be that is about a subject.
struct MarkedEvent {
  std::uint64_t entry = 0;  ///< index in the log
  std::uint64_t position = 0;
};

/// The marks of `hash` in the row of bundle number `bundle`, oldest first. Errors: malformed.
[[nodiscard]] Result<std::vector<MarkedEvent>> find_marks(std::string_view row,
                                                          std::uint64_t bundle, std::uint64_t hash);

}  // namespace assay::store
