#include "ledger/format/commitment.hpp"

#include "ledger/format/canonical_reader.hpp"

namespace assay {

Result<Commitment> make_commitment(std::string_view salt, std::string_view value) {
  if (salt.size() != kCommitmentSaltSizeBytes) {
    return fail(Errc::invalid_argument,
                "the salt of a commitment is 32 bytes, not " + std::to_string(salt.size()));
  }
  if (auto status = check_canonical(value); !status) {
    return std::unexpected(std::move(status).error().in("the value of a commitment"));
  }
  constexpr std::string_view kEndOfContext{"\0", 1};
  return Commitment{sha256({kCommitmentContext, kEndOfContext, salt, value})};
}

Status check_commitment(const Commitment& commitment, std::string_view salt,
                        std::string_view value) {
  ASSAY_TRY(const Commitment made, make_commitment(salt, value));
  if (made == commitment) return {};
  return fail(Errc::tampered_hash, "salt and value give the commitment " + made.commitment.hex() +
                                       ", not " + commitment.commitment.hex());
}

}  // namespace assay
