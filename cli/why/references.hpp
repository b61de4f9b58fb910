#pragma once

/// What an event points at: things, earlier events, evidence files. Taken from the invariants that
/// every type states beside its fields, so that no type can be forgotten. Pure.

#include <string>
#include <vector>

#include "ledger/events/catalogue.hpp"

namespace assay::cli {

struct References {
  std::vector<EventId> events;
  std::vector<Hash> files;
  std::vector<std::string> subjects;  ///< "run/R-101"; not the event's own
};

[[nodiscard]] References references_of(const EventData& data);

}  // namespace assay::cli
