#pragma once

/// What `assay import` is asked for, shared by its two ways: doing it and trying it.

#include "cli/import/import_plan.hpp"

namespace assay::cli {

struct ImportOptions {
  std::vector<std::string> files;
  ImportTarget target;
  std::string time_zone;
  std::string mapping = "name";
  std::string format = "auto";
  std::string key;
  bool repair = false;
  bool new_run = false;
  bool dry_run = false;
  bool lint = false;
  WriteOptions write;
};

/// How the reports are to be read. Errors: invalid_argument (no such time zone), not_found.
[[nodiscard]] Result<import::JunitOptions> reader_options(const ImportOptions& options);

/// What the report of `file` would be recorded as, but for its digests and size.
[[nodiscard]] ImportRequest request_of(const ImportOptions& options, const std::string& file,
                                       const ImportTarget& target,
                                       const events::ResultCounts& counts);

/// A phase or entry that is named on the line and does not exist. Errors: not_found.
[[nodiscard]] Status check_target(const LedgerSession& session, const ImportTarget& target);

/// If the report could be read with --repair, the error says so.
[[nodiscard]] Error with_repair_hint(Error error, import::JunitSource& source,
                                     import::JunitOptions reading, const ImportTarget& given);

/// --lint: only the files are read. --dry-run: the ledger is asked too what it would make of them.
/// Neither writes. Errors: what importing them would answer.
[[nodiscard]] Result<int> lint_reports(Run& run, const ImportOptions& options);
[[nodiscard]] Result<int> try_import(Run& run, const ImportOptions& options);

}  // namespace assay::cli
