// P-MISSING: what policies refer to and is not there.

#include <algorithm>

#include "projections/register/register.hpp"
#include "projections/rulebook/policy_findings.hpp"

namespace assay::projections {
namespace {

using events::PolicyKind;
using events::TestKind;

/// Criteria that another policy decides, and the only kind of test that they are about, if any.
struct Need {
  std::string_view criterion;
  PolicyKind policy;
  std::optional<TestKind> only;
};
constexpr Need kNeeds[] = {
    {"N2", PolicyKind::approval, {}},
    {"N4", PolicyKind::dmc_selection, {}},
    {"N9", PolicyKind::migration, TestKind::mt},
    {"S6", PolicyKind::lateness, {}},
    {"S9", PolicyKind::migration, TestKind::mt},
    {"V2", PolicyKind::threshold, {}},
    {"V3", PolicyKind::threshold, {}},
    {"V4", PolicyKind::regression, {}},
    {"V6", PolicyKind::approval, {}},
    {"V7", PolicyKind::audit_regime, {}},
    {"V8", PolicyKind::approval, {}},
};

class ReferenceCheck {
 public:
  ReferenceCheck(const Facts& facts, const PolicyTerm& term, Findings& findings,
                 bool releases_known)
      : facts_(facts),
        term_(term),
        findings_(findings),
        releases_known_(releases_known),
        at_(std::max(facts.recorded_at, term.in_force.effective_from)) {}

  void check() {
    const events::PolicyBody& body = *term_.in_force.body;
    if (body.entry) check_criteria(body.entry->criteria, PolicyKind::entry);
    if (body.exit) check_criteria(body.exit->criteria, PolicyKind::exit);
    if (body.threshold) check_threshold(*body.threshold);
    if (body.approval) check_quorums(*body.approval);
    if (body.migration) check_releases(body.migration->dmrt_releases, "Migration DMRT");
    if (!body.dmc_selection) return;
    for (const events::SubstitutionRoute& route : body.dmc_selection->substitution_routes) {
      if (route.enabled) check_releases(route.releases, "route " + route.route.text);
    }
  }

 private:
  void add(const std::string& what) {
    findings_.add({{},
                   {term_.in_force.activated},
                   {},
                   {},
                   "P-MISSING",
                   name_of(term_.in_force) + " " + what + ".",
                   {},
                   subject_of(Kind::policy, term_.in_force.policy.text),
                   {}});
  }

  void check_criteria(const std::vector<events::CriterionSetting>& criteria, PolicyKind policy) {
    for (const events::CriterionSetting& setting : criteria) {
      const std::string problem = criterion_problem(setting.criterion, policy);
      if (!problem.empty()) add("asks for criterion " + setting.criterion.text + ": " + problem);
      if (!setting.required) continue;
      for (const Need& need : kNeeds) {
        if (need.criterion == setting.criterion.text) check_need(need);
      }
    }
  }

  void check_need(const Need& need) {
    std::set<TestKind> kinds = term_.scope->kinds;
    if (kinds.empty()) kinds = {TestKind::mt, TestKind::sit};
    for (const TestKind kind : kinds) {
      if (need.only && *need.only != kind) continue;
      if (is_covered(need.policy, kind)) continue;
      add("asks for criterion " + std::string(need.criterion) + " of " +
          std::string(enum_text(kind)) + ", and no policy of kind " +
          std::string(enum_text(need.policy)) +
          " is in force for it: the criterion is undetermined");
    }
  }

  /// Some policy of the kind is in force somewhere within the term's scope.
  [[nodiscard]] bool is_covered(PolicyKind policy, std::optional<TestKind> kind) const {
    events::PolicyScope scope = *term_.scope;
    if (kind) scope.kinds = {*kind};
    const auto terms = policy_terms(facts_.rulebook, policy);
    return std::ranges::any_of(terms, [&](const PolicyTerm& other) {
      return other.includes(at_) && overlap(*other.scope, scope);
    });
  }

  void check_threshold(const events::ThresholdPolicy& threshold) {
    if (!is_covered(PolicyKind::severity_taxonomy, std::nullopt)) {
      add("limits severities, and no severity taxonomy is in force that says what they mean");
    }
    const std::uint64_t untriaged = threshold.untriaged_counts_as;
    const bool limited = std::ranges::any_of(threshold.parts, [&](const auto& part) {
      return std::ranges::any_of(part.limits, [&](const events::SeverityLimit& limit) {
        return std::ranges::find(limit.severities, untriaged) != limit.severities.end();
      });
    });
    if (limited) return;
    add("counts an untriaged issue as severity " + std::to_string(untriaged) +
        ", which it does not limit: such issues count nowhere");
  }

  void check_quorums(const events::ApprovalPolicy& approval) {
    std::set<events::Body> asked;
    for (const events::ApprovalRule& rule : approval.rules) {
      if (rule.body) asked.insert(*rule.body);
    }
    for (const events::Quorum& quorum : approval.quorums) asked.erase(quorum.body);
    for (const events::Body body : asked) {
      add("asks for positions of " + std::string(enum_text(body)) +
          " and does not say when it has a quorum");
    }
  }

  void check_releases(const IdentifierSet& releases, const std::string& what) {
    if (!releases_known_) return;
    for (const Identifier& release : releases.ids) {
      const IdEntry* const known =
          facts_.programme.state().ids.find(subject_of(Kind::release, release.text));
      if (known != nullptr && known->state != IdState::touched) continue;
      add("names release " + release.text + " for " + what + ", and no such release is declared");
    }
  }

  const Facts& facts_;
  const PolicyTerm& term_;
  Findings& findings_;
  bool releases_known_;
  Timestamp at_;
};

}  // namespace

std::string criterion_problem(const Identifier& criterion, PolicyKind policy) {
  const std::string& text = criterion.text;
  const bool looks_built_in = text.size() > 1 &&
                              std::string_view("NSV").find(text[0]) != std::string_view::npos &&
                              text.find_first_not_of("0123456789", 1) == std::string::npos;
  if (!looks_built_in) return {};
  const auto is_one_of = [&](char letter, int first, int last) {
    for (int i = first; i <= last; ++i) {
      if (text == letter + std::to_string(i)) return true;
    }
    return false;
  };
  if (policy == PolicyKind::entry) {
    return is_one_of('N', 1, 9) ? "" : "the built-in criteria of entry are N1 to N9";
  }
  const bool known = is_one_of('S', 1, 10) || is_one_of('V', 2, 8);
  return known ? "" : "the built-in criteria of exit are S1 to S10 and V2 to V8";
}

void find_missing_references(const Facts& facts, Findings& findings, bool releases_known) {
  for (const PolicyTerm& term : present_terms(facts.rulebook, facts.recorded_at)) {
    ReferenceCheck(facts, term, findings, releases_known).check();
  }
}

}  // namespace assay::projections
