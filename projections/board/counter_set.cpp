#include "projections/board/counter_set.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

/// What is left of `range` once every range of `taken` is cut out; `taken` is ascending.
void subtract(CounterRange range, const std::map<std::uint64_t, std::uint64_t>& taken,
              std::vector<CounterRange>& out) {
  auto at = taken.upper_bound(range.from);
  if (at != taken.begin()) --at;
  for (; at != taken.end() && at->first <= range.to; ++at) {
    if (at->second < range.from) continue;
    if (at->first > range.from) out.push_back({range.from, at->first - 1});
    if (at->second >= range.to) return;
    range.from = at->second + 1;
  }
  out.push_back(range);
}

}  // namespace

bool CounterSet::insert(std::uint64_t counter) {
  if (!ranges_.empty()) {
    auto& last = *ranges_.rbegin();
    if (counter == last.second + 1) {
      last.second = counter;
      return true;
    }
    if (counter >= last.first && counter <= last.second) return false;
  }
  if (contains(counter)) return false;
  insert({counter, counter});
  return true;
}

void CounterSet::insert(CounterRange range) {
  auto next = ranges_.upper_bound(range.from);
  if (next != ranges_.begin()) {
    const auto before = std::prev(next);
    // Adjacent ranges are one range.
    if (before->second + 1 >= range.from) {
      range = {before->first, std::max(before->second, range.to)};
      ranges_.erase(before);
    }
  }
  while (next != ranges_.end() && next->first <= range.to + 1) {
    range.to = std::max(range.to, next->second);
    next = ranges_.erase(next);
  }
  ranges_.emplace_hint(next, range.from, range.to);
}

bool CounterSet::contains(std::uint64_t counter) const {
  auto after = ranges_.upper_bound(counter);
  return after != ranges_.begin() && std::prev(after)->second >= counter;
}

std::vector<CounterRange> CounterSet::ranges() const {
  std::vector<CounterRange> all;
  for (const auto& [from, to] : ranges_) all.push_back({from, to});
  return all;
}

std::vector<CounterRange> CounterSet::gaps(const CounterSet& elsewhere) const {
  std::vector<CounterRange> all;
  for (auto at = ranges_.begin(); at != ranges_.end(); ++at) {
    const auto next = std::next(at);
    if (next != ranges_.end()) subtract({at->second + 1, next->first - 1}, elsewhere.ranges_, all);
  }
  return all;
}

}  // namespace assay::projections
