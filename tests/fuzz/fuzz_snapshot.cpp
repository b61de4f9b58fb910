// A snapshot of the verifier's state that decodes is encoded again as the same bytes, and has a
// digest: whatever lies in it can be written in canonical form.

#include <cstdint>

#include "ledger/format/binary_archive.hpp"
#include "ledger/verify/state.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  using namespace assay;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto state = from_binary<verify::VerifierState>(bytes)) {
    ASSAY_ASSERT(to_binary(*state) == bytes);
    const Hash digest = verify::state_digest(*state);
    ASSAY_ASSERT(verify::decode_state(bytes, digest).has_value() ==
                 verify::range_of(*state).has_value());
  }
  return 0;
}
