#include "cli/import/junit_verdict.hpp"

#include <algorithm>
#include <array>

#include "cli/import/junit_text.hpp"
#include "ledger/base/error.hpp"

namespace assay::import {
namespace {

struct Code {
  std::string_view code;
  std::string_view sentence;
};

constexpr auto kCodes = std::to_array<Code>({
    {"failure-and-error",
     "a case holds a failure and an error; it failed, and the error is kept beside"},
    {"contradictory-children", "a case is called skipped and failed at once; the worse counts"},
    {"expected-failure", "a failure that was expected (todo, xfail, mayfail) is a skip"},
    {"unexpected-pass",
     "a test that was expected to fail passed, and the report files it under skipped"},
    {"pseudo-case",
     "a failed hook, set-up or file that did not load stands among the cases; it is an error"},
    {"skip-exception",
     "an exception that means \"skip\" is a skip, though the report calls it an error"},
    {"setup-error",
     "a test whose set-up or teardown failed is an error, as the suite's counters have it"},
    {"not-started",
     "a test that could not be started is an error, though the report calls it skipped"},
    {"cancelled",
     "a test that was cancelled or timed out is an error, though the report calls it skipped"},
    {"warn-level", "a check of level WARN fails no test"},
    {"warning-element", "a case holds a <warning>, which fails no test; it counts as passed"},
    {"empty-class", "a class without tests is written as a case; it is left out"},
    {"status-not-run",
     "a case without a child says that it was not run (status, result); it is a skip"},
    {"status-failed",
     "a case without a child says that it failed (status, result); it counts as failed"},
    {"status-contradicts",
     "a case says that it failed (status, result), and is called skipped; it counts as failed"},
    {"rerun-without-failure",
     "a case failed again when it was run again, but holds no failure; it failed"},
    {"passed-after-retry",
     "a case passed after earlier runs that failed; they are kept as attempts"},
    {"tap-directive", "TAP in the suite's output says that the test was skipped, or known to fail"},
    {"tap-failed",
     "TAP in the suite's output says \"not ok\" of a case that shows no failure; it failed"},
    {"todo-by-count",
     "the suite counts fewer tests than it holds, and no other case can be its todo: a skip"},
    {"todo-guessed",
     "the suite counts fewer tests than it holds: it has a todo among several cases without "
     "verdict "
     "or duration, and the report does not say which; the likeliest is read as the skip"},
    {"phantom",
     "an empty suite is written as a case that passed; the quickest such case is left out"},
    {"suite-failure",
     "a suite whose hook failed is written as a case beside its cases; it is an error"},
    {"expected-by-count",
     "a failure that the suite's counters leave out was expected; it is a skip"},
    {"merged-elements",
     "two elements of one test (its body and its teardown) are one case; the worse counts"},
    {"merged-load-failure", "a file that did not load is written twice; it is one error"},
});

bool is_status_attribute(std::string_view name) noexcept {
  return name == "status" || name == "result" || name == "outcome";
}

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) noexcept {
  return std::ranges::any_of(words, [&](auto word) { return equals_ignoring_case(text, word); });
}

std::optional<JunitOutcome> outcome_word(std::string_view word) noexcept {
  static constexpr auto kFailed = std::to_array<std::string_view>(
      {"fail", "failed", "failure", "not ok", "notok", "assertionfailed"});
  static constexpr auto kError = std::to_array<std::string_view>(
      {"error", "errored", "crash", "crashed", "timeout", "timedout", "timed-out", "aborted",
       "broken", "hook_error", "cleanup_error"});
  static constexpr auto kSkipped = std::to_array<std::string_view>(
      {"skip", "skipped", "notrun", "not_run", "not-run", "not run", "disabled", "ignored",
       "suppressed", "pending", "untested", "notexecuted", "inconclusive", "todo", "undefined"});
  if (is_one_of(word, kFailed)) return JunitOutcome::failed;
  if (is_one_of(word, kError)) return JunitOutcome::error;
  if (is_one_of(word, kSkipped)) return JunitOutcome::skipped;
  return std::nullopt;
}

/// disabled="true", executed="no".
std::optional<JunitOutcome> flag_outcome(const JunitAttribute& a) noexcept {
  static constexpr auto kYes = std::to_array<std::string_view>({"true", "yes", "1"});
  static constexpr auto kNo = std::to_array<std::string_view>({"false", "no", "0"});
  static constexpr auto kOff = std::to_array<std::string_view>({"disabled", "skipped", "ignored"});
  if (is_one_of(a.name, kOff) && is_one_of(a.value, kYes)) return JunitOutcome::skipped;
  if (equals_ignoring_case(a.name, "executed") && is_one_of(a.value, kNo))
    return JunitOutcome::skipped;
  return std::nullopt;
}

/// Facts of one case that several rules ask for.
struct Facts {
  const JunitCase& found;
  const JunitDialect& dialect;
  bool failure = false;
  bool error = false;
  const JunitDetail* skip = nullptr;
  const JunitDetail* warning = nullptr;

