// What the first pass concludes once a suite, or the file, has ended.

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "cli/import/junit_survey.hpp"
#include "cli/import/junit_text.hpp"
#include "cli/import/visible.hpp"

namespace assay::import {

/// TAP::Formatter::JUnit and Meson leave the run's TAP in the suite's output, and of skips and
/// known failures nothing else. The points are those of the cases only if every number fits.
void JunitSurvey::settle_tap(OpenSuite& open, const JunitSuite& suite) {
  open.tap.finish();
  const std::vector<TapPoint>& points = open.tap.points();
  const bool fits = !points.empty() && std::ranges::equal(points, open.cases, {}, &TapPoint::number,
                                                          &Brief::leading_number);
  if (!fits) return;
  clues_.note_tap();
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!open.cases[i].childless) continue;
    CaseFate fate = CaseFate::ordinary;
    if (points[i].directive == TapDirective::skip) fate = CaseFate::tap_skip;
    if (!points[i].ok && fate == CaseFate::ordinary)
      fate = points[i].directive == TapDirective::todo ? CaseFate::tap_todo : CaseFate::tap_failed;
    if (fate != CaseFate::ordinary) exceptions_.push_back({open.cases[i].element, fate});
  }
  const std::uint64_t planned = open.tap.planned().value_or(points.size());
  if (planned > points.size())
    cannot_tell_.add(
        "planned-not-run",
        fmt::format("the plan of suite {} announces {} tests, {} are there: {} did not "
                    "run, and have no case",
                    quoted(suite.name, 60), planned, points.size(), planned - points.size()),
        suite.at);
  if (open.tap.bailed_out())
    cannot_tell_.add("bailed-out",
                     fmt::format("the run of suite {} bailed out: what came after is not there",
                                 quoted(suite.name, 60)),
                     suite.at);
}

/// jest-junit writes a todo as a case without a child, and leaves it out of the suite's tests.
void JunitSurvey::settle_jest(const OpenSuite& open, const JunitSuite& suite) {
  if (clues_.suite() != "name errors failures skipped timestamp time tests") return;
  if (!suite.declared.tests) return;
  std::vector<Brief> candidates;
  std::uint64_t tests = 0;
  for (const Brief& brief : open.cases) {
    tests += brief.load_failure ? 0 : 1;
    if (brief.childless && brief.duration_ns == 0) candidates.push_back(brief);
  }
  if (tests <= *suite.declared.tests) return;
  const std::uint64_t todos =
      std::min<std::uint64_t>(tests - *suite.declared.tests, candidates.size());
  const bool certain = candidates.size() == todos;
  // Where more cases fit than there are todos, one that says so in its name comes first.
  std::ranges::sort(candidates, {},
                    [](const Brief& b) { return std::tuple(!b.says_todo, b.element); });
  for (std::uint64_t i = 0; i < todos; ++i)
    exceptions_.push_back(
        {candidates[i].element, certain ? CaseFate::todo_by_count : CaseFate::todo_guessed});
}

/// Vitest gives a suite whose hook failed as a case, named as the beginning of its cases' names.
void JunitSurvey::settle_vitest(const OpenSuite& open) {
  for (const auto& [element, title] : open.broken)
    if (open.titles_around.contains(title))
      exceptions_.push_back({element, CaseFate::suite_failure});
}

/// node:test writes an empty suite as a case that passed. Its totals count suites apart from tests;
/// a test with subtests is a <testsuite>, but counts as a test. Tests with subtests that failed
/// must be among the suites with a failure inside. So, with P tests with subtests, Q empty suites:
///
///   P - Q = <testsuite> elements - suites counted;   P >= failures counted - failed cases
///
/// which gives the least Q that the totals allow. Which case it is, nothing says: the quickest.
void JunitSurvey::settle_node() {
  const NodeTotals& totals = clues_.node();
  if (!totals.complete()) return;
  const auto suites = static_cast<std::int64_t>(document_.elements().suites);
  const auto counted = static_cast<std::int64_t>(*totals.suites);
  const auto failing_parents =
      std::max<std::int64_t>(0, static_cast<std::int64_t>(*totals.fail + *totals.cancelled) -
                                    static_cast<std::int64_t>(broken_leaves_));
  const std::int64_t phantoms = std::clamp<std::int64_t>(
      failing_parents - (suites - counted), 0, static_cast<std::int64_t>(node_childless_.size()));
  std::ranges::sort(node_childless_, {},
                    [](const Brief& b) { return std::tuple(b.duration_ns, b.element); });
  for (std::int64_t i = 0; i < phantoms; ++i)
    exceptions_.push_back(
        {node_childless_[static_cast<std::size_t>(i)].element, CaseFate::phantom});
}

/// Boost.Test writes a failure that was expected like any other, but counts it neither as failed
/// nor as aborted, and leaves no "Failures detected in" with it.
void JunitSurvey::settle_boost() {
  if (boost_counted_ != boost_declared_) return;
  for (const std::uint64_t element : boost_uncounted_)
    exceptions_.push_back({element, CaseFate::expected_failure});
}

void JunitSurvey::settle_repeats(JunitPlan& plan) {
  const auto is_merged = [&](std::uint64_t element) {
    return std::ranges::binary_search(plan.merges, element, {}, &CaseMerge::element);
  };
  std::erase_if(identities_, [&](const Identity& i) { return is_merged(i.element); });
  std::ranges::sort(identities_, {}, [](const Identity& i) { return std::tie(i.hash, i.element); });
  for (auto first = identities_.begin(); first != identities_.end();) {
    const auto last = std::find_if(first, identities_.end(),
                                   [&](const Identity& i) { return i.hash != first->hash; });
    const auto count = static_cast<std::uint64_t>(last - first);
    const bool conflicting =
        std::any_of(first, last, [&](const Identity& i) { return i.outcome != first->outcome; });
    for (auto i = first; count > 1 && i != last; ++i)
      plan.repeats.push_back(
          {i->element, static_cast<std::uint64_t>(i - first), count, conflicting});
    first = last;
  }
  std::ranges::sort(plan.repeats, {}, &CaseRepeat::element);
  identities_ = {};
}

}  // namespace assay::import
