// P-NOTAG: a policy came into force without the approval that was asked for.

#include <algorithm>

#include "projections/register/register.hpp"
#include "projections/rulebook/policy_findings.hpp"

namespace assay::projections {
namespace {

/// The approval policy that the activation is judged by: the one that was in force by what the log
/// said before it, at the moment that it takes effect. The first approval policy ever, and what
/// comes into force with it, is judged by itself: a rulebook cannot excuse itself.
std::optional<PolicyTerm> judge_of(const Rulebook& rulebook, const PolicyActivation& activation) {
  const Timestamp at = std::max(activation.mark.recorded_at, activation.effective_from);
  std::optional<PolicyTerm> before;
  std::optional<PolicyTerm> with;
  for (const PolicyTerm& term : policy_terms(rulebook, events::PolicyKind::approval)) {
    if (!term.includes(at) || !overlap(*term.scope, activation.scope)) continue;
    std::optional<PolicyTerm>& best =
        term.in_force.activated < activation.mark.event ? before : with;
    if (!best || prevails(term, *best)) best = term;
  }
  return before ? before : with;
}

/// The last position of the body on the version; null when it took none.
const PolicyPosition* position_of(const PolicyVersion& version, events::Body body) {
  const auto found = std::ranges::find(version.positions.rbegin(), version.positions.rend(), body,
                                       &PolicyPosition::body);
  return found == version.positions.rend() ? nullptr : &*found;
}

/// What the rule asks for and nobody gave, in words; empty when it is satisfied.
std::string lacking(const events::ApprovalRule& rule, const PolicyVersion& version,
                    const Decision* decision, const Register& programme) {
  bool independent = false;
  if (rule.body) {
    const std::string body(enum_text(*rule.body));
    const PolicyPosition* const position = position_of(version, *rule.body);
    if (position == nullptr) return "a position of " + body + ", and there is none";
    if (!rule.positions.contains(position->position)) {
      return "a position of " + body + " for it, and its last one, event " +
             position->mark.event.text() + ", is \"" + std::string(enum_text(position->position)) +
             "\"";
    }
    independent = decision == nullptr || position->mark.party != decision->party;
  }
  bool role = rule.roles.empty();
  const auto hear = [&](const Hash& key) {
    const RoleSet held = programme.roles_of(key);
    role = role || std::ranges::any_of(rule.roles, [&](Role one) { return held.contains(one); });
  };
  if (decision != nullptr) {
    hear(decision->author);
    for (const Voice& voice : decision->endorsements) {
      hear(voice.key);
      independent = independent || voice.party != decision->party;
    }
  }
  if (!role) {
    std::string roles;
    for (const Role one : rule.roles) {
      roles.append(roles.empty() ? "" : " or ").append(enum_text(one));
    }
    return "the voice of " + roles + ", and nobody who holds it has spoken for it";
  }
  if (rule.independent && !independent) {
    return "the voice of another party than the one that put it in force, and none has spoken for "
           "it";
  }
  return {};
}

void judge(const Facts& facts, const Identifier& id, const Policy& policy,
           const PolicyActivation& activation, Findings& findings) {
  const auto term = judge_of(facts.rulebook, activation);
  if (!term) return;
  const auto& decisions = facts.programme.state().decisions;
  const auto found = decisions.find(activation.mark.event);
  const Decision* const decision = found == decisions.end() ? nullptr : &found->second;
  for (const events::ApprovalRule& rule : term->in_force.body->approval->rules) {
    if (rule.matter != events::Matter::policy_activation) continue;
    const std::string what =
        lacking(rule, policy.versions.at(activation.version), decision, facts.programme);
    if (what.empty()) continue;
    findings.add({{},
                  {activation.mark.event, term->in_force.activated},
                  {},
                  {},
                  "P-NOTAG",
                  name_of(id, activation.version) + " was put in force; " +
                      name_of(term->in_force) + " asks for " + what + ".",
                  {},
                  subject_of(Kind::policy, id.text),
                  {}});
  }
}

}  // namespace

void find_approval_findings(const Facts& facts, Findings& findings) {
  for (const auto& [id, policy] : facts.rulebook.policies) {
    for (const PolicyActivation& activation : policy.activations) {
      judge(facts, id, policy, activation, findings);
    }
  }
}

}  // namespace assay::projections
