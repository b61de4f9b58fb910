#pragma once

/// Migration testing of a release as its policy asks for it: the matrix of GroupIDs, TMAD steps and
/// sides (MTAD 5.5), Migration DMRT (MTAD 6.3(b)), and the setting that a withdrawn clause would
/// have switched on (MTAD 5.7). Pure functions of the states.

#include "projections/coverage/group_matrix.hpp"
#include "projections/coverage/migration_checks.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::projections {

struct MigrationView {
  std::vector<GroupCell> cells;      ///< groups × steps × sides
  std::vector<MigrationCheck> dmrt;  ///< a planned entry each
  std::optional<EventId> policy;     ///< what put the migration policy in force; absent: none is
  Identifier release;
  std::vector<MigrationCheck> security_features;  ///< empty where the policy asks for none
  bool security_features_required = false;
  events::Verdict verdict = events::Verdict::undetermined;  ///< of the matrix
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cells), CEREAL_NVP(dmrt), CEREAL_NVP(policy), CEREAL_NVP(release),
            CEREAL_NVP(security_features), CEREAL_NVP(security_features_required),
            CEREAL_NVP(verdict));
  }
};

/// By the policy that is in force at the last entry. Without one everything is undetermined.
[[nodiscard]] MigrationView view_migration(const Facts& facts, const Identifier& release);

}  // namespace assay::projections
