#include "cli/import/stamp.hpp"

#include <array>

namespace assay::import {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMinMicros = -62'135'596'800LL * kMicrosPerSecond;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kMaxMicros = 253'402'300'800LL * kMicrosPerSecond - 1;  // end of 9999

/// Takes pieces off the front of a text; every function answers false and leaves the rest
/// undefined where the piece is not there.
struct Scanner {
  std::string_view rest;

  bool literal(char c) noexcept {
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    return true;
  }
  /// `min` to `max` digits.
  template <class T>
  bool number(std::size_t min, std::size_t max, T& value) noexcept {
    std::size_t n = 0;
    std::uint64_t sum = 0;
    while (n < max && n < rest.size() && rest[n] >= '0' && rest[n] <= '9')
      sum = sum * 10 + static_cast<unsigned>(rest[n++] - '0');
    rest.remove_prefix(n);
    value = static_cast<T>(sum);
    return n >= min;
  }
  void blanks() noexcept {
    while (literal(' ')) {
    }
  }
};

bool in_range(const CivilTime& t) noexcept {
  return t.year >= 1 && t.year <= 9999 && t.month >= 1 && t.month <= 12 && t.day >= 1 &&
         t.day <= days_in_month(t.year, t.month) && t.hour < 24 && t.minute < 60 && t.second < 60;
}

bool clock_time(Scanner& in, CivilTime& t) noexcept {
  return in.number(2, 2, t.hour) && in.literal(':') && in.number(2, 2, t.minute) &&
         in.literal(':') && in.number(2, 2, t.second);
}

/// ".058250" with any number of digits; below the microsecond is cut off.
bool fraction(Scanner& in, CivilTime& t) noexcept {
  if (!in.literal('.') && !in.literal(',')) return true;
  std::uint32_t scale = 100'000;
  std::size_t digits = 0;
  while (!in.rest.empty() && in.rest.front() >= '0' && in.rest.front() <= '9') {
    t.micros += scale * static_cast<unsigned>(in.rest.front() - '0');
    scale /= 10;
    in.rest.remove_prefix(1);
    ++digits;
  }
  return digits > 0;
}

/// Minutes east of UTC; empty where no zone stands there; false where something else does.
bool offset(Scanner& in, std::optional<std::int64_t>& minutes) noexcept {
  if (in.rest.empty()) return true;
  for (const std::string_view utc : {"Z", "z", "GMT", "UTC", "UT"}) {
    if (in.rest != utc) continue;
    minutes = 0;
    return true;
  }
  const bool west = in.rest.starts_with('-');
  if (!west && !in.rest.starts_with('+')) return false;
  in.rest.remove_prefix(1);
  std::int64_t hours = 0;
  std::int64_t rest_minutes = 0;
  if (!in.number(2, 2, hours)) return false;
  if (!in.rest.empty()) {
    in.literal(':');
    if (!in.number(2, 2, rest_minutes)) return false;
  }
  if (!in.rest.empty() || hours > 14 || rest_minutes > 59) return false;
  minutes = (west ? -1 : 1) * (hours * 60 + rest_minutes);
  return true;
}

struct Read {
  CivilTime civil;
  std::optional<std::int64_t> offset_minutes;
};

std::optional<Read> read_iso(std::string_view text) noexcept {
  Scanner in{text};
  Read r;
  CivilTime& t = r.civil;
  const bool head = in.number(4, 4, t.year) && in.literal('-') && in.number(2, 2, t.month) &&
                    in.literal('-') && in.number(2, 2, t.day) &&
                    (in.literal('T') || in.literal('t') || in.literal(' ')) && clock_time(in, t) &&
                    fraction(in, t);
  if (!head) return std::nullopt;
  in.blanks();
  if (!offset(in, r.offset_minutes) || !in_range(t)) return std::nullopt;
  return r;
}

bool month_name(Scanner& in, unsigned& month) noexcept {
  constexpr std::array<std::string_view, 12> kNames = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (unsigned i = 0; i < kNames.size(); ++i) {
    if (!in.rest.starts_with(kNames[i])) continue;
    in.rest.remove_prefix(3);
    month = i + 1;
    return true;
  }
  return false;
}

/// RFC 822 section 5 with the four-digit year of RFC 1123. The name of the day is passed over.
std::optional<Read> read_rfc822(std::string_view text) noexcept {
  if (text.size() > 5 && text[3] == ',') text.remove_prefix(4);
  Scanner in{text};
  Read r;
  in.blanks();
  if (!in.number(1, 2, r.civil.day)) return std::nullopt;
  in.blanks();
  if (!month_name(in, r.civil.month)) return std::nullopt;
  in.blanks();
  if (!in.number(4, 4, r.civil.year)) return std::nullopt;
  in.blanks();
  if (!clock_time(in, r.civil)) return std::nullopt;
  in.blanks();
  if (!offset(in, r.offset_minutes) || !in_range(r.civil)) return std::nullopt;
  return r;
}

/// Seconds have 9 to 10 digits from 1973 to 2286, milliseconds 12 to 13: no text is both.
std::optional<std::int64_t> read_epoch(std::string_view text) noexcept {
  Scanner in{text};
  std::int64_t count = 0;
  if (!in.number(9, 13, count) || !in.rest.empty()) return std::nullopt;
  if (text.size() <= 10) return count * kMicrosPerSecond;
  if (text.size() >= 12) return count * 1'000;
  return std::nullopt;
}

bool is_placeholder(const CivilTime& t) noexcept {
  const bool midnight = t.hour == 0 && t.minute == 0 && t.second == 0 && t.micros == 0;
  return midnight && t.month == 1 && t.day == 1 && (t.year == 1970 || t.year == 1);
}

Stamp with_micros(Stamp stamp, StampKind kind, std::int64_t micros) {
  if (micros < kMinMicros || micros > kMaxMicros) {
    stamp.kind = StampKind::unreadable;
    stamp.why = "outside the years 1 to 9999";
    return stamp;
  }
  stamp.kind = kind;
  stamp.at = Timestamp{micros};
  return stamp;
}

Stamp in_zone(Stamp stamp, const CivilTime& civil, const ZoneResolver& zone) {
  stamp.kind = StampKind::zone_unstated;
  if (!zone) {
    stamp.why = "the text states no zone";
    return stamp;
  }
  const Result<std::int64_t> micros = zone(civil);
  if (micros) return with_micros(std::move(stamp), StampKind::zone_given, *micros);
  stamp.why = micros.error().message;
  return stamp;
}

}  // namespace

