#pragma once

/// One key, one purpose: a root key, a key of the log, or an author's key; whatever a key once was
/// it stays, though it is replaced, retired or revoked. The table of ids keeps the purposes, so
/// that events of one submission see each other's and a refused submission leaves none behind.

#include "ledger/events/catalogue.hpp"
#include "projections/register/id_table.hpp"

namespace assay::projections {

/// Notes the purposes that `data` gives to keys. The rule that it breaks; empty when it breaks
/// none. What it names as the log's next key has its purpose from then on.
[[nodiscard]] std::string take_purposes(const EventData& data, IdTable& ids);

}  // namespace assay::projections
