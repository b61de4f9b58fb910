#pragma once

/// What the board keeps of one Test Phase, and of each planned entry inside it. Entry and exit are
/// decided per planned entry, so the states belong to the entries; the phase shows the least
/// advanced of them. Thread word: plain values.

#include "projections/board/counter_set.hpp"
#include "projections/board/item_state.hpp"

namespace assay::projections {

/// In ascending order of advance, so that the least advanced is the minimum; entries that are
/// withdrawn have left the phase and hold nobody up.
enum class PhaseState : std::uint8_t {
  aborted,
  planned,
  scoped,
  entry_approved,
  suspended,
  executing,
  exit_pending,
  exited,
  completed,
  withdrawn,
};

/// Something that the programme does not foresee, and that was recorded because it happened. The
/// texts are the finding's codes in the rule catalogue where it has one.
enum class Irregularity : std::uint8_t {
  aborted_after_completion,  ///< the phase, when nothing in it was left to abort
  build_not_baselined,       ///< a run or import on a build that no environment of the phase has
  completed_without_exit,
  continued_after_exit,
  criterion_after_start,
  cutoff_outside_execution,
  deployed_from_other_build,  ///< the deployment names a build that was not there
  entry_after_start,
  entry_before_scope,
  exit_without_cutoff,
  item_redefined,  ///< listed again, with another test case
  item_removed_after_adverse_result,
  listed_after_baseline,
  not_in_scope,
  not_planned_here,  ///< the planned entry is not one that the phase was planned for
  resumed_without_suspension,
  run_outside_execution,
  scope_after_run,
  scope_root_differs,  ///< the baseline commits to other items than were listed
  started_again,
  started_while_suspended,
  started_without_decision,
  step_after_abort,
  step_after_completion,
  step_after_withdrawal,
  suspended_outside_execution,
};

struct IrregularityKey {
  Irregularity code = Irregularity::not_in_scope;
  std::optional<Identifier> planned_entry;  ///< absent: about the phase
  auto operator<=>(const IrregularityKey&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(code), CEREAL_NVP(planned_entry));
  }
};

struct EntryDecision {
  Mark mark;
  events::EntryOutcome outcome = events::EntryOutcome::reject;
  std::uint64_t seen_size = 0;  ///< of the log, when its author decided
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(outcome), CEREAL_NVP(seen_size));
  }
};

struct ExitDecision {
  std::vector<EventId> basis;
  Mark mark;
  events::ExitOutcome outcome = events::ExitOutcome::continue_testing;
  std::uint64_t seen_size = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(basis), CEREAL_NVP(mark), CEREAL_NVP(outcome), CEREAL_NVP(seen_size));
  }
};

struct Cutoff {
  std::uint64_t cutoff_size = 0;
  Mark mark;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cutoff_size), CEREAL_NVP(mark));
  }
};

/// One planned entry inside the phase.
struct PhaseEntry {
  std::vector<Mark> completions;
  std::vector<Cutoff> cutoffs;
  std::vector<EntryDecision> entry_decisions;
  std::vector<ExitDecision> exit_decisions;
  std::map<Identifier, Item> items;
  bool scoped = false;  ///< a baseline in effect covers it
  std::vector<Mark> starts;
  PhaseState state = PhaseState::planned;
  OutcomeCounts unlisted;  ///< of runs that name no scope item
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(completions), CEREAL_NVP(cutoffs), CEREAL_NVP(entry_decisions),
            CEREAL_NVP(exit_decisions), CEREAL_NVP(items), CEREAL_NVP(scoped), CEREAL_NVP(starts),
            CEREAL_NVP(state), CEREAL_NVP(unlisted));
  }
};

struct CriterionKey {
  Identifier criterion;
  std::optional<Identifier> planned_entry;
  auto operator<=>(const CriterionKey&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(criterion), CEREAL_NVP(planned_entry));
  }
};

/// The latest word on an entry criterion.
struct Criterion {
  std::uint64_t evidence = 0;  ///< files named
  Mark mark;
  events::CriterionStatus status = events::CriterionStatus::not_met;
  std::uint64_t times = 0;  ///< that it was evidenced
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(evidence), CEREAL_NVP(mark), CEREAL_NVP(status), CEREAL_NVP(times));
  }
};

enum class InterruptionKind : std::uint8_t { suspended, resumed, aborted };

struct Interruption {
  InterruptionKind kind = InterruptionKind::suspended;
  Mark mark;
  std::string reason;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(mark), CEREAL_NVP(reason));
  }
};

/// A build that changed under the phase.
struct Deployment {
  std::string component;
  Identifier environment;
  std::string from_build;
  Mark mark;
  std::string to_build;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(component), CEREAL_NVP(environment), CEREAL_NVP(from_build),
            CEREAL_NVP(mark), CEREAL_NVP(to_build));
  }
};

