// The canonical reader takes a text exactly when another JSON library finds it canonical.

#include <cstdint>

#include "ledger/format/canonical_reader.hpp"
#include "tests/support/json_oracle.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  ASSAY_ASSERT(assay::check_canonical(bytes).has_value() == assay::testing::oracle_accepts(bytes));
  return 0;
}
