#pragma once

/// Small readings of text that tools put into a report. Pure.

#include <string>
#include <string_view>

namespace assay::import {

/// Nothing but blanks and line ends.
[[nodiscard]] bool is_blank(std::string_view text) noexcept;

/// Equal but for the case of ASCII letters.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// `word` as a whole word of `text`, whatever the case of its letters.
[[nodiscard]] bool holds_word(std::string_view text, std::string_view word) noexcept;

/// The value after `key` at the start of a line; empty if there is none.
[[nodiscard]] std::string_view line_value(std::string_view text, std::string_view key) noexcept;

/// JUnit Platform's console launcher writes names that people read only into system-out, below the
/// test's unique-id. Empty for any other output.
[[nodiscard]] std::string platform_display_name(std::string_view system_out);

}  // namespace assay::import
