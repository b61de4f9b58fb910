#pragma once

/// A bundle of the whole log: a published log in a bag. It is verified as any published log is,
/// with what the bag's manifests say beside it. Thread word: thread-compatible.

#include "cli/bundle/bundle_check.hpp"
#include "cli/session/log_to_verify.hpp"

namespace assay::cli {

/// Borrows the bag. Errors: not_found (no published log is in it), of the run.
[[nodiscard]] Result<std::unique_ptr<LogToVerify>> open_whole_bundle(const OpenBag& bag);

}  // namespace assay::cli
