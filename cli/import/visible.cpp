#include "cli/import/visible.hpp"

#include <cstdint>

#include <fmt/format.h>

#include "ledger/base/utf8.hpp"

namespace assay::import {
namespace {

/// The code point of one well-formed sequence.
std::uint32_t code_point(std::string_view sequence) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(sequence[i]); };
  switch (sequence.size()) {
    case 1: return at(0);
    case 2: return (at(0) & 0x1FU) << 6 | (at(1) & 0x3FU);
    case 3: return (at(0) & 0x0FU) << 12 | (at(1) & 0x3FU) << 6 | (at(2) & 0x3FU);
    default:
      return (at(0) & 0x07U) << 18 | (at(1) & 0x3FU) << 12 | (at(2) & 0x3FU) << 6 | (at(3) & 0x3FU);
  }
}

/// Characters that a terminal or a reader's eye does not show as themselves: C1 controls, soft
/// hyphen, zero width, direction marks, invisible operators, interlinear marks, tags, and
/// characters that are none.
bool is_deceptive(std::uint32_t c) noexcept {
  return (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x061C || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c & 0xFFFEU) == 0xFFFE || (c >= 0xE0000 && c <= 0xE007F);
}

std::string shown(std::string_view sequence) {
  const std::uint32_t c = code_point(sequence);
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  if (c == '\t') return "\\t";
  if (c < 0x20 || c == 0x7F) return fmt::format("\\x{:02x}", c);
  if (is_deceptive(c)) return fmt::format("\\u{{{:x}}}", c);
  return std::string(sequence);
}

}  // namespace

std::string visible(std::string_view text, std::size_t max_bytes) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::string piece =
        length == 0 ? fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()))
                    : shown(text.substr(0, length));
    if (out.size() + piece.size() > max_bytes) return out + "…";
    out += piece;
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string quoted(std::string_view text, std::size_t max_bytes) {
  return '"' + visible(text, max_bytes) + '"';
}

std::string place(const Position& at) {
  return fmt::format("line {}, column {} (byte {})", at.line, at.column, at.offset_bytes);
}

}  // namespace assay::import
