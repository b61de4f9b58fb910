#pragma once

/// Another program that folds the same log: an older build, or somebody else's. It is run as
///
///   PROGRAM --ledger LEDGER --keys KEYS state programme --at SIZE --json
///
/// and asked for nothing but the member `state_digests` of its answer. No shell is involved.
/// Thread word: thread-compatible.

#include <string>
#include <vector>

#include "cli/app.hpp"
#include "projections/fold/projection.hpp"

namespace assay::cli {

/// The digests that `program` has at `size`, ascending by name. Errors: not_found (no such
/// program), unsupported (it fails, or its answer has no digests), io.
[[nodiscard]] Result<std::vector<projections::StateDigest>> digests_of(const Run& run,
                                                                       const std::string& program,
                                                                       std::uint64_t size);

}  // namespace assay::cli
