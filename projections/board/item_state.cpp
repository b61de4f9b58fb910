#include "projections/board/item_state.hpp"

namespace assay::projections {
namespace {

/// The place of the latest attempt on a build, where it may be written over: what it was when
/// somebody looked stays before it.
ImportedAttempt& latest_of(std::vector<ImportedAttempt>& on_build,
                           const std::optional<EventId>& last_look) {
  if (on_build.empty()) return on_build.emplace_back();
  if (last_look && on_build.back().event < *last_look) {
    ImportedAttempt seen = on_build.back();
    on_build.push_back(std::move(seen));
  }
  return on_build.back();
}

}  // namespace

void Item::add_recent(const EventId& event, events::Outcome outcome) {
  if (recent.size() == kRecentResults) recent.erase(recent.begin());
  recent.push_back({event, outcome});
}

void Item::add_result(const EventId& event, const events::ResultImported& result,
                      const EventId& import_started, const std::string& build,
                      const std::optional<EventId>& last_look) {
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

  std::vector<ImportedAttempt>& on_build = imported[build];
  if (!on_build.empty() && import_started < on_build.back().import_started) return;
  ImportedAttempt& latest = latest_of(on_build, last_look);
  if (latest.results == 0 || latest.import_started < import_started) {
    latest = {event, result.import, import_started, result.outcome, 1};
  } else {
    latest.event = event;
    latest.outcome = worse(latest.outcome, result.outcome);
    ++latest.results;
  }
}

}  // namespace assay::projections
