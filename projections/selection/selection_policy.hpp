#pragma once

/// Which DMC selection policy speaks of a DMC in a release, and for which kinds of test one
/// selection stands. Thread word: pure functions; answers borrow from the rulebook.

#include "projections/fold/programme_fold.hpp"
#include "projections/rulebook/in_force.hpp"
#include "projections/selection/selection.hpp"

namespace assay::projections {

/// The policy in force at `at`. A policy that is limited to one SMSO is found through whom the DMC
/// was proposed or planned for, one that is limited to a kind of test through `kinds`.
[[nodiscard]] std::optional<InForce> selection_policy(const Facts& facts, const Identifier& dmc,
                                                      const Identifier& release,
                                                      const std::set<events::TestKind>& kinds,
                                                      Timestamp at);

/// Which version of which policy an answer rests on.
struct PolicyUsed {
  EventId activated;
  Identifier policy;
  std::uint64_t version = 1;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(activated), CEREAL_NVP(policy), CEREAL_NVP(version));
  }
};
[[nodiscard]] PolicyUsed used(const InForce& policy);

/// The kinds that a selection serves: those that it names, and, where the policy shares selections
/// between kinds and it names one of these, all of these.
[[nodiscard]] std::set<events::TestKind> kinds_served(const DmcSelection& selection,
                                                      const std::optional<InForce>& policy);

}  // namespace assay::projections
