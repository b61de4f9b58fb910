#pragma once

/// Public keys that check signatures, on OpenSSL's EVP: Ed25519 (RFC 8032) and ECDSA P-256 with
/// SHA-256 (FIPS 186-4; DER signature, low S).
///
/// One key has one accepted SubjectPublicKeyInfo, so one key id: 44 bytes for Ed25519 (RFC 8410
/// section 4), 91 for P-256 (RFC 5480: named curve, uncompressed point). Anything else that parses
/// is refused by name.
///
/// Cost: a call copies a context that was initialised once (0.1 µs; initialising afresh would cost
/// 2 to 3 µs of about 75, and takes locks that all threads share), so a verifier is as fast as a
/// bare EVP loop and scales with threads (tests/bench/bench_keys.cpp).

#include <memory>
#include <string>
#include <string_view>

#include "ledger/base/signer.hpp"

namespace assay::keys {

/// Errors: malformed (not the DER of a public key, or not its canonical form), unsupported (another
/// algorithm or curve), rejected (small-order or unreduced Ed25519 key, see ed25519_point.hpp),
/// crypto. A `VerifierFactory`.
[[nodiscard]] Result<std::unique_ptr<Verifier>> make_verifier(std::string_view spki_der);

/// The 32 bytes of RFC 8032 section 5.1.2, borrowed from `verifier`. Errors: unsupported (not an
/// Ed25519 key).
[[nodiscard]] Result<std::string_view> ed25519_public_key(const Verifier& verifier);

/// The DER SubjectPublicKeyInfo around a raw Ed25519 key, as note keys carry them. It says nothing
/// about the key itself: make_verifier judges it. Errors: malformed (not 32 bytes).
[[nodiscard]] Result<std::string> ed25519_spki(std::string_view public_key);

}  // namespace assay::keys
