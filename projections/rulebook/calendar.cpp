#include "projections/rulebook/calendar.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

bool is_weekend(std::int64_t day) {
  // 1970-01-01 was a Thursday; 0 is Sunday.
  const std::int64_t weekday = ((day + 4) % 7 + 7) % 7;
  return weekday == 0 || weekday == 6;
}

bool speaks_of(const events::CalendarPolicy& calendar, const Identifier& day) {
  return calendar.from <= day && day <= calendar.until;
}

/// Working days in (from, to]; both must be days that the calendar speaks of.
std::int64_t count(const events::CalendarPolicy& calendar, const Identifier& from,
                   const Identifier& to) {
  std::int64_t days = 0;
  const std::int64_t last = *day_number(to);
  for (std::int64_t day = *day_number(from) + 1; day <= last; ++day) {
    if (!is_weekend(day)) ++days;
  }
  for (const events::Holiday& holiday : calendar.holidays) {
    const auto day = day_number(holiday.date);
    if (day && from < holiday.date && holiday.date <= to && !is_weekend(*day)) --days;
  }
  return days;
}

}  // namespace

std::optional<bool> is_working_day(const events::CalendarPolicy& calendar, const Identifier& day) {
  const auto number = day_number(day);
  if (!number || !speaks_of(calendar, day)) return std::nullopt;
  return !is_weekend(*number) &&
         std::ranges::find(calendar.holidays, day, &events::Holiday::date) ==
             calendar.holidays.end();
}

std::optional<std::int64_t> working_days_between(const events::CalendarPolicy& calendar,
                                                 const Identifier& from, const Identifier& to) {
  if (!day_number(from) || !day_number(to)) return std::nullopt;
  if (!speaks_of(calendar, from) || !speaks_of(calendar, to)) return std::nullopt;
  return to < from ? -count(calendar, to, from) : count(calendar, from, to);
}

std::optional<Identifier> add_working_days(const events::CalendarPolicy& calendar,
                                           const Identifier& from, std::uint64_t count) {
  auto number = day_number(from);
  if (!number || !speaks_of(calendar, from)) return std::nullopt;
  Identifier day = from;
  while (count > 0) {
    day = day_of_number(++*number);
    const auto working = is_working_day(calendar, day);
    if (!working) return std::nullopt;
    if (*working) --count;
  }
  return day;
}

const events::CalendarPolicy* calendar_in_force(const Rulebook& rulebook,
                                                const PolicyTarget& target, Timestamp at) {
  const auto found = policy_in_force(rulebook, events::PolicyKind::calendar, target, at);
  return found ? &*found->body->calendar : nullptr;
}

}  // namespace assay::projections
