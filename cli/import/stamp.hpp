#pragma once

/// The `timestamp` attribute of a report, in the forms that tools write. Pure: what a zone-less
/// time means is asked of the caller, never of the machine.
///
///   2026-11-23T19:37:22[.058250]            Ant's schema, jest, pytest before 8, CTest: no zone
///   2026-11-23T19:37:22[.058250](Z|+05:30)  gotestsum, Playwright, Vitest, rspec
///   [Mon, ]23 Nov 2026 19:39:22 GMT         TestNG, mocha's xunit reporter (RFC 822 and 1123)
///   1795462642 | 1795462642058              seconds or milliseconds since 1970

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"
#include "ledger/base/time.hpp"

namespace assay::import {

/// A date and time on a clock whose zone is not stated. Fields are in range, the day exists.
struct CivilTime {
  std::int64_t year = 1970;  ///< 1 to 9999
  unsigned month = 1;
  unsigned day = 1;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  std::uint32_t micros = 0;
};

/// Microseconds since 1970-01-01T00:00:00Z of that clock time in the zone that the caller chose.
/// An error says why there is no single answer (the hour that summer time skips or repeats).
using ZoneResolver = std::function<Result<std::int64_t>(const CivilTime&)>;

enum class StampKind : std::uint8_t {
  absent,         ///< no attribute
  zoned,          ///< the text states its zone, or is a count since 1970
  zone_given,     ///< zone-less, and read in the caller's zone
  zone_unstated,  ///< zone-less, and no zone was given, or the zone has no single answer
  placeholder,    ///< a tool's "never": 1970-01-01T00:00:00 or 0001-01-01T00:00:00
  unreadable,     ///< none of the forms above
};

struct Stamp {
  StampKind kind = StampKind::absent;
  std::string raw;              ///< as written
  std::optional<Timestamp> at;  ///< with zoned and zone_given only
  std::string why;              ///< with zone_unstated and unreadable: in words
};

/// Never fails: what cannot be read is said in `kind` and `why`, and `at` stays empty.
/// `zone` may be empty.
[[nodiscard]] Stamp read_stamp(std::string_view raw, const ZoneResolver& zone);

/// The clock time as if its zone were UTC.
[[nodiscard]] std::int64_t utc_micros(const CivilTime& civil) noexcept;

}  // namespace assay::import
