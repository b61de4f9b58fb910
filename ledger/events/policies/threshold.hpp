#pragma once

/// Threshold policies: limits on Testing Issues, in parts, each with a scope of its own. What the
/// briefing calls a "two part aggregate limit" is two parts; no number of it is known, so none is
/// compiled in.

#include "ledger/events/issues.hpp"

namespace assay::events {

/// What the issues of one part are counted over. A part counts separately for every combination of
/// its dimensions; with none it counts over the whole programme.
enum class Dimension : std::uint8_t {
  category,
  dmc,
  group,
  kind,
  phase,
  planned_entry,
  release,
  smso,
  stage,
};
enum class CountMode : std::uint8_t {
  distinct_issue,        ///< an issue that affects five entries counts once
  issue_once_per_scope,  ///< once in every scope in which it affects something
  per_affected_entry,    ///< once for every planned entry that it affects
};
enum class SeverityAt : std::uint8_t { cutoff, raised, max_ever };
/// Which issues of other kinds of test count too.
enum class CarryOver : std::uint8_t { none, combined_regression, all_kinds };
enum class Combine : std::uint8_t { all_parts, any_part };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::Dimension>[] = {
    "category", "dmc", "group", "kind", "phase", "planned_entry", "release", "smso", "stage"};
template <>
inline constexpr std::string_view kEnumTexts<events::CountMode>[] = {
    "distinct_issue", "issue_once_per_scope", "per_affected_entry"};
template <>
inline constexpr std::string_view kEnumTexts<events::SeverityAt>[] = {"cutoff", "raised",
                                                                      "max_ever"};
template <>
inline constexpr std::string_view kEnumTexts<events::CarryOver>[] = {"none", "combined_regression",
                                                                     "all_kinds"};
template <>
inline constexpr std::string_view kEnumTexts<events::Combine>[] = {"all_parts", "any_part"};
}  // namespace assay
namespace assay::events {

/// At most `max` issues whose severity is one of `severities`, taken together.
struct SeverityLimit {
  std::uint64_t max = 0;
  std::vector<std::uint64_t> severities;  ///< ascending
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(max), CEREAL_NVP(severities));
  }
};

struct ThresholdPart {
  std::set<Attribution> attributions;  ///< only these count; empty: all
  CountMode count = CountMode::distinct_issue;
  std::vector<SeverityLimit> limits;
  Identifier part;
  std::set<Dimension> scope;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(attributions), CEREAL_NVP(count), CEREAL_NVP(limits), CEREAL_NVP(part),
            CEREAL_NVP(scope));
  }
};

struct ThresholdPolicy {
  CarryOver carry_over = CarryOver::none;
  Combine combine = Combine::all_parts;
  bool deselected_count = true;  ///< issues of de-selected DMCs stay; both numbers are shown
  std::uint64_t downgrade_window_hours = 0;  ///< before a cut-off; 0: no such finding
  std::set<Attribution> exclude_attributions;
  std::set<IssueState> open_states;
  std::vector<ThresholdPart> parts;
  SeverityAt severity_at = SeverityAt::cutoff;
  std::uint64_t untriaged_counts_as = 1;           ///< a severity
  std::vector<std::uint64_t> work_off_severities;  ///< open ones need a work-off item at exit
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(carry_over), CEREAL_NVP(combine), CEREAL_NVP(deselected_count),
            CEREAL_NVP(downgrade_window_hours), CEREAL_NVP(exclude_attributions),
            CEREAL_NVP(open_states), CEREAL_NVP(parts), CEREAL_NVP(severity_at),
            CEREAL_NVP(untriaged_counts_as), CEREAL_NVP(work_off_severities));
  }
  void invariants(Invariants& v) const;
};

}  // namespace assay::events
