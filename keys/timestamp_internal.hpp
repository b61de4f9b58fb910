#pragma once

/// What the files about timestamps share of OpenSSL's ts.h. Included by .cpp files only.

#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include "keys/openssl_internal.hpp"
#include "keys/timestamp.hpp"

namespace assay::keys {

using TsRequestPtr = std::unique_ptr<TS_REQ, OpensslFree<TS_REQ_free>>;
using TsResponsePtr = std::unique_ptr<TS_RESP, OpensslFree<TS_RESP_free>>;
using TsInfoPtr = std::unique_ptr<TS_TST_INFO, OpensslFree<TS_TST_INFO_free>>;
using Pkcs7Ptr = std::unique_ptr<PKCS7, OpensslFree<PKCS7_free>>;
using X509Ptr = std::unique_ptr<X509, OpensslFree<X509_free>>;

struct FreeX509List {
  void operator()(STACK_OF(X509) * list) const noexcept { sk_X509_pop_free(list, X509_free); }
};
using X509ListPtr = std::unique_ptr<STACK_OF(X509), FreeX509List>;

struct TrustAnchors::Impl {
  X509ListPtr certificates;
};

/// The imprint, which must be SHA-256. Errors: unsupported, malformed.
[[nodiscard]] Result<Hash> imprint_of(TS_MSG_IMPRINT* imprint);
/// A positive integer as bytes without leading zeros; empty for null.
/// Errors: malformed (negative, zero, longer than kNonceSizeBytesMax).
[[nodiscard]] Result<std::string> nonce_of(const ASN1_INTEGER* nonce);
/// The whole of `der` as one response. Errors: malformed, limit.
[[nodiscard]] Result<TsResponsePtr> read_response(std::string_view der);
/// What is signed in it. Errors: those of parse_timestamp.
[[nodiscard]] Result<TimestampToken> token_of(TS_RESP& response);

}  // namespace assay::keys
