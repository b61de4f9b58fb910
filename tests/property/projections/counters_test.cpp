// Counter sets against plain sets of numbers.

#include <set>

#include "projections/board/counter_set.hpp"
#include "tests/support/random.hpp"

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

bool is_merged(const std::vector<CounterRange>& ranges) {
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (ranges[i].from > ranges[i].to) return false;
    if (i > 0 && ranges[i - 1].to + 1 >= ranges[i].from) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a counter set is the set of the numbers put into it, in the fewest ranges") {
  Random random;
  INFO("seed " << Random::seed());
  for (int round = 0; round < 2'000; ++round) {
    CounterSet set;
    CounterSet elsewhere;
    std::set<std::uint64_t> right;
    std::set<std::uint64_t> right_elsewhere;
    for (std::uint64_t i = random.below(60); i > 0; --i) {
      const std::uint64_t from = random.below(80);
      if (random.below(3) == 0) {
        const std::uint64_t to = from + random.below(12);
        const bool other = random.below(2) == 0;
        (other ? elsewhere : set).insert(CounterRange{from, to});
        for (std::uint64_t at = from; at <= to; ++at) (other ? right_elsewhere : right).insert(at);
      } else {
        CHECK(set.insert(from) == right.insert(from).second);
      }
    }
    REQUIRE(is_merged(set.ranges()));
    REQUIRE(numbers(set.ranges()) == right);
    REQUIRE(is_merged(set.gaps(elsewhere)));
    std::set<std::uint64_t> gaps;
    if (!right.empty()) {
      for (std::uint64_t at = *right.begin(); at < *right.rbegin(); ++at) {
        if (!right.contains(at) && !right_elsewhere.contains(at)) gaps.insert(at);
      }
    }
    REQUIRE(numbers(set.gaps(elsewhere)) == gaps);
    for (std::uint64_t at = 0; at < 100; ++at) REQUIRE(set.contains(at) == right.contains(at));
  }
}
