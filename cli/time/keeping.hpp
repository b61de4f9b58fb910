#pragma once

/// Putting a timestamp into a ledger. No key is needed for it: nothing is signed.
/// Thread word: thread-compatible.

#include <cstdint>
#include <string>

#include "cli/app.hpp"
#include "ledger/store/store.hpp"

namespace assay::cli {

/// Keeps a response that was verified. `reader` is the store as it was read for that; it is closed.
/// Errors: those of Store::open_writable and save_timestamp, forked (an old copy of the ledger).
[[nodiscard]] Status keep_timestamp(const Run& run, store::Store reader, std::uint64_t size,
                                    const std::string& response, std::uint64_t wait_s);

}  // namespace assay::cli
