// The text of a checkpoint that parses is written back as the same bytes, and a checkpoint never
// opens without a key.

#include <cstdint>
#include <string_view>

#include "ledger/format/checkpoint.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto checkpoint = assay::parse_checkpoint(bytes)) {
    const auto written = assay::format_checkpoint(*checkpoint);
    ASSAY_ASSERT(written && *written == bytes);
  }
  ASSAY_ASSERT(!assay::open_checkpoint(bytes, {"example.com/log", {}, {}}));
  return 0;
}
