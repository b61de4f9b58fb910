// A publication.json that parses is written again as the same bytes.

#include <cstdint>

#include "ledger/verify/publication.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto publication = assay::verify::parse_publication(bytes)) {
    ASSAY_ASSERT(assay::verify::format_publication(*publication) == bytes);
  }
  return 0;
}
