#pragma once

/// --dry-run: whether the log would take events, asked of the same rules that the writer asks, on a
/// copy of the state in memory. Nothing is signed or written. Thread word: thread-compatible.

#include "cli/session/ledger_session.hpp"

namespace assay::cli {

/// Errors: what recording them would answer, except for what only the disk can say.
[[nodiscard]] Status try_events(const Run& run, const std::string& key_name,
                                const std::vector<std::string>& events,
                                const std::vector<std::string>& possession);

}  // namespace assay::cli
