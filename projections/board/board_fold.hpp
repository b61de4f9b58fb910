#pragma once

/// How each event changes the board: one visitor, its functions in files by theme (fold_plan,
/// fold_steps, fold_scope, fold_runs, fold_imports). Inner header of projections/board.
/// Thread word: borrowed for the length of one event.

#include "projections/board/phase_board.hpp"

namespace assay::projections {

class BoardFold {
 public:
  BoardFold(PhaseBoard& board, const RecordedEvent& event, Stage stage)
      : board_(board), event_(event), stage_(stage) {}

  void operator()(const events::PlannedEntryDeclared& event);
  void operator()(const events::PlannedEntryAmended& event);
  void operator()(const events::PlannedEntryWithdrawn& event);
  void operator()(const events::DocumentRegistered& event);
  void operator()(const events::DocumentPresented& event);
  void operator()(const events::DocumentPublished& event);
  void operator()(const events::DocumentSuperseded& event);
  void operator()(const events::TagPositionRecorded& event);

  void operator()(const events::PhasePlanned& event);
  void operator()(const events::PhasePlannedV2& event) { as_first<events::PhasePlanned>(event); }
  void operator()(const events::EntryCriterionEvidenced& event);
  void operator()(const events::EntryDecided& event);
  void operator()(const events::PhaseStarted& event);
  void operator()(const events::PhaseCompleted& event);
  void operator()(const events::PhaseSuspended& event);
  void operator()(const events::PhaseSuspendedV2& event) {
    as_first<events::PhaseSuspended>(event);
  }
  void operator()(const events::PhaseResumed& event);
  void operator()(const events::PhaseResumedV2& event) { as_first<events::PhaseResumed>(event); }
  void operator()(const events::PhaseAborted& event);
  void operator()(const events::PhaseAbortedV2& event) { as_first<events::PhaseAborted>(event); }
  void operator()(const events::ExitCutoffDeclared& event);
  void operator()(const events::ExitDecided& event);

  void operator()(const events::ScopeItemsListed& event);
  void operator()(const events::ScopeItemsListedV2& event);
  void operator()(const events::ScopeBaselined& event);
  void operator()(const events::ScopeBaselinedV2& event) {
    as_first<events::ScopeBaselined>(event);
  }
  void operator()(const events::ScopeChanged& event);
  void operator()(const events::ScopeChangedV2& event);
  void operator()(const events::ExecutionWaived& event);
  void operator()(const events::EnvironmentBaselined& event);
  void operator()(const events::EnvironmentBaselinedV2& event) {
    as_first<events::EnvironmentBaselined>(event);
  }
  void operator()(const events::BuildDeployed& event);

  void operator()(const events::RunStarted& event);
  void operator()(const events::RunFinished& event);
  void operator()(const events::RunInvalidated& event);
  void operator()(const events::GapDeclared& event);
  void operator()(const events::ImportStarted& event);
  void operator()(const events::ResultImported& event);
  void operator()(const events::ImportFinished& event);
  void operator()(const events::ImportFinishedV2& event);
  void operator()(const events::ImportRefused& event);

  /// Events that change nothing on this board.
  template <class Other>
  void operator()(const Other&) {}

 private:
  /// What a second version adds is no part of this state.
  template <class First>
  void as_first(const First& event) {
    (*this)(event);
  }
  [[nodiscard]] Mark mark() const { return {event_.id, event_.party, event_.recorded_at}; }
  [[nodiscard]] std::uint64_t seen_size() const { return event_.seen ? event_.seen->size : 0; }
  /// Null, and counted, when the phase was never planned.
  Phase* phase_of(const Identifier& phase);
  /// The planned entry inside the phase, made if need be: it is recorded where it appears.
  PhaseEntry& entry_of(Phase& phase, const Identifier& planned_entry);
  DocumentVersion* version_of(const Identifier& document, const Identifier& version);
  void unplaced();
  void list_item(Phase& phase, const Identifier& scope, const events::ScopeItem& listed);
  template <class Listed>
  void list_items(const Listed& event);
  template <class Changed>
  void change_scope(const Changed& event);
  template <class Changed>
  void remove_item(Phase& phase, Scope& scope, const Changed& event, const Identifier& item);
  void take_effect(Phase& phase, Scope& scope);
  void count(Phase& phase, const std::string& source, std::uint64_t counter);
  bool point_cursor_at(const Identifier& import);
  void finish(const Identifier& import, const events::DeclaredCounts& declared,
              std::uint64_t warnings);

  PhaseBoard& board_;
  const RecordedEvent& event_;
  Stage stage_;
};

/// The builds on which results count for the phase: those of the environments that name it. Absent
/// when no environment was baselined for the phase.
[[nodiscard]] std::optional<std::set<std::string>> accepted_builds(const PhaseBoard& board,
                                                                   const Phase& phase);

}  // namespace assay::projections
