#include "ledger/events/completion.hpp"

#include <algorithm>

namespace assay::events {
namespace {

std::uint64_t sum_of(const EvaluatedItems& c) {
  return c.blocked + c.error + c.failed + c.not_completed + c.not_run + c.passed + c.running +
         c.skipped + c.stale + c.waived;
}

}  // namespace

void ExitEvaluatedV2::invariants(Invariants& v) const {
  ExitEvaluated::invariants(v);
  if (!counts) return;
  const bool ascending = std::ranges::adjacent_find(*counts, [](const auto& a, const auto& b) {
                           return !(a.planned_entry < b.planned_entry);
                         }) == counts->end();
  const bool within = std::ranges::all_of(*counts, [&](const EvaluatedItems& one) {
    return std::ranges::find(planned_entries.ids, one.planned_entry) != planned_entries.ids.end();
  });
  v.require(ascending && within,
            "counts are of planned entries that the evaluation is about, in ascending order, each "
            "once");
  v.require(std::ranges::all_of(*counts, [](const auto& one) { return sum_of(one) == one.items; }),
            "the counts of a planned entry add up to its items");
}

}  // namespace assay::events
