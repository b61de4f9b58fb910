#pragma once

/// --dry-run: whether the log would take events, asked of the same rules that the writer asks, on a
/// copy of the state in memory. Nothing is signed or written. Thread word: thread-compatible.

#include "cli/session/ledger_session.hpp"

namespace assay::cli {

/// Errors: what recording them would answer, except for what only the disk can say.
[[nodiscard]] Status try_events(const Run& run, const std::string& key_name,
                                const std::vector<std::string>& events,
                                const std::vector<std::string>& possession,
                                const WriteOptions& options);

/// The same in a session that is a trial; what was tried before in it counts as recorded.
[[nodiscard]] Status try_in(const Run& run, LedgerSession& session, const std::string& key_name,
                            const std::vector<std::string>& events);

/// What key `key_name` signed for this log and has no receipt for; the next recording hands it in
/// first. Errors: those of the outbox.
[[nodiscard]] Result<std::uint64_t> count_waiting(const Run& run, const LedgerSession& session,
                                                  const std::string& key_name);

}  // namespace assay::cli
