#pragma once

/// What the scope of migration testing must hold besides the matrix of groups: Migration DMRT as
/// the Depth and Breadth document of MT describes it (MTAD 6.3(b)), and, where a policy asks for
/// them, the security features of firmware (MTAD 5.7). Pure functions.

#include "projections/coverage/promises.hpp"

namespace assay::projections {

struct MigrationCheck {
  std::vector<events::PromisedItem> missing;
  Identifier planned_entry;
  std::uint64_t promised = 0;
  events::Verdict verdict = events::Verdict::undetermined;
  std::string why;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(missing), CEREAL_NVP(planned_entry), CEREAL_NVP(promised),
            CEREAL_NVP(verdict), CEREAL_NVP(why));
  }
};

[[nodiscard]] MigrationCheck check_dmrt(const PhaseBoard& board, const Plan& plan,
                                        const events::MigrationPolicy& policy,
                                        const Identifier& planned_entry);
[[nodiscard]] MigrationCheck check_security_features(const PhaseBoard& board, const Plan& plan,
                                                     const events::MigrationPolicy& policy,
                                                     const Identifier& planned_entry);

}  // namespace assay::projections
