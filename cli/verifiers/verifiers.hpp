#pragma once

/// The verifiers that travel with a published log, so that whoever gets it needs no program of
/// ours: a page for a browser and a script for a shell. Their bytes are compiled in; one that this
/// build was made without is empty. Thread word: pure functions.

#include <string_view>

namespace assay::cli {

[[nodiscard]] std::string_view verify_html();
[[nodiscard]] std::string_view verify_sh();

}  // namespace assay::cli
