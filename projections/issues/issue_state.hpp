#pragma once

/// What the issue register keeps of one Testing Issue. Thread word: plain values.

#include "projections/board/marks.hpp"

namespace assay::projections {

using events::IssueState;

/// A step that the life of an issue does not foresee; recorded because it happened.
enum class IssueIrregularity : std::uint8_t {
  closed_while_disputed,
  closed_without_retest,
  determined_without_dispute,
  reopened_while_open,
  severity_before_triage,
  severity_from_differs,
  step_after_closing,
  step_before_triage,
};

/// One point in the history of severities.
struct SeverityMark {
  std::optional<EventId> approval;
  Mark mark;
  std::string reason;
  std::uint64_t severity = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(mark), CEREAL_NVP(reason), CEREAL_NVP(severity));
  }
};

/// One step of the issue's life, in the order of the log.
struct IssueStep {
  Mark mark;
  IssueState state = IssueState::raised;  ///< after the step
  std::string text;                       ///< reason, rationale or finding; may be empty
  Identifier type;                        ///< of the event
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(state), CEREAL_NVP(text), CEREAL_NVP(type));
  }
};

struct FixBuild {
  std::string build;
  Mark mark;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(build), CEREAL_NVP(mark));
  }
};

struct Retest {
  Mark mark;
  bool passed = false;
  std::optional<EventId> result;
  std::optional<Identifier> run;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(passed), CEREAL_NVP(result), CEREAL_NVP(run));
  }
};

struct Workaround {
  Identifier agreed_with;
  std::string description;
  Mark mark;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agreed_with), CEREAL_NVP(description), CEREAL_NVP(mark));
  }
};

struct Deferral {
  std::optional<EventId> approval;
  Mark mark;
  std::string reason;
  std::optional<Identifier> target;
  std::optional<Identifier> work_off_item;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(mark), CEREAL_NVP(reason), CEREAL_NVP(target),
            CEREAL_NVP(work_off_item));
  }
};

/// A planned entry that was said not to be affected after all.
struct Narrowing {
  Mark mark;
  Identifier planned_entry;
  std::string reason;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(planned_entry), CEREAL_NVP(reason));
  }
};

struct Referral {
  Mark mark;
  events::Forum to = events::Forum::dcc;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(to));
  }
};

struct Closing {
  events::ClosureKind closure = events::ClosureKind::retest_passed;
  Mark mark;
  std::vector<Identifier> runs;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(closure), CEREAL_NVP(mark), CEREAL_NVP(runs));
  }
};

struct Issue {
  std::optional<events::Attribution> attribution;  ///< absent before triage
  std::optional<Closing> closed;                   ///< the last closing, kept over a reopening
  std::optional<Deferral> deferral;
  std::optional<Identifier> duplicate_of;
  std::optional<std::string> external_key;
  std::vector<FixBuild> fixes;
  std::set<Identifier> groups;
  std::vector<IssueStep> history;
  std::map<IssueIrregularity, Tally> irregularities;
  events::IssueKind kind = events::IssueKind::unexpected_outcome;
  std::vector<Narrowing> narrowings;
  std::optional<Identifier> owner;
  Identifier phase;
  std::set<Identifier> planned_entries;  ///< affected, as it stands
  std::uint64_t priority = 0;
  Mark raised;
  std::vector<Referral> referrals;
  std::uint64_t reopened = 0;  ///< times
  std::vector<EventId> results;
  std::vector<Retest> retests;
  std::set<Identifier> runs;
  std::vector<SeverityMark> severities;  ///< oldest first; empty before any was set
  IssueState state = IssueState::raised;
  std::string title;
  std::optional<Mark> triaged;           ///< the first triage
  std::optional<IssueState> undisputed;  ///< while disputed: the state it returns to
  std::optional<Workaround> workaround;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(attribution), CEREAL_NVP(closed), CEREAL_NVP(deferral),
            CEREAL_NVP(duplicate_of), CEREAL_NVP(external_key), CEREAL_NVP(fixes),
            CEREAL_NVP(groups), CEREAL_NVP(history), CEREAL_NVP(irregularities), CEREAL_NVP(kind),
            CEREAL_NVP(narrowings), CEREAL_NVP(owner), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entries), CEREAL_NVP(priority), CEREAL_NVP(raised),
            CEREAL_NVP(referrals), CEREAL_NVP(reopened), CEREAL_NVP(results), CEREAL_NVP(retests),
            CEREAL_NVP(runs), CEREAL_NVP(severities), CEREAL_NVP(state), CEREAL_NVP(title),
            CEREAL_NVP(triaged), CEREAL_NVP(undisputed), CEREAL_NVP(workaround));
  }

  /// 1 is the worst; absent before any severity was set.
  [[nodiscard]] std::optional<std::uint64_t> severity() const;
  [[nodiscard]] std::optional<std::uint64_t> initial_severity() const;
  /// The worst that it ever had.
  [[nodiscard]] std::optional<std::uint64_t> worst_severity() const;
};

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::IssueIrregularity>[] = {
    "CLOSED-WHILE-DISPUTED",      "Q-NORETEST",
    "DETERMINED-WITHOUT-DISPUTE", "REOPENED-WHILE-OPEN",
    "SEVERITY-BEFORE-TRIAGE",     "SEVERITY-FROM-DIFFERS",
    "STEP-AFTER-CLOSING",         "STEP-BEFORE-TRIAGE"};
}  // namespace assay
