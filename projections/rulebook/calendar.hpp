#pragma once

/// Working days by a calendar policy: days that are no Saturday, no Sunday and no holiday of it.
/// A calendar speaks only of the days between its `from` and `until`; of others nothing is known,
/// and the answer is absent (undetermined). Thread word: pure functions.

#include "projections/rulebook/in_force.hpp"
#include "projections/rulebook/london.hpp"

namespace assay::projections {

/// Absent outside the calendar's range, and for what is no date.
[[nodiscard]] std::optional<bool> is_working_day(const events::CalendarPolicy& calendar,
                                                 const Identifier& day);

/// Working days after `from`, up to and including `to`: from a Friday to the next Monday it is 1.
/// Negative when `to` lies before `from`.
[[nodiscard]] std::optional<std::int64_t> working_days_between(
    const events::CalendarPolicy& calendar, const Identifier& from, const Identifier& to);

/// The day on which `count` working days after `from` are full; `from` itself for 0.
[[nodiscard]] std::optional<Identifier> add_working_days(const events::CalendarPolicy& calendar,
                                                         const Identifier& from,
                                                         std::uint64_t count);

/// Borrowed from the rulebook; null when none is in force for the target.
[[nodiscard]] const events::CalendarPolicy* calendar_in_force(const Rulebook& rulebook,
                                                              const PolicyTarget& target,
                                                              Timestamp at);

}  // namespace assay::projections
