// A request to a witness that parses is written back as the same bytes, and a witness that knows no
// log cosigns nothing. The same bytes as an answer: a size, or nothing.

#include <cstdint>
#include <string_view>

#include "ledger/format/witness_judgement.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto request = assay::parse_witness_request(bytes)) {
    const auto written = assay::format_witness_request(*request);
    ASSAY_ASSERT(written && *written == bytes);
  }
  const auto examined = assay::examine_witness_request(bytes, {});
  ASSAY_ASSERT(!examined && (examined.error().status == 400 || examined.error().status == 404));
  if (const auto size = assay::parse_tree_size(bytes)) {
    ASSAY_ASSERT(assay::format_tree_size(*size) == bytes);
  }
  return 0;
}
