#pragma once

/// Findings about the rulebook itself: how policies came into force, what they refer to, and on
/// which clauses they rest. Whether the programme keeps to them is for the other findings.
/// Thread word: pure functions.

#include "projections/rulebook/in_force.hpp"
#include "projections/rules/finding.hpp"

namespace assay::projections {

/// P-BASIS, P-CLAUSE, P-CONFLICT, P-KIND, P-MISSING, P-NOTAG, P-PROPOSED, P-RETRO.
void find_policy_findings(const Facts& facts, Findings& findings);

// Its parts, each in a file of its own.
void find_activation_findings(const Facts& facts, Findings& findings);
void find_approval_findings(const Facts& facts, Findings& findings);
void find_basis_findings(const Facts& facts, Findings& findings);
/// `releases_known`: the facts say which releases are declared, so undeclared ones are found.
void find_missing_references(const Facts& facts, Findings& findings, bool releases_known = true);

/// "THR-SAMPLE-A version 2".
[[nodiscard]] std::string name_of(const InForce& policy);
[[nodiscard]] std::string name_of(const Identifier& policy, std::uint64_t version);

/// One term of every version that is in force at `at` or comes into force later, the earliest.
/// Those that another policy has overtaken are left out.
[[nodiscard]] std::vector<PolicyTerm> present_terms(const Rulebook& rulebook, Timestamp at);

/// Why the criterion of an entry or exit policy cannot be a built-in one, although it looks like
/// one ("N12"); empty where it is one, or a name of the programme's own.
[[nodiscard]] std::string criterion_problem(const Identifier& criterion, events::PolicyKind policy);

}  // namespace assay::projections
