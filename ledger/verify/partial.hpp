#pragma once

/// Verifies a bundle that is not a whole log: some entries, each with its proof under one
/// checkpoint (docs/format.md annex G). The claims are those of a whole log; what takes the entries
/// between is *not checked*. Pure, as verify.hpp.

#include <optional>
#include <vector>

#include "ledger/verify/bag.hpp"
#include "ledger/verify/bundle_index.hpp"
#include "ledger/verify/verify.hpp"

namespace assay::verify {

struct PartialReport {
  Report report;  ///< `size` and `head` are those of the checkpoint
  /// What the bundle says of itself; nothing where that could not be read.
  std::optional<BundleIndex> index;
};

/// `files` are all that `bag` has. `options.start`, `seal` and `indexes` mean nothing here.
/// Everything is borrowed for the call. Errors: of the run, where the bag itself could not be read.
[[nodiscard]] Result<PartialReport> verify_partial(const FileTree& bag,
                                                   const std::vector<BagFile>& files,
                                                   const VerifierFactory& factory,
                                                   const Options& options = {});

}  // namespace assay::verify
