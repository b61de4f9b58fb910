#include "projections/completion/completion.hpp"

#include "projections/completion/completion_fold.hpp"

namespace assay::projections {

void Completion::apply(const RecordedEvent& event, Stage stage) {
  if (!began) began = event.recorded_at;
  // Nearly every event of a long log is an imported result.
  if (event_if<events::ResultImported>(&event.data) != nullptr) return;
  CompletionFold fold(*this, event, stage);
  fold.note_decision();
  visit_event(fold, event.data);
}

void CompletionFold::unplaced() {
  state_.unplaced[Identifier(std::string(type_of(event_.data).name))].add(event_.id);
}

void CompletionFold::note_speaker() {
  Speaker& speaker = state_.speakers[event_.id];
  speaker.key = event_.author;
  speaker.party = event_.party;
  speaker.recorded_at = event_.recorded_at;
  const auto holder = state_.holders.find(event_.author);
  if (holder == state_.holders.end()) return;
  speaker.holder = holder->second.holder;
  const auto roles = state_.roles.find(holder->second);
  if (roles != state_.roles.end()) speaker.roles = roles->second;
}

void CompletionFold::operator()(const events::KeyRegistered& event) {
  if (is_waiting()) return;
  state_.holders[event.key] = {event.holder, event.party};
}

void CompletionFold::operator()(const events::RoleGranted& event) {
  if (is_waiting()) return;
  state_.roles[{event.holder, event.party}].insert(event.role);
}

void CompletionFold::operator()(const events::RoleWithdrawn& event) {
  if (is_waiting()) return;
  const auto found = state_.roles.find({event.holder, event.party});
  if (found == state_.roles.end()) return;
  found->second.erase(event.role);
  if (found->second.empty()) state_.roles.erase(found);
}

void CompletionFold::operator()(const events::ClockReset&) {
  if (!is_waiting()) state_.clock_resets.add(event_.id);
}

}  // namespace assay::projections
