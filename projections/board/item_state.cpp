#include "projections/board/item_state.hpp"

namespace assay::projections {

void Item::add_recent(const EventId& event, events::Outcome outcome) {
  if (recent.size() == kRecentResults) recent.erase(recent.begin());
  recent.push_back({event, outcome});
}

void Item::add_result(const EventId& event, const events::ResultImported& result,
                      const EventId& import_started, const std::string& build) {
  const bool retried = result.attempts && !result.attempts->empty();
  ++attempts;
  imported_outcomes.add(result.outcome);
  if (retried) {
    attempts += result.attempts->size();
    for (const events::Attempt& earlier : *result.attempts) imported_outcomes.add(earlier.outcome);
  }
  add_recent(event, result.outcome);

  const events::Outcome first_outcome = retried ? result.attempts->front().outcome : result.outcome;
  if (!first) {
    first = {build, event, result.import, first_outcome, std::nullopt};
  } else if (first->import == result.import) {
    first->outcome = worse(*first->outcome, first_outcome);
  }

  ImportedAttempt& latest = imported[build];
  if (latest.results == 0 || latest.import_started < import_started) {
    latest = {event, result.import, import_started, result.outcome, 1};
  } else if (latest.import_started == import_started) {
    latest.event = event;
    latest.outcome = worse(latest.outcome, result.outcome);
    ++latest.results;
  }
}

}  // namespace assay::projections
