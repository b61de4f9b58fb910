#pragma once

/// Opens the log that a run names, wherever it lies. Thread word: thread-compatible.

#include <memory>

#include <CLI/App.hpp>

#include "cli/session/log_to_verify.hpp"
#include "cli/sources/web_tree.hpp"

namespace assay::cli {

/// A log, and the files that it borrows where it is a published one.
struct OpenedLog {
  std::unique_ptr<const verify::FileTree> files;
  std::unique_ptr<LogToVerify> log;
};

/// A ledger directory, a published directory, or an address of the web: `run.globals.ledger`.
/// On the web it takes at most `web_time_s` in all. Errors: those of the store; incomplete (what
/// was published cannot be read, is something else as well, or is no checkpoint), not_found.
[[nodiscard]] Result<OpenedLog> open_to_verify(const Run& run,
                                               std::uint32_t web_time_s = kWebTimeS);

/// --timeout, for a log on the web.
void add_web_time_option(CLI::App* command, std::uint32_t& web_time_s);

}  // namespace assay::cli
