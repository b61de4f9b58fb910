#pragma once

/// The opening of a commitment: what makes a confidential member readable (docs/format.md section
/// 2). It never enters the log; whoever holds the file decides who may read it. Pure.

#include <string>
#include <string_view>

#include "ledger/format/commitment.hpp"

namespace assay::cli {

inline constexpr std::size_t kOpeningSizeBytes = 1'048'576;

struct Opening {
  Commitment commitment;
  Hash salt;
  std::string value;  ///< canonical JSON
};

/// Commits to `value`. `salt` is fresh random bytes. Errors: as make_commitment.
[[nodiscard]] Result<Opening> make_opening(std::string_view salt, std::string value);

[[nodiscard]] std::string format_opening(const Opening& opening);

/// Errors: malformed (the member), limit, tampered_hash (salt and value do not open it).
[[nodiscard]] Result<Opening> parse_opening(std::string_view text);

}  // namespace assay::cli
