#pragma once

/// A bag that was unpacked. Thread word: pure but for the disk.

#include "cli/bundle/spooled_bag.hpp"
#include "cli/sources/directory_tree.hpp"

namespace assay::cli {

/// Every file below the folder, hashed, ascending by name. Errors: incomplete (a link or something
/// else that is no file, a name that no bag has, more of anything than `limits`), those of the
/// tree.
[[nodiscard]] Result<std::vector<verify::BagFile>> files_below(const DirectoryTree& tree,
                                                               const ZipLimits& limits);

}  // namespace assay::cli
