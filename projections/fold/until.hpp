#pragma once

/// How far an answer about the past looks. Thread word: plain value.

#include <limits>

#include "projections/fold/recorded_event.hpp"

namespace assay::projections {

/// At events before `event`, and at what took effect at `at` or before. Without a limit: at all
/// that there is.
struct Until {
  Timestamp at{std::numeric_limits<std::int64_t>::max()};
  EventId event{std::numeric_limits<std::uint64_t>::max(), 0};
  [[nodiscard]] bool saw(const EventId& id) const { return id < event; }
  [[nodiscard]] bool in_effect(const std::optional<Timestamp>& since) const {
    return since && *since <= at;
  }
};

}  // namespace assay::projections
