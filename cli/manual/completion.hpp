#pragma once

/// Shell completions from the command table. Pure.

#include <string>

#include "cli/app.hpp"

namespace assay::cli {

/// A script for bash, zsh or fish. Errors: invalid_argument.
[[nodiscard]] Result<std::string> completion_script(const CLI::App& root, const std::string& shell);

}  // namespace assay::cli
