#pragma once

/// RFC 3161 timestamps: an authority says that it was shown a hash at a time. What is stamped here
/// is the SHA-256 of a checkpoint's text, so that one timestamp covers every entry before it.
///
/// A timestamp is judged at its own time: whether the authority's certificate was good when it was
/// used, not whether it still is. Whether a certificate was revoked is not checked, and nothing
/// here can tell a key that leaked after its certificate expired; whoever reports must say both.
///
/// Refused are hashes other than SHA-256 as imprint, signatures over anything below SHA-256, and
/// keys below 112 bits of strength (RSA below 2,048 bits). Thread word: plain values and pure
/// functions. Source: RFC 3161, RFC 5816 (ESSCertIDv2), RFC 5280.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/base/time.hpp"

namespace assay::keys {

inline constexpr std::size_t kTimestampSizeBytes = 262'144;          ///< a response or a request
inline constexpr std::size_t kTimestampCertificates = 32;            ///< in one response
inline constexpr std::size_t kTrustAnchorFileSizeBytes = 1'048'576;  ///< a file of certificates
inline constexpr std::size_t kNonceSizeBytesMax = 32;

struct TimestampRequest {
  Hash imprint;       ///< SHA-256 of what is to be stamped
  std::string nonce;  ///< a positive integer, big-endian without leading zeros; empty: none
};

/// A TimeStampReq in DER that asks for the authority's certificate too. `nonce` is made of the
/// random bytes given: 1 to 32, or none. Errors: invalid_argument (nonce), crypto.
[[nodiscard]] Result<std::string> format_timestamp_request(const Hash& imprint,
                                                           std::string_view nonce);
/// Errors: malformed, limit, unsupported (another hash than SHA-256).
[[nodiscard]] Result<TimestampRequest> parse_timestamp_request(std::string_view der);

/// What a response says. Nothing of it is verified yet.
struct TimestampToken {
  Hash imprint;
  Timestamp time;                 ///< genTime; a fraction finer than microseconds is cut off
  std::uint64_t accuracy_us = 0;  ///< how far the time may be off; 0 where none is stated
  std::string policy;             ///< object identifier, in dots
  std::string serial;             ///< hex
  std::string nonce;              ///< as in TimestampRequest

  /// Not after: the time and all of its accuracy.
  [[nodiscard]] Timestamp latest() const noexcept {
    return {time.us + static_cast<std::int64_t>(accuracy_us)};
  }
};

/// A TimeStampResp from what an authority or a tool left: such a response, or its bare token.
/// Errors: malformed, limit.
[[nodiscard]] Result<std::string> timestamp_response(std::string_view der);

/// Errors: malformed, limit, rejected (the authority refused), unsupported (another hash than
/// SHA-256, an unknown critical extension, a version other than 1).
[[nodiscard]] Result<TimestampToken> parse_timestamp(std::string_view response);

/// Certificates that somebody trusts to vouch for authorities. Every certificate of the file
/// counts, also one that is not self-signed. Immutable.
class TrustAnchors {
 public:
  /// PEM, any number of certificates; or one in DER. Errors: malformed, limit.
  [[nodiscard]] static Result<TrustAnchors> parse(std::string_view file);
  TrustAnchors(TrustAnchors&&) noexcept;
  TrustAnchors& operator=(TrustAnchors&&) noexcept;
  ~TrustAnchors();
  [[nodiscard]] std::size_t count() const noexcept;

  struct Impl;
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  explicit TrustAnchors(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

/// What a timestamp is held against.
struct TimestampExpected {
  Hash imprint;
  std::optional<std::string> nonce;       ///< of the request, where it is known
  const TrustAnchors* anchors = nullptr;  ///< borrowed; null: nobody said whom to trust
};

/// A timestamp whose imprint and signature are right.
struct VerifiedTimestamp {
  TimestampToken token;
  std::string authority;       ///< subject of the certificate that signed, in ASCII
  Hash certificate;            ///< its SHA-256
  Timestamp certificate_ends;  ///< notAfter
  /// The certificate leads to a trust anchor, at the token's time. If not, `why_not` says what is
  /// missing: anybody may have made this timestamp.
  bool trusted = false;
  std::string why_not;
};

/// Errors: those of parse_timestamp; tampered_signature (imprint, nonce, signature, or a
/// certificate that could not sign this: not for timestamping, not in force at the time, too weak,
/// not the one that the token names); incomplete (the signer's certificate is not at hand).
[[nodiscard]] Result<VerifiedTimestamp> verify_timestamp(std::string_view response,
                                                         const TimestampExpected& expected);

}  // namespace assay::keys
