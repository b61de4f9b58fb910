#pragma once

/// Entry and exit, criterion by criterion, for one planned entry in one phase.
///
/// Entry is judged by the states before the decision to enter (before the testing started, where
/// nobody decided); exit by the states at the cut-off, and by what was said since then. Where
/// neither has come yet, both are judged as things stand, and the answer says that it is
/// provisional. The policies are those that were in force at that time, as far as the log knew
/// then.

#include "projections/criteria/entry_criteria.hpp"

namespace assay::projections {

/// The point of the log at which something is judged.
struct JudgedAt {
  std::optional<EventId> event;  ///< the decision, the start or the cut-off
  bool provisional = true;       ///< nothing has fixed the point yet: it is now
  std::uint64_t size = 0;        ///< entries that count
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(event), CEREAL_NVP(provisional), CEREAL_NVP(size));
  }
};

struct PolicyCited {
  events::PolicyKind kind = events::PolicyKind::exit;
  Identifier policy;
  std::uint64_t version = 1;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(policy), CEREAL_NVP(version));
  }
};

struct Assessed {
  std::vector<Answer> answers;
  JudgedAt at;
  Identifier phase;
  Identifier planned_entry;
  std::vector<PolicyCited> policies;
  events::Verdict verdict = events::Verdict::undetermined;
  std::string why;  ///< where there is no policy that could answer
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(answers), CEREAL_NVP(at), CEREAL_NVP(phase), CEREAL_NVP(planned_entry),
            CEREAL_NVP(policies), CEREAL_NVP(verdict), CEREAL_NVP(why));
  }
};

[[nodiscard]] JudgedAt entry_judged_at(const Facts& now, const PhaseEntry& entry);
[[nodiscard]] JudgedAt exit_judged_at(const Facts& now, const PhaseEntry& entry);

/// `then` are the states at `at.size`.
[[nodiscard]] Assessed assess_entry(const Facts& then, const JudgedAt& at, const Identifier& phase,
                                    const Identifier& planned_entry);
[[nodiscard]] Assessed assess_exit(const Vantage& vantage, const JudgedAt& at,
                                   const Identifier& phase, const Identifier& planned_entry);

[[nodiscard]] std::vector<PolicyCited> cited(const GoverningPolicies& policies);

}  // namespace assay::projections
