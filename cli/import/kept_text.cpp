#include "cli/import/kept_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace assay::import {

void KeptText::append(std::string_view text, std::size_t limit_bytes) {
  const bool whole = !cut();
  size_bytes += text.size();
  if (!whole) return;
  std::size_t room = limit_bytes - std::min(limit_bytes, value.size());
  if (text.size() > room) {
    while (room > 0 && (static_cast<unsigned char>(text[room]) & 0xC0U) == 0x80) --room;
    text = text.substr(0, room);
  }
  value += text;
}

std::string KeptText::marked() const {
  if (!cut()) return value;
  return fmt::format("{}\n[cut: {} of {} bytes kept]", value, value.size(), size_bytes);
}

}  // namespace assay::import
