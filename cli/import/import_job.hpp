#pragma once

/// One target of one report on its way into the log: started, result by result, finished. An import
/// that was cut off goes on where the log says it stopped; one that is complete adds nothing.
/// Thread word: thread-compatible.

#include "cli/import/import_plan.hpp"
#include "cli/session/recording.hpp"

namespace assay::cli {

struct ImportResult {
  Identifier import;
  ImportStatus status = ImportStatus::recorded;
  std::uint64_t results = 0;   ///< recorded by this run
  std::uint64_t in_scope = 0;  ///< of them, that a scope item was found for
  events::TestKind kind = events::TestKind::mt;
};

/// Errors: those of plan_import, of recording and of the reader.
[[nodiscard]] Result<ImportResult> run_import(const Run& run, LedgerSession& session,
                                              Author& author, const ImportRequest& request,
                                              import::JunitSource& source,
                                              const import::JunitOptions& options,
                                              const ImportTarget& given,
                                              const import::JunitSummary& summary);

}  // namespace assay::cli
