#pragma once

/// Random histories of decisions and of the end of testing: positions of bodies and the voices for
/// and against them, roles that come and go, keys that are renewed or compromised, policies,
/// cut-offs, reports, exits with and without conditions, work-off plans, and builds that come
/// afterwards. So small that nearly everything meets everything else.

#include "tests/support/event_feed.hpp"
#include "tests/support/random.hpp"

namespace assay::testing {

/// Two phases, two planned entries in one release or two; then `steps` steps of one event each.
[[nodiscard]] EventFeed random_completion_history(Random& random, std::uint64_t steps);

}  // namespace assay::testing
