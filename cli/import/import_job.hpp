#pragma once

/// One target of one report on its way into the log: started, result by result, finished. An import
/// that was cut off goes on where the log says it stopped; one that is complete adds nothing.
/// Thread word: thread-compatible.

#include "cli/import/derived_events.hpp"
#include "cli/import/import_target.hpp"
#include "cli/session/recording.hpp"

namespace assay::cli {

enum class ImportStatus : std::uint8_t { recorded, resumed, already_there };

struct ImportRequest {
  Hash evidence;
  std::string sha512;
  std::uint64_t size_bytes = 0;
  std::string file_name;
  Identifier mapping = "name";
  bool new_run = false;
  std::optional<std::string> time_zone;
  ImportTarget target;
  events::ResultCounts counts;
};

struct ImportResult {
  Identifier import;
  ImportStatus status = ImportStatus::recorded;
  std::uint64_t results = 0;   ///< recorded by this run
  std::uint64_t in_scope = 0;  ///< of them, that a scope item was found for
  events::TestKind kind = events::TestKind::mt;
};

/// Errors: not_found (no such phase or entry, with those there are), invalid_argument, those of
/// recording and of the reader.
[[nodiscard]] Result<ImportResult> run_import(const Run& run, LedgerSession& session,
                                              Author& author, const ImportRequest& request,
                                              import::JunitSource& source,
                                              const import::JunitOptions& options,
                                              const ImportTarget& given,
                                              const import::JunitSummary& summary);

}  // namespace assay::cli
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<cli::ImportStatus>[] = {"recorded", "resumed",
                                                                     "already_there"};
}  // namespace assay
