// A proof file that parses is written back as the same bytes, and proves nothing without a key.

#include <cstdint>
#include <string_view>

#include "ledger/format/proof_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto file = assay::parse_proof_file(bytes)) {
    const auto written = assay::format_proof_file(*file);
    ASSAY_ASSERT(written && *written == bytes);
    ASSAY_ASSERT(!assay::check_proof_file(*file, assay::Hash{}, {"example.com/log", {}, {}}));
  }
  return 0;
}
