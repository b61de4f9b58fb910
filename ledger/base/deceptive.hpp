#pragma once

/// Which characters a terminal or a reader's eye does not show as themselves. Pure.

#include <string_view>

namespace assay {

/// The code point of one well-formed UTF-8 sequence (utf8.hpp tells its length).
[[nodiscard]] constexpr char32_t code_point(std::string_view sequence) noexcept {
  const auto byte = [&](std::size_t i) -> char32_t {
    return static_cast<unsigned char>(sequence[i]);
  };
  switch (sequence.size()) {
    case 1: return byte(0);
    case 2: return (byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU);
    case 3: return (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    default:
      return (byte(0) & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U |
             (byte(3) & 0x3FU);
  }
}

/// C0 and C1 controls, soft hyphen, zero width, direction marks, invisible operators, interlinear
/// marks, tags, and code points that are no characters.
[[nodiscard]] constexpr bool is_deceptive(char32_t c) noexcept {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x061C || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c & 0xFFFEU) == 0xFFFE || (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace assay
