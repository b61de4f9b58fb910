#pragma once

/// London time, for deadlines that a programme states in days of the United Kingdom. Only the rule
/// in force since 1996 is known: British Summer Time, UTC+1, from 01:00 UTC on the last Sunday of
/// March to 01:00 UTC on the last Sunday of October (The Summer Time Order 2002, SI 2002/262).
/// For years before, the answer is what that rule would have given.
///
/// A day is an identifier like "2019-10-27" that `is_date` accepts. Both changes happen at 01:00 or
/// later by the wall clock, so every day begins at one midnight. Thread word: pure functions.

#include <optional>
#include <string>

#include "ledger/base/time.hpp"
#include "ledger/format/values.hpp"

namespace assay::projections {

[[nodiscard]] bool is_summer_time(Timestamp at);
/// The London day that `at` falls on.
[[nodiscard]] Identifier london_day(Timestamp at);
/// "2019-11-15 17:00 GMT" or "2019-08-29 09:30 BST"; seconds are dropped.
[[nodiscard]] std::string london_text(Timestamp at);

/// The first moment of the day. `day` must be a date.
[[nodiscard]] Timestamp london_day_begins(const Identifier& day);
/// The first moment after it.
[[nodiscard]] Timestamp london_day_ends(const Identifier& day);

/// Days since 1970-01-01; absent when `day` is no date.
[[nodiscard]] std::optional<std::int64_t> day_number(const Identifier& day);
[[nodiscard]] Identifier day_of_number(std::int64_t number);

}  // namespace assay::projections
