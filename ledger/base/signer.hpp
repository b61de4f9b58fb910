#pragma once

/// What the ledger knows of keys: something that signs, something that verifies. `keys/` implements
/// both; nothing in `ledger/` knows an algorithm or a key file.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"

namespace assay {

/// Algorithm names as they stand in events: "ed25519" (RFC 8032) and "ecdsa_p256_sha256"
/// (DER signature, low S).
enum class KeyAlgorithm : std::uint8_t { ed25519 = 1, ecdsa_p256_sha256 = 2 };

/// A public key that checks signatures. Thread word: immutable, const calls from any thread.
class Verifier {
 public:
  virtual ~Verifier() = default;
  [[nodiscard]] virtual KeyAlgorithm algorithm() const noexcept = 0;
  /// SHA-256 of the DER SubjectPublicKeyInfo.
  [[nodiscard]] virtual const Hash& key_id() const noexcept = 0;
  /// DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).
  [[nodiscard]] virtual const std::string& spki() const noexcept = 0;
  /// Errors: tampered_signature, and nothing else.
  [[nodiscard]] virtual Status verify(std::string_view message,
                                      std::string_view signature) const = 0;
};

/// A private key that signs. Thread word: thread-safe.
class Signer {
 public:
  virtual ~Signer() = default;
  [[nodiscard]] virtual const Verifier& verifier() const noexcept = 0;
  /// Errors: crypto.
  [[nodiscard]] virtual Result<std::string> sign(std::string_view message) const = 0;
};

/// Makes a verifier from a DER SubjectPublicKeyInfo. Errors: malformed, unsupported (algorithm),
/// rejected (small-order or non-canonical key).
using VerifierFactory = std::function<Result<std::unique_ptr<Verifier>>(std::string_view spki)>;

}  // namespace assay
