#pragma once

/// Events about the end of testing: evaluations, completion reports, work-off plans, decisions of
/// the Panel and the Secretary of State, waivers, audit reports, and what came to light afterwards.

#include "ledger/events/documents.hpp"
#include "ledger/events/issues.hpp"
#include "ledger/events/policy_version.hpp"

namespace assay::events {

enum class Verdict : std::uint8_t { met, not_met, waived, not_applicable, undetermined };
enum class ReportKind : std::uint8_t { mt, sit, combined };
enum class BodyDecision : std::uint8_t { approved, approved_with_conditions, rejected, deferred };
enum class LiveEnvironment : std::uint8_t { live, uit };
enum class AuditOpinion : std::uint8_t { unqualified, qualified, adverse, disclaimer };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::Verdict>[] = {
    "MET", "NOT_MET", "WAIVED", "NOT_APPLICABLE", "UNDETERMINED"};
template <>
inline constexpr std::string_view kEnumTexts<events::ReportKind>[] = {"MT", "SIT", "COMBINED"};
template <>
inline constexpr std::string_view kEnumTexts<events::BodyDecision>[] = {
    "approved", "approved_with_conditions", "rejected", "deferred"};
template <>
inline constexpr std::string_view kEnumTexts<events::LiveEnvironment>[] = {"live", "uit"};
template <>
inline constexpr std::string_view kEnumTexts<events::AuditOpinion>[] = {"unqualified", "qualified",
                                                                        "adverse", "disclaimer"};
}  // namespace assay
namespace assay::events {

/// A program that computed something: so that its work can be done again with the same one.
struct Engine {
  std::optional<Hash> digest;  ///< of the program's file
  std::string name;
  std::string version;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(name), CEREAL_NVP(version));
  }
};

/// A head of this log.
struct LogHead {
  Hash root;
  std::uint64_t size = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(root), CEREAL_NVP(size));
  }
};

struct CriterionVerdict {
  Identifier criterion;
  Identifier planned_entry;
  Verdict verdict = Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(criterion), CEREAL_NVP(planned_entry), CEREAL_NVP(verdict));
  }
};

/// What a program found at a cut-off. Informative: whoever reads it computes it again.
struct ExitEvaluated {
  static constexpr std::string_view kType = "exit_evaluated";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  Engine engine;
  LogHead inputs;
  Identifier phase;
  IdentifierSet planned_entries;
  std::vector<PolicyVersion> policies;
  std::optional<Hash> report;
  std::vector<CriterionVerdict> verdicts;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(engine), CEREAL_NVP(inputs), CEREAL_NVP(phase), CEREAL_NVP(planned_entries),
            CEREAL_NVP(policies), CEREAL_NVP(report), CEREAL_NVP(verdicts));
  }
  void evidence_files(std::vector<Hash>& files) const {
    if (report) files.push_back(*report);
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    v.all_exist(Kind::planned_entry, planned_entries.ids);
    v.had_size(inputs.size, "inputs.size");
  }
};

/// How many scope items of one planned entry stood where when an evaluation looked: each item once.
struct EvaluatedItems {
  std::uint64_t blocked = 0;
  std::uint64_t error = 0;
  std::uint64_t failed = 0;
  std::uint64_t items = 0;
  std::uint64_t not_completed = 0;
  std::uint64_t not_run = 0;
  std::uint64_t passed = 0;
  Identifier planned_entry;
  std::uint64_t running = 0;
  std::uint64_t skipped = 0;
  std::uint64_t stale = 0;
  std::uint64_t waived = 0;
  bool operator==(const EvaluatedItems&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(blocked), CEREAL_NVP(error), CEREAL_NVP(failed), CEREAL_NVP(items),
            CEREAL_NVP(not_completed), CEREAL_NVP(not_run), CEREAL_NVP(passed),
            CEREAL_NVP(planned_entry), CEREAL_NVP(running), CEREAL_NVP(skipped), CEREAL_NVP(stale),
            CEREAL_NVP(waived));
  }
};

/// As version 1, and the counts that the verdicts rest on.
struct ExitEvaluatedV2 : ExitEvaluated {
  static constexpr std::uint64_t kVersion = 2;
  std::optional<std::vector<EvaluatedItems>> counts;  ///< ascending by planned entry

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(counts), CEREAL_NVP(engine), CEREAL_NVP(inputs), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entries), CEREAL_NVP(policies), CEREAL_NVP(report),
            CEREAL_NVP(verdicts));
  }
  void invariants(Invariants& v) const;
};

