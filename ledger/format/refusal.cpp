#include "ledger/format/refusal.hpp"

#include "ledger/format/dsse.hpp"
#include "ledger/format/json_archive.hpp"

namespace assay {
namespace {

std::string signed_bytes(std::string_view payload) {
  std::string message;
  append_pae(message, kRefusalPayloadType, payload);
  return message;
}

}  // namespace

std::string format_refusal(const Refusal& refusal) { return to_canonical(refusal); }

Result<Refusal> parse_refusal(std::string_view payload) { return from_canonical<Refusal>(payload); }

Result<std::string> sign_refusal(std::string_view payload, const Signer& signer) {
  return signer.sign(signed_bytes(payload));
}

Status check_refusal(std::string_view payload, std::string_view signature,
                     const Verifier& log_key) {
  return log_key.verify(signed_bytes(payload), signature);
}

}  // namespace assay
