#pragma once

/// Quantifiers over a raw list of events, each as it was recorded: an endorsement is no second
/// event. Thread word: pure.

#include "tests/support/event_feed.hpp"

namespace assay::testing {

template <class Event, class Holds>
bool any(const std::vector<FedEvent>& told, const Holds& holds) {
  for (const FedEvent& one : told) {
    if (one.stage == projections::Stage::became_effective) continue;
    const Event* const event = event_if<Event>(&one.data);
    if (event != nullptr && holds(*event, one.id)) return true;
  }
  return false;
}

template <class Event, class Do>
void each(const std::vector<FedEvent>& told, const Do& act) {
  any<Event>(told, [&](const Event& event, const EventId& id) {
    act(event, id);
    return false;
  });
}

}  // namespace assay::testing
