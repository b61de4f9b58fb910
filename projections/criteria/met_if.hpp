#pragma once

/// Thread word: pure.

#include "ledger/events/completion.hpp"

namespace assay::projections {

[[nodiscard]] constexpr events::Verdict met_if(bool holds) noexcept {
  return holds ? events::Verdict::met : events::Verdict::not_met;
}

}  // namespace assay::projections
