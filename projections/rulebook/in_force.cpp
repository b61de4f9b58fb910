#include "projections/rulebook/in_force.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace assay::projections {
namespace {

/// When the supersession ends a term that began at `from` with event `began`; absent: it does not.
/// What was recorded later prevails: a supersession ends every earlier activation, even one that
/// was to begin later; an activation after it stands, unless it claims time before it.
std::optional<Timestamp> end_by(const PolicySupersession& supersession, const EventId& began,
                                Timestamp from) {
  if (began < supersession.mark.event) return std::max(from, supersession.effective_from);
  if (from < supersession.effective_from) return supersession.effective_from;
  return std::nullopt;
}

/// The supersession that ends it first; of two at one time, the later event.
const PolicySupersession* ending_of(const Policy& policy, std::uint64_t version,
                                    const EventId& began, Timestamp from) {
  const PolicySupersession* first = nullptr;
  Timestamp end;
  for (const PolicySupersession& supersession : policy.supersessions) {
    if (supersession.old_version != version) continue;
    const auto candidate = end_by(supersession, began, from);
    if (!candidate || (first != nullptr && end < *candidate)) continue;
    first = &supersession;
    end = *candidate;
  }
  return first;
}

/// Follows one activation through the versions that took each other's place. It ends: with every
/// step the begin grows, or stays while the event that brought it grows.
void add_terms(std::vector<PolicyTerm>& terms, const Identifier& id, const Policy& policy,
               const PolicyActivation& activation, events::PolicyKind kind) {
  std::uint64_t version = activation.version;
  EventId began = activation.mark.event;
  Timestamp from = activation.effective_from;
  while (true) {
    const PolicySupersession* const ending = ending_of(policy, version, began, from);
    const events::PolicyBody& body = policy.versions.at(version).body;
    PolicyTerm term{{id, version, &body, began, from}, &activation.scope, {}, {}};
    if (ending != nullptr) {
      term.ended_by = ending->mark.event;
      term.until = end_by(*ending, began, from);
    }
    const auto until = term.until;
    if (is_of_kind(body, kind)) terms.push_back(std::move(term));
    if (ending == nullptr || !ending->new_version) return;
    version = *ending->new_version;
    began = ending->mark.event;
    from = *until;
  }
}

template <class Set, class Value>
bool allows(const Set& set, const std::optional<Value>& value) {
  return set.empty() || (value && std::ranges::find(set, *value) != set.end());
}

template <class Set>
bool meet(const Set& a, const Set& b) {
  return a.empty() || b.empty() || std::ranges::any_of(a, [&](const auto& value) {
           return std::ranges::find(b, value) != b.end();
         });
}

template <class Set>
bool is_within(const Set& inner, const Set& outer) {
  return outer.empty() || (!inner.empty() && std::ranges::all_of(inner, [&](const auto& value) {
           return std::ranges::find(outer, value) != outer.end();
         }));
}

/// Ascending: the last one wins.
auto rank(const PolicyTerm& term) {
  return std::tuple(specificity(*term.scope), term.in_force.effective_from,
                    term.in_force.activated);
}

}  // namespace

bool prevails(const PolicyTerm& a, const PolicyTerm& b) { return rank(b) < rank(a); }

bool is_overtaken(const PolicyTerm& term, const std::vector<PolicyTerm>& others, Timestamp at) {
  return std::ranges::any_of(others, [&](const PolicyTerm& other) {
    return other.includes(at) && encloses(*other.scope, *term.scope) && prevails(other, term);
  });
}

bool is_of_kind(const events::PolicyBody& body, events::PolicyKind kind) {
  const std::vector<events::PolicyKind> kinds = body.kinds();
  return std::ranges::find(kinds, kind) != kinds.end();
}

std::size_t specificity(const events::PolicyScope& scope) {
  return std::size_t{!scope.kinds.empty()} + std::size_t{!scope.releases.ids.empty()} +
         std::size_t{!scope.smsos.ids.empty()};
}

bool covers(const events::PolicyScope& scope, const PolicyTarget& target) {
  return allows(scope.kinds, target.kind) && allows(scope.releases.ids, target.release) &&
         allows(scope.smsos.ids, target.smso);
}

bool encloses(const events::PolicyScope& outer, const events::PolicyScope& inner) {
  return is_within(inner.kinds, outer.kinds) && is_within(inner.releases.ids, outer.releases.ids) &&
         is_within(inner.smsos.ids, outer.smsos.ids);
}

bool overlap(const events::PolicyScope& a, const events::PolicyScope& b) {
  return meet(a.kinds, b.kinds) && meet(a.releases.ids, b.releases.ids) &&
         meet(a.smsos.ids, b.smsos.ids);
}

std::vector<PolicyTerm> policy_terms(const Rulebook& rulebook, events::PolicyKind kind) {
  std::vector<PolicyTerm> terms;
  for (const auto& [id, policy] : rulebook.policies) {
    for (const PolicyActivation& activation : policy.activations) {
      add_terms(terms, id, policy, activation, kind);
    }
  }
  return terms;
}

std::optional<InForce> policy_in_force(const Rulebook& rulebook, events::PolicyKind kind,
                                       const PolicyTarget& target, Timestamp at) {
  std::vector<PolicyTerm> terms = policy_terms(rulebook, kind);
  std::erase_if(terms, [&](const PolicyTerm& term) {
    return !term.includes(at) || !covers(*term.scope, target);
  });
  if (terms.empty()) return std::nullopt;
  return std::ranges::max(terms, {}, rank).in_force;
}

std::vector<InForce> policies_in_force(const Rulebook& rulebook, const PolicyTarget& target,
                                       Timestamp at) {
  std::vector<InForce> all;
  for (std::size_t i = 0; i < std::size(kEnumTexts<events::PolicyKind>); ++i) {
    const auto kind = static_cast<events::PolicyKind>(i);
    if (auto found = policy_in_force(rulebook, kind, target, at)) all.push_back(*std::move(found));
  }
  return all;
}

}  // namespace assay::projections
