#pragma once

/// Whole files, as commands read and write them. Errors name the path. Thread word: thread-safe.

#include <istream>
#include <string>

#include "ledger/base/error.hpp"

namespace assay::cli {

/// Errors: not_found, io, limit.
[[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t size_max_bytes);

/// The file at `path`, or everything from `in` when it is "-".
[[nodiscard]] Result<std::string> read_input(std::istream& in, const std::string& path,
                                             std::size_t size_max_bytes);

/// Writes durably under a temporary name and renames, so that nobody sees half a file; replaces
/// what was there only with `replace`. A device or a pipe is written to as it is, and never
/// replaced. Errors: conflict (it exists), invalid_argument (a directory), io, no_space.
[[nodiscard]] Status write_file(const std::string& path, std::string_view bytes, bool replace);

}  // namespace assay::cli
