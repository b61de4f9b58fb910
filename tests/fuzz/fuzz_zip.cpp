// Whatever a zip holds, reading and verifying it ends, within its limits, and what is read hashes
// to what the listing says.

#include <cstdint>

#include "cli/bundle/spooled_bag.hpp"
#include "keys/verifier.hpp"
#include "ledger/verify/partial.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  using namespace assay;
  constexpr cli::ZipLimits kLimits{.files = 100, .size_max_bytes = 1U << 20U, .ratio = 200};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  const auto bag = cli::SpooledBag::of_bytes(bytes, kLimits);
  if (!bag) {
    ASSAY_ASSERT(bag.error().code == Errc::incomplete);
    return 0;
  }
  std::uint64_t total = 0;
  for (const verify::BagFile& file : bag->files()) {
    const auto read = bag->read(file.name, file.size_bytes);
    ASSAY_ASSERT(read.has_value() && sha256(*read) == file.sha256);
    total += file.size_bytes;
  }
  ASSAY_ASSERT(total <= kLimits.size_max_bytes);
  ASSAY_ASSERT(verify::verify_partial(*bag, bag->files(), keys::make_verifier).has_value());
  return 0;
}