/// The report that a decision to end a phase rests on. A combined one (MTAD 10.2, SVTAD 9.7) names
/// phases of both kinds, whose criteria are evaluated apart all the same.
struct CompletionReportIssued {
  static constexpr std::string_view kType = "completion_report_issued";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm},
                                    .endorsed_by = {Role::dcc_reg},
                                    .own_party_endorses = true,
                                    .decision = true};
  Hash document;
  ReportKind kind = ReportKind::mt;
  IdentifierSet outstanding_issues;
  IdentifierSet phases;
  IdentifierSet planned_entries;
  Identifier report;
  std::optional<Identifier> work_off_plan;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::report, report.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document), CEREAL_NVP(kind), CEREAL_NVP(outstanding_issues),
            CEREAL_NVP(phases), CEREAL_NVP(planned_entries), CEREAL_NVP(report),
            CEREAL_NVP(work_off_plan));
  }
  void evidence_files(std::vector<Hash>& files) const { files.push_back(document); }
  void invariants(Invariants& v) const {
    v.creates(Kind::report, report.text);
    v.require(!phases.ids.empty() && !planned_entries.ids.empty(),
              "a completion report names its phases and planned entries");
    v.all_exist(Kind::phase, phases.ids);
    v.all_exist(Kind::planned_entry, planned_entries.ids);
    v.all_exist(Kind::issue, outstanding_issues.ids);
    if (work_off_plan) v.exists(Kind::work_off_plan, work_off_plan->text);
  }
};

struct WorkOffItem {
  Identifier issue;
  Identifier owner;   ///< party
  Identifier target;  ///< a London day
  std::optional<std::string> workaround;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue), CEREAL_NVP(owner), CEREAL_NVP(target), CEREAL_NVP(workaround));
  }
};

struct WorkOffPlanBaselined {
  static constexpr std::string_view kType = "work_off_plan_baselined";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  std::optional<Hash> document;
  std::vector<WorkOffItem> items;
  IdentifierSet phases;
  Identifier work_off_plan;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::work_off_plan, work_off_plan.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document), CEREAL_NVP(items), CEREAL_NVP(phases), CEREAL_NVP(work_off_plan));
  }
  void evidence_files(std::vector<Hash>& files) const {
    if (document) files.push_back(*document);
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::work_off_plan, work_off_plan.text);
    v.all_exist(Kind::phase, phases.ids);
    for (const WorkOffItem& item : items) {
      v.exists(Kind::issue, item.issue.text);
      v.exists(Kind::party, item.owner.text);
      v.require(is_date(item.target.text), "target is a date like 2019-12-20");
      v.unique(Kind::work_off_plan, work_off_plan.text + " " + item.issue.text);
    }
  }
};

struct WorkOffItemUpdated {
  static constexpr std::string_view kType = "work_off_item_updated";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  Identifier issue;
  std::optional<Identifier> owner;
  std::string reason;
  std::optional<Identifier> target;
  Identifier work_off_plan;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::work_off_plan, work_off_plan.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(issue), CEREAL_NVP(owner), CEREAL_NVP(reason), CEREAL_NVP(target),
            CEREAL_NVP(work_off_plan));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::work_off_plan, work_off_plan.text);
    v.exists(Kind::issue, issue.text);
    if (owner) v.exists(Kind::party, owner->text);
    v.require(!target || is_date(target->text), "target is a date like 2019-12-20");
    v.require(!reason.empty(), "a change of a work-off item needs a reason");
  }
};

struct WorkOffItemCompleted {
  static constexpr std::string_view kType = "work_off_item_completed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  std::vector<Hash> evidence;
  Identifier issue;
  Identifier work_off_plan;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::work_off_plan, work_off_plan.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(evidence), CEREAL_NVP(issue), CEREAL_NVP(work_off_plan));
  }
  void evidence_files(std::vector<Hash>& files) const {
    files.insert(files.end(), evidence.begin(), evidence.end());
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::work_off_plan, work_off_plan.text);
    v.exists(Kind::issue, issue.text);
  }
};

