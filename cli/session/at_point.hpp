#pragma once

/// --at: a point of the log, as people name one. Every reading command takes it.
///
///   4711                           a size: the first 4,711 entries
///   2019-11-15T17:00:00Z           a time: everything recorded until then
///   2019-11-15                     a day: everything recorded before its end (UTC)
///   pin:FILE                       the size that a pin states, after its root was found in the log
///   head                           the end of the log
///
/// Thread word: thread-compatible.

#include "cli/session/ledger_session.hpp"

namespace assay::cli {

/// The log size that `text` names. Errors: invalid_argument, not_found (beyond the log), forked
/// (the pin's root is not the log's), those of the store.
[[nodiscard]] Result<std::uint64_t> size_at(const LedgerSession& session, const std::string& text);

/// Adds --at to a reading command.
void add_at_option(CLI::App* command, std::string& at);

}  // namespace assay::cli
