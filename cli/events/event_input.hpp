#pragma once

/// Events as people give them to the command line: a JSON object, or `member=value` pairs. The
/// type's own field description decides what a value means and refuses what it does not know. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "ledger/events/catalogue.hpp"

namespace assay::cli {

/// One event, whole: {"type":…,"data":{…}} with optional occurred_at, version and subject.
/// `now` stands in for a missing occurred_at. Returns canonical event bytes.
/// Errors: malformed (place and member), rejected (unknown type, with the nearest), limit.
[[nodiscard]] Result<std::string> event_from_json(std::string_view text, const Timestamp& now);

/// The `data` object of a known type. Returns canonical event bytes.
[[nodiscard]] Result<std::string> event_from_data(std::string_view type, std::string_view data_json,
                                                  const Timestamp& occurred_at);

/// Pairs like issue=TI-0001 severity=3 planned_entries=PEE-001,PEE-002 conditions='[{"text":"…"}]'.
/// Errors: as above; an unknown member comes with the nearest known one.
[[nodiscard]] Result<std::string> event_from_pairs(std::string_view type,
                                                   const std::vector<std::string>& pairs,
                                                   const Timestamp& occurred_at);

/// Finds the type by name, newest version. Errors: rejected, with the nearest name.
[[nodiscard]] Result<const EventType*> known_type(std::string_view name);

}  // namespace assay::cli
