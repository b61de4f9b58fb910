#pragma once

/// A log's key without the record of what it released. The record is what an old copy of the ledger
/// meets when it is put back; where it is lost nobody can tell the newest copy from an old one. So
/// nothing is signed until a person says that this is the newest. Thread word: thread-compatible.

#include "cli/session/ledger_session.hpp"

namespace assay::cli {

/// Errors: forked (there is no record, and neither `adopt_head` nor `adopt_pin` was given; the log
/// is not what the pin says), those of reading the pin.
[[nodiscard]] Status check_adoption(const Run& run, const LedgerSession& session,
                                    const WriteOptions& options);

}  // namespace assay::cli
