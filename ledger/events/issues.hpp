#pragma once

/// Events about Testing Issues: anything that prevents a test, or an outcome that was not expected.

#include "ledger/events/programme.hpp"

namespace assay::events {

/// Where a Testing Issue stands; policies name the states that count as open.
enum class IssueState : std::uint8_t {
  raised,
  triaged,
  assigned,
  fix_delivered,
  retest_passed,
  closed,
  deferred,
  rejected,
  duplicate,
  workaround,
  reopened,
  disputed,
};
enum class IssueKind : std::uint8_t { preventing_execution, unexpected_outcome };
enum class Attribution : std::uint8_t {
  dcc_systems,
  smso_systems,
  device,
  test_artefact,
  environment,
  unknown,
};
enum class ClosureKind : std::uint8_t { retest_passed, no_fix_accepted, rejected, duplicate };
enum class Forum : std::uint8_t { dcc, panel, authority };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::IssueState>[] = {
    "RAISED",   "TRIAGED",  "ASSIGNED",  "FIX_DELIVERED", "RETEST_PASSED", "CLOSED",
    "DEFERRED", "REJECTED", "DUPLICATE", "WORKAROUND",    "REOPENED",      "DISPUTED"};
template <>
inline constexpr std::string_view kEnumTexts<events::IssueKind>[] = {"preventing_execution",
                                                                     "unexpected_outcome"};
template <>
inline constexpr std::string_view kEnumTexts<events::Attribution>[] = {
    "dcc_systems", "smso_systems", "device", "test_artefact", "environment", "unknown"};
template <>
inline constexpr std::string_view kEnumTexts<events::ClosureKind>[] = {
    "retest_passed", "no_fix_accepted", "rejected", "duplicate"};
template <>
inline constexpr std::string_view kEnumTexts<events::Forum>[] = {"dcc", "panel", "authority"};
}  // namespace assay
namespace assay::events {

/// 1 is the worst; what each level means is policy text.
inline constexpr std::uint64_t kSeverityWorst = 1;
inline constexpr std::uint64_t kSeverityMildest = 5;
inline void require_severity(Invariants& v, std::uint64_t severity) {
  v.require(severity >= kSeverityWorst && severity <= kSeverityMildest,
            "severity lies between 1 and 5");
}

struct IssueRaised {
  static constexpr std::string_view kType = "issue_raised";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{
      .recorded_by = {Role::sp_tl, Role::dcc_tm, Role::dcc_im, Role::smso_tl, Role::harness}};
  std::optional<Commitment> detail;         ///< confidential: what not everybody may read yet
  std::optional<std::string> external_key;  ///< the number in the tracker it came from
  IdentifierSet groups;
  Identifier issue;
  IssueKind kind = IssueKind::unexpected_outcome;
  Identifier phase;
  IdentifierSet planned_entries;
  std::vector<EventId> results;  ///< imported results that show it
  IdentifierSet runs;
  std::string title;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(detail), CEREAL_NVP(external_key), CEREAL_NVP(groups), CEREAL_NVP(issue),
            CEREAL_NVP(kind), CEREAL_NVP(phase), CEREAL_NVP(planned_entries), CEREAL_NVP(results),
            CEREAL_NVP(runs), CEREAL_NVP(title));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::issue, issue.text);
    v.exists(Kind::phase, phase.text);
    v.all_exist(Kind::planned_entry, planned_entries.ids);
    v.all_exist(Kind::group, groups.ids);
    v.all_exist(Kind::run, runs.ids);
    for (const EventId& result : results) v.event(result);
  }
};

struct IssueTriaged {
  static constexpr std::string_view kType = "issue_triaged";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  Attribution attribution = Attribution::unknown;
  Identifier issue;
  Identifier owner;  ///< party
  IdentifierSet planned_entries;
  std::uint64_t priority = 0;
  std::string rationale;
  std::uint64_t severity = 0;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(attribution), CEREAL_NVP(issue), CEREAL_NVP(owner),
            CEREAL_NVP(planned_entries), CEREAL_NVP(priority), CEREAL_NVP(rationale),
            CEREAL_NVP(severity));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    v.exists(Kind::party, owner.text);
    v.all_exist(Kind::planned_entry, planned_entries.ids);
    require_severity(v, severity);
  }
};

struct IssueSeverityChanged {
  static constexpr std::string_view kType = "issue_severity_changed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  std::optional<EventId> approval;
  std::uint64_t from_severity = 0;
  Identifier issue;
  std::string reason;
  std::uint64_t to_severity = 0;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(from_severity), CEREAL_NVP(issue), CEREAL_NVP(reason),
            CEREAL_NVP(to_severity));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    require_severity(v, from_severity);
    require_severity(v, to_severity);
    v.event(approval);
    v.require(from_severity != to_severity, "a change of severity changes it");
    v.require(!reason.empty(), "a change of severity needs a reason");
  }
};

