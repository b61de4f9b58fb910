#include "projections/rulebook/london.hpp"

namespace assay::projections {
namespace {

constexpr std::int64_t kDayUs = 24 * kHourUs;

/// 1970-01-01 was a Thursday; 0 is Sunday.
std::int64_t weekday(std::int64_t day) { return ((day + 4) % 7 + 7) % 7; }

/// 01:00 UTC on the last Sunday of the month.
Timestamp change_in(std::int64_t year, unsigned month) {
  const std::int64_t last = days_from_civil(year, month, days_in_month(year, month));
  return {(last - weekday(last)) * kDayUs + kHourUs};
}

std::int64_t year_of(Timestamp at) { return std::stoll(at.text().substr(0, 4)); }

Timestamp local(Timestamp at) { return {at.us + (is_summer_time(at) ? kHourUs : 0)}; }

}  // namespace

bool is_summer_time(Timestamp at) {
  // Both changes lie far from the turn of the year, so the year of UTC is the year meant.
  const std::int64_t year = year_of(at);
  return change_in(year, 3) <= at && at < change_in(year, 10);
}

Identifier london_day(Timestamp at) { return {local(at).text().substr(0, 10)}; }

std::string london_text(Timestamp at) {
  const std::string text = local(at).text();
  return text.substr(0, 10) + " " + text.substr(11, 5) + (is_summer_time(at) ? " BST" : " GMT");
}

Timestamp london_day_begins(const Identifier& day) {
  const auto number = day_number(day);
  ASSAY_ASSERT(number.has_value());
  const Timestamp as_utc{*number * kDayUs};
  // An hour before midnight UTC tells which time the clocks show at midnight: the changes come
  // later in the day.
  const Timestamp before{as_utc.us - kHourUs};
  return is_summer_time(before) ? before : as_utc;
}

Timestamp london_day_ends(const Identifier& day) {
  const auto number = day_number(day);
  ASSAY_ASSERT(number.has_value());
  return london_day_begins(day_of_number(*number + 1));
}

std::optional<std::int64_t> day_number(const Identifier& day) {
  const auto midnight = Timestamp::parse(day.text + "T00:00:00.000000Z");
  if (!midnight) return std::nullopt;
  return midnight->us >= 0 ? midnight->us / kDayUs : -((-midnight->us + kDayUs - 1) / kDayUs);
}

Identifier day_of_number(std::int64_t number) {
  return {Timestamp{number * kDayUs}.text().substr(0, 10)};
}

}  // namespace assay::projections
