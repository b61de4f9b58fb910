#pragma once

/// The register of clauses, for any day: which clause was in force, only proposed, removed, or
/// withdrawn before it ever took effect. Pure functions of the rulebook; the structs serialise to
/// the JSON of `assay state clauses`. Thread word: plain values.

#include "projections/rulebook/rulebook.hpp"

namespace assay::projections {

struct ClauseView {
  Identifier clause;
  Identifier document;
  std::vector<ClauseStep> history;  ///< by effective day, then by the log; later days included
  bool in_force = false;            ///< a clause whose removal is only proposed still is
  Identifier on;                    ///< the London day that is asked about
  std::optional<events::ClauseStatus> status;  ///< absent: nothing recorded speaks of the day
  std::optional<ClauseStep> step;              ///< the one that says so
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(clause), CEREAL_NVP(document), CEREAL_NVP(history), CEREAL_NVP(in_force),
            CEREAL_NVP(on), CEREAL_NVP(status), CEREAL_NVP(step));
  }
};

/// The step with the latest effective day that is not after `day`; of several on one day, the last
/// in the log.
[[nodiscard]] ClauseView clause_at(const Rulebook& rulebook, const Identifier& document,
                                   const Identifier& clause, const Identifier& day);

/// Every clause that was ever recorded, by document and then as people count: 5.7 before 10.2.
[[nodiscard]] std::vector<ClauseView> list_clauses(const Rulebook& rulebook, const Identifier& day);

[[nodiscard]] bool is_in_force(events::ClauseStatus status);

}  // namespace assay::projections
