#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include "keys/pkcs8_internal.hpp"

namespace assay::keys {
namespace {

using EncryptedPtr = std::unique_ptr<X509_SIG, OpensslFree<X509_SIG_free>>;
using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, OpensslFree<PKCS8_PRIV_KEY_INFO_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, OpensslFree<X509_ALGOR_free>>;
using Pbes2Ptr = std::unique_ptr<PBE2PARAM, OpensslFree<PBE2PARAM_free>>;
using Pbkdf2Ptr = std::unique_ptr<PBKDF2PARAM, OpensslFree<PBKDF2PARAM_free>>;
using ScryptPtr = std::unique_ptr<SCRYPT_PARAMS, OpensslFree<SCRYPT_PARAMS_free>>;

constexpr std::string_view kPemBegin = "-----BEGIN ";
constexpr std::string_view kPemEnd = "-----END ";
constexpr long kScryptCostMax = 1L << 20;
constexpr long kScryptBlockMax = 32;
constexpr long kScryptParallelMax = 16;

Error unavailable(std::string message, std::string hint) {
  ERR_clear_error();
  return Error{Errc::key_unavailable, std::move(message), std::move(hint), {}};
}

/// True for 1 <= number <= most.
bool within(const ASN1_INTEGER* number, long most) {
  const long value = ASN1_INTEGER_get(number);
  return value >= 1 && value <= most;
}

/// Refuses a key derivation that would take minutes before it is started.
Status check_cost(const X509_ALGOR& algorithm) {
  const ASN1_OBJECT* name = nullptr;
  int type = 0;
  const void* value = nullptr;
  X509_ALGOR_get0(&name, &type, &value, &algorithm);
  Pbes2Ptr pbes2;
  if (OBJ_obj2nid(name) == NID_pbes2) {
    pbes2.reset(static_cast<PBE2PARAM*>(
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), algorithm.parameter)));
  }
  if (pbes2 == nullptr) {
    return std::unexpected(
        unavailable("the private key is not encrypted with PBES2",
                    "encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW"));
  }
  X509_ALGOR_get0(&name, &type, &value, pbes2->keyfunc);
  const ASN1_TYPE* const parameter = pbes2->keyfunc->parameter;
  bool affordable = false;
  if (OBJ_obj2nid(name) == NID_id_pbkdf2) {
    const Pbkdf2Ptr pbkdf2(static_cast<PBKDF2PARAM*>(
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), parameter)));
    affordable = pbkdf2 != nullptr && within(pbkdf2->iter, kIterationsMax);
  } else if (OBJ_obj2nid(name) == NID_id_scrypt) {
    const ScryptPtr scrypt(static_cast<SCRYPT_PARAMS*>(
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(SCRYPT_PARAMS), parameter)));
    affordable = scrypt != nullptr && within(scrypt->costParameter, kScryptCostMax) &&
                 within(scrypt->blockSize, kScryptBlockMax) &&
                 within(scrypt->parallelizationParameter, kScryptParallelMax);
  }
  if (affordable) return {};
  ERR_clear_error();
  return fail(Errc::limit, "the private key's key derivation is unknown, or out of all proportion",
              "PBKDF2 with up to 5,000,000 iterations and scrypt with N up to 2^20 are read");
}

/// The DER of the block "ENCRYPTED PRIVATE KEY".
Result<std::string> der_of_pem(std::string_view pem) {
  const BioPtr input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* data = nullptr;
  long size_bytes = 0;
  ASSAY_ASSERT(input != nullptr);
  if (PEM_read_bio(input.get(), &name, &header, &data, &size_bytes) != 1) {
    if (pem.find(kPemEnd) == std::string_view::npos) {
      return std::unexpected(unavailable("the private key is cut short: it has no END line",
                                         "restore the file from a backup"));
    }
    return std::unexpected(unavailable("the private key is not a readable PEM block",
                                       "restore the file from a backup"));
  }
  const std::string block_name(name);
  std::string der(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size_bytes));
  OPENSSL_free(name);
  OPENSSL_free(header);
  OPENSSL_clear_free(data, static_cast<std::size_t>(size_bytes));
  if (block_name == "ENCRYPTED PRIVATE KEY") return der;
  OPENSSL_cleanse(der.data(), der.size());
  if (block_name.ends_with("PRIVATE KEY")) {
    return std::unexpected(
        unavailable("the private key is not encrypted PKCS#8, but \"" + block_name + "\"",
                    "encrypt it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW"));
  }
  return std::unexpected(unavailable("this is not a private key, but \"" + block_name + "\"",
                                     "give the file that ends in .key"));
}

