#pragma once

/// When an entry may be said to have been recorded: never before the one before it, and never a
/// leap ahead that one bad clock would force on everything after. Pure.

#include <cstdint>
#include <functional>
#include <optional>

#include "ledger/base/error.hpp"
#include "ledger/base/time.hpp"
#include "ledger/format/submission.hpp"
#include "ledger/format/values.hpp"

namespace assay::store {

struct ClockView {
  Timestamp now;
  std::optional<Timestamp> last;  ///< recorded_at of the last entry; none before entry 0
  std::int64_t ahead_max_ms = 0;  ///< how far `now` may lie ahead of `last`
  bool was_reset = false;         ///< the roots decided that time may go back
  bool is_way_out = false;        ///< the submission is part of such a decision
};

/// The time to record. A way out is recorded at the last entry's time while the clock is behind, or
/// nobody could ever decide the reset. Errors: clock.
[[nodiscard]] Result<Timestamp> recorded_time(const ClockView& clock);

/// Tells whether the event at that address is a clock reset.
using IsClockReset = std::function<bool(const EventId&)>;

/// True when every event is a clock reset or endorses one.
[[nodiscard]] bool is_way_out(const SubmissionView& submission, const IsClockReset& is_reset);

}  // namespace assay::store
