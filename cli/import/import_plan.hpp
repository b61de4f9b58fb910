#pragma once

/// Where an import stands before anything of it is recorded: what makes it the import that it is,
/// how far the log has it already, and whether it is asked for as it was begun. Pure, but for
/// reading the log. Thread word: thread-compatible.

#include "cli/import/derived_events.hpp"
#include "cli/import/import_target.hpp"
#include "cli/session/ledger_session.hpp"
#include "projections/board/phase_board.hpp"

namespace assay::cli {

/// Name and version of what derives results from a report; recorded in import_started.
inline constexpr std::string_view kImportParser = "assay-junit-1";

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

struct ImportPlan {
  ImportKey key;
  Identifier import;
  ImportStatus status = ImportStatus::recorded;
  std::uint64_t from = 0;                     ///< results that the log has
  const projections::Phase* phase = nullptr;  ///< borrowed from the session's fold
};

/// Errors: invalid_argument (no phase or entry named), not_found (no such one), conflict (the same
/// import was begun with another time zone, build or parser: one import has one reading).
[[nodiscard]] Result<ImportPlan> plan_import(const LedgerSession& session,
                                             const ImportRequest& request);

/// The event that begins the import.
[[nodiscard]] events::ImportStarted started_event(const ImportRequest& request,
                                                  const ImportKey& key,
                                                  const import::JunitSummary& summary);
/// The event that names the file.
[[nodiscard]] events::EvidenceAdded evidence_event(const ImportRequest& request);

}  // namespace assay::cli
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<cli::ImportStatus>[] = {"recorded", "resumed",
                                                                     "already_there"};
}  // namespace assay
