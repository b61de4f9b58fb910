#pragma once

/// What an external auditor would have attested, claim by claim (C1 to C13), answered from the
/// log. Each claim rests on criteria and on the absence of findings, and says what risk it leaves.
/// Pure.

#include "projections/criteria/assessment.hpp"
#include "projections/rules/finding.hpp"

namespace assay::projections {

/// A claim as the programme asks it.
struct ClaimText {
  std::string_view id;
  std::string_view text;
  std::string_view residual_risk;  ///< that the log does not remove
  std::vector<std::string_view> criteria;
  std::vector<std::string_view> rules;  ///< findings of these, or whose id begins so ("Q-")
  /// The claim is that the criteria were computed: one that was, and is not met, stands for it.
  bool of_the_computation = false;
};
[[nodiscard]] const std::vector<ClaimText>& assurance_claims();

struct ClaimAnswer {
  Identifier claim;
  std::vector<Answer> criteria;
  std::vector<Finding> findings;  ///< that stand against it
  std::string residual_risk;
  std::string text;
  events::Verdict verdict = events::Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(claim), CEREAL_NVP(criteria), CEREAL_NVP(findings),
            CEREAL_NVP(residual_risk), CEREAL_NVP(text), CEREAL_NVP(verdict));
  }
};

/// For one planned entry in one phase. `findings` are all of the programme; those about other
/// phases or entries are left out, and those about none count. NOT_MET if a criterion is not met or
/// a finding that is not waived stands against the claim; else UNDETERMINED if a criterion is, or
/// the claim is one that only `assay verify` can answer; else WAIVED; else MET.
[[nodiscard]] std::vector<ClaimAnswer> answer_claims(const Assessed& entry, const Assessed& exit,
                                                     const std::vector<Finding>& findings);

}  // namespace assay::projections
