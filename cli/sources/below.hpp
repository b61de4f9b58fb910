#pragma once

/// Files below a folder that was opened once, reached part by part without following any link: what
/// a name says stays below that folder, whoever may write there. Plain POSIX, Linux.
/// Thread word: thread-safe.

#include <string>

#include "keys/posix_file.hpp"
#include "ledger/base/error.hpp"

namespace assay::cli {

/// Opens a folder to look below it. Errors: not_found, invalid_argument (not a folder), io.
[[nodiscard]] Result<keys::FileDescriptor> open_folder(const std::string& path);

/// `name` is as verify::is_tree_name has it, or empty for the folder itself. Nothing is created,
/// and a FIFO does not block. Errors: not_found, rejected (a link on the way or at the end),
/// invalid_argument (the name), io.
[[nodiscard]] Result<keys::FileDescriptor> open_below(const keys::FileDescriptor& folder,
                                                      const std::string& name, int flags);

/// The folder that `name` lies in, made with those above it where they are absent (mode 0755).
/// `leaf` is set to the name's last part. Errors: those of open_below, no_space.
[[nodiscard]] Result<keys::FileDescriptor> make_parent_below(const keys::FileDescriptor& folder,
                                                             const std::string& name,
                                                             std::string& leaf);

}  // namespace assay::cli
