// What criteria amount to together, and what they say of the auditor's claims.

#include <catch2/catch.hpp>

#include "projections/criteria/claims.hpp"

using namespace assay;
using namespace assay::projections;
using events::Verdict;

namespace {

Answer answered(const char* criterion, Verdict verdict) {
  return {.criterion = criterion, .text = "said by the test", .verdict = verdict};
}

const std::vector<events::CriterionSetting> kBoth{{"S1", true, {}}, {"S2", true, {}}};

Verdict together(Verdict first, Verdict second) {
  return combined({answered("S1", first), answered("S2", second)}, kBoth);
}

Assessed with_all_criteria(Verdict verdict) {
  Assessed assessed;
  assessed.phase = "SIT-01";
  assessed.planned_entry = "PEE-001";
  for (const ClaimText& claim : assurance_claims()) {
    for (const std::string_view criterion : claim.criteria) {
      const Identifier id{std::string(criterion)};
      const auto known = [&](const Answer& one) { return one.criterion == id; };
      if (std::ranges::none_of(assessed.answers, known)) {
        assessed.answers.push_back({.criterion = id, .text = "", .verdict = verdict});
      }
    }
  }
  return assessed;
}

const ClaimAnswer& claim_of(const std::vector<ClaimAnswer>& answers, const char* claim) {
  return *std::ranges::find(answers, Identifier(claim), &ClaimAnswer::claim);
}

Finding finding_of(const char* rule, const char* phase) {
  Finding finding;
  finding.rule = rule;
  finding.phase = Identifier(phase);
  return finding;
}

}  // namespace

TEST_CASE("only what is met is met: nothing that is missing ever passes for it") {
  CHECK(together(Verdict::met, Verdict::met) == Verdict::met);
  CHECK(together(Verdict::met, Verdict::not_applicable) == Verdict::met);
  CHECK(together(Verdict::met, Verdict::waived) == Verdict::waived);
  CHECK(together(Verdict::waived, Verdict::undetermined) == Verdict::undetermined);
  CHECK(together(Verdict::undetermined, Verdict::not_met) == Verdict::not_met);
  CHECK(together(Verdict::not_met, Verdict::met) == Verdict::not_met);
}

TEST_CASE("a criterion that nobody answered is undetermined, and so is a policy that asks none") {
  CHECK(combined({answered("S1", Verdict::met)}, kBoth) == Verdict::undetermined);
  CHECK(combined({}, {}) == Verdict::undetermined);
  CHECK(combined({answered("S1", Verdict::not_met)}, {{"S1", false, {}}}) == Verdict::undetermined);
}

TEST_CASE("every claim has a text and a risk that it leaves, from C1 to C13") {
  const auto& claims = assurance_claims();
  REQUIRE(claims.size() == 13);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    CHECK(claims[i].id == "C" + std::to_string(i + 1));
    CHECK(!claims[i].text.empty());
    CHECK(!claims[i].residual_risk.empty());
  }
}

TEST_CASE("claims are met by their criteria, but for the one that only a verification can answer") {
  const auto answers = answer_claims(with_all_criteria(Verdict::met), {}, {});
  for (const ClaimAnswer& answer : answers) {
    INFO(answer.claim.text);
    const bool verification = answer.claim.text == "C5";
    CHECK(answer.verdict == (verification ? Verdict::undetermined : Verdict::met));
  }
}

TEST_CASE("a criterion that no policy asks for leaves its claim without an answer") {
  Assessed assessed = with_all_criteria(Verdict::met);
  std::erase_if(assessed.answers, [](const Answer& one) { return one.criterion.text == "S1"; });
  const auto answers = answer_claims(assessed, {}, {});
  CHECK(claim_of(answers, "C4").verdict == Verdict::undetermined);
  CHECK(claim_of(answers, "C6").verdict == Verdict::met);
}

TEST_CASE("a finding stands against its claim, unless it is waived or about another phase") {
  const Assessed assessed = with_all_criteria(Verdict::met);
  const auto judge = [&](const Finding& finding) {
    return claim_of(answer_claims({}, assessed, {finding}), "C7").verdict;
  };
  CHECK(judge(finding_of("Q-DOWN", "SIT-01")) == Verdict::not_met);
  CHECK(judge(finding_of("Q-DOWN", "SIT-02")) == Verdict::met);
  CHECK(judge(finding_of("R-OPEN", "SIT-01")) == Verdict::met);
  Finding waived = finding_of("Q-DOWN", "SIT-01");
  waived.waived_by = EventId{7, 0};
  CHECK(judge(waived) == Verdict::waived);
}
