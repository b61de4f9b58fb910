#pragma once

/// Where the results of a report belong: named on the command line, or by properties in the report
/// (ledger.phase, ledger.pee, ledger.build, ledger.run_counter_first). A report may hold suites for
/// several targets; each is an import of its own. Pure.

#include <map>
#include <optional>
#include <string>

#include "cli/import/junit_reader.hpp"
#include "ledger/events/runs.hpp"

namespace assay::cli {

struct ImportTarget {
  std::string phase;
  std::string planned_entry;
  std::string build;
  std::string run_counter_first;
  auto operator<=>(const ImportTarget&) const = default;
};

/// What the command line says; members that are empty are taken from the report.
[[nodiscard]] ImportTarget target_of(const import::JunitCase& found, const ImportTarget& given);

/// One look at the whole report: what it says, and how many results go where.
struct ReportOverview {
  import::JunitSummary summary;
  std::map<ImportTarget, events::ResultCounts> targets;
};

/// Errors: those of the reader.
[[nodiscard]] Result<ReportOverview> look_at(import::JunitSource& source,
                                             const import::JunitOptions& options,
                                             const ImportTarget& given);

}  // namespace assay::cli
