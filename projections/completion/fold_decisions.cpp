// What a decision says, in the words of its own event.

#include "projections/completion/completion_fold.hpp"
#include "projections/register/judge.hpp"

namespace assay::projections {
namespace {

/// Fills in what a type of event says beside its subject.
class Stating {
 public:
  explicit Stating(StatedDecision& stated) : stated_(stated) {}

  void operator()(const events::EntryDecided& event) { decide(event.outcome, event); }
  void operator()(const events::ExitDecided& event) {
    decide(event.outcome, event);
    stated_.basis = event.basis;
  }
  void operator()(const events::TagPositionRecorded& event) {
    stated_.conditions = event.conditions;
    stated_.dissents = event.dissent;
    stated_.minutes = event.minutes;
    stated_.outcome = enum_text(event.position);
    stated_.reference = event.meeting;
    stated_.version = event.version;
  }
  void operator()(const events::PanelDecisionRecorded& event) { body(event); }
  void operator()(const events::SosDecisionRecorded& event) { body(event); }
  void operator()(const events::CompletionReportIssued& event) {
    stated_.outcome = enum_text(event.kind);
    entries(event.planned_entries);
  }
  void operator()(const events::WaiverGranted& event) {
    stated_.outcome = event.rule.text;
    entries(event.planned_entries);
    approval(event.approval);
  }
  void operator()(const events::ExecutionWaived& event) {
    stated_.outcome = event.item.text;
    stated_.planned_entries = {event.planned_entry};
    approval(event.approval);
  }
  void operator()(const events::PolicyActivated& event) {
    stated_.outcome = "version " + std::to_string(event.version);
    approval(event.approval);
  }
  void operator()(const events::ImpactAssessed& event) {
    stated_.outcome = enum_text(event.verdict);
    stated_.basis = event.changes;
    entries(event.planned_entries);
  }
  void operator()(const events::EpclEntryMade& event) {
    stated_.outcome = enum_text(event.basis);
    stated_.basis = event.completions;
    stated_.planned_entries = {event.planned_entry};
  }
  void operator()(const events::DisputeDetermined& event) { stated_.outcome = event.determination; }
  template <class Other>
  void operator()(const Other&) {}

 private:
  template <class Outcome, class Event>
  void decide(Outcome outcome, const Event& event) {
    stated_.outcome = enum_text(outcome);
    entries(event.planned_entries);
  }
  template <class Event>
  void body(const Event& event) {
    stated_.conditions = event.conditions;
    stated_.minutes = event.minutes;
    stated_.outcome = enum_text(event.decision);
    stated_.reference = event.reference;
  }
  void entries(const IdentifierSet& set) {
    stated_.planned_entries = {set.ids.begin(), set.ids.end()};
  }
  void approval(const std::optional<EventId>& event) {
    if (event) stated_.basis = {*event};
  }

  StatedDecision& stated_;
};

bool is_voice(const EventData& data) {
  return event_if<events::DecisionEndorsed>(&data) != nullptr ||
         event_if<events::DecisionDissented>(&data) != nullptr;
}

}  // namespace

void CompletionFold::note_decision() {
  const bool voice = is_voice(event_.data);
  const EventType& type = type_of(event_.data);
  if (!voice && !takes_voices(type)) return;
  if (stage_ == Stage::became_effective) {
    const auto found = state_.decisions.find(event_.id);
    if (found != state_.decisions.end()) found->second.effective_at = event_.recorded_at;
    return;
  }
  note_speaker();
  if (voice) return;
  StatedDecision& stated = state_.decisions[event_.id];
  stated.about = subject_of(event_.data);
  stated.mark = mark();
  stated.type = std::string(type.name);
  stated.type_version = type.version;
  if (stage_ == Stage::in_effect) stated.effective_at = event_.recorded_at;
  if (event_.seen) stated.seen = events::LogHead{event_.seen->root, event_.seen->size};
  visit_event(Stating(stated), event_.data);
}

}  // namespace assay::projections
