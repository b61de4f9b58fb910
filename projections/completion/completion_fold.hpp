#pragma once

/// How each event changes the state: one visitor, its functions in files by theme (completion.cpp:
/// who speaks; fold_decisions, fold_reports, fold_integrity). Inner header of
/// projections/completion. Thread word: borrowed for the length of one event.

#include "projections/completion/completion.hpp"

namespace assay::projections {

class CompletionFold {
 public:
  CompletionFold(Completion& state, const RecordedEvent& event, Stage stage)
      : state_(state), event_(event), stage_(stage) {}

  void operator()(const events::KeyRegistered& event);
  void operator()(const events::RoleGranted& event);
  void operator()(const events::RoleWithdrawn& event);
  void operator()(const events::ClockReset& event);

  void operator()(const events::ExitEvaluated& event);
  void operator()(const events::ExitEvaluatedV2& event);
  void operator()(const events::CompletionReportIssued& event);
  void operator()(const events::WorkOffPlanBaselined& event);
  void operator()(const events::WorkOffItemUpdated& event);
  void operator()(const events::WorkOffItemCompleted& event);
  void operator()(const events::WaiverGranted& event);
  void operator()(const events::ExternalAuditReportRegistered& event);
  void operator()(const events::PostExitDefectRecorded& event);

  void operator()(const events::StatesAttested& event);
  void operator()(const events::VerificationPerformed& event);
  void operator()(const events::CheckpointWitnessed& event);
  void operator()(const events::ExternalAnchorRecorded& event);
  void operator()(const events::CorrectionRecorded& event);
  void operator()(const events::ClockAttested& event);

  /// Events that change nothing here.
  template <class Other>
  void operator()(const Other&) {}

  /// Who speaks, and what a decision says. For every event that others may speak to, and for every
  /// voice.
  void note_decision();

 private:
  [[nodiscard]] Mark mark() const { return {event_.id, event_.party, event_.recorded_at}; }
  [[nodiscard]] bool is_waiting() const { return stage_ == Stage::awaiting_voices; }
  void note_speaker();
  PlannedWorkOff* item_of(const Identifier& plan, const Identifier& issue);
  void unplaced();

  Completion& state_;
  const RecordedEvent& event_;
  Stage stage_;
};

}  // namespace assay::projections
