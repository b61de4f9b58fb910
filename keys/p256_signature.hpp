#pragma once

/// ECDSA P-256 signatures as bytes: DER of SEQUENCE { r INTEGER, s INTEGER } (RFC 3279 section
/// 2.2.3). One value has exactly one accepted encoding here, because (r, s) and (r, n - s) both
/// verify and BER has many spellings: a signature that others can re-spell would let a stranger
/// change bytes that are hashed. Reading allocates nothing. Thread word: pure functions.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay::keys {

using P256Scalar = std::array<std::uint8_t, 32>;  ///< big endian

struct P256Signature {
  P256Scalar r{};
  P256Scalar s{};
  bool operator==(const P256Signature&) const = default;
};

/// Strict DER, 1 <= r, s <= n - 1; high S is let through. Errors: tampered_signature.
[[nodiscard]] Result<P256Signature> parse_p256_signature(std::string_view der);

/// s <= n / 2, where n is the order of the group (SEC 2 section 2.4.2).
[[nodiscard]] bool has_low_s(const P256Signature& signature) noexcept;
/// Replaces a high s by n - s, which verifies just as well. Takes s < n.
void make_low_s(P256Signature& signature) noexcept;

/// The one DER encoding: at most 72 bytes.
[[nodiscard]] std::string format_p256_signature(const P256Signature& signature);

}  // namespace assay::keys
