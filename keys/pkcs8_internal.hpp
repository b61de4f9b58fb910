#pragma once

/// Encrypted PKCS#8 (RFC 5958 section 3) around one private key.
///
/// Written: PEM, PBES2 (RFC 8018 section 6.2) with AES-256-CBC and PBKDF2-HMAC-SHA256 over 600,000
/// iterations and a 16-byte random salt. PBKDF2 rather than scrypt because every tool that reads
/// PKCS#8 at all reads it, LibreSSL, Java and FIPS builds included, and because libcrypto 3.0 caps
/// scrypt at 32 MiB, which leaves little of its advantage. Unlocking took 100 to 160 ms.
/// Read: any PBES2 that libcrypto knows, within kIterationsMax and the scrypt limits beside it.

#include <string>
#include <string_view>

#include "keys/openssl_internal.hpp"
#include "keys/secret.hpp"

namespace assay::keys {

inline constexpr int kIterations = 600'000;
/// More than a second. A file that names more would only be there to stop us.
inline constexpr long kIterationsMax = 5'000'000;
inline constexpr int kSaltSizeBytes = 16;

/// Errors: invalid_argument (empty passphrase), crypto.
[[nodiscard]] Result<std::string> encrypt_pkcs8(const EVP_PKEY& key, const Secret& passphrase);

/// Errors: as signer_from_pkcs8, except unsupported.
[[nodiscard]] Result<PkeyPtr> decrypt_pkcs8(std::string_view bytes, const Secret& passphrase);

}  // namespace assay::keys
