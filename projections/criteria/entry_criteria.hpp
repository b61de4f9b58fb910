#pragma once

/// Entry criteria: the rules N1 to N9 and the programme's own, for one planned entry in one phase,
/// as the states were when entry was decided. Pure.
///
///   N1  a Depth and Breadth document of the right kind covers the planned entry
///   N2  that version was presented to TAG
///   N3  it is published, where the policy asks for that before entry
///   N4  the DMC is selected for this kind of test
///   N5  the scope is committed to by DCC and the executing provider, before the first run
///   N6  environment and builds are baselined
///   N7  the stages that must come before have been exited
///   N8  no suspension stands, and no barred severity is open from before
///   N9  Migration DMRT is promised and in scope, where the policy asks for it
///
/// A criterion that is not one of these is the programme's own: it is met when it was evidenced as
/// met.

#include "projections/criteria/policies.hpp"
#include "projections/rules/answer.hpp"

namespace assay::projections {

/// One answer a criterion that the entry policy in force names, in its order; none without such a
/// policy. `phase` is one of the board's.
[[nodiscard]] std::vector<Answer> entry_criteria(const Facts& facts, const Identifier& phase,
                                                 const Identifier& planned_entry,
                                                 const GoverningPolicies& policies);

/// What all required criteria together say: NOT_MET if one is not met, else UNDETERMINED, else
/// WAIVED, else MET. Without any required criterion: UNDETERMINED.
[[nodiscard]] events::Verdict combined(const std::vector<Answer>& answers,
                                       const std::vector<events::CriterionSetting>& settings);

/// The latest evidence for a criterion of the programme's own.
[[nodiscard]] Answer evidenced_criterion(const Phase& phase, const Identifier& criterion,
                                         const Identifier& planned_entry);

}  // namespace assay::projections
