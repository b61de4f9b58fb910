#pragma once

/// Points in time as the log writes them: "2019-11-12T10:05:00.000000Z", always UTC, always
/// microseconds (RFC 3339, one form only). Years 0001 to 9999; no leap second.
/// Thread word: plain values and pure functions. Nothing here reads a clock.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay {

inline constexpr std::int64_t kHourUs = 3'600'000'000;

struct Timestamp {
  std::int64_t us = 0;  ///< microseconds since 1970-01-01T00:00:00Z

  auto operator<=>(const Timestamp&) const = default;
  /// 27 characters.
  [[nodiscard]] std::string text() const;
  /// Accepts exactly the 27-character form. Errors: malformed.
  [[nodiscard]] static Result<Timestamp> parse(std::string_view text);
};

/// A proleptic Gregorian date to days since 1970-01-01.
[[nodiscard]] std::int64_t days_from_civil(std::int64_t year, unsigned month,
                                           unsigned day) noexcept;

/// Days in `month` (1 to 12) of `year`.
[[nodiscard]] unsigned days_in_month(std::int64_t year, unsigned month) noexcept;

}  // namespace assay