  Facts(const JunitCase& c, const JunitDialect& d) : found(c), dialect(d) {
    for (const JunitDetail& detail : c.details) {
      if (detail.element == "warning") {
        warning = &detail;
      } else if (detail.outcome == JunitOutcome::failed) {
        failure = true;
      } else if (detail.outcome == JunitOutcome::error) {
        error = true;
      } else if (skip == nullptr || expects_failure(detail)) {
        skip = &detail;
      }
    }
  }
  [[nodiscard]] bool broken() const noexcept { return failure || error; }
  /// True where the report words a failure as that of the set-up or teardown (pytest). A test that
  /// is known to fail says nothing of these.
  [[nodiscard]] bool fixture_failed() const {
    return std::ranges::any_of(found.details, [](const JunitDetail& d) {
      return d.message.value.starts_with("failed on setup with ") ||
             d.message.value.starts_with("failed on teardown with ");
    });
  }
  /// True where every failure and error of the case satisfies `what`.
  template <class Predicate>
  [[nodiscard]] bool all_broken(Predicate what) const {
    return std::ranges::all_of(found.details, [&](const JunitDetail& d) {
      return d.outcome == JunitOutcome::skipped || d.element == "warning" || what(d);
    });
  }
};

bool is_skip_exception(const JunitDetail& detail) noexcept {
  static constexpr auto kTypes = std::to_array<std::string_view>(
      {"org.testng.SkipException", "org.junit.AssumptionViolatedException",
       "org.junit.internal.AssumptionViolatedException", "org.opentest4j.TestAbortedException",
       "org.opentest4j.TestSkippedException", "unittest.case.SkipTest"});
  return std::ranges::find(kTypes, detail.type.value) != kTypes.end();
}

bool is_fixture_text(const JunitDetail& detail) noexcept {
  return detail.text.value == "Test setup failed" || detail.text.value == "Test teardown failed";
}

/// CTest writes "skipped" for what was asked to be skipped and for what could not be started.
bool could_not_start(const Facts& facts) {
  if (facts.dialect.name != "ctest" || facts.skip == nullptr) return false;
  const std::string_view why = facts.skip->message.value;
  const bool asked = why.starts_with("SKIP_") || why == "Disabled" || why.empty();
  return !asked && std::ranges::any_of(facts.found.attributes, [](const JunitAttribute& a) {
    return a.name == "status" && a.value == "notrun";
  });
}

/// EUnit has no skips: what it calls so was cancelled (a timeout, a broken set-up).
bool was_cancelled(const Facts& facts) {
  return facts.dialect.name == "eunit" && facts.skip != nullptr;
}

bool is_warn_level(const Facts& facts) {
  return facts.dialect.name == "doctest" && facts.broken() &&
         facts.all_broken([](const JunitDetail& d) { return d.type.value.starts_with("WARN"); });
}

/// The departures from "the worst counts" for a case that holds a failure or an error.
std::optional<Verdict> special_failure(const Facts& facts, CaseFate fate) {
  using enum JunitOutcome;
  if (facts.skip != nullptr && expects_failure(*facts.skip) && !facts.fixture_failed())
    return Verdict{skipped, false, {"expected-failure"}, {}};
  if (fate == CaseFate::expected_failure) return Verdict{skipped, false, {"expected-by-count"}, {}};
  if (fate == CaseFate::suite_failure) return Verdict{error, false, {"suite-failure"}, {}};
  if (is_pseudo_case(facts.found, facts.dialect)) return Verdict{error, false, {"pseudo-case"}, {}};
  if (facts.all_broken(is_skip_exception)) return Verdict{skipped, false, {"skip-exception"}, {}};
  if (is_warn_level(facts)) return Verdict{passed, false, {"warn-level"}, {}};
  if (facts.dialect.name == "cmocka" && facts.all_broken(is_fixture_text))
    return Verdict{error, false, {"setup-error"}, {}};
  return std::nullopt;
}

Verdict judge_broken(const Facts& facts, CaseFate fate) {
  if (auto special = special_failure(facts, fate)) return *special;
  Verdict verdict;
  verdict.outcome = facts.failure ? JunitOutcome::failed : JunitOutcome::error;
  if (facts.failure && facts.error) verdict.readings.push_back("failure-and-error");
  if (facts.skip != nullptr) verdict.warnings.push_back("contradictory-children");
  return verdict;
}

Verdict judge_skipped(const Facts& facts) {
  using enum JunitOutcome;
  if (could_not_start(facts)) return {error, false, {"not-started"}, {}};
  if (was_cancelled(facts)) return {error, false, {"cancelled"}, {}};
  const auto stated = stated_outcome(facts.found);
  if (stated && *stated > skipped) return {failed, false, {}, {"status-contradicts"}};
  if (facts.skip->message.value == "test passes unexpectedly")
    return {skipped, false, {"unexpected-pass"}, {}};
  return {skipped, false, {}, {}};
}

/// PHPUnit 9: a <warning> alone. A class without tests, or a data provider that broke, has no
/// class.
Verdict judge_warning(const Facts& facts) {
  using enum JunitOutcome;
  if (!facts.found.classname.empty()) return {passed, false, {}, {"warning-element"}};
  if (facts.warning->text.value.find("No tests found in class") != std::string::npos)
    return {passed, true, {"empty-class"}, {}};
  return {error, false, {"pseudo-case"}, {}};
}

Verdict judge_fate(CaseFate fate) {
  using enum JunitOutcome;
  switch (fate) {
    case CaseFate::tap_skip:
    case CaseFate::tap_todo: return {skipped, false, {"tap-directive"}, {}};
    case CaseFate::tap_failed: return {failed, false, {}, {"tap-failed"}};
    case CaseFate::todo_by_count: return {skipped, false, {"todo-by-count"}, {}};
    case CaseFate::todo_guessed: return {skipped, false, {}, {"todo-guessed"}};
    case CaseFate::phantom: return {passed, true, {"phantom"}, {}};
    default: return {};
  }
}

Verdict judge_childless(const Facts& facts, CaseFate fate) {
  using enum JunitOutcome;
  if (const auto stated = stated_outcome(facts.found)) {
    if (*stated == skipped) return {skipped, false, {"status-not-run"}, {}};
    return {*stated, false, {}, {"status-failed"}};
  }
  if (const Verdict verdict = judge_fate(fate); verdict.left_out || verdict.outcome != passed)
    return verdict;
  if (facts.found.attempts.empty()) return {};
  const bool again = std::ranges::any_of(
      facts.found.attempts, [](const JunitAttempt& a) { return a.element.starts_with("rerun"); });
  if (again) return {failed, false, {}, {"rerun-without-failure"}};
  return {passed, false, {"passed-after-retry"}, {}};
}

}  // namespace

