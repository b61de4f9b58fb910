#pragma once

/// What a report becomes in the log: `import_started`, one `result_imported` a case,
/// `import_finished`. The original bytes are evidence already; these events cite their digest and
/// position. Pure.

#include "cli/import/junit_model.hpp"
#include "ledger/events/runs.hpp"

namespace assay::cli {

/// What makes two imports the same import.
struct ImportKey {
  Hash evidence;
  events::TestKind kind = events::TestKind::mt;
  Identifier mapping;
  Identifier phase;
  Identifier planned_entry;
  std::uint64_t repeat = 0;
  std::optional<std::uint64_t> run_counter_first;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(evidence), CEREAL_NVP(kind), CEREAL_NVP(mapping), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entry), CEREAL_NVP(repeat), CEREAL_NVP(run_counter_first));
  }
};

/// "imp-" and 32 hex digits of the SHA-256 of the key's canonical JSON.
[[nodiscard]] Identifier import_id(const ImportKey& key);

/// `ordinal` counts the results of this import, which may be a part of the file.
[[nodiscard]] events::ResultImported derived_result(const import::JunitCase& found,
                                                    const ImportKey& key, const Identifier& id,
                                                    std::uint64_t ordinal,
                                                    std::optional<Identifier> item);

/// The receipt. Lists that would not fit one submission are cut, and say so.
[[nodiscard]] events::ImportFinishedV2 derived_receipt(const import::JunitSummary& summary,
                                                       const Identifier& id,
                                                       const events::ResultCounts& counts);

[[nodiscard]] events::FilePosition file_position(const import::Position& at);

}  // namespace assay::cli
