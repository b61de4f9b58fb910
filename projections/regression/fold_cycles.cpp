// Regression cycles: items listed, committed to, started, completed.

#include "ledger/merkle/compact_range.hpp"
#include "projections/regression/regression_fold.hpp"

namespace assay::projections {
namespace {

merkle::CompactRange range_of(const Cycle& cycle) {
  // The state keeps as many hashes as the count says: both come from the range itself.
  auto range = merkle::CompactRange::from(cycle.listed, cycle.range);
  return range ? *std::move(range) : merkle::CompactRange();
}

}  // namespace

void RegressionFold::operator()(const events::RegressionItemsListed& event) {
  Cycle& cycle = state_.cycles[event.regression];
  merkle::CompactRange range = range_of(cycle);
  for (const events::RegressionItem& item : event.items) {
    cycle.items.try_emplace({item.item, item.phase, item.planned_entry}, event_.id);
    range.append(merkle::leaf_hash(to_canonical(item)));
  }
  cycle.listed = range.size();
  cycle.range.assign(range.hashes().begin(), range.hashes().end());
  if (cycle.baseline) {
    cycle.irregularities[CycleIrregularity::listed_after_baseline].add(event_.id);
  }
}

void RegressionFold::operator()(const events::RegressionScopeBaselined& event) {
  Cycle& cycle = state_.cycles[event.regression];
  if (stage_ == Stage::became_effective) {
    if (!cycle.baseline || cycle.baseline->mark.event != event_.id) return unplaced();
    cycle.baseline->effective_at = event_.recorded_at;
    return;
  }
  if (cycle.baseline) return unplaced();
  const merkle::CompactRange range = range_of(cycle);
  // Both sides sign the commitment as it was when it was made, so it is judged here and now.
  const bool matches = range.size() == event.item_count && range.root() == event.root;
  cycle.baseline = {event.document, std::nullopt, event.item_count, event.kinds,
                    mark(),         event.root,   matches};
  if (stage_ == Stage::in_effect) cycle.baseline->effective_at = event_.recorded_at;
  if (!matches) cycle.irregularities[CycleIrregularity::root_differs].add(event_.id);
}

void RegressionFold::operator()(const events::RegressionStarted& event) {
  const auto found = state_.cycles.find(event.regression);
  if (found == state_.cycles.end()) return unplaced();
  Cycle& cycle = found->second;
  if (!cycle.baseline || !cycle.baseline->effective_at) {
    cycle.irregularities[CycleIrregularity::started_before_baseline].add(event_.id);
  }
  if (cycle.completed) {
    cycle.irregularities[CycleIrregularity::started_after_completion].add(event_.id);
  }
  cycle.starts.push_back({mark(), event.triggers});
}

void RegressionFold::operator()(const events::RegressionCompleted& event) {
  const auto found = state_.cycles.find(event.regression);
  if (found == state_.cycles.end() || found->second.completed) return unplaced();
  Cycle& cycle = found->second;
  if (cycle.starts.empty()) {
    cycle.irregularities[CycleIrregularity::completed_without_start].add(event_.id);
  }
  cycle.completed = {mark(), event.summary};
}

}  // namespace assay::projections
