// A timestamp from a stranger is refused or read, and says nothing that it did not sign.

#include <cstdint>

#include "keys/timestamp.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto request = assay::keys::parse_timestamp_request(bytes)) {
    ASSAY_ASSERT(assay::keys::format_timestamp_request(request->imprint, request->nonce));
  }
  if (const auto response = assay::keys::timestamp_response(bytes)) {
    if (const auto token = assay::keys::parse_timestamp(*response)) {
      const auto verified =
          assay::keys::verify_timestamp(*response, {token->imprint, token->nonce, nullptr});
      ASSAY_ASSERT(!verified || !verified->trusted);
      ASSAY_ASSERT(!verified || verified->token.time == token->time);
    }
  }
  static_cast<void>(assay::keys::TrustAnchors::parse(bytes));
  return 0;
}
