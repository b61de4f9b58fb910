#pragma once

/// Opens the log that a run names, wherever it lies. Thread word: thread-compatible.

#include <memory>

#include "cli/session/log_to_verify.hpp"

namespace assay::cli {

/// A log, and the files that it borrows where it is a published one.
struct OpenedLog {
  std::unique_ptr<const verify::FileTree> files;
  std::unique_ptr<LogToVerify> log;
};

/// A ledger directory, a published directory, or an address of the web: `run.globals.ledger`.
/// Errors: those of the store; incomplete (what was published cannot be read), not_found.
[[nodiscard]] Result<OpenedLog> open_to_verify(const Run& run);

}  // namespace assay::cli
