#pragma once

/// Man pages (mdoc would be nicer to write, man(7) is what every reader has) from the command
/// table, so that they cannot say anything else than the program does. Pure.

#include <string>

#include "cli/app.hpp"

namespace assay::cli {

/// The page of one command with its sub-commands, in man(7) macros. `app` gives its longer text.
[[nodiscard]] std::string man_page(const App& app, const CLI::App& command);

}  // namespace assay::cli
