#pragma once

/// Whether a planned entry's DMC was selected for a kind of test, and by the route that the policy
/// asks for: entry criterion N4, and MTAD 4.2, by which one selection may serve MT and SIT. Thread
/// word: pure functions.

#include "projections/rules/answer.hpp"

namespace assay::projections {

/// Without a DMC selection policy it is undetermined by which route a DMC has to be selected; a DMC
/// that nobody selected is not met all the same. Of several selections one good one is enough.
[[nodiscard]] Answer selection_answer(const Facts& facts, const Identifier& planned_entry,
                                      events::TestKind kind);

}  // namespace assay::projections