/// What a body above TAG decided about a subject ("phase/…", "report/…").
template <class Derived>
struct DecisionOfBody {
  static constexpr std::uint64_t kVersion = 1;
  std::string about;
  std::vector<Condition> conditions;
  BodyDecision decision = BodyDecision::deferred;
  Hash minutes;          ///< digest of the minutes, or of the direction
  Identifier reference;  ///< the meeting, or the direction

  [[nodiscard]] std::string subject() const { return about; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(conditions), CEREAL_NVP(decision), CEREAL_NVP(minutes),
            CEREAL_NVP(reference));
  }
  void evidence_files(std::vector<Hash>& files) const { files.push_back(minutes); }
  void invariants(Invariants& v) const { check_about(v, about, conditions); }
};
struct PanelDecisionRecorded : DecisionOfBody<PanelDecisionRecorded> {
  static constexpr std::string_view kType = "panel_decision_recorded";
  static constexpr Signers kSigners{.recorded_by = {Role::panel_sec}, .decision = true};
};
struct SosDecisionRecorded : DecisionOfBody<SosDecisionRecorded> {
  static constexpr std::string_view kType = "sos_decision_recorded";
  static constexpr Signers kSigners{.recorded_by = {Role::sos, Role::panel_sec}, .decision = true};
};

/// A rule need not be met, for these planned entries, until a day. It shows as waived, never met.
struct WaiverGranted {
  static constexpr std::string_view kType = "waiver_granted";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{
      .recorded_by = {Role::dcc_tm, Role::dcc_reg, Role::tag_sec, Role::panel_sec, Role::sos},
      .decision = true};
  std::optional<EventId> approval;
  std::optional<Identifier> expires_on;  ///< the last London day on which it holds
  std::optional<Identifier> phase;       ///< absent: in every phase
  IdentifierSet planned_entries;         ///< empty: for all
  std::string reason;
  Identifier rule;  ///< "V2", "S4", …
  Identifier waiver;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::waiver, waiver.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(expires_on), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entries), CEREAL_NVP(reason), CEREAL_NVP(rule), CEREAL_NVP(waiver));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::waiver, waiver.text);
    if (phase) v.exists(Kind::phase, phase->text);
    v.all_exist(Kind::planned_entry, planned_entries.ids);
    v.require(!reason.empty(), "a waiver needs a reason");
    v.require(!expires_on || is_date(expires_on->text), "expires_on is a date like 2019-12-20");
    v.event(approval);
  }
};

struct ReleaseCompleted {
  static constexpr std::string_view kType = "release_completed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}, .decision = true};
  Identifier release;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::release, release.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(release));
  }
  void invariants(Invariants& v) const { v.exists(Kind::release, release.text); }
};

/// Asked for only in a regime that requires an external audit; recorded in any.
struct ExternalAuditReportRegistered {
  static constexpr std::string_view kType = "external_audit_report_registered";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::aud}};
  Identifier auditor;  ///< party
  Hash document;
  AuditOpinion opinion = AuditOpinion::disclaimer;
  IdentifierSet phases;
  Identifier report;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::report, report.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(auditor), CEREAL_NVP(document), CEREAL_NVP(opinion), CEREAL_NVP(phases),
            CEREAL_NVP(report));
  }
  void evidence_files(std::vector<Hash>& files) const { files.push_back(document); }
  void invariants(Invariants& v) const {
    v.creates(Kind::report, report.text);
    v.exists(Kind::party, auditor.text);
    v.require(!phases.ids.empty(), "an audit report names the phases that it is about");
    v.all_exist(Kind::phase, phases.ids);
  }
};

/// A defect that testing should have found, and did not.
struct PostExitDefectRecorded {
  static constexpr std::string_view kType = "post_exit_defect_recorded";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_im}};
  Identifier defect;
  LiveEnvironment environment = LiveEnvironment::live;
  std::optional<Identifier> issue;  ///< where a Testing Issue had it
  Identifier phase;
  IdentifierSet planned_entries;
  std::uint64_t severity = 0;
  std::string title;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(defect), CEREAL_NVP(environment), CEREAL_NVP(issue), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entries), CEREAL_NVP(severity), CEREAL_NVP(title));
  }
  void invariants(Invariants& v) const {
    v.unique(Kind::issue, defect.text);
    v.exists(Kind::phase, phase.text);
    v.all_exist(Kind::planned_entry, planned_entries.ids);
    if (issue) v.exists(Kind::issue, issue->text);
    require_severity(v, severity);
  }
};

}  // namespace assay::events
