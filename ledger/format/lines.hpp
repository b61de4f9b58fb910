#pragma once

/// The pieces that the C2SP texts are made of: lines that end in a newline, and hashes in base64.
/// Thread word: pure functions.

#include <string_view>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"

namespace assay {

/// Takes the next line off the front of `rest`, without its newline.
/// Errors: malformed (no newline is left).
[[nodiscard]] Result<std::string_view> take_line(std::string_view& rest);

/// A hash as 44 base64 characters. Errors: malformed.
[[nodiscard]] Result<Hash> hash_from_base64(std::string_view text);

/// Refuses what no C2SP text may contain: bytes that are not UTF-8, and control characters below
/// U+0020 other than newline. Errors: malformed.
[[nodiscard]] Status check_text(std::string_view text);

}  // namespace assay
