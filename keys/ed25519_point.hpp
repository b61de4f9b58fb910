#pragma once

/// Which 32 bytes are refused as an Ed25519 public key.
///
/// OpenSSL 3.0 checks signatures strictly (no S >= L, no non-canonical R, no cofactor), but takes
/// any public key. Under a key of small order one signature fits many messages: under the identity
/// it fits every message, so the key's owner could later deny or reuse whatever it "signed". So a
/// key is refused whose point has order 1, 2, 4 or 8 (RFC 8032 section 5.1, cofactor 8), and one
/// whose y is not reduced, y >= 2^255 - 19 (RFC 8032 section 5.1.3 step 1), because one point must
/// not have two key ids.
///
/// A y that belongs to no point of the curve is let through: no signature verifies under it, so a
/// proof of possession cannot be made. Thread word: pure function.

#include <string_view>

#include "ledger/base/error.hpp"

namespace assay::keys {

/// `public_key`: the 32 bytes of RFC 8032 section 5.1.2. Errors: malformed (not 32 bytes),
/// rejected (small order, or y not reduced).
[[nodiscard]] Status check_ed25519_point(std::string_view public_key);

}  // namespace assay::keys
