#pragma once

/// `assay state thresholds`: counts, limits and what they rest on, for each planned entry of each
/// phase.

#include "cli/session/ledger_session.hpp"

namespace assay::cli {

/// Empty texts let everything through. Errors: not_found, those of the store.
[[nodiscard]] Result<int> show_thresholds(Run& run, const LedgerSession& session,
                                          const projections::ProgrammeFold& fold,
                                          const std::string& phase, const std::string& entry);

}  // namespace assay::cli
