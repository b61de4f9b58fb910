#pragma once

/// Random histories of changes under test: builds, fixes and firmware; what was said of them; the
/// regression cycles that answer them; runs and results all along. The programme is so small that
/// nearly everything meets everything else.

#include "tests/support/event_feed.hpp"
#include "tests/support/random.hpp"

namespace assay::testing {

/// A phase of MT, one of SIT, sometimes a second of SIT; two planned entries, sometimes three, with
/// one or two items each in each phase; then `steps` steps of one event or several. What the
/// register would refuse is not in it; what it lets through out of order is.
[[nodiscard]] EventFeed random_regression_history(Random& random, std::uint64_t steps);

}  // namespace assay::testing
