#pragma once

/// Quantifiers over a raw list of events, each as it was recorded: an endorsement is no second
/// event. Thread word: pure.

#include <span>

#include "ledger/format/json_archive.hpp"
#include "tests/support/event_feed.hpp"

namespace assay::testing {

template <class Event, class Holds>
bool any(std::span<const FedEvent> told, const Holds& holds) {
  for (const FedEvent& one : told) {
    if (one.stage == projections::Stage::became_effective) continue;
    const Event* const event = event_if<Event>(&one.data);
    if (event != nullptr && holds(*event, one.id)) return true;
  }
  return false;
}

template <class Event, class Do>
void each(std::span<const FedEvent> told, const Do& act) {
  any<Event>(told, [&](const Event& event, const EventId& id) {
    act(event, id);
    return false;
  });
}

/// The history as a readable list, a line an event.
inline std::string listing(std::span<const FedEvent> history) {
  std::string text;
  for (const FedEvent& event : history) {
    text += event.id.text() + " " + std::string(type_of(event.data).name) + " ";
    if (event.stage == projections::Stage::became_effective) {
      text += "is endorsed\n";
      continue;
    }
    text += visit_event([](const auto& said) { return to_canonical(said); }, event.data);
    text += event.stage == projections::Stage::awaiting_voices ? " waits\n" : "\n";
  }
  return text;
}

}  // namespace assay::testing
