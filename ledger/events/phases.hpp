#pragma once

/// Events about Test Phases: plan, scope, environment, entry, cut-off and exit. Entry and exit are
/// decided for planned entries inside a phase.

#include "ledger/events/programme.hpp"
#include "ledger/events/scope_item.hpp"

namespace assay::events {

enum class SystemSide : std::uint8_t { dcc_systems, smso_systems };
enum class CriterionStatus : std::uint8_t { met, not_met, waived };
enum class EntryOutcome : std::uint8_t { enter, enter_with_conditions, reject };
enum class ExitOutcome : std::uint8_t { exit, exit_with_conditions, continue_testing };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::SystemSide>[] = {"dcc_systems",
                                                                      "smso_systems"};
template <>
inline constexpr std::string_view kEnumTexts<events::CriterionStatus>[] = {"met", "not_met",
                                                                           "waived"};
template <>
inline constexpr std::string_view kEnumTexts<events::EntryOutcome>[] = {
    "enter", "enter_with_conditions", "reject"};
template <>
inline constexpr std::string_view kEnumTexts<events::ExitOutcome>[] = {
    "exit", "exit_with_conditions", "continue"};
}  // namespace assay
namespace assay::events {

struct PhasePlanned {
  static constexpr std::string_view kType = "phase_planned";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  std::optional<Identifier> document;  ///< the Depth and Breadth document it follows
  IdentifierSet groups;
  TestKind kind = TestKind::mt;
  std::string name;
  Identifier phase;
  IdentifierSet planned_entries;
  Identifier stage;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document), CEREAL_NVP(groups), CEREAL_NVP(kind), CEREAL_NVP(name),
            CEREAL_NVP(phase), CEREAL_NVP(planned_entries), CEREAL_NVP(stage));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::phase, phase.text);
    v.require(!planned_entries.ids.empty(), "a phase is planned for at least one planned entry");
    v.all_exist(Kind::planned_entry, planned_entries.ids);
    v.all_exist(Kind::group, groups.ids);
  }
};

struct TestCaseRegistered {
  static constexpr std::string_view kType = "test_case_registered";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::sp_tl, Role::dcc_tm}};
  std::optional<Hash> digest;  ///< of its text, which is kept where test cases are kept
  std::vector<std::string> requirements;
  std::optional<std::string> service_reference;
  Identifier test_case;
  std::string title;
  std::optional<std::string> tmad_step;  ///< 'Installing a SMETS1 GSME', as the TMAD names it
  Identifier version;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::test_case, test_case.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(requirements), CEREAL_NVP(service_reference),
            CEREAL_NVP(test_case), CEREAL_NVP(title), CEREAL_NVP(tmad_step), CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::test_case, versioned(test_case.text, version.text));
  }
};

/// As version 1, and which side's systems the test exercises, and what else it is known for.
struct TestCaseRegisteredV2 {
  static constexpr std::string_view kType = "test_case_registered";
  static constexpr std::uint64_t kVersion = 2;
  static constexpr Signers kSigners{.recorded_by = {Role::sp_tl, Role::dcc_tm}};
  std::optional<Hash> digest;  ///< of its text, which is kept where test cases are kept
  std::vector<std::string> requirements;
  std::optional<std::string> service_reference;
  std::set<SystemSide> sides;
  IdentifierSet tags;
  Identifier test_case;
  std::string title;
  std::optional<std::string> tmad_step;
  Identifier version;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::test_case, test_case.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(requirements), CEREAL_NVP(service_reference),
            CEREAL_NVP(sides), CEREAL_NVP(tags), CEREAL_NVP(test_case), CEREAL_NVP(title),
            CEREAL_NVP(tmad_step), CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::test_case, versioned(test_case.text, version.text));
  }
};

/// A device on a rig, by its EUI-64.
struct TestDeviceEnrolled {
  static constexpr std::string_view kType = "test_device_enrolled";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::sp_tl, Role::mfr}};
  Identifier device;  ///< EUI-64: 16 upper-case hexadecimal digits in pairs, with dashes
  Identifier device_model;
  std::string location;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::device, device.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(device), CEREAL_NVP(device_model), CEREAL_NVP(location));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::device, device.text);
    v.exists(Kind::device_model, device_model.text);
  }
};

/// Items of a scope, as many events as it takes; `scope_baselined` closes the list.
struct ScopeItemsListed {
  static constexpr std::string_view kType = "scope_items_listed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  std::vector<ScopeItem> items;
  Identifier phase;
  Identifier scope;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::scope, scope.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(items), CEREAL_NVP(phase), CEREAL_NVP(scope));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    for (const ScopeItem& item : items) check_item(v, scope, item);
  }
};

/// Commits to a scope before execution: its size, and the RFC 6962 root over its items in the order
/// in which they were listed, each in canonical form.
struct ScopeBaselined {
  static constexpr std::string_view kType = "scope_baselined";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}, .endorsed_by = {Role::sp_tl}};
  std::uint64_t item_count = 0;
  Identifier phase;
  Hash root;
  Identifier scope;
  Identifier version;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::scope, scope.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item_count), CEREAL_NVP(phase), CEREAL_NVP(root), CEREAL_NVP(scope),
            CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    v.creates(Kind::scope, scope.text);
    v.require(item_count > 0, "a scope has at least one item");
  }
};

struct ScopeChanged {
  static constexpr std::string_view kType = "scope_changed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  std::vector<ScopeItem> added;
  std::optional<EventId> approval;  ///< the position or decision that approved the change
  Identifier phase;
  std::string reason;
  IdentifierSet removed;
  Identifier scope;
  Identifier version;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::scope, scope.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(added), CEREAL_NVP(approval), CEREAL_NVP(phase), CEREAL_NVP(reason),
            CEREAL_NVP(removed), CEREAL_NVP(scope), CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::scope, scope.text);
    v.exists(Kind::phase, phase.text);
    v.event(approval);
    v.require(!reason.empty(), "a change of scope needs a reason");
    for (const ScopeItem& item : added) check_item(v, scope, item);
  }
};

