#include "cli/import/visible.hpp"

#include <cstdint>

#include <fmt/format.h>

#include "ledger/base/deceptive.hpp"
#include "ledger/base/utf8.hpp"

namespace assay::import {
namespace {

std::string shown(std::string_view sequence) {
  const char32_t c = code_point(sequence);
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  if (c == '\t') return "\\t";
  if (c < 0x20 || c == 0x7F) return fmt::format("\\x{:02x}", static_cast<std::uint32_t>(c));
  if (is_deceptive(c)) return fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(c));
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
  // A double quote between double quotes is hard to see.
  const bool has_double = text.find('"') != std::string_view::npos;
  const char mark = has_double && text.find('\'') == std::string_view::npos ? '\'' : '"';
  return mark + visible(text, max_bytes) + mark;
}

std::string place(const Position& at) {
  return fmt::format("line {}, column {} (byte {})", at.line, at.column, at.offset_bytes);
}

}  // namespace assay::import