Verdict judge(const JunitCase& found, const JunitDialect& dialect, CaseFate fate) {
  const Facts facts(found, dialect);
  if (facts.broken()) return judge_broken(facts, fate);
  if (facts.skip != nullptr) return judge_skipped(facts);
  if (facts.warning != nullptr) return judge_warning(facts);
  return judge_childless(facts, fate);
}

std::string_view sentence_of(std::string_view code) {
  const auto found = std::ranges::find(kCodes, code, &Code::code);
  ASSAY_ASSERT(found != kCodes.end());
  return found->sentence;
}

std::optional<JunitOutcome> stated_outcome(const JunitCase& found) {
  std::optional<JunitOutcome> worst;
  for (const JunitAttribute& a : found.attributes) {
    const auto said = is_status_attribute(a.name) ? outcome_word(a.value) : flag_outcome(a);
    if (said && (!worst || *said > *worst)) worst = said;
  }
  return worst;
}

bool expects_failure(const JunitDetail& skip) noexcept {
  static constexpr auto kTypes =
      std::to_array<std::string_view>({"todo", "xfail", "pytest.xfail", "expectedfailure"});
  return is_one_of(skip.type.value, kTypes) ||
         skip.message.value.find("!mayfail") != std::string::npos ||
         skip.message.value.find("!shouldfail") != std::string::npos;
}

}  // namespace assay::import
