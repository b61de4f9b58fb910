#include "ledger/verify/state.hpp"

#include "ledger/format/binary_archive.hpp"
#include "ledger/format/json_archive.hpp"

namespace assay::verify {

Hash state_digest(const VerifierState& state) { return sha256(to_canonical(state)); }

Result<merkle::CompactRange> range_of(const VerifierState& state) {
  return merkle::CompactRange::from(state.size, state.range);
}

std::string encode_state(const VerifierState& state) { return to_binary(state); }

Result<VerifierState> decode_state(std::string_view snapshot, const Hash& expected) {
  ASSAY_TRY(VerifierState state, from_binary<VerifierState>(snapshot));
  ASSAY_CHECK(range_of(state));
  const Hash digest = state_digest(state);
  if (digest == expected) return state;
  return fail(Errc::state_mismatch,
              "the verifier's snapshot has the digest " + digest.hex() + ", not " + expected.hex(),
              "start without it: a full run needs no snapshot");
}

}  // namespace assay::verify
