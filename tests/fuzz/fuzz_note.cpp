// A note that parses is written back as the same bytes.

#include <cstdint>
#include <string_view>

#include "ledger/format/note.hpp"
#include "ledger/format/vkey.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto note = assay::parse_note(bytes)) {
    const auto written = assay::format_note(*note);
    ASSAY_ASSERT(written && *written == bytes);
  }
  if (const auto key = assay::parse_vkey(bytes)) {
    const auto written = assay::format_vkey(*key);
    ASSAY_ASSERT(written && *written == bytes);
  }
  return 0;
}
