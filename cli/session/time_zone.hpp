#pragma once

/// What a clock time without a zone means, when somebody says which zone it was: an IANA name
/// ("Europe/London"), "UTC", or a fixed offset ("+01:00"). The zone is always told, never guessed.
/// Thread word: thread-safe.

#include "cli/import/stamp.hpp"

namespace assay::cli {

/// A resolver for `name`. It refuses clock times that the zone skips or repeats, because they have
/// no one meaning. Errors: invalid_argument (no such zone), not_found (the system has no zone
/// data).
[[nodiscard]] Result<import::ZoneResolver> zone_resolver(const std::string& name);

}  // namespace assay::cli
