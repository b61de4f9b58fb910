// P-BASIS, P-PROPOSED and P-CLAUSE: policies and the clauses that they rest on.

#include <algorithm>

#include "projections/rulebook/clauses.hpp"
#include "projections/rulebook/london.hpp"
#include "projections/rulebook/policy_findings.hpp"

namespace assay::projections {
namespace {

using events::ClauseStatus;

/// "6.3(b)" as the register writes it: "6.3.b".
std::string register_form(std::string_view clause) {
  std::string text;
  for (const char c : clause) {
    if (c == ' ' || c == ')') continue;
    text.push_back(c == '(' ? '.' : c);
  }
  return text;
}

/// The clause that a quotation like "SMETS1 SVTAD" 13.11 means: documents are quoted with more
/// words than their id has.
const ClauseRef* clause_of(const Rulebook& rulebook, const events::LegalBasis& basis) {
  const std::string number = register_form(basis.clause);
  for (const auto& [ref, steps] : rulebook.clauses) {
    const std::string& id = ref.document.text;
    const bool same_document =
        basis.document == id || std::string_view(basis.document).ends_with(" " + id);
    if (same_document && ref.clause.text == number) return &ref;
  }
  return nullptr;
}

std::string quoted(const events::LegalBasis& basis) {
  return "clause " + basis.clause + " of the " + basis.document;
}

class BasisCheck {
 public:
  BasisCheck(const Facts& facts, const PolicyTerm& term, Findings& findings)
      : facts_(facts), policy_(term.in_force), findings_(findings) {
    day_ = london_day(std::max(policy_.effective_from, facts.recorded_at));
    in_force_now_ = term.includes(facts.recorded_at);
  }

  void check(const events::LegalBasis& basis) {
    const ClauseRef* const ref = clause_of(facts_.rulebook, basis);
    if (ref == nullptr) {
      add("P-BASIS", " rests on " + quoted(basis) + ", which the register of clauses does not have",
          {});
      return;
    }
    const ClauseView then =
        clause_at(facts_.rulebook, ref->document, ref->clause, london_day(policy_.effective_from));
    if (then.status != basis.status) {
      add("P-BASIS",
          " says that " + quoted(basis) + " is " + text_of(basis.status) +
              "; by the register of clauses, when the policy came into force, it was " +
              text_of(then.status),
          then.step);
    }
    if (in_force_now_) check_effect(basis, *ref);
  }

 private:
  /// A clause on external audit is what a policy without one does away with; every other clause is
  /// what the policy carries out.
  void check_effect(const events::LegalBasis& basis, const ClauseRef& ref) {
    const ClauseView now = clause_at(facts_.rulebook, ref.document, ref.clause, day_);
    if (!now.status) return;
    const auto& audit = policy_.body->audit_regime;
    const bool does_away = audit && audit->regime != events::AuditRegime::audit_required;
    if (now.in_force != does_away) return;
    add("P-PROPOSED",
        std::string(does_away ? " does without the audit of " : " is in force and rests on ") +
            quoted(basis) + ", which is " + text_of(now.status) + " on " + day_.text,
        now.step);
  }

  static std::string text_of(std::optional<ClauseStatus> status) {
    return status ? std::string("\"").append(enum_text(*status)).append("\"") : "not spoken of";
  }

  void add(const char* rule, const std::string& what, const std::optional<ClauseStep>& step) {
    std::vector<EventId> events{policy_.activated};
    if (step) events.push_back(step->mark.event);
    findings_.add({{},
                   std::move(events),
                   {},
                   {},
                   rule,
                   name_of(policy_) + what + ".",
                   {},
                   subject_of(Kind::policy, policy_.policy.text),
                   {}});
  }

  const Facts& facts_;
  const InForce& policy_;
  Findings& findings_;
  Identifier day_;
  bool in_force_now_ = false;
};

void find_bases(const Facts& facts, const PolicyTerm& term, Findings& findings) {
  BasisCheck check(facts, term, findings);
  const PolicyVersion& version =
      facts.rulebook.policies.at(term.in_force.policy).versions.at(term.in_force.version);
  for (const events::LegalBasis& basis : version.legal_basis) check.check(basis);
  if (!version.body.dmc_selection) return;
  // A route that is not enabled rests on nothing: it says why it is not.
  for (const events::SubstitutionRoute& route : version.body.dmc_selection->substitution_routes) {
    if (route.enabled) check.check(route.legal_basis);
  }
}

void find_withdrawn_after_effect(const ClauseView& clause, Findings& findings) {
  const ClauseStep* in_force = nullptr;
  for (const ClauseStep& step : clause.history) {
    if (step.status == ClauseStatus::in_force) in_force = &step;
    if (step.status == ClauseStatus::removed) in_force = nullptr;
    if (step.status != ClauseStatus::withdrawn_before_effect || in_force == nullptr) continue;
    findings.add({{},
                  {in_force->mark.event, step.mark.event},
                  {},
                  {},
                  "P-CLAUSE",
                  "Clause " + clause.clause.text + " of the " + clause.document.text +
                      " is said to be withdrawn before it took effect on " +
                      step.effective_on.text + ", and to be in force from " +
                      in_force->effective_on.text + ".",
                  {},
                  subject_of(Kind::clause, clause.document.text + "-" + clause.clause.text),
                  {}});
  }
}

}  // namespace

void find_basis_findings(const Facts& facts, Findings& findings) {
  for (const PolicyTerm& term : present_terms(facts.rulebook, facts.recorded_at)) {
    find_bases(facts, term, findings);
  }
  for (const ClauseView& clause : list_clauses(facts.rulebook, london_day(facts.recorded_at))) {
    find_withdrawn_after_effect(clause, findings);
  }
}

}  // namespace assay::projections
