#include <algorithm>
#include <ctime>

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "keys/timestamp_internal.hpp"

/// The order of the steps is what a report needs: what is wrong with the timestamp itself is found
/// before anybody is asked whom they trust, because the first is a failure and the second is not.

namespace assay::keys {
namespace {

constexpr int kStrengthBits = 112;
constexpr int kAuthLevel = 2;  // OpenSSL's name for 112 bits, in the whole chain
constexpr int kChainDepth = 10;

std::unexpected<Error> wrong(std::string message) {
  return std::unexpected(openssl_error(Errc::tampered_signature, std::move(message)));
}

Timestamp certificate_time(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  const std::int64_t days =
      days_from_civil(parts.tm_year + 1900, static_cast<unsigned>(parts.tm_mon + 1),
                      static_cast<unsigned>(parts.tm_mday));
  return {((days * 24 + parts.tm_hour) * 3'600 + parts.tm_min * 60 + parts.tm_sec) * 1'000'000};
}

std::string subject_of(const X509& certificate) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  ASSAY_ASSERT(out != nullptr);
  X509_NAME_print_ex(out.get(), X509_get_subject_name(&certificate), 0, XN_FLAG_RFC2253);
  char* text = nullptr;
  const long size_bytes = BIO_get_mem_data(out.get(), &text);
  constexpr long kNameSizeMax = 300;
  return {text, static_cast<std::size_t>(std::min(std::max(size_bytes, 0L), kNameSizeMax))};
}

bool is_strong(const X509_ALGOR* digest) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, digest);
  const int nid = OBJ_obj2nid(object);
  return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512;
}

/// The one that signed. Errors: tampered_signature, limit.
Result<PKCS7_SIGNER_INFO*> signer_info_of(PKCS7& token) {
  if (PKCS7_type_is_signed(&token) == 0) return wrong("the timestamp is not signed");
  if (sk_X509_num(token.d.sign->cert) > static_cast<int>(kTimestampCertificates)) {
    return fail(Errc::limit, "a timestamp with more than " +
                                 std::to_string(kTimestampCertificates) + " certificates");
  }
  STACK_OF(PKCS7_SIGNER_INFO)* const all = PKCS7_get_signer_info(&token);
  if (all == nullptr || sk_PKCS7_SIGNER_INFO_num(all) != 1) {
    return wrong("the timestamp must have one signature");
  }
  PKCS7_SIGNER_INFO* const info = sk_PKCS7_SIGNER_INFO_value(all, 0);
  X509_ALGOR* digest = nullptr;
  PKCS7_SIGNER_INFO_get0_algs(info, nullptr, &digest, nullptr);
  if (!is_strong(digest)) {
    return wrong("the timestamp is signed over a hash that is too weak or unknown");
  }
  // OpenSSL compares the signed digest, and does not look at what the signature says it is of.
  const ASN1_TYPE* const type = PKCS7_get_signed_attribute(info, NID_pkcs9_contentType);
  if (type == nullptr || type->type != V_ASN1_OBJECT ||
      OBJ_obj2nid(type->value.object) != NID_id_smime_ct_TSTInfo) {
    return wrong("what is signed does not say that it is a timestamp");
  }
  return info;
}

/// Borrowed from the token or the anchors. Errors: incomplete (not at hand).
Result<X509*> signer_of(PKCS7& token, STACK_OF(X509) * others) {
  struct FreeList {
    void operator()(STACK_OF(X509) * list) const noexcept { sk_X509_free(list); }
  };
  const std::unique_ptr<STACK_OF(X509), FreeList> found(PKCS7_get0_signers(&token, others, 0));
  ERR_clear_error();
  if (found == nullptr || sk_X509_num(found.get()) != 1) {
    return fail(Errc::incomplete, "the certificate that signed the timestamp is not in it",
                "give it in the file of trusted certificates");
  }
  return sk_X509_value(found.get(), 0);
}

Status check_signature(PKCS7& token, PKCS7_SIGNER_INFO& info, X509& signer) {
  const BioPtr content(PKCS7_dataInit(&token, nullptr));
  if (content == nullptr) return wrong("the timestamp's signed content cannot be read");
  char buffer[4'096];
  while (BIO_read(content.get(), buffer, sizeof buffer) > 0) {
  }
  if (PKCS7_signatureVerify(content.get(), &token, &info, &signer) != 1) {
    return wrong("the timestamp's signature does not verify");
  }
  return {};
}

/// Whether this certificate may sign timestamps, and might then.
Status check_certificate(X509& signer, Timestamp time) {
  // One critical extended key usage, timeStamping alone (RFC 3161 section 2.3).
  if (X509_check_purpose(&signer, X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1) {
    return wrong("the certificate that signed is not one for timestamping: " + subject_of(signer));
  }
  const EVP_PKEY* const key = X509_get0_pubkey(&signer);
  if (key == nullptr || EVP_PKEY_get_security_bits(key) < kStrengthBits) {
    return wrong("the key that signed the timestamp is too weak: " + subject_of(signer));
  }
  const Timestamp begins = certificate_time(X509_get0_notBefore(&signer));
  const Timestamp ends = certificate_time(X509_get0_notAfter(&signer));
  if (time < begins || ends < Timestamp{time.us - 999'999}) {
    return wrong("the certificate that signed was in force from " + begins.text() + " to " +
                 ends.text() + ", not at the timestamp's " + time.text());
  }
  return {};
}

/// Why OpenSSL's check failed: empty for anything but the chain of certificates.
std::string chain_reason() {
  std::string reason;
  const char* data = nullptr;
  int flags = 0;
  while (const unsigned long code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
    if (ERR_GET_LIB(code) != ERR_LIB_TS || ERR_GET_REASON(code) != TS_R_CERTIFICATE_VERIFY_ERROR) {
      continue;
    }
    reason = (flags & ERR_TXT_STRING) != 0 && data != nullptr ? data : "it does not verify";
    constexpr std::string_view kPrefix = "Verify error:";
    if (reason.starts_with(kPrefix)) reason.erase(0, kPrefix.size());
  }
  return reason;
}

/// Sets `trusted` or `why_not`. Errors: tampered_signature (the token names another certificate).
Status check_trust(PKCS7& token, const TrustAnchors& anchors, VerifiedTimestamp& verified) {
  const std::unique_ptr<X509_STORE, OpensslFree<X509_STORE_free>> store(X509_STORE_new());
  ASSAY_ASSERT(store != nullptr);
  STACK_OF(X509)* const trusted = anchors.impl().certificates.get();
  for (int i = 0; i < sk_X509_num(trusted); ++i) {
    ASSAY_ASSERT(X509_STORE_add_cert(store.get(), sk_X509_value(trusted, i)) == 1);
  }
  X509_VERIFY_PARAM* const rules = X509_STORE_get0_param(store.get());
  // By default OpenSSL asks whether the certificates are in force now, and every timestamp would
  // fail some day (RFC 3161 appendix B asks about the time of the timestamp).
  X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(verified.token.time.us / 1'000'000));
  X509_VERIFY_PARAM_set_auth_level(rules, kAuthLevel);
  X509_VERIFY_PARAM_set_depth(rules, kChainDepth);
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
  X509* signer = nullptr;
  const int result = TS_RESP_verify_signature(&token, trusted, store.get(), &signer);
  const X509Ptr owned(signer);
  if (result == 1) {
    ERR_clear_error();
    verified.trusted = true;
    return {};
  }
  // The queue is emptied by looking; the signature itself has been found right before.
  std::string reason = chain_reason();
  if (reason.empty()) {
    return fail(Errc::tampered_signature,
                "the timestamp names another certificate than the one that signed it");
  }
  verified.why_not = "no certificate that you trust vouches for it: " + reason;
  return {};
}

}  // namespace

Result<VerifiedTimestamp> verify_timestamp(std::string_view response,
                                           const TimestampExpected& expected) {
  ASSAY_TRY(const TsResponsePtr read, read_response(response));
  VerifiedTimestamp verified;
  ASSAY_TRY(verified.token, token_of(*read));
  if (verified.token.imprint != expected.imprint) {
    return fail(Errc::tampered_signature, "the timestamp is over " + verified.token.imprint.hex() +
                                              ", not over " + expected.imprint.hex());
  }
  if (expected.nonce && *expected.nonce != verified.token.nonce) {
    return fail(Errc::tampered_signature, "the timestamp does not repeat the request's nonce");
  }
  PKCS7& token = *TS_RESP_get_token(read.get());
  STACK_OF(X509)* const others =
      expected.anchors == nullptr ? nullptr : expected.anchors->impl().certificates.get();
  ASSAY_TRY(PKCS7_SIGNER_INFO* const info, signer_info_of(token));
  ASSAY_TRY(X509* const signer, signer_of(token, others));
  ASSAY_CHECK(check_signature(token, *info, *signer));
  ASSAY_CHECK(check_certificate(*signer, verified.token.time));
  verified.authority = subject_of(*signer);
  verified.certificate_ends = certificate_time(X509_get0_notAfter(signer));
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned digest_size = 0;
  ASSAY_ASSERT(X509_digest(signer, EVP_sha256(), digest, &digest_size) == 1);
  ASSAY_TRY(verified.certificate,
            Hash::from_bytes({reinterpret_cast<const char*>(digest), digest_size}));
  if (expected.anchors == nullptr) {
    verified.why_not = "nobody was named whom you trust to vouch for it";
  } else {
    ASSAY_CHECK(check_trust(token, *expected.anchors, verified));
  }
  return verified;
}

}  // namespace assay::keys
