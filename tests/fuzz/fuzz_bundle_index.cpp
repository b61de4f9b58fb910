// A bundle.json that parses is written again as the same bytes, and a manifest
// that parses is read the same once it was written.

#include <cstdint>

#include "ledger/verify/bag.hpp"
#include "ledger/verify/bundle_index.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  using namespace assay::verify;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto index = parse_bundle_index(bytes)) {
    ASSAY_ASSERT(format_bundle_index(*index) == bytes);
  }
  if (const auto lines = parse_manifest(bytes)) {
    const auto again = parse_manifest(format_manifest(*lines));
    ASSAY_ASSERT(again.has_value() && *again == *lines);
  }
  return 0;
}