/// An item that left the scope, with what it had shown until then.
struct RemovedItem {
  bool adverse = false;  ///< it had a result that was not a pass
  std::optional<EventId> approval;
  EventId event;
  Identifier item;
  std::optional<Identifier> planned_entry;  ///< absent when the scope never listed the item
  std::string reason;
  Identifier scope;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(adverse), CEREAL_NVP(approval), CEREAL_NVP(event), CEREAL_NVP(item),
            CEREAL_NVP(planned_entry), CEREAL_NVP(reason), CEREAL_NVP(scope));
  }
};

struct DeclaredGap {
  EventId event;
  CounterRange range;
  std::string reason;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(event), CEREAL_NVP(range), CEREAL_NVP(reason));
  }
};

/// One tool that counts its runs.
struct CounterSource {
  std::vector<DeclaredGap> declared;
  Tally duplicates;  ///< counters that came more than once
  CounterSet seen;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(declared), CEREAL_NVP(duplicates), CEREAL_NVP(seen));
  }
};

struct Phase {
  std::map<CriterionKey, Criterion> criteria;
  std::vector<Deployment> deployments;
  std::optional<Identifier> document;
  std::map<Identifier, PhaseEntry> entries;
  std::set<Identifier> environments;  ///< whose builds are the accepted ones
  std::vector<Identifier> groups;
  std::vector<Identifier> imports;  ///< in the order in which they started
  Tally imports_refused;
  std::vector<Interruption> interruptions;
  std::map<IrregularityKey, Tally> irregularities;
  events::TestKind kind = events::TestKind::mt;
  std::string name;
  std::set<Identifier> open_runs;  ///< announced, neither finished nor invalidated
  Mark planned;
  std::set<Identifier> planned_entries;  ///< as planned; `entries` may hold more
  std::vector<RemovedItem> removed_items;
  std::uint64_t runs = 0;  ///< started
  std::set<Identifier> scopes;
  std::map<std::string, CounterSource> sources;
  Identifier stage;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(criteria), CEREAL_NVP(deployments), CEREAL_NVP(document),
            CEREAL_NVP(entries), CEREAL_NVP(environments), CEREAL_NVP(groups), CEREAL_NVP(imports),
            CEREAL_NVP(imports_refused), CEREAL_NVP(interruptions), CEREAL_NVP(irregularities),
            CEREAL_NVP(kind), CEREAL_NVP(name), CEREAL_NVP(open_runs), CEREAL_NVP(planned),
            CEREAL_NVP(planned_entries), CEREAL_NVP(removed_items), CEREAL_NVP(runs),
            CEREAL_NVP(scopes), CEREAL_NVP(sources), CEREAL_NVP(stage));
  }

  void flag(Irregularity code, const std::optional<Identifier>& planned_entry,
            const EventId& event) {
    irregularities[{code, planned_entry}].add(event);
  }
  /// True between a suspension and the resumption or abort that ends it.
  [[nodiscard]] bool suspended() const noexcept {
    return !interruptions.empty() && interruptions.back().kind == InterruptionKind::suspended;
  }
};

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::PhaseState>[] = {
    "ABORTED",   "PLANNED",      "SCOPED", "ENTRY_APPROVED", "SUSPENDED",
    "EXECUTING", "EXIT_PENDING", "EXITED", "COMPLETED",      "WITHDRAWN"};
template <>
inline constexpr std::string_view kEnumTexts<projections::Irregularity>[] = {
    "ABORTED-AFTER-COMPLETION",
    "U-BUILD",
    "V-NODEC",
    "CONTINUED-AFTER-EXIT",
    "N-LATE",
    "CUTOFF-OUTSIDE-EXECUTION",
    "DEPLOYED-FROM-OTHER-BUILD",
    "ENTRY-AFTER-START",
    "ENTRY-BEFORE-SCOPE",
    "EXIT-WITHOUT-CUTOFF",
    "ITEM-REDEFINED",
    "S-DROP",
    "LISTED-AFTER-BASELINE",
    "U-NOSCOPE",
    "NOT-PLANNED-HERE",
    "RESUMED-WITHOUT-SUSPENSION",
    "RUN-OUTSIDE-EXECUTION",
    "S-AFTER",
    "SCOPE-ROOT-DIFFERS",
    "STARTED-AGAIN",
    "STARTED-WHILE-SUSPENDED",
    "N-NODEC",
    "STEP-AFTER-ABORT",
    "STEP-AFTER-COMPLETION",
    "STEP-AFTER-WITHDRAWAL",
    "SUSPENDED-OUTSIDE-EXECUTION"};
template <>
inline constexpr std::string_view kEnumTexts<projections::InterruptionKind>[] = {
    "suspended", "resumed", "aborted"};
}  // namespace assay
