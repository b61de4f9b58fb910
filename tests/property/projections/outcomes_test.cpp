// The board's answers on thousands of random histories are those of a reference that works them out
// from the whole history each time.

#include "projections/board/phase_view.hpp"
#include "tests/property/projections/random_history.hpp"
#include "tests/property/projections/reference.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

std::set<std::uint64_t> numbers(const std::vector<CounterRange>& ranges) {
  std::set<std::uint64_t> all;
  for (const CounterRange& range : ranges) {
    for (std::uint64_t at = range.from; at <= range.to; ++at) all.insert(at);
  }
  return all;
}

void compare_item(const Reference& reference, const PhaseView& phase, const PhaseEntryView& entry,
                  const ItemView& item, bool in_scope) {
  const ReferenceItem right = reference.item(phase.phase, entry.planned_entry, item.item);
  INFO(phase.phase.text << " " << entry.planned_entry.text << " " << item.item.text);
  CHECK(enum_text(item.outcome) == enum_text(right.outcome));
  CHECK(item.attempts == right.attempts);
  CHECK(item.first_pass == right.first_pass);
  CHECK(in_scope == right.in_scope);
}

void compare(const Reference& reference, const PhaseView& phase) {
  CHECK(phase.builds_baselined == reference.accepted(phase.phase).has_value());
  const auto dangling = reference.dangling(phase.phase);
  CHECK(phase.dangling_runs == std::vector<Identifier>(dangling.begin(), dangling.end()));
  for (const CounterView& counter : phase.counters) {
    CHECK(numbers(counter.gaps) == reference.missing(phase.phase, counter.source));
  }
  for (const PhaseEntryView& entry : phase.entries) {
    std::uint64_t executed = 0;
    for (const ItemView& item : entry.items) {
      compare_item(reference, phase, entry, item, true);
      executed += reference.item(phase.phase, entry.planned_entry, item.item).executed ? 1U : 0U;
    }
    CHECK(entry.counts.executed == executed);
    for (const ItemView& item : entry.items_outside) {
      compare_item(reference, phase, entry, item, false);
    }
  }
}

}  // namespace

TEST_CASE(
    "effective outcomes, attempts, first passes, gaps and dangling runs are the reference's") {
  Random random;
  INFO("seed " << Random::seed());
  std::map<ItemOutcome, std::uint64_t> seen;
  for (int round = 0; round < 3'000; ++round) {
    HistoryPlan plan;
    plan.events = 10 + random.below(150);
    plan.environments = random.below(4) != 0;
    const EventFeed feed = random_history(random, plan);
    INFO("round " << round);
    const auto board = feed.folded<PhaseBoard>();
    const Reference reference(feed);
    for (const auto& [id, phase] : board.phases) {
      const PhaseView view = *view_phase(board, id);
      compare(reference, view);
      for (const auto& [outcome, count] : view.counts.by_outcome) seen[outcome] += count;
    }
  }
  // The histories reach every outcome, else this proves less than it says.
  CHECK(seen.size() == std::size(kEnumTexts<ItemOutcome>));
}
