#pragma once

/// What a reader is shown of Testing Issues. Pure functions of the register; the structs serialise
/// to the JSON of `assay state issues`.

#include "projections/issues/issue_register.hpp"

namespace assay::projections {

/// The severity that an issue is counted under. An issue that nobody has triaged has none that was
/// judged, whatever was recorded of it: it is in a bucket of its own, never mild and never missing.
enum class SeverityBucket : std::uint8_t {
  severity_1,
  severity_2,
  severity_3,
  severity_4,
  severity_5,
  untriaged,
};

[[nodiscard]] SeverityBucket bucket_of(const Issue& issue) noexcept;

/// Empty sets let everything through.
struct IssueFilter {
  std::set<SeverityBucket> buckets;
  std::set<Identifier> phases;
  std::set<Identifier> planned_entries;
  std::set<IssueState> states;
  [[nodiscard]] bool lets_through(const Issue& issue) const;
};

struct IssueLine {
  std::optional<events::Attribution> attribution;
  SeverityBucket bucket = SeverityBucket::untriaged;
  std::uint64_t irregularities = 0;  ///< events that one is about
  Identifier issue;
  std::optional<Identifier> owner;
  Identifier phase;
  std::vector<Identifier> planned_entries;
  Mark raised;
  std::uint64_t reopened = 0;
  IssueState state = IssueState::raised;
  std::string title;
  SeverityBucket worst = SeverityBucket::untriaged;  ///< the worst that it ever had
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(attribution), CEREAL_NVP(bucket), CEREAL_NVP(irregularities),
            CEREAL_NVP(issue), CEREAL_NVP(owner), CEREAL_NVP(phase), CEREAL_NVP(planned_entries),
            CEREAL_NVP(raised), CEREAL_NVP(reopened), CEREAL_NVP(state), CEREAL_NVP(title),
            CEREAL_NVP(worst));
  }
};

/// In the order of their ids.
[[nodiscard]] std::vector<IssueLine> list_issues(const IssueRegister& issues,
                                                 const IssueFilter& filter = {});

/// Everything about one issue, its history in the order of the log.
struct IssueView {
  Issue details;
  std::optional<std::uint64_t> initial_severity;
  Identifier issue;
  std::optional<std::uint64_t> severity;
  std::optional<std::uint64_t> worst_severity;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(details), CEREAL_NVP(initial_severity), CEREAL_NVP(issue),
            CEREAL_NVP(severity), CEREAL_NVP(worst_severity));
  }
};

/// Absent when the issue was never raised.
[[nodiscard]] std::optional<IssueView> view_issue(const IssueRegister& issues,
                                                  const Identifier& issue);

struct IssueCounts {
  std::map<SeverityBucket, std::uint64_t> by_severity;
  std::map<IssueState, std::uint64_t> by_state;
  /// All severities of every state, for a table.
  std::map<IssueState, std::map<SeverityBucket, std::uint64_t>> by_state_and_severity;
  std::uint64_t issues = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(by_severity), CEREAL_NVP(by_state), CEREAL_NVP(by_state_and_severity),
            CEREAL_NVP(issues));
  }
};

[[nodiscard]] IssueCounts count_issues(const IssueRegister& issues, const IssueFilter& filter = {});

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::SeverityBucket>[] = {
    "1", "2", "3", "4", "5", "untriaged"};
}  // namespace assay
