#pragma once

/// One measured figure, held against a limit that was measured in the same run: a machine and its
/// neighbours change by the minute, so only ratios are promised.

#include <string>

namespace assay::bench {

struct Figure {
  std::string name;
  double figure = 0;  ///< ours
  std::string unit;
  double limit = 0;  ///< what it is held against, in the same unit
  double ratio = 0;
  double bar = 0;        ///< 0: measured for comparison, nothing is promised
  bool at_most = false;  ///< the ratio must not exceed the bar; else it must reach it
  [[nodiscard]] bool met() const { return at_most ? ratio <= bar : ratio >= bar; }
};

}  // namespace assay::bench
