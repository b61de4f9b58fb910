#pragma once

/// Random histories of the choice of DMCs: proposals, consultations, positions, selections,
/// de-selections, substitutions and appeals, under policies that come and go; the phases and the
/// EPCL entries of what was chosen all along. The programme is so small that nearly everything
/// meets everything else.

#include "tests/support/event_feed.hpp"
#include "tests/support/random.hpp"

namespace assay::testing {

/// Two releases; four DMCs, of which two differ in firmware alone and one may never be defined; a
/// few planned entries and phases; then `steps` steps of one event or several.
[[nodiscard]] EventFeed random_selection_history(Random& random, std::uint64_t steps);

}  // namespace assay::testing
