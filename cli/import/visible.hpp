#pragma once

/// Makes text from a report safe to show on a terminal. Pure.
///
/// A name or message may hold escape sequences, line ends, characters that change the direction of
/// writing and bytes that are not UTF-8. Data keeps them; every sentence shows them as "\x1b",
/// "\n", "\u{202e}".

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/import/position.hpp"

namespace assay::import {

/// At most `max_bytes` of `text` (more is replaced by "…"), with every control, format and
/// malformed character written out. A backslash stays as it is.
[[nodiscard]] std::string visible(std::string_view text, std::size_t max_bytes = 160);

/// `visible` between double quotes.
[[nodiscard]] std::string quoted(std::string_view text, std::size_t max_bytes = 160);

/// "line 12, column 13 (byte 345)".
[[nodiscard]] std::string place(const Position& at);

}  // namespace assay::import
