#include "cli/terminal/shown.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/base/deceptive.hpp"
#include "ledger/base/utf8.hpp"

namespace assay::cli {
namespace {

/// The JSON escape; two of them beyond the first plane (RFC 8259 section 7).
std::string json_escape(char32_t c) {
  const auto unit = [](std::uint32_t value) { return fmt::format("\\u{:04x}", value); };
  if (c < 0x10000) return unit(c);
  return unit(0xD800 + ((c - 0x10000) >> 10U)) + unit(0xDC00 + (c & 0x3FFU));
}

}  // namespace

std::string shown(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    const char32_t c = code_point(text.substr(0, length));
    if (!is_deceptive(c)) {
      out.append(text.substr(0, length));
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < 0x100) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    } else {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string shown_json(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  while (!json.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(json), 1);
    const char32_t c = code_point(json.substr(0, length));
    if (is_deceptive(c)) {
      out += json_escape(c);
    } else {
      out.append(json.substr(0, length));
    }
    json.remove_prefix(length);
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++width;
  }
  return width;
}

std::string shown(std::string_view text, std::size_t width) {
  std::string safe = shown(text);
  if (display_width(safe) <= width || width == 0) return safe;
  std::size_t at = 0;
  for (std::size_t count = 0; count + 1 < width; ++count) {
    ++at;
    while (at < safe.size() && (static_cast<unsigned char>(safe[at]) & 0xC0U) == 0x80U) ++at;
  }
  return safe.substr(0, at) + "…";
}

}  // namespace assay::cli
