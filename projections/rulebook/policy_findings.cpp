#include "projections/rulebook/policy_findings.hpp"

#include <algorithm>
#include <set>

#include "projections/rulebook/london.hpp"

namespace assay::projections {
namespace {

std::string policy_subject(const Identifier& policy) {
  return subject_of(Kind::policy, policy.text);
}

void find_retroactive(const Identifier& id, const Policy& policy, Findings& findings) {
  const auto add = [&](const Mark& mark, Timestamp effective_from, std::string what) {
    if (mark.recorded_at <= effective_from) return;
    what.append(" from ").append(london_text(effective_from));
    what.append(", which was recorded only at ").append(london_text(mark.recorded_at));
    findings.add({{}, {mark.event}, {}, {}, "P-RETRO", what + ".", {}, policy_subject(id), {}});
  };
  for (const PolicyActivation& one : policy.activations) {
    add(one.mark, one.effective_from, name_of(id, one.version) + " is in force");
  }
  for (const PolicySupersession& one : policy.supersessions) {
    add(one.mark, one.effective_from, name_of(id, one.old_version) + " is superseded");
  }
}

void find_other_kinds(const Identifier& id, const Policy& policy, Findings& findings) {
  if (policy.versions.empty()) return;
  const auto& [first_number, first] = *policy.versions.begin();
  for (const auto& [number, version] : policy.versions) {
    if (version.body.kinds() == first.body.kinds()) continue;
    findings.add({{},
                  {first.published.event, version.published.event},
                  {},
                  {},
                  "P-KIND",
                  name_of(id, number) + " is of another kind than version " +
                      std::to_string(first_number) + ".",
                  {},
                  policy_subject(id),
                  {}});
  }
}

bool conflict(const PolicyTerm& a, const PolicyTerm& b) {
  const bool same_version =
      a.in_force.policy == b.in_force.policy && a.in_force.version == b.in_force.version;
  const Timestamp from = a.in_force.effective_from;
  return !same_version && from == b.in_force.effective_from && a.includes(from) &&
         b.includes(from) && specificity(*a.scope) == specificity(*b.scope) &&
         overlap(*a.scope, *b.scope);
}

void find_conflicts(const Rulebook& rulebook, events::PolicyKind kind, Findings& findings) {
  const std::vector<PolicyTerm> terms = policy_terms(rulebook, kind);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    for (std::size_t j = i + 1; j < terms.size(); ++j) {
      if (!conflict(terms[i], terms[j])) continue;
      const bool second_wins = prevails(terms[j], terms[i]);
      const InForce& winner = (second_wins ? terms[j] : terms[i]).in_force;
      const InForce& loser = (second_wins ? terms[i] : terms[j]).in_force;
      findings.add({{},
                    {winner.activated, loser.activated},
                    {},
                    {},
                    "P-CONFLICT",
                    name_of(winner) + " and " + name_of(loser) + ", both of kind " +
                        std::string(enum_text(kind)) + ", come into force at " +
                        london_text(winner.effective_from) +
                        " for scopes that overlap and are equally specific; the one recorded "
                        "later, " +
                        name_of(winner) + ", is taken.",
                    {},
                    policy_subject(winner.policy),
                    {}});
    }
  }
}

}  // namespace

std::string name_of(const Identifier& policy, std::uint64_t version) {
  return policy.text + " version " + std::to_string(version);
}

std::string name_of(const InForce& policy) { return name_of(policy.policy, policy.version); }

std::vector<PolicyTerm> present_terms(const Rulebook& rulebook, Timestamp at) {
  std::map<std::pair<Identifier, std::uint64_t>, PolicyTerm> earliest;
  for (std::size_t i = 0; i < std::size(kEnumTexts<events::PolicyKind>); ++i) {
    const auto of_kind = policy_terms(rulebook, static_cast<events::PolicyKind>(i));
    for (const PolicyTerm& term : of_kind) {
      const Timestamp when = std::max(at, term.in_force.effective_from);
      if (!term.includes(when) || is_overtaken(term, of_kind, when)) continue;
      const auto [known, made] =
          earliest.try_emplace({term.in_force.policy, term.in_force.version}, term);
      if (!made && term.in_force.effective_from < known->second.in_force.effective_from) {
        known->second = term;
      }
    }
  }
  std::vector<PolicyTerm> terms;
  for (auto& [key, term] : earliest) terms.push_back(std::move(term));
  return terms;
}

void find_activation_findings(const Facts& facts, Findings& findings) {
  for (const auto& [id, policy] : facts.rulebook.policies) {
    find_retroactive(id, policy, findings);
    find_other_kinds(id, policy, findings);
  }
  for (std::size_t i = 0; i < std::size(kEnumTexts<events::PolicyKind>); ++i) {
    find_conflicts(facts.rulebook, static_cast<events::PolicyKind>(i), findings);
  }
}

void find_policy_findings(const Facts& facts, Findings& findings) {
  find_activation_findings(facts, findings);
  find_approval_findings(facts, findings);
  find_basis_findings(facts, findings);
  find_missing_references(facts, findings);
}

}  // namespace assay::projections
