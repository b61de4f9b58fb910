#pragma once

/// Entries: a submission with its place in the log (docs/format.md section 5).
/// Thread word: plain values and pure functions.

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/format/submission.hpp"

namespace assay {

struct EntrySignature {
  Hash key;               ///< key id
  std::string signature;  ///< raw bytes
  bool operator==(const EntrySignature&) const = default;
};

struct EntryView {
  std::string_view bytes;
  std::uint64_t index = 0;
  Hash previous;  ///< leaf hash of the entry before; SHA-256 of the origin line for entry 0
  Timestamp recorded_at;
  std::vector<EntrySignature> signatures;  ///< ascending by key id, 1 to 32
  SubmissionView submission;
};

/// Checks canonical form and shape in one pass; `out`'s vectors keep their capacity.
/// Errors: malformed (with the byte offset), limit (over 65,535 bytes).
[[nodiscard]] Status parse_entry(std::string_view bytes, EntryView& out);

/// The bytes that are stored and hashed. `signatures` in any order; `submission` as it was signed.
/// Errors: limit.
[[nodiscard]] Result<std::string> format_entry(std::uint64_t index, const Hash& previous,
                                               const Timestamp& recorded_at,
                                               std::vector<EntrySignature> signatures,
                                               std::string_view submission);

/// `previous` of entry 0: the SHA-256 of the origin line, without a newline.
[[nodiscard]] Hash origin_hash(std::string_view origin);

}  // namespace assay
