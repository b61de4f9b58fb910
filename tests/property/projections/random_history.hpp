#pragma once

/// Random histories of a few phases: runs, imports that come in side by side, builds that come and
/// go, changes of scope, steps in any order, issues. Small pools of ids, so that everything meets
/// everything.

#include "tests/support/event_feed.hpp"
#include "tests/support/random.hpp"

namespace assay::testing {

struct HistoryPlan {
  std::size_t events = 120;
  std::string prefix;  ///< of every id, so that two histories have nothing in common
  std::uint64_t first_entry = 1;
  std::uint64_t entry_step = 1;
  bool environments = true;  ///< else no build is ever baselined
};

[[nodiscard]] EventFeed random_history(Random& random, const HistoryPlan& plan);

}  // namespace assay::testing