std::int64_t utc_micros(const CivilTime& t) noexcept {
  const std::int64_t days = days_from_civil(t.year, t.month, t.day);
  const std::int64_t seconds =
      ((days * 24 + t.hour) * 60 + t.minute) * 60 + static_cast<std::int64_t>(t.second);
  return seconds * kMicrosPerSecond + t.micros;
}

Stamp read_stamp(std::string_view raw, const ZoneResolver& zone) {
  Stamp stamp;
  stamp.raw = std::string(raw);
  const auto first = raw.find_first_not_of(" \t\r\n");
  const std::string_view text =
      first == std::string_view::npos
          ? std::string_view{}
          : raw.substr(first, raw.find_last_not_of(" \t\r\n") - first + 1);
  if (const auto micros = read_epoch(text))
    return with_micros(std::move(stamp), StampKind::zoned, *micros);
  std::optional<Read> read = read_iso(text);
  if (!read) read = read_rfc822(text);
  if (!read) {
    stamp.kind = StampKind::unreadable;
    stamp.why = text.empty() ? "empty" : "not a time in any form that test tools write";
    return stamp;
  }
  if (is_placeholder(read->civil)) {
    stamp.kind = StampKind::placeholder;
    return stamp;
  }
  if (!read->offset_minutes) return in_zone(std::move(stamp), read->civil, zone);
  const std::int64_t micros =
      utc_micros(read->civil) - *read->offset_minutes * 60 * kMicrosPerSecond;
  return with_micros(std::move(stamp), StampKind::zoned, micros);
}

}  // namespace assay::import
