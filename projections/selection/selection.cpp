#include "projections/selection/selection.hpp"

#include "projections/selection/selection_fold.hpp"

namespace assay::projections {
namespace {

/// Events that say something already while they wait for another party's voice.
bool counts_while_waiting(const EventData& data) {
  return event_if<events::DmcSubstituted>(&data) != nullptr ||
         event_if<events::EpclEntryMade>(&data) != nullptr;
}

}  // namespace

void Selection::apply(const RecordedEvent& event, Stage stage) {
  if (stage == Stage::awaiting_voices && !counts_while_waiting(event.data)) return;
  visit_event(SelectionFold(*this, event, stage), event.data);
}

}  // namespace assay::projections