/// Takes `der` to its last byte. A file cut short fails here, before any passphrase is tried.
Result<EncryptedPtr> parse_encrypted(std::string_view der) {
  const unsigned char* cursor = octets(der);
  EncryptedPtr encrypted(d2i_X509_SIG(nullptr, &cursor, static_cast<long>(der.size())));
  if (encrypted == nullptr || cursor != octets(der) + der.size()) {
    return std::unexpected(unavailable("this is not an encrypted PKCS#8 private key, or cut short",
                                       "give a key file, or restore it from a backup"));
  }
  return encrypted;
}

}  // namespace

Result<std::string> encrypt_pkcs8(const EVP_PKEY& key, const Secret& passphrase) {
  if (passphrase.empty()) {
    return fail(Errc::invalid_argument, "a key file needs a passphrase of at least one byte");
  }
  const Pkcs8Ptr plain(EVP_PKEY2PKCS8(&key));
  AlgorithmPtr scheme(PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), kIterations, nullptr, kSaltSizeBytes,
                                        nullptr, NID_hmacWithSHA256));
  if (plain == nullptr || scheme == nullptr) {
    return std::unexpected(openssl_error(Errc::crypto, "cannot prepare the private key"));
  }
  const EncryptedPtr encrypted(PKCS8_set0_pbe(passphrase.view().data(),
                                              static_cast<int>(passphrase.view().size()),
                                              plain.get(), scheme.get()));
  const BioPtr output(BIO_new(BIO_s_mem()));
  if (encrypted != nullptr) std::ignore = scheme.release();  // now part of `encrypted`
  if (encrypted == nullptr || output == nullptr ||
      PEM_write_bio_PKCS8(output.get(), encrypted.get()) != 1) {
    return std::unexpected(openssl_error(Errc::crypto, "cannot encrypt the private key"));
  }
  const char* text = nullptr;
  const long size_bytes = BIO_get_mem_data(output.get(), &text);
  return std::string(text, static_cast<std::size_t>(size_bytes));
}

Result<PkeyPtr> decrypt_pkcs8(std::string_view bytes, const Secret& passphrase) {
  constexpr std::size_t kKeyFileSizeBytesMax = 65'536;
  if (bytes.size() > kKeyFileSizeBytesMax) {
    return std::unexpected(unavailable("this is too large to be a private key", {}));
  }
  std::string der(bytes);
  if (bytes.find(kPemBegin) != std::string_view::npos) {
    ASSAY_TRY(der, der_of_pem(bytes));
  }
  ASSAY_TRY(const EncryptedPtr encrypted, parse_encrypted(der));
  const X509_ALGOR* algorithm = nullptr;
  X509_SIG_get0(encrypted.get(), &algorithm, nullptr);
  ASSAY_CHECK(check_cost(*algorithm));
  const Pkcs8Ptr plain(PKCS8_decrypt(encrypted.get(), passphrase.view().data(),
                                     static_cast<int>(passphrase.view().size())));
  PkeyPtr key(plain == nullptr ? nullptr : EVP_PKCS82PKEY(plain.get()));
  if (key == nullptr) {
    return std::unexpected(unavailable(
        "wrong passphrase (or the private key was altered)",
        "try again; a key whose passphrase is lost cannot be recovered, only replaced"));
  }
  return key;
}

}  // namespace assay::keys
