#pragma once

/// Exit criteria for one planned entry in one phase: completeness (S1 to S10) and the rules below,
/// each one that the exit policy in force names, in its order. Pure.
///
///   V2  the threshold policy's limits on Testing Issues hold at the cut-off
///   V3  every open issue that the policy asks it for has a work-off item with owner and target
///   V4  no regression obligation is open
///   V5  a completion report was issued, and its list of issues is the one that the log has
///   V6  the body that the approval policy names has taken a position that counts as a yes, since
///       the cut-off, having seen the log as far as the cut-off
///   V7  an external auditor's report, or a verification by somebody outside DCC, as the audit
///       regime in force asks
///   V8  the decision to exit is signed by a role that the approval policy names
///
/// A criterion that is none of these is the programme's own (entry_criteria.hpp).

#include "projections/criteria/entry_criteria.hpp"

namespace assay::projections {

[[nodiscard]] std::vector<Answer> exit_criteria(const Vantage& vantage, const Identifier& phase,
                                                const Identifier& planned_entry,
                                                const GoverningPolicies& policies);

}  // namespace assay::projections
