#pragma once

/// What a projection is handed: one decoded event with its place in the log.

#include "ledger/events/catalogue.hpp"
#include "ledger/format/entry.hpp"

namespace assay::projections {

/// Views are valid during the call only.
struct RecordedEvent {
  EventId id;
  const EventData& data;
  Timestamp occurred_at;  ///< as the author claims
  Timestamp recorded_at;  ///< as the log says
  Hash author;            ///< key id
  Identifier party;       ///< of the author's key
  std::optional<Seen> seen;
};

}  // namespace assay::projections
