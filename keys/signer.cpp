#include "keys/signer.hpp"

#include <openssl/ec.h>
#include <openssl/err.h>

#include "keys/openssl_internal.hpp"
#include "keys/p256_signature.hpp"
#include "keys/pkcs8_internal.hpp"
#include "keys/verifier.hpp"

namespace assay::keys {
namespace {

class EvpPrivateKey final : public PrivateKey {
 public:
  EvpPrivateKey(PkeyPtr key, MdContextPtr prepared, std::unique_ptr<Verifier> verifier)
      : key_(std::move(key)), prepared_(std::move(prepared)), verifier_(std::move(verifier)) {}

  const Verifier& verifier() const noexcept override { return *verifier_; }

  Result<std::string> sign(std::string_view message) const override {
    const MdContextPtr context(EVP_MD_CTX_new());
    std::array<unsigned char, 128> buffer{};  // 64 bytes for Ed25519, at most 72 for P-256
    std::size_t size_bytes = buffer.size();
    if (context == nullptr || EVP_MD_CTX_copy_ex(context.get(), prepared_.get()) != 1 ||
        EVP_DigestSign(context.get(), buffer.data(), &size_bytes, octets(message),
                       message.size()) != 1) {
      return std::unexpected(openssl_error(Errc::crypto, "cannot sign"));
    }
    std::string signature(reinterpret_cast<const char*>(buffer.data()), size_bytes);
    if (verifier_->algorithm() == KeyAlgorithm::ed25519) return signature;
    ASSAY_TRY(P256Signature parsed, parse_p256_signature(signature));
    make_low_s(parsed);
    return format_p256_signature(parsed);
  }

  Result<std::string> to_encrypted_pem(const Secret& passphrase) const override {
    return encrypt_pkcs8(*key_, passphrase);
  }

 private:
  PkeyPtr key_;
  MdContextPtr prepared_;  // initialised for signing; copied by each call, never used itself
  std::unique_ptr<Verifier> verifier_;
};

Result<std::unique_ptr<PrivateKey>> make_signer(PkeyPtr key) {
  ASSAY_TRY(const std::string spki, spki_of(*key));
  ASSAY_TRY(auto verifier, make_verifier(spki));  // refuses every other algorithm and curve
  // A P-256 file carries both halves of the key; a signature by one under the other's name would
  // leave as tampered evidence.
  const PkeyContextPtr check(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  if (check == nullptr || EVP_PKEY_pairwise_check(check.get()) != 1) {
    return std::unexpected(openssl_error(
        Errc::key_unavailable, "the public and the private half of the key do not match"));
  }
  MdContextPtr prepared(EVP_MD_CTX_new());
  const char* const digest = verifier->algorithm() == KeyAlgorithm::ed25519 ? nullptr : "SHA256";
  if (prepared == nullptr || EVP_DigestSignInit_ex(prepared.get(), nullptr, digest, nullptr,
                                                   nullptr, key.get(), nullptr) != 1) {
    return std::unexpected(openssl_error(Errc::crypto, "cannot prepare the private key"));
  }
  return std::make_unique<EvpPrivateKey>(std::move(key), std::move(prepared), std::move(verifier));
}

}  // namespace

Result<std::unique_ptr<PrivateKey>> generate(KeyAlgorithm algorithm) {
  PkeyPtr key(algorithm == KeyAlgorithm::ed25519
                  ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                  : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  if (key == nullptr) {
    return std::unexpected(openssl_error(Errc::crypto, "cannot generate a key"));
  }
  return make_signer(std::move(key));
}

Result<std::unique_ptr<PrivateKey>> signer_from_pkcs8(std::string_view bytes,
                                                      const Secret& passphrase) {
  ASSAY_TRY(PkeyPtr key, decrypt_pkcs8(bytes, passphrase));
  return make_signer(std::move(key));
}

Result<std::unique_ptr<PrivateKey>> signer_from_seed(std::string_view seed) {
  if (seed.size() != 32) {
    return fail(Errc::invalid_argument,
                "an Ed25519 seed is 32 bytes, not " + std::to_string(seed.size()));
  }
  PkeyPtr key(
      EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, octets(seed), seed.size()));
  if (key == nullptr) {
    return std::unexpected(openssl_error(Errc::crypto, "cannot take the seed"));
  }
  return make_signer(std::move(key));
}

}  // namespace assay::keys
