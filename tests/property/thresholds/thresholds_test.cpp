// Thresholds of a hundred thousand random histories of issues, under random policies, are those of
// a reference that works them out from the whole history, one question at a time.

#include "projections/thresholds/threshold.hpp"
#include "tests/property/thresholds/random_issues.hpp"
#include "tests/support/fact_story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Verdict;

namespace {

constexpr int kRounds = 100'000;

FactStory folded(const std::vector<Told>& history) {
  FactStory story;
  for (const Told& told : history) story.at(told.at).say(told.data);
  return story;
}

/// What the histories reached, so that agreement says something.
struct Reached {
  std::map<Verdict, int> verdicts;
  std::map<Exclusion, int> exclusions;
  int stood_for = 0;  ///< issues that counted for duplicates
  int several_scopes = 0;
  int deselection_mattered = 0;
};

std::optional<Identifier> group_of(const ThresholdScopeView& scope) {
  for (const ScopeValue& value : scope.key) {
    if (value.dimension == events::Dimension::group) return Identifier(value.value);
  }
  return std::nullopt;
}

/// Empty when the view is the reference's; else where they part.
std::string difference(const ThresholdView& view, const ThresholdReference& reference,
                       const ReferenceAsk& ask, Reached& reached) {
  for (std::size_t p = 0; p < view.parts.size(); ++p) {
    const events::ThresholdPart& part = ask.policy->parts[p];
    for (const ThresholdScopeView& scope : view.parts[p].scopes) {
      for (std::size_t l = 0; l < part.limits.size(); ++l) {
        const LimitView& limit = scope.limits.at(l);
        const ReferenceCount mine{limit.count, limit.issues, limit.per_entry, limit.with_deselected,
                                  limit.without_deselected};
        if (mine != reference.count(ask, part, part.limits[l], group_of(scope))) {
          return part.part.text + ", limit " + std::to_string(l) + ", " + scope.text;
        }
        reached.deselection_mattered += limit.with_deselected != limit.without_deselected ? 1 : 0;
      }
      for (const CountedIssue& one : scope.counted) {
        reached.stood_for += one.duplicates.empty() ? 0 : 1;
      }
      for (const ExcludedIssue& one : scope.excluded) ++reached.exclusions[one.reason];
    }
    reached.several_scopes += view.parts[p].scopes.size() > 1 ? 1 : 0;
  }
  if (view.verdict != reference.verdict(ask)) return "the verdict";
  ++reached.verdicts[view.verdict];
  return {};
}

std::string compare(Random& random, Reached& reached) {
  const std::vector<Told> history = random_issue_history(random, 4 + random.below(24));
  const events::ThresholdPolicy policy = random_policy(random);
  const FactStory story = folded(history);
  ReferenceAsk ask;
  ask.phase = random_phase_id(random.below(kRandomPhases));
  // Entry 0 is in every phase.
  ask.planned_entry = random_entry_id(0);
  ask.policy = &policy;
  ask.severity_at = policy.severity_at;
  ask.deselected_count = policy.deselected_count;
  for (std::uint64_t i = 0; i < kRandomEntries; ++i) {
    if (random.below(3) == 0) ask.deselected.insert(random_entry_id(i));
  }
  ThresholdOptions options;
  options.deselected = ask.deselected;
  if (random.below(3) == 0) {
    options.downgrades_ignored_hours = random.below(150);
    ask.downgrades_ignored_from =
        hours_before(history.back().at, *options.downgrades_ignored_hours);
  }
  const ThresholdView view =
      evaluate_threshold(story.facts(), ask.phase, ask.planned_entry, policy, options);
  return difference(view, ThresholdReference(history), ask, reached);
}

}  // namespace

TEST_CASE("counts and verdicts are the reference's on a hundred thousand random histories") {
  Random random;
  WARN("seed " << Random::seed());
  Reached reached;
  for (int round = 0; round < kRounds; ++round) {
    const std::string where = compare(random, reached);
    if (!where.empty()) FAIL("seed " << Random::seed() << ", round " << round << ": " << where);
  }
  CHECK(reached.verdicts.size() == 3);  // met, not met, undetermined
  CHECK(reached.exclusions.size() == std::size(kEnumTexts<Exclusion>));
  CHECK(reached.stood_for > 1'000);
  CHECK(reached.several_scopes > 1'000);
  CHECK(reached.deselection_mattered > 1'000);
}
