#pragma once

/// One well-formed UTF-8 sequence at a time (RFC 3629, Unicode table 3-7). Pure, inline because the
/// canonical reader calls it for every non-ASCII character.

#include <cstddef>
#include <string_view>

namespace assay {

/// Length in bytes (1 to 4) of the well-formed sequence that `bytes` begins with; 0 if there is
/// none.
[[nodiscard]] constexpr std::size_t utf8_length(std::string_view bytes) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return i < bytes.size() && at(i) >= low && at(i) <= high;
  };
  if (bytes.empty()) return 0;
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return follows(1) ? 2 : 0;
  if (lead < 0xF0) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;  // no surrogates
    return follows(1, low, high) && follows(2) ? 3 : 0;
  }
  const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;  // at most U+10FFFF
  return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
}

}  // namespace assay
