#include "projections/criteria/claims.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

using events::Verdict;

/// "Q-" stands for every rule of that family.
bool names(const ClaimText& claim, const Finding& finding) {
  return std::ranges::any_of(claim.rules, [&](std::string_view rule) {
    return rule.ends_with('-') ? finding.rule.text.starts_with(rule) : finding.rule.text == rule;
  });
}

bool concerns(const Finding& finding, const Assessed& exit) {
  return (!finding.phase || *finding.phase == exit.phase) &&
         (!finding.planned_entry || *finding.planned_entry == exit.planned_entry);
}

void add_criteria(const ClaimText& claim, const Assessed& assessed, ClaimAnswer& answer) {
  for (const Answer& one : assessed.answers) {
    if (std::ranges::find(claim.criteria, one.criterion.text) != claim.criteria.end()) {
      answer.criteria.push_back(one);
    }
  }
}

Verdict verdict_of(const ClaimText& claim, const ClaimAnswer& answer) {
  const auto any = [&](Verdict verdict) {
    return std::ranges::any_of(answer.criteria,
                               [&](const Answer& one) { return one.verdict == verdict; });
  };
  const bool stands = std::ranges::any_of(
      answer.findings, [](const Finding& finding) { return !finding.waived_by; });
  if (stands || (any(Verdict::not_met) && !claim.of_the_computation)) return Verdict::not_met;
  // A criterion that the policies do not ask for leaves the claim without an answer.
  const bool asked = answer.criteria.size() >= claim.criteria.size();
  if (!asked || any(Verdict::undetermined) || (claim.criteria.empty() && claim.rules.empty())) {
    return Verdict::undetermined;
  }
  return any(Verdict::waived) || !answer.findings.empty() ? Verdict::waived : Verdict::met;
}

}  // namespace

const std::vector<ClaimText>& assurance_claims() {
  static const std::vector<ClaimText> kClaims{
      {"C1",
       "Entry criteria were met before the phase started.",
       "Evidence itself may be wrong.",
       {"N1", "N2", "N4", "N5", "N6"},
       {"N-"}},
      {"C2",
       "Tests ran as specified: script, build, environment, devices.",
       "Whoever runs a test may say something false about the rig.",
       {"S7", "S10"},
       {"U-"}},
      {"C3",
       "Every planned test was run, or its omission was approved.",
       "The scope may be too small: that judgement stays with TAG.",
       {"S2", "S8"},
       {"S-DROP", "S-AFTER", "B-SCOPE"}},
      {"C4",
       "No run was dropped.",
       "A run that was announced to nobody and leaves no gap in any counter.",
       {"S1", "S4", "S5"},
       {"I-"}},
      {"C5",
       "Results and defects were not altered afterwards.",
       "Alteration before recording. `assay verify` answers this claim.",
       {},
       {}},
      {"C6",
       "Order and time are right.",
       "Skew of clocks within the tolerance.",
       {"S6"},
       {"K-CLOCK"}},
      {"C7",
       "Defects are recorded truthfully: no severity was lowered to pass.",
       "Judging a severity remains human.",
       {"S3"},
       {"Q-"}},
      {"C8",
       "Thresholds were computed correctly.",
       "The legal text may be ambiguous; how it was read is recorded with the policy.",
       {"V2"},
       {"V-DIFF"},
       true},
      {"C9",
       "The DMCs that were tested are those of the plan for the EPCL.",
       "Judging equivalence remains human.",
       {"N4"},
       {"D-", "E-", "B-COV"}},
      {"C10",
       "It is known who decided what, when, and on what information.",
       "Private discussions.",
       {"V5", "V6", "V8"},
       {"T-", "N-NODEC", "V-NODEC", "C-"}},
      {"C11",
       "Requirement, test, result and issue can be traced to each other.",
       "The quality of requirements.",
       {"S3"},
       {"L-", "Q-ORPHAN"}},
      {"C12",
       "Regression was done after changes.",
       "An impact assessment may be too narrow.",
       {"V4"},
       {"R-"}},
      {"C13",
       "The assurance does not depend on DCC alone.",
       "Collusion of DCC with all witnesses.",
       {"V7"},
       {"K-UNWIT", "V-WSELF"}},
  };
  return kClaims;
}

std::vector<ClaimAnswer> answer_claims(const Assessed& entry, const Assessed& exit,
                                       const std::vector<Finding>& findings) {
  std::vector<ClaimAnswer> answers;
  for (const ClaimText& claim : assurance_claims()) {
    ClaimAnswer answer;
    answer.claim = std::string(claim.id);
    answer.residual_risk = std::string(claim.residual_risk);
    answer.text = std::string(claim.text);
    add_criteria(claim, entry, answer);
    add_criteria(claim, exit, answer);
    for (const Finding& finding : findings) {
      if (names(claim, finding) && concerns(finding, exit)) answer.findings.push_back(finding);
    }
    answer.verdict = verdict_of(claim, answer);
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace assay::projections
