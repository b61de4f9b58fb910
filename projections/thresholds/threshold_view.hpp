#pragma once

/// What a threshold policy comes to for one planned entry in one phase: the numbers, the issues
/// behind them, those that do not count and why, and how far it is to each limit. The structs
/// serialise to the JSON of `assay state thresholds`. Thread word: plain values.

#include "ledger/events/completion.hpp"
#include "ledger/events/policies/threshold.hpp"
#include "ledger/format/archive_traits.hpp"

namespace assay::projections {

struct ScopeValue {
  events::Dimension dimension = events::Dimension::kind;
  std::string value;
  bool operator==(const ScopeValue&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(dimension), CEREAL_NVP(value));
  }
};

/// Why an issue that affects something in a scope is not counted there.
enum class Exclusion : std::uint8_t {
  attribution_excluded,     ///< the policy leaves out issues of this attribution
  attribution_not_in_part,  ///< the part counts other attributions
  deselected,               ///< it affects de-selected entries only
  duplicate,                ///< another issue counts for it
  other_kind,               ///< raised in another kind of test, and not carried over
  other_phase,
  other_stage,
  severity_not_limited,  ///< no limit of the part is about its severity
  state_not_open,
};

struct CountedIssue {
  std::vector<Identifier> duplicates;  ///< that it counts for
  Identifier issue;
  std::vector<Identifier> planned_entries;  ///< affected, within the scope
  std::uint64_t severity = 1;               ///< as counted
  events::IssueState state = events::IssueState::raised;
  bool untriaged = false;  ///< nobody judged its severity
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(duplicates), CEREAL_NVP(issue), CEREAL_NVP(planned_entries),
            CEREAL_NVP(severity), CEREAL_NVP(state), CEREAL_NVP(untriaged));
  }
};

struct ExcludedIssue {
  Identifier issue;
  Exclusion reason = Exclusion::state_not_open;
  std::string text;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue), CEREAL_NVP(reason), CEREAL_NVP(text));
  }
};

struct LimitView {
  std::uint64_t count = 0;         ///< that the verdict rests on
  std::int64_t distance = 0;       ///< to the limit; negative beyond it
  std::vector<Identifier> issues;  ///< that count
  std::uint64_t max = 0;
  std::uint64_t per_entry = 0;  ///< the same, each issue once for every entry that it affects
  std::vector<std::uint64_t> severities;
  events::Verdict verdict = events::Verdict::undetermined;
  std::uint64_t with_deselected = 0;     ///< the count, if issues of de-selected entries stay
  std::uint64_t without_deselected = 0;  ///< the count, if they leave
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(count), CEREAL_NVP(distance), CEREAL_NVP(issues), CEREAL_NVP(max),
            CEREAL_NVP(per_entry), CEREAL_NVP(severities), CEREAL_NVP(verdict),
            CEREAL_NVP(with_deselected), CEREAL_NVP(without_deselected));
  }
};

struct ThresholdScopeView {
  std::vector<CountedIssue> counted;    ///< in the order of their ids
  std::vector<ExcludedIssue> excluded;  ///< in the order of their ids
  std::vector<ScopeValue> key;
  std::vector<LimitView> limits;  ///< in the policy's order
  std::string text;               ///< the key in words
  events::Verdict verdict = events::Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(counted), CEREAL_NVP(excluded), CEREAL_NVP(key), CEREAL_NVP(limits),
            CEREAL_NVP(text), CEREAL_NVP(verdict));
  }
};

struct ThresholdPartView {
  events::CountMode count = events::CountMode::distinct_issue;
  Identifier part;
  std::vector<ThresholdScopeView> scopes;  ///< one, or one for each group of the entry
  std::string text;                        ///< what is missing, where undetermined
  events::Verdict verdict = events::Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(count), CEREAL_NVP(part), CEREAL_NVP(scopes), CEREAL_NVP(text),
            CEREAL_NVP(verdict));
  }
};

struct ThresholdView {
  events::Combine combine = events::Combine::all_parts;
  std::vector<ThresholdPartView> parts;  ///< in the policy's order
  Identifier phase;
  Identifier planned_entry;
  events::SeverityAt severity_at = events::SeverityAt::cutoff;
  std::string text;  ///< why, in one sentence
  events::Verdict verdict = events::Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(combine), CEREAL_NVP(parts), CEREAL_NVP(phase), CEREAL_NVP(planned_entry),
            CEREAL_NVP(severity_at), CEREAL_NVP(text), CEREAL_NVP(verdict));
  }
};

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::Exclusion>[] = {
    "attribution_excluded", "attribution_not_in_part",
    "deselected",           "duplicate",
    "other_kind",           "other_phase",
    "other_stage",          "severity_not_limited",
    "state_not_open"};
}  // namespace assay
