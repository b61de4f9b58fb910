#pragma once

/// What rebuilding the projections costs: every entry read, judged by the register, and folded into
/// the board and the issue register. The log consists of imported results of about 400 bytes, as a
/// long log does. Processor time of one thread; making the log is not counted.

#include <cstdint>
#include <vector>

#include "tests/bench/figure.hpp"

namespace assay::bench {

struct FoldPlan {
  std::uint64_t small = 200'000;       ///< events, near which the cost of one is measured first
  std::uint64_t large = 2'000'000;     ///< and near which it is measured again
  std::uint64_t window = 100'000;      ///< events that "near" means; divides `small` and `large`
  std::uint64_t events_each = 100;     ///< in a submission
  std::uint64_t results_each = 5'000;  ///< in an import
  std::uint64_t items = 1'000;         ///< in the scope
};

/// Events a second over the whole log, the growth of an event's cost, and what its parts cost.
[[nodiscard]] std::vector<Figure> bench_fold(const FoldPlan& plan);

}  // namespace assay::bench
