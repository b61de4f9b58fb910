#pragma once

/// When an issue has come to an end. Thread word: pure.

#include "ledger/events/issues.hpp"

namespace assay::projections {

[[nodiscard]] inline bool is_over(events::IssueState state) {
  return state == events::IssueState::closed || state == events::IssueState::rejected ||
         state == events::IssueState::duplicate;
}

}  // namespace assay::projections
