#include "projections/board/phase_board.hpp"

#include "projections/board/board_fold.hpp"

namespace assay::projections {
namespace {

/// Events that say something already while they wait for another party's voice.
bool shows_while_waiting(const EventData& data) {
  return event_if<events::ScopeBaselined>(&data) != nullptr ||
         event_if<events::RunInvalidated>(&data) != nullptr;
}

bool is_looked_back_to(const EventData& data) {
  return event_if<events::RegressionCompleted>(&data) != nullptr ||
         event_if<events::ExitDecided>(&data) != nullptr;
}

}  // namespace

void PhaseBoard::apply(const RecordedEvent& event, Stage stage) {
  BoardFold fold(*this, event, stage);
  // Nearly every event of a long log is an imported result.
  if (const auto* result = event_if<events::ResultImported>(&event.data)) return fold(*result);
  // An answer about a decision looks back to where it was recorded, also where it waits for others.
  if (stage != Stage::became_effective && is_looked_back_to(event.data)) last_look = event.id;
  if (stage == Stage::awaiting_voices && !shows_while_waiting(event.data)) return;
  visit_event(fold, event.data);
}

Phase* BoardFold::phase_of(const Identifier& phase) {
  const auto found = board_.phases.find(phase);
  if (found != board_.phases.end()) return &found->second;
  unplaced();
  return nullptr;
}

PhaseEntry& BoardFold::entry_of(Phase& phase, const Identifier& planned_entry) {
  const auto [at, made] = phase.entries.try_emplace(planned_entry);
  if (made) {
    const auto planned = board_.planned_entries.find(planned_entry);
    if (planned != board_.planned_entries.end() && planned->second.withdrawn) {
      at->second.state = PhaseState::withdrawn;
    }
    if (!phase.planned_entries.contains(planned_entry)) {
      phase.flag(Irregularity::not_planned_here, planned_entry, event_.id);
    }
  }
  return at->second;
}

void BoardFold::unplaced() {
  board_.unplaced[Identifier(std::string(type_of(event_.data).name))].add(event_.id);
}

}  // namespace assay::projections
