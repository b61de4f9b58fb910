#pragma once

/// Whether somebody else stood behind a step on an issue. Pure functions of the states.

#include "ledger/events/policies/approval.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::projections {

/// True when `approval` names a decision in effect that another party than `by` recorded or
/// endorsed, recorded before `step`, and that satisfies every rule of `policy` for the matter.
/// Rules on a body ask for its position or decision; quorums are counted elsewhere.
[[nodiscard]] bool has_second_voice(const Facts& facts, const events::ApprovalPolicy* policy,
                                    events::Matter matter, const std::optional<EventId>& approval,
                                    const Identifier& by, const EventId& step);

/// True when the policy has a rule for the matter.
[[nodiscard]] bool asks_for_approval(const events::ApprovalPolicy* policy, events::Matter matter);

}  // namespace assay::projections
