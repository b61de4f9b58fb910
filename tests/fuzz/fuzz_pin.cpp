// A pin that parses is written again as the same bytes.

#include <cstdint>

#include "ledger/verify/pin.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto pin = assay::verify::parse_pin(bytes)) {
    ASSAY_ASSERT(assay::verify::format_pin(*pin) == bytes);
  }
  return 0;
}
