#pragma once

/// The `time` attribute of a report: decimal seconds, read into whole nanoseconds. Pure.
///
/// What can be read in one way only is read; everything else is unknown, never 0. Tools write
/// "0.003", "4.3e-05" (Python), "1,204.318" (Surefire's thousands) and, by the machine's language,
/// "1.204,318" or "0,5", where nothing says which sign parts the seconds.

#include <cstdint>
#include <string_view>

#include "ledger/base/error.hpp"

namespace assay::import {

/// Nanoseconds, 0 to 2^53 - 1 (104 days), cut off below the nanosecond. Blanks around the number
/// are allowed. Errors: malformed, with the reason in words: empty, negative, not finite, longer
/// than 104 days, a comma that can be read in two ways, not a number of seconds.
[[nodiscard]] Result<std::int64_t> parse_seconds(std::string_view text);

}  // namespace assay::import
