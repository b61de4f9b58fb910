#pragma once

/// The content of a policy: exactly one of its kinds. A policy is data that the programme signs;
/// where a number or a clause is unknown, there is no policy, and what rests on it is undetermined.

#include "ledger/events/policies/approval.hpp"
#include "ledger/events/policies/criteria.hpp"
#include "ledger/events/policies/dmc_selection.hpp"
#include "ledger/events/policies/settings.hpp"
#include "ledger/events/policies/threshold.hpp"

namespace assay::events {

/// In the order of the members of `PolicyBody`.
enum class PolicyKind : std::uint8_t {
  approval,
  audit_regime,
  calendar,
  combined_completion,
  dmc_selection,
  entry,
  exit,
  import_mapping,
  lateness,
  migration,
  regression,
  severity_taxonomy,
  threshold,
  witness,
};

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::PolicyKind>[] = {
    "approval",      "audit_regime", "calendar",   "combined_completion",
    "dmc_selection", "entry",        "exit",       "import_mapping",
    "lateness",      "migration",    "regression", "severity_taxonomy",
    "threshold",     "witness"};
}  // namespace assay
namespace assay::events {

struct PolicyBody {
  std::optional<ApprovalPolicy> approval;
  std::optional<AuditPolicy> audit_regime;
  std::optional<CalendarPolicy> calendar;
  std::optional<CombinedCompletionPolicy> combined_completion;
  std::optional<SelectionPolicy> dmc_selection;
  std::optional<EntryPolicy> entry;
  std::optional<ExitPolicy> exit;
  std::optional<ImportMapping> import_mapping;
  std::optional<LatenessPolicy> lateness;
  std::optional<MigrationPolicy> migration;
  std::optional<RegressionPolicy> regression;
  std::optional<SeverityTaxonomy> severity_taxonomy;
  std::optional<ThresholdPolicy> threshold;
  std::optional<WitnessPolicy> witness;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(audit_regime), CEREAL_NVP(calendar),
            CEREAL_NVP(combined_completion), CEREAL_NVP(dmc_selection), CEREAL_NVP(entry),
            CEREAL_NVP(exit), CEREAL_NVP(import_mapping), CEREAL_NVP(lateness),
            CEREAL_NVP(migration), CEREAL_NVP(regression), CEREAL_NVP(severity_taxonomy),
            CEREAL_NVP(threshold), CEREAL_NVP(witness));
  }
  /// Kinds that are present; a sound body has exactly one.
  [[nodiscard]] std::vector<PolicyKind> kinds() const;
  void invariants(Invariants& v) const;
};

}  // namespace assay::events
