#pragma once

/// The files of a pin: the head that a verification sealed, and beside it what the next one goes on
/// from. Thread word: thread-compatible.

#include "cli/session/verification.hpp"
#include "keys/posix_file.hpp"

namespace assay::cli {

/// Replaces the pin `file` and its state by what `verified` sealed; `source` is the log it was of,
/// which is read again only where entries came after the last checkpoint. Errors: invalid_argument
/// (nothing was sealed), those of the source and of the files.
[[nodiscard]] Status keep_pin(const std::string& file, const Verified& verified,
                              const verify::Source& source);

/// Keeps other monitors away from the pin `file` for as long as the descriptor lives; the file
/// `file`.lock stays. Two at once could move the pin back, and a rollback would pass. Errors:
/// locked, io, not_found (the folder).
[[nodiscard]] Result<keys::FileDescriptor> lock_pin(const std::string& file);

}  // namespace assay::cli
