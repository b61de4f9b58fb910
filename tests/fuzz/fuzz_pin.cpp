// A pin that parses is written again as the same bytes, and one from paper as the same head.

#include <cstdint>

#include "ledger/verify/paper_pin.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto pin = assay::verify::parse_pin(bytes)) {
    ASSAY_ASSERT(assay::verify::format_pin(*pin) == bytes);
  }
  if (const auto paper = assay::verify::parse_paper_pin(bytes)) {
    const auto text = assay::verify::format_paper_pin(*paper);
    // A line of another shape may be longer than one may be.
    if (text) ASSAY_ASSERT(assay::verify::parse_paper_pin(*text)->head == paper->head);
  }
  return 0;
}
