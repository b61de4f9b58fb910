#pragma once

/// Which policy was in force for what, and when: pure functions of the rulebook.
///
/// A version is in force from its activation's `effective_from` on, for what the activation's scope
/// names, until a supersession ends it; a supersession that names a new version puts that one in
/// its place. Of several that apply, the most specific scope wins (the one that limits more of
/// kind, release and SMSO), then the later effective_from, then the later event. Where the last
/// step decides between two policies, finding P-CONFLICT says so.
///
/// The answer is what the rulebook said when it was folded: fold to a cut-off to learn what was
/// known then. Thread word: pure functions; what they answer borrows from the rulebook.

#include "projections/rulebook/rulebook.hpp"

namespace assay::projections {

/// A version of a policy that is in force. `body` is borrowed from the rulebook and never null.
struct InForce {
  Identifier policy;
  std::uint64_t version = 1;
  const events::PolicyBody* body = nullptr;
  EventId activated;  ///< the activation, or the supersession that put this version in place
  Timestamp effective_from;
};

/// What a policy is asked for. A member that is absent is one that nobody knows or that does not
/// matter: policies that are limited in this respect do not apply.
struct PolicyTarget {
  std::optional<events::TestKind> kind;
  std::optional<Identifier> release;
  std::optional<Identifier> smso;
};

/// Absent: no policy of the kind is in force, and what would rest on it is undetermined.
[[nodiscard]] std::optional<InForce> policy_in_force(const Rulebook& rulebook,
                                                     events::PolicyKind kind,
                                                     const PolicyTarget& target, Timestamp at);

/// The policy in force of every kind that has one, in the order of the kinds.
[[nodiscard]] std::vector<InForce> policies_in_force(const Rulebook& rulebook,
                                                     const PolicyTarget& target, Timestamp at);

/// A stretch of time in which a version is in force for what `scope` names. Borrowed as above.
struct PolicyTerm {
  InForce in_force;
  const events::PolicyScope* scope = nullptr;
  std::optional<EventId> ended_by;  ///< the supersession
  std::optional<Timestamp> until;   ///< exclusive; absent: to no end that is known

  /// False for a term that a supersession ended before it began.
  [[nodiscard]] bool includes(Timestamp at) const {
    return in_force.effective_from <= at && (!until || at < *until);
  }
};

/// All terms of all policies of the kind, in the order of the policies' ids and then of the log.
[[nodiscard]] std::vector<PolicyTerm> policy_terms(const Rulebook& rulebook,
                                                   events::PolicyKind kind);

/// True when `a` is taken where both apply.
[[nodiscard]] bool prevails(const PolicyTerm& a, const PolicyTerm& b);

/// True when one of `others` is taken wherever and whenever `term` would apply at `at`: nobody
/// ended it, and it decides nothing any longer.
[[nodiscard]] bool is_overtaken(const PolicyTerm& term, const std::vector<PolicyTerm>& others,
                                Timestamp at);

[[nodiscard]] bool is_of_kind(const events::PolicyBody& body, events::PolicyKind kind);
/// In how many respects the scope is limited, 0 to 3.
[[nodiscard]] std::size_t specificity(const events::PolicyScope& scope);
[[nodiscard]] bool covers(const events::PolicyScope& scope, const PolicyTarget& target);
/// True when whatever falls under `inner` falls under `outer` too.
[[nodiscard]] bool encloses(const events::PolicyScope& outer, const events::PolicyScope& inner);
/// True when something could fall under both.
[[nodiscard]] bool overlap(const events::PolicyScope& a, const events::PolicyScope& b);

}  // namespace assay::projections
