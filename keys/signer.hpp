#pragma once

/// Private keys that sign, on OpenSSL's EVP. Ed25519 signatures are RFC 8032's (deterministic);
/// ECDSA P-256 signatures are brought to low S before they are returned, so that the verifier of
/// this folder, and every other that insists on one form, takes them.
///
/// libcrypto overwrites private key memory when the last owner goes. Thread word: thread-safe
/// (each call signs with its own context; the key is only read).

#include <memory>
#include <string>
#include <string_view>

#include "keys/secret.hpp"
#include "ledger/base/signer.hpp"

namespace assay::keys {

/// A signer that can be written to a key file.
class PrivateKey : public Signer {
 public:
  /// PEM "ENCRYPTED PRIVATE KEY", see pkcs8_internal.hpp for the parameters. Takes 50 to 150 ms.
  /// Errors: invalid_argument (empty passphrase), crypto.
  [[nodiscard]] virtual Result<std::string> to_encrypted_pem(const Secret& passphrase) const = 0;
};

/// A new key from libcrypto's own random generator. Errors: crypto.
[[nodiscard]] Result<std::unique_ptr<PrivateKey>> generate(KeyAlgorithm algorithm);

/// Reads encrypted PKCS#8, PEM or DER (RFC 5958 section 3), by whatever PBES2 parameters it names.
/// Errors: key_unavailable (not such bytes, cut short, not encrypted, wrong passphrase, key halves
/// that do not match), unsupported (another algorithm), limit (a key derivation that would take
/// minutes), crypto.
[[nodiscard]] Result<std::unique_ptr<PrivateKey>> signer_from_pkcs8(std::string_view bytes,
                                                                    const Secret& passphrase);

/// The Ed25519 key of a 32-byte seed (RFC 8032 section 5.1.5), for reproducible tests and vectors.
/// Errors: invalid_argument (not 32 bytes), crypto.
[[nodiscard]] Result<std::unique_ptr<PrivateKey>> signer_from_seed(std::string_view seed);

}  // namespace assay::keys
