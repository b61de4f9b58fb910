#include "tests/support/ed25519.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

namespace assay::testing {
namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

class TestVerifier final : public Verifier {
 public:
  TestVerifier(Key key, std::string spki)
      : key_(std::move(key)), spki_(std::move(spki)), key_id_(sha256(spki_)) {}

  [[nodiscard]] KeyAlgorithm algorithm() const noexcept override { return KeyAlgorithm::ed25519; }
  [[nodiscard]] const Hash& key_id() const noexcept override { return key_id_; }
  [[nodiscard]] const std::string& spki() const noexcept override { return spki_; }
  [[nodiscard]] Status verify(std::string_view message, std::string_view signature) const override {
    const Context context(EVP_MD_CTX_new());
    ASSAY_ASSERT(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1);
    if (EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(message),
                         message.size()) == 1) {
      return {};
    }
    return fail(Errc::tampered_signature, "the signature does not verify");
  }

 private:
  Key key_;
  std::string spki_;
  Hash key_id_;
};

Result<std::unique_ptr<Verifier>> read_key(std::string_view spki) {
  const unsigned char* start = raw(spki);
  Key key(d2i_PUBKEY(nullptr, &start, static_cast<long>(spki.size())));
  if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) {
    return fail(Errc::malformed, "not an Ed25519 key");
  }
  return std::make_unique<TestVerifier>(std::move(key), std::string(spki));
}

class TestSigner final : public Signer {
 public:
  TestSigner(Key key, std::unique_ptr<Verifier> verifier)
      : key_(std::move(key)), verifier_(std::move(verifier)) {}

  [[nodiscard]] const Verifier& verifier() const noexcept override { return *verifier_; }
  [[nodiscard]] Result<std::string> sign(std::string_view message) const override {
    const Context context(EVP_MD_CTX_new());
    std::string signature(64, '\0');
    std::size_t size_bytes = signature.size();
    ASSAY_ASSERT(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1);
    ASSAY_ASSERT(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                                &size_bytes, raw(message), message.size()) == 1);
    return signature;
  }

 private:
  Key key_;
  std::unique_ptr<Verifier> verifier_;
};

}  // namespace

std::unique_ptr<Signer> test_signer_from_seed(std::string_view seed) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(seed), seed.size()));
  unsigned char* der = nullptr;
  const int size_bytes = i2d_PUBKEY(key.get(), &der);
  ASSAY_ASSERT(key != nullptr && size_bytes > 0);
  const std::string spki(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size_bytes));
  OPENSSL_free(der);
  return std::make_unique<TestSigner>(std::move(key), read_key(spki).value());
}

std::unique_ptr<Signer> test_signer(char fill) {
  return test_signer_from_seed(std::string(32, fill));
}

VerifierFactory test_verifiers() { return read_key; }

}  // namespace assay::testing
