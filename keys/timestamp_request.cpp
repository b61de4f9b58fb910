#include <openssl/bn.h>
#include <openssl/err.h>

#include "keys/timestamp_internal.hpp"

namespace assay::keys {
namespace {

using BnPtr = std::unique_ptr<BIGNUM, OpensslFree<BN_free>>;
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, OpensslFree<ASN1_INTEGER_free>>;
using ImprintPtr = std::unique_ptr<TS_MSG_IMPRINT, OpensslFree<TS_MSG_IMPRINT_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, OpensslFree<X509_ALGOR_free>>;

std::unexpected<Error> no_request() {
  return std::unexpected(openssl_error(Errc::crypto, "cannot make a timestamp request"));
}

Status set_imprint(TS_REQ& request, const Hash& hash) {
  const ImprintPtr imprint(TS_MSG_IMPRINT_new());
  const AlgorithmPtr algorithm(X509_ALGOR_new());
  std::string bytes(hash.view());
  const bool done =
      imprint != nullptr && algorithm != nullptr &&
      X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
      TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                             static_cast<int>(bytes.size())) == 1 &&
      TS_REQ_set_msg_imprint(&request, imprint.get()) == 1;
  return done ? Status{} : no_request();
}

Status set_nonce(TS_REQ& request, std::string_view nonce) {
  const BnPtr number(BN_bin2bn(octets(nonce), static_cast<int>(nonce.size()), nullptr));
  if (number == nullptr) return no_request();
  if (BN_is_zero(number.get()) == 1) {
    return fail(Errc::invalid_argument, "a nonce of zeros is none");
  }
  const IntegerPtr integer(BN_to_ASN1_INTEGER(number.get(), nullptr));
  if (integer == nullptr || TS_REQ_set_nonce(&request, integer.get()) != 1) return no_request();
  return {};
}

}  // namespace

Result<Hash> imprint_of(TS_MSG_IMPRINT* imprint) {
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  // OpenSSL's own check compares the bytes alone where no request is at hand, and there are other
  // hashes of 32 bytes.
  if (OBJ_obj2nid(algorithm) != NID_sha256) {
    char name[80] = {};
    OBJ_obj2txt(name, sizeof name, algorithm, 0);
    return fail(Errc::unsupported,
                std::string("the timestamp is over a hash by ") + name + ", not SHA-256",
                "ask the authority for one over SHA-256");
  }
  const ASN1_OCTET_STRING* const bytes = TS_MSG_IMPRINT_get_msg(imprint);
  return Hash::from_bytes({reinterpret_cast<const char*>(ASN1_STRING_get0_data(bytes)),
                           static_cast<std::size_t>(ASN1_STRING_length(bytes))});
}

Result<std::string> nonce_of(const ASN1_INTEGER* nonce) {
  if (nonce == nullptr) return std::string();
  const BnPtr number(ASN1_INTEGER_to_BN(nonce, nullptr));
  if (number == nullptr || BN_is_negative(number.get()) == 1 || BN_is_zero(number.get()) == 1 ||
      static_cast<std::size_t>(BN_num_bytes(number.get())) > kNonceSizeBytesMax) {
    ERR_clear_error();
    return fail(Errc::malformed, "a nonce is a positive integer of at most " +
                                     std::to_string(kNonceSizeBytesMax) + " bytes");
  }
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
  return bytes;
}

Result<std::string> format_timestamp_request(const Hash& imprint, std::string_view nonce) {
  if (nonce.size() > kNonceSizeBytesMax) {
    return fail(Errc::invalid_argument, "a nonce has at most " +
                                            std::to_string(kNonceSizeBytesMax) + " bytes, not " +
                                            std::to_string(nonce.size()));
  }
  const TsRequestPtr request(TS_REQ_new());
  if (request == nullptr || TS_REQ_set_version(request.get(), 1) != 1) return no_request();
  ASSAY_CHECK(set_imprint(*request, imprint));
  if (!nonce.empty()) ASSAY_CHECK(set_nonce(*request, nonce));
  if (TS_REQ_set_cert_req(request.get(), 1) != 1) return no_request();
  unsigned char* der = nullptr;
  const int size_bytes = i2d_TS_REQ(request.get(), &der);
  if (size_bytes <= 0) return no_request();
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size_bytes));
  OPENSSL_free(der);
  return bytes;
}

Result<TimestampRequest> parse_timestamp_request(std::string_view der) {
  if (der.size() > kTimestampSizeBytes) {
    return fail(Errc::limit, "a timestamp request of more than " +
                                 std::to_string(kTimestampSizeBytes) + " bytes");
  }
  const unsigned char* at = octets(der);
  const TsRequestPtr request(d2i_TS_REQ(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (request == nullptr || at != octets(der) + der.size()) {
    return fail(Errc::malformed, "the bytes are no RFC 3161 timestamp request");
  }
  TimestampRequest parsed;
  ASSAY_TRY(parsed.imprint, imprint_of(TS_REQ_get_msg_imprint(request.get())));
  ASSAY_TRY(parsed.nonce, nonce_of(TS_REQ_get_nonce(request.get())));
  return parsed;
}

}  // namespace assay::keys
