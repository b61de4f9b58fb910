#pragma once

/// The smaller kinds of policy: regimes, taxonomies, mappings, limits on time, the calendar.

#include "ledger/events/issues.hpp"
#include "ledger/events/phases.hpp"

namespace assay::events {

enum class AuditRegime : std::uint8_t { audit_required, not_required, ledger_verification };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::AuditRegime>[] = {
    "audit_required", "not_required", "ledger_verification"};
}  // namespace assay
namespace assay::events {

/// Whether an external auditor's report, or a verification by somebody outside DCC, is asked for.
struct AuditPolicy {
  AuditRegime regime = AuditRegime::audit_required;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(regime));
  }
};

/// "Scope to provide for" a combined completion (MTAD 10.2, SVTAD 9.7): permitted, never implied.
struct CombinedCompletionPolicy {
  bool allowed = false;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(allowed));
  }
};

struct RegressionPolicy {
  std::optional<std::uint64_t> assessment_hours_max;  ///< absent: until exit
  bool document_required = false;                     ///< a Depth and Breadth of regression
  bool firmware_is_change = true;
  bool fix_is_change = true;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assessment_hours_max), CEREAL_NVP(document_required),
            CEREAL_NVP(firmware_is_change), CEREAL_NVP(fix_is_change));
  }
};

struct SeverityLevel {
  std::uint64_t severity = 1;
  std::string text;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(severity), CEREAL_NVP(text));
  }
};

struct SeverityTaxonomy {
  std::vector<SeverityLevel> levels;                   ///< ascending, all five
  std::vector<std::uint64_t> severities_not_deferred;  ///< that may not be deferred
  std::set<Role> triage_roles;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(levels), CEREAL_NVP(severities_not_deferred), CEREAL_NVP(triage_roles));
  }
  void invariants(Invariants& v) const;
};

/// One severity of another tool's scale. Scales run in opposite directions, so every value is
/// mapped by name.
struct SeverityMapping {
  std::string from;
  std::uint64_t to = 1;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(from), CEREAL_NVP(to));
  }
};

struct ImportMapping {
  std::vector<SeverityMapping> severities;
  std::string source;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(severities), CEREAL_NVP(source));
  }
  void invariants(Invariants& v) const;
};

/// How long after it happened something may be recorded. Absent: no limit, and so no verdict.
struct LatenessPolicy {
  std::optional<std::uint64_t> issue_hours_max;   ///< from the end of the run to the issue
  std::optional<std::uint64_t> result_hours_max;  ///< from the end of the run to the log
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue_hours_max), CEREAL_NVP(result_hours_max));
  }
};

struct Holiday {
  Identifier date;
  std::string name;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(date), CEREAL_NVP(name));
  }
};

/// Days that are not working days, beside Saturdays and Sundays; days are London days.
struct CalendarPolicy {
  Identifier from;                ///< the first day that the calendar speaks of
  std::vector<Holiday> holidays;  ///< ascending
  Identifier until;               ///< the last day
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(from), CEREAL_NVP(holidays), CEREAL_NVP(until));
  }
  void invariants(Invariants& v) const;
};

/// Migration ST (MTAD 5.5), the security features of firmware (5.7), and Migration DMRT (6.3(b)).
struct MigrationPolicy {
  IdentifierSet dmrt_releases;  ///< whose MT must include Migration DMRT
  Identifier dmrt_stage;        ///< as the Depth and Breadth document calls it
  bool security_features_required = false;
  Identifier security_features_tag;  ///< of promised items
  std::set<SystemSide> sides;
  Identifier stage;                     ///< to which the matrix applies
  std::vector<std::string> tmad_steps;  ///< as the TMAD names them
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(dmrt_releases), CEREAL_NVP(dmrt_stage),
            CEREAL_NVP(security_features_required), CEREAL_NVP(security_features_tag),
            CEREAL_NVP(sides), CEREAL_NVP(stage), CEREAL_NVP(tmad_steps));
  }
};

/// Who has to have witnessed checkpoints, and how soon.
struct WitnessPolicy {
  std::uint64_t age_hours_max = 0;
  std::uint64_t witnesses_min = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(age_hours_max), CEREAL_NVP(witnesses_min));
  }
};

}  // namespace assay::events
