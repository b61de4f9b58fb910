#pragma once

/// Text from the log or from a file, made safe to show. A test report may hold escape sequences
/// that rewrite a terminal, or direction marks that swap what a reader sees. Pure.

#include <string>
#include <string_view>

namespace assay::cli {

/// Deceptive characters (ledger/base/deceptive.hpp) become visible escapes (\x1b, \u202e); bytes
/// that are not UTF-8 become \xNN; everything else stays.
[[nodiscard]] std::string shown(std::string_view text);

/// `shown`, cut to at most `width` characters with an ellipsis.
[[nodiscard]] std::string shown(std::string_view text, std::size_t width);

/// JSON text with the same characters as \u escapes, which leaves its meaning as it is.
[[nodiscard]] std::string shown_json(std::string_view json);

/// Characters as a terminal counts them, one a code point.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace assay::cli
