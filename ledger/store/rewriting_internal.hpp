#pragma once

/// Another end for a log, as only damage on purpose gives it one (damage.hpp). Not installed.

#include <span>
#include <string>

#include "ledger/store/store.hpp"

namespace assay::store {

/// Makes `entries` what the log holds from `from` on, with `previous` put right in each, and all
/// indexes as if they had been recorded so. Checkpoints beyond the new end go, and so do snapshots
/// of more than `from` entries. The store is to be closed afterwards: what it has in memory is of
/// the log before. Errors: invalid_argument (`from` is beyond the end), malformed (an entry), io.
[[nodiscard]] Status rewrite_log(Store& store, std::uint64_t from,
                                 std::span<const std::string> entries);

}  // namespace assay::store