struct IssueScopeChanged {
  static constexpr std::string_view kType = "issue_scope_changed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  IdentifierSet added;
  Identifier issue;
  std::string reason;
  IdentifierSet removed;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(added), CEREAL_NVP(issue), CEREAL_NVP(reason), CEREAL_NVP(removed));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    v.all_exist(Kind::planned_entry, added.ids);
    v.all_exist(Kind::planned_entry, removed.ids);
    v.require(!reason.empty(), "a change of the affected entries needs a reason");
  }
};

struct IssueAssigned {
  static constexpr std::string_view kType = "issue_assigned";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im, Role::sp_tl, Role::smso_tl}};
  Identifier issue;
  Identifier owner;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue), CEREAL_NVP(owner));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    v.exists(Kind::party, owner.text);
  }
};

struct IssueAnalysed {
  static constexpr std::string_view kType = "issue_analysed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im, Role::sp_tl, Role::smso_tl}};
  std::string finding;
  Identifier issue;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(finding), CEREAL_NVP(issue));
  }
  void invariants(Invariants& v) const { v.exists(Kind::issue, issue.text); }
};

struct IssueFixDelivered {
  static constexpr std::string_view kType = "issue_fix_delivered";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::sp_tl, Role::smso_tl, Role::mfr}};
  std::string build;  ///< build or firmware that carries the fix
  Identifier issue;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(build), CEREAL_NVP(issue));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    v.require(!build.empty(), "a fix names its build");
  }
};

struct IssueWorkaroundAgreed {
  static constexpr std::string_view kType = "issue_workaround_agreed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  Identifier agreed_with;  ///< party
  std::string description;
  Identifier issue;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agreed_with), CEREAL_NVP(description), CEREAL_NVP(issue));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    v.exists(Kind::party, agreed_with.text);
  }
};

struct IssueDeferred {
  static constexpr std::string_view kType = "issue_deferred";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  std::optional<EventId> approval;
  Identifier issue;
  std::string reason;
  std::optional<Identifier> target;  ///< date or release by which it is worked off
  std::optional<Identifier> work_off_item;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(issue), CEREAL_NVP(reason), CEREAL_NVP(target),
            CEREAL_NVP(work_off_item));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    v.event(approval);
  }
};

struct IssueRejected {
  static constexpr std::string_view kType = "issue_rejected";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  Identifier issue;
  std::string rationale;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue), CEREAL_NVP(rationale));
  }
  void invariants(Invariants& v) const { v.exists(Kind::issue, issue.text); }
};

struct IssueDuplicated {
  static constexpr std::string_view kType = "issue_duplicated";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  Identifier issue;
  Identifier of;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue), CEREAL_NVP(of));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    v.exists(Kind::issue, of.text);
    v.require(issue != of, "an issue cannot be a duplicate of itself");
  }
};

/// A run or an imported result that tested the fix.
struct RetestRecorded {
  static constexpr std::string_view kType = "retest_recorded";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im, Role::sp_tl}};
  Identifier issue;
  bool passed = false;
  std::optional<EventId> result;
  std::optional<Identifier> run;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue), CEREAL_NVP(passed), CEREAL_NVP(result), CEREAL_NVP(run));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    v.require(result.has_value() != run.has_value(), "a retest is one run or one imported result");
    v.event(result);
    if (run) v.exists(Kind::run, run->text);
  }
};

struct IssueClosed {
  static constexpr std::string_view kType = "issue_closed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  ClosureKind closure = ClosureKind::retest_passed;
  Identifier issue;
  std::optional<std::string> reason;
  IdentifierSet runs;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(closure), CEREAL_NVP(issue), CEREAL_NVP(reason), CEREAL_NVP(runs));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    v.all_exist(Kind::run, runs.ids);
  }
};

struct IssueReopened {
  static constexpr std::string_view kType = "issue_reopened";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{
      .recorded_by = {Role::dcc_im, Role::sp_tl, Role::smso_tl, Role::dcc_tm}};
  Identifier issue;
  std::string reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::issue, issue.text);
    v.require(!reason.empty(), "a reopening needs a reason");
  }
};

struct IssueDisputed {
  static constexpr std::string_view kType = "issue_disputed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  Identifier issue;
  std::string reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const { v.exists(Kind::issue, issue.text); }
};

struct IssueReferred {
  static constexpr std::string_view kType = "issue_referred";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  Identifier issue;
  std::string reason;
  Forum to = Forum::dcc;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue), CEREAL_NVP(reason), CEREAL_NVP(to));
  }
  void invariants(Invariants& v) const { v.exists(Kind::issue, issue.text); }
};

struct DisputeDetermined {
  static constexpr std::string_view kType = "dispute_determined";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_reg, Role::panel_sec, Role::sos},
                                    .decision = true};
  Forum by = Forum::dcc;
  std::string determination;
  Identifier issue;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::issue, issue.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(by), CEREAL_NVP(determination), CEREAL_NVP(issue));
  }
  void invariants(Invariants& v) const { v.exists(Kind::issue, issue.text); }
};

}  // namespace assay::events
