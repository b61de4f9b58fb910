#include "keys/verifier.hpp"

#include <openssl/err.h>

#include "keys/ed25519_point.hpp"
#include "keys/openssl_internal.hpp"
#include "keys/p256_signature.hpp"

namespace assay::keys {
namespace {

using namespace std::string_view_literals;

// What stands before the key itself in the one accepted encoding of each algorithm.
constexpr std::string_view kEd25519Prefix = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00"sv;
constexpr std::size_t kEd25519SpkiSizeBytes = 44;
constexpr std::string_view kP256Prefix =
    "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"
    "\x03\x42\x00\x04"sv;
constexpr std::size_t kP256SpkiSizeBytes = 91;

class EvpVerifier final : public Verifier {
 public:
  EvpVerifier(KeyAlgorithm algorithm, std::string_view spki, MdContextPtr prepared)
      : algorithm_(algorithm), spki_(spki), key_id_(sha256(spki)), prepared_(std::move(prepared)) {}

  KeyAlgorithm algorithm() const noexcept override { return algorithm_; }
  const Hash& key_id() const noexcept override { return key_id_; }
  const std::string& spki() const noexcept override { return spki_; }

  Status verify(std::string_view message, std::string_view signature) const override {
    if (algorithm_ == KeyAlgorithm::ecdsa_p256_sha256) {
      ASSAY_TRY(const P256Signature parsed, parse_p256_signature(signature));
      if (!has_low_s(parsed)) {
        return fail(Errc::tampered_signature, "the ECDSA signature has a high S, " + by_key());
      }
    }
    // The prepared context is only read, and what it points to is counted atomically, so threads
    // may copy it at the same time.
    const MdContextPtr context(EVP_MD_CTX_new());
    ASSAY_ASSERT(context != nullptr && EVP_MD_CTX_copy_ex(context.get(), prepared_.get()) == 1);
    if (EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                         message.size()) != 1) {
      ERR_clear_error();
      return fail(Errc::tampered_signature, "the signature does not verify, " + by_key());
    }
    return {};
  }

 private:
  std::string by_key() const { return "by key " + key_id_.hex(); }

  KeyAlgorithm algorithm_;
  std::string spki_;
  Hash key_id_;
  MdContextPtr prepared_;  // initialised for verification; holds the EVP_PKEY; never used itself
};

Result<std::unique_ptr<Verifier>> prepare(KeyAlgorithm algorithm, std::string_view spki,
                                          const PkeyPtr& key) {
  MdContextPtr context(EVP_MD_CTX_new());
  const char* const digest = algorithm == KeyAlgorithm::ed25519 ? nullptr : "SHA256";
  if (context == nullptr || EVP_DigestVerifyInit_ex(context.get(), nullptr, digest, nullptr,
                                                    nullptr, key.get(), nullptr) != 1) {
    return std::unexpected(openssl_error(Errc::crypto, "cannot prepare the public key"));
  }
  return std::make_unique<EvpVerifier>(algorithm, spki, std::move(context));
}

/// Reads any SubjectPublicKeyInfo that libcrypto knows; null where it knows none or bytes follow.
PkeyPtr read_spki(std::string_view spki) {
  const unsigned char* cursor = octets(spki);
  PkeyPtr key(d2i_PUBKEY(nullptr, &cursor, static_cast<long>(spki.size())));
  if (key != nullptr && cursor != octets(spki) + spki.size()) key.reset();
  return key;
}

/// Neither of the two accepted forms: finds out which of the reasons to give.
Error refusal_of(std::string_view spki) {
  constexpr std::size_t kLargestSpkiSizeBytes = 16'384;
  const PkeyPtr key = spki.size() > kLargestSpkiSizeBytes ? nullptr : read_spki(spki);
  ERR_clear_error();
  if (key == nullptr) {
    return Error{Errc::malformed,
                 "the bytes are not the DER of one public key",
                 "give a SubjectPublicKeyInfo, as `openssl pkey -pubout -outform DER` writes it",
                 {}};
  }
  char curve[80] = {};
  const bool named =
      EVP_PKEY_get_utf8_string_param(key.get(), "group", curve, sizeof curve, nullptr) == 1;
  ERR_clear_error();
  if (EVP_PKEY_is_a(key.get(), "ED25519") == 1 || (named && curve == "prime256v1"sv)) {
    return Error{Errc::malformed,
                 "the public key is not in its canonical DER form",
                 "a P-256 key must name its curve and give its point uncompressed",
                 {}};
  }
  const char* const type = EVP_PKEY_get0_type_name(key.get());
  return Error{Errc::unsupported,
               std::string("public keys of type ") + (type != nullptr ? type : "unknown") +
                   (named ? std::string(" on curve ") + curve : "") + " are not supported",
               "use Ed25519 or ECDSA P-256",
               {}};
}

Result<std::unique_ptr<Verifier>> make_p256(std::string_view spki) {
  const PkeyPtr key = read_spki(spki);  // refuses coordinates >= p and points off the curve
  if (key == nullptr) {
    return std::unexpected(
        openssl_error(Errc::malformed, "the P-256 public key is not a point of the curve"));
  }
  ASSAY_TRY(const std::string again, spki_of(*key));
  if (again != spki) {
    return fail(Errc::malformed, "the P-256 public key is not in its canonical DER form");
  }
  return prepare(KeyAlgorithm::ecdsa_p256_sha256, spki, key);
}

}  // namespace

Result<std::unique_ptr<Verifier>> make_verifier(std::string_view spki_der) {
  if (spki_der.size() == kEd25519SpkiSizeBytes && spki_der.starts_with(kEd25519Prefix)) {
    const std::string_view raw = spki_der.substr(kEd25519Prefix.size());
    ASSAY_CHECK(check_ed25519_point(raw));
    const PkeyPtr key(
        EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, octets(raw), raw.size()));
    if (key == nullptr) {
      return std::unexpected(openssl_error(Errc::crypto, "cannot take the Ed25519 key"));
    }
    return prepare(KeyAlgorithm::ed25519, spki_der, key);
  }
  if (spki_der.size() == kP256SpkiSizeBytes && spki_der.starts_with(kP256Prefix)) {
    return make_p256(spki_der);
  }
  return std::unexpected(refusal_of(spki_der));
}

Result<std::string_view> ed25519_public_key(const Verifier& verifier) {
  if (verifier.algorithm() != KeyAlgorithm::ed25519) {
    return fail(Errc::unsupported, "key " + verifier.key_id().hex() + " is not an Ed25519 key");
  }
  return std::string_view(verifier.spki()).substr(kEd25519Prefix.size());
}

Result<std::string> ed25519_spki(std::string_view public_key) {
  if (public_key.size() != kEd25519SpkiSizeBytes - kEd25519Prefix.size()) {
    return fail(Errc::malformed,
                "an Ed25519 public key is 32 bytes, not " + std::to_string(public_key.size()));
  }
  return std::string(kEd25519Prefix).append(public_key);
}

}  // namespace assay::keys
