#pragma once

/// Sums of outcomes. Thread word: pure.

#include "projections/board/marks.hpp"

namespace assay::projections {

inline void add(OutcomeCounts& to, const OutcomeCounts& more) {
  to.blocked += more.blocked;
  to.error += more.error;
  to.failed += more.failed;
  to.not_completed += more.not_completed;
  to.passed += more.passed;
  to.skipped += more.skipped;
}

}  // namespace assay::projections