struct EnvironmentComponent {
  std::string build;
  std::optional<Hash> configuration;  ///< of what lies with the environment, not with the log
  std::string name;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(build), CEREAL_NVP(configuration), CEREAL_NVP(name));
  }
};

struct EnvironmentBaselined {
  static constexpr std::string_view kType = "environment_baselined";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::sp_tl}};
  std::vector<EnvironmentComponent> components;
  Identifier environment;
  IdentifierSet phases;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::environment, environment.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(components), CEREAL_NVP(environment), CEREAL_NVP(phases));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::environment, environment.text);
    v.all_exist(Kind::phase, phases.ids);
    v.require(!components.empty(), "an environment has at least one component");
  }
};

struct BuildDeployed {
  static constexpr std::string_view kType = "build_deployed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::sp_tl}};
  std::optional<std::string> change;
  std::string component;
  Identifier environment;
  std::string from_build;
  IdentifierSet phases;  ///< in which the change falls
  std::string to_build;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::environment, environment.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(change), CEREAL_NVP(component), CEREAL_NVP(environment),
            CEREAL_NVP(from_build), CEREAL_NVP(phases), CEREAL_NVP(to_build));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::environment, environment.text);
    v.all_exist(Kind::phase, phases.ids);
  }
};

struct EntryCriterionEvidenced {
  static constexpr std::string_view kType = "entry_criterion_evidenced";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  Identifier criterion;
  std::vector<Hash> evidence;  ///< digests of files
  Identifier phase;
  std::optional<Identifier> planned_entry;
  CriterionStatus status = CriterionStatus::not_met;

  void evidence_files(std::vector<Hash>& files) const {
    files.insert(files.end(), evidence.begin(), evidence.end());
  }
  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(criterion), CEREAL_NVP(evidence), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entry), CEREAL_NVP(status));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    if (planned_entry) v.exists(Kind::planned_entry, planned_entry->text);
  }
};

struct EntryDecided {
  static constexpr std::string_view kType = "entry_decided";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}, .decision = true};
  std::optional<Hash> evaluation;  ///< digest of the evaluation, kept as evidence
  EntryOutcome outcome = EntryOutcome::reject;
  Identifier phase;
  IdentifierSet planned_entries;
  std::optional<std::string> reason;

  void evidence_files(std::vector<Hash>& files) const {
    if (evaluation) files.push_back(*evaluation);
  }
  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(evaluation), CEREAL_NVP(outcome), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entries), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    v.require(!planned_entries.ids.empty(), "a decision names the planned entries it is about");
    v.all_exist(Kind::planned_entry, planned_entries.ids);
  }
};

/// Events that name a phase and some of its planned entries, and nothing else.
template <class Derived>
struct PhaseStep {
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  Identifier phase;
  IdentifierSet planned_entries;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(phase), CEREAL_NVP(planned_entries));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    v.require(!planned_entries.ids.empty(), "the step names the planned entries it is about");
    v.all_exist(Kind::planned_entry, planned_entries.ids);
  }
};
struct PhaseStarted : PhaseStep<PhaseStarted> {
  static constexpr std::string_view kType = "phase_started";
};
struct PhaseCompleted : PhaseStep<PhaseCompleted> {
  static constexpr std::string_view kType = "phase_completed";
};

/// Events that stop or resume a whole phase, with a reason.
template <class Derived>
struct PhaseInterruption {
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  Identifier phase;
  std::string reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(phase), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    v.require(!reason.empty(), "this step needs a reason");
  }
};
struct PhaseSuspended : PhaseInterruption<PhaseSuspended> {
  static constexpr std::string_view kType = "phase_suspended";
};
struct PhaseResumed : PhaseInterruption<PhaseResumed> {
  static constexpr std::string_view kType = "phase_resumed";
};
struct PhaseAborted : PhaseInterruption<PhaseAborted> {
  static constexpr std::string_view kType = "phase_aborted";
};

/// Everything up to and including log size `cutoff_size` counts for the exit that follows.
struct ExitCutoffDeclared {
  static constexpr std::string_view kType = "exit_cutoff_declared";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm}};
  std::uint64_t cutoff_size = 0;
  Identifier phase;
  IdentifierSet planned_entries;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cutoff_size), CEREAL_NVP(phase), CEREAL_NVP(planned_entries));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    v.had_size(cutoff_size, "cutoff_size");
    v.require(!planned_entries.ids.empty(), "a cut-off names the planned entries it is about");
    v.all_exist(Kind::planned_entry, planned_entries.ids);
  }
};

struct ExitDecided {
  static constexpr std::string_view kType = "exit_decided";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_tm, Role::panel_sec, Role::sos},
                                    .decision = true};
  std::vector<EventId> basis;  ///< positions, reports, evaluations it rests on
  ExitOutcome outcome = ExitOutcome::continue_testing;
  Identifier phase;
  IdentifierSet planned_entries;
  std::optional<std::string> reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::phase, phase.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(basis), CEREAL_NVP(outcome), CEREAL_NVP(phase), CEREAL_NVP(planned_entries),
            CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::phase, phase.text);
    for (const EventId& event : basis) v.event(event);
    v.require(!planned_entries.ids.empty(), "a decision names the planned entries it is about");
    v.all_exist(Kind::planned_entry, planned_entries.ids);
  }
};

}  // namespace assay::events
