#pragma once

/// The programme register for people, and for --json.

#include "cli/app.hpp"
#include "projections/register/register_state.hpp"

namespace assay::cli {

void print_register(const Run& run, const projections::RegisterState& state);
[[nodiscard]] Json register_json(const projections::RegisterState& state);

}  // namespace assay::cli
