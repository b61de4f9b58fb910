#pragma once

/// What the commands that show a state share: the fold at --at, with its digests and what makes
/// them less than certain.

#include <functional>

#include "cli/app.hpp"
#include "cli/render/view_json.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::cli {

/// The member `state_digests` of every answer that rests on states.
[[nodiscard]] Json digests_json(const std::vector<projections::StateDigest>& states);

/// Digests of the states, and what makes them less than certain.
void show_basis(Run& run, const projections::ProgrammeFold& fold);

using ShowState = std::function<Result<int>(Run&, const projections::ProgrammeFold&)>;

/// Folds the ledger as it was at `at` (empty: its end), says on what the answer rests, and hands
/// the fold to `show`. Errors: those of the ledger, of `at`, and of `show`.
[[nodiscard]] Result<int> read_state(Run& run, const std::string& at, const ShowState& show);

}  // namespace assay::cli
