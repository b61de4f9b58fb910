#pragma once

/// Times as people write them. Pure.

#include <string>

#include "ledger/base/time.hpp"

namespace assay::cli {

/// 2019-11-15T17:00Z, with seconds, with a fraction of them or without: always UTC, because a time
/// without a zone is a guess. Errors: malformed.
[[nodiscard]] Result<Timestamp> time_from_text(const std::string& text);

}  // namespace assay::cli
