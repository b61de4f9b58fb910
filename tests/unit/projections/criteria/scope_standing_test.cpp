// S2 and S3 judge an item as it stands once changes and regression are taken into account.

#include "projections/criteria/completeness.hpp"
#include "tests/unit/projections/regression/regression_story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Verdict;

namespace {

/// Build B2 in both phases, after everything passed on B1.
struct Changed : RegressionStory {
  events::ExitPolicy policy;
  std::vector<EventId> changes;
  Changed() { changes = {deploy("MT-1", "B1", "B2"), deploy("SIT-1", "B1", "B2")}; }

  [[nodiscard]] Answer answer(const char* criterion, const char* phase) const {
    const auto answers = completeness(facts(), phase, "PEE-001", {&policy, nullptr, nullptr});
    return *std::ranges::find(answers, Identifier(criterion), &Answer::criterion);
  }
  [[nodiscard]] Verdict s2(const char* phase) const { return answer("S2", phase).verdict; }

  /// A cycle of I1 in both phases that both sides have committed to and that has begun.
  void begin_cycle() {
    assess_by_both(changes, ImpactVerdict::regress);
    endorse("sp-tl", commit("REG-1"));
    start("REG-1", changes);
  }
};

const std::set kScopeCriteria{TestKind::mt, TestKind::sit};

}  // namespace

TEST_CASE("S2: a change that nobody has assessed makes passes STALE, and names itself") {
  Changed story;
  const Answer answer = story.answer("S2", "SIT-1");
  CHECK(answer.verdict == Verdict::not_met);
  CHECK(answer.text == "0 of 2 items may stand as they are");
  CHECK(std::ranges::find(answer.events, story.changes[1]) != answer.events.end());
}

TEST_CASE("S2: an assessment of both sides that no regression is needed lets passes stand") {
  Changed story;
  story.assess(story.changes, ImpactVerdict::no_regression_needed);
  CHECK(story.s2("SIT-1") == Verdict::not_met);
  Changed agreed;
  agreed.assess_by_both(agreed.changes, ImpactVerdict::no_regression_needed);
  CHECK(agreed.s2("SIT-1") == Verdict::met);
  CHECK(agreed.s2("MT-1") == Verdict::met);
}

TEST_CASE("S2: a regression cycle that passed lets passes stand in both kinds") {
  Changed story;
  story.begin_cycle();
  story.run("R5", "SIT-1", "I1", Outcome::passed, "B2", kScopeCriteria);
  CHECK(story.s2("MT-1") == Verdict::not_met);
  story.complete("REG-1");
  CHECK(story.s2("MT-1") == Verdict::met);
  CHECK(story.s2("SIT-1") == Verdict::met);
}

TEST_CASE("S2 and S3: a run of another phase that fails for this one is not passed over") {
  Changed story;
  story.begin_cycle();
  const EventId failed = story.run("R5", "SIT-1", "I1", Outcome::failed, "B2", kScopeCriteria);
  const Answer s2 = story.answer("S2", "MT-1");
  CHECK(s2.verdict == Verdict::not_met);
  CHECK(std::ranges::find(s2.events, failed) != s2.events.end());
  CHECK(story.answer("S3", "MT-1").events == std::vector{failed});
}

TEST_CASE("S2: an item that failed and was then blocked is executed once") {
  Story story;
  story.phase_under_way("SIT-1", TestKind::sit);
  story.run("R1", "SIT-1", "I1", Outcome::failed, "B1");
  story.run("R2", "SIT-1", "I1", Outcome::blocked, "B1");
  events::ExitPolicy policy;
  policy.blocked_is_executed = true;
  const auto text = [&](std::uint64_t percent) {
    policy.executed_percent_min = percent;
    const auto answers =
        completeness(story.facts(), "SIT-1", "PEE-001", {&policy, nullptr, nullptr});
    return std::ranges::find(answers, Identifier("S2"), &Answer::criterion)->text;
  };
  // One of the two items was executed, whatever way it is counted; the other was never run.
  CHECK(text(50) == "0 of 2 items may stand as they are");
  CHECK(text(51) ==
        "0 of 2 items may stand as they are; fewer were executed or passed than the "
        "policy asks for");
}
