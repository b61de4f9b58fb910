#pragma once

/// Migration ST (MTAD 5.5): for each GroupID that applies to a release, each step of the TMAD, on
/// the systems of each side, must have been tested. Which steps, sides and stage is policy data.
/// Pure functions of board, plan and policy.

#include "projections/board/item_status.hpp"
#include "projections/plan/plan.hpp"

namespace assay::projections {

struct GroupCell {
  std::vector<EventId> events;  ///< the results that decide
  Identifier group;
  std::vector<Identifier> items;  ///< scope items that test it
  events::SystemSide side = events::SystemSide::dcc_systems;
  std::string tmad_step;
  events::Verdict verdict = events::Verdict::not_met;
  std::string why;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(events), CEREAL_NVP(group), CEREAL_NVP(items), CEREAL_NVP(side),
            CEREAL_NVP(tmad_step), CEREAL_NVP(verdict), CEREAL_NVP(why));
  }
};

/// Groups × steps × sides, in this order. A cell is met by one item that passed, or was waived
/// (then it shows as waived).
[[nodiscard]] std::vector<GroupCell> group_matrix(const PhaseBoard& board, const Plan& plan,
                                                  const events::MigrationPolicy& policy,
                                                  const Identifier& release);

/// Groups that apply to the release.
[[nodiscard]] std::vector<Identifier> groups_of(const Plan& plan, const Identifier& release);

}  // namespace assay::projections
