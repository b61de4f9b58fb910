#pragma once

/// A bundle that somebody was handed, as `assay verify` takes it: a zip, or the folder that it was
/// unpacked to. No ledger is needed. Thread word: thread-compatible.

#include "cli/bundle/spooled_bag.hpp"
#include "cli/session/verification.hpp"
#include "ledger/verify/partial.hpp"

namespace assay::cli {

/// True for an ordinary file, and for a folder with a bagit.txt or a manifest in it.
[[nodiscard]] bool looks_bundled(const std::string& path);

/// A bag, wherever it lies, with everything that is in it.
struct OpenBag {
  std::unique_ptr<verify::FileTree> tree;
  std::vector<verify::BagFile> files;  ///< ascending by name
};
/// Errors: those of SpooledBag; of a folder, those of DirectoryTree.
[[nodiscard]] Result<OpenBag> open_bag(const std::string& path, const ZipLimits& limits);

struct BundleVerified {
  Verified verified;
  std::optional<verify::BundleIndex> index;
};

/// Errors: what keeps the verification from beginning. Everything after that is in the report.
[[nodiscard]] Result<BundleVerified> check_bundle(const Run& run, const OpenBag& bag,
                                                  const VerificationOptions& options);

/// What the bundle says of itself, before the claims: for people and for --json.
void show_bundle(const Run& run, const BundleVerified& checked);

}  // namespace assay::cli
