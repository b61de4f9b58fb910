#include "ledger/store/clock_rule.hpp"

#include <algorithm>

#include "ledger/events/catalogue.hpp"

namespace assay::store {

Result<Timestamp> recorded_time(const ClockView& clock) {
  if (!clock.last || clock.was_reset) return clock.now;
  if (clock.now < *clock.last) {
    if (clock.is_way_out) return *clock.last;
    return fail(Errc::clock,
                "the clock says " + clock.now.text() + ", but the last entry was recorded at " +
                    clock.last->text(),
                "set the machine's clock; if the last entry's time is the wrong one, a "
                "`clock_reset` by the root parties is the way out");
  }
  constexpr std::int64_t kUsPerMs = 1000;
  const std::int64_t ahead_ms = (clock.now.us - clock.last->us) / kUsPerMs;
  if (ahead_ms > clock.ahead_max_ms && !clock.is_way_out) {
    constexpr std::int64_t kMsPerDay = 24LL * 60 * 60 * 1000;
    return fail(Errc::clock,
                "the clock says " + clock.now.text() + ", " + std::to_string(ahead_ms / kMsPerDay) +
                    " days after the last entry (" + clock.last->text() + ")",
                "if that is right, raise the limit with --max-clock-step-days; an entry with a "
                "time in the future would block every one after it");
  }
  return clock.now;
}

bool is_way_out(const SubmissionView& submission, const IsClockReset& is_reset) {
  return std::all_of(
      submission.events.begin(), submission.events.end(), [&](const EventView& event) {
        if (event.type == events::ClockReset::kType) return true;
        if (event.type != events::DecisionEndorsed::kType) return false;
        const auto data = decode_event(event.type, event.version, event.data);
        const auto* endorsed = data ? event_if<events::DecisionEndorsed>(&*data) : nullptr;
        return endorsed != nullptr && is_reset(endorsed->target);
      });
}

}  // namespace assay::store
