#pragma once

/// What a ledger's length costs: one event more, one event verified, and the memory that a whole
/// verification takes. The ledger is on disk, and is verified by the program that ships.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/figure.hpp"

namespace assay::bench {

struct GrowthPlan {
  std::string folder;   ///< on the disk to be measured; emptied before and after
  std::string program;  ///< path of `assay`
  std::uint64_t small = 200'000;
  std::uint64_t middle = 1'000'000;  ///< where memory is measured
  std::uint64_t large = 2'000'000;
  std::uint64_t window = 100'000;  ///< events that "near" means
};

[[nodiscard]] std::vector<Figure> bench_growth(const GrowthPlan& plan);

}  // namespace assay::bench
