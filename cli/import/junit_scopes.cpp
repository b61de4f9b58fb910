#include "cli/import/junit_scopes.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include <fmt/format.h>

#include "cli/import/junit_limits.hpp"
#include "cli/import/visible.hpp"
#include "ledger/base/limits.hpp"

namespace assay::import {
namespace {

std::uint64_t& field_of(JunitResults& results, JunitOutcome outcome) noexcept {
  switch (outcome) {
    case JunitOutcome::passed: return results.passed;
    case JunitOutcome::skipped: return results.skipped;
    case JunitOutcome::error: return results.errors;
    case JunitOutcome::failed: break;
  }
  return results.failed;
}

std::uint64_t& field_of(JunitElements& elements, JunitOutcome outcome) noexcept {
  switch (outcome) {
    case JunitOutcome::passed: return elements.passed;
    case JunitOutcome::skipped: return elements.skipped;
    case JunitOutcome::error: return elements.errors;
    case JunitOutcome::failed: break;
  }
  return elements.failures;
}

void add(JunitElements& sum, const JunitElements& part) noexcept {
  sum.cases += part.cases;
  sum.passed += part.passed;
  sum.failures += part.failures;
  sum.errors += part.errors;
  sum.skipped += part.skipped;
}

void add(JunitResults& sum, const JunitResults& part) noexcept {
  sum.cases += part.cases;
  sum.passed += part.passed;
  sum.failed += part.failed;
  sum.errors += part.errors;
  sum.skipped += part.skipped;
}

/// Held at the largest number that an event can state.
void add(std::optional<std::uint64_t>& sum, std::optional<std::uint64_t> part) noexcept {
  constexpr auto kMax = static_cast<std::uint64_t>(assay::limits::kIntegerMax);
  if (part) sum = std::min(sum.value_or(0) + std::min(*part, kMax), kMax);
}

void add(JunitDeclared& sum, const JunitDeclared& part) noexcept {
  add(sum.tests, part.tests);
  add(sum.failures, part.failures);
  add(sum.errors, part.errors);
  add(sum.skipped, part.skipped);
  add(sum.disabled, part.disabled);
}

JunitDeclared either(const JunitDeclared& own, const JunitDeclared& inner) noexcept {
  const auto first = [](const auto& a, const auto& b) { return a ? a : b; };
  return {first(own.tests, inner.tests), first(own.failures, inner.failures),
          first(own.errors, inner.errors), first(own.skipped, inner.skipped),
          first(own.disabled, inner.disabled)};
}

bool absent_or_among(std::optional<std::uint64_t> declared,
                     std::initializer_list<std::uint64_t> counts) noexcept {
  return !declared || std::ranges::find(counts, *declared) != counts.end();
}

std::uint64_t above(std::optional<std::uint64_t> declared, std::uint64_t found) noexcept {
  return declared && *declared > found ? *declared - found : 0;
}

std::string number(std::optional<std::uint64_t> value) {
  return value ? fmt::format("{}", *value) : "-";
}

}  // namespace

std::string scope_name(const JunitSuite& suite) {
  if (suite.container) return "the root";
  std::string path = visible(suite.name, 60);
  for (const JunitSuite* s = suite.parent.get(); s != nullptr; s = s->parent.get())
    if (!s->container && path.size() < 240) path.insert(0, visible(s->name, 60) + " > ");
  return "suite \"" + path + '"';
}

void JunitScopes::add_element(const JunitCase& found) {
  Tally& tally = open_.back().direct;
  ++tally.elements.cases;
  ++field_of(tally.elements, found.outcome);
  for (const JunitAttempt& a : found.attempts)
    ++(a.outcome == JunitOutcome::failed ? tally.failed_attempts : tally.error_attempts);
}

void JunitScopes::add_result(JunitOutcome outcome) {
  JunitResults& results = open_.back().direct.results;
  ++results.cases;
  ++field_of(results, outcome);
}

void JunitScopes::change_result(JunitOutcome from, JunitOutcome to) {
  JunitResults& results = open_.back().direct.results;
  --field_of(results, from);
  ++field_of(results, to);
}

void JunitScopes::add_fault() { ++open_.back().direct.faults; }

/// Surefire 3 counts every run of a case that it runs again.
bool JunitScopes::counts_runs(const JunitDeclared& d, const Tally& t) {
  return t.failed_attempts + t.error_attempts > 0 &&
         d.tests == t.elements.cases + t.failed_attempts + t.error_attempts;
}

bool JunitScopes::agree(const JunitDeclared& d, const Open& open) {
  const auto fits = [&](const Tally& t) {
    const JunitElements& e = t.elements;
    const JunitResults& r = t.results;
    const std::uint64_t off = d.disabled.value_or(0);
    if (counts_runs(d, t)) return true;
    return absent_or_among(d.tests, {e.cases, r.cases, e.cases - e.skipped}) &&
           absent_or_among(d.failures, {e.failures, r.failed}) &&
           absent_or_among(d.errors, {e.errors, r.errors, e.errors + t.faults}) &&
           absent_or_among(d.skipped, {e.skipped, r.skipped, r.skipped - std::min(off, r.skipped)});
  };
  return fits(open.nested) || fits(open.direct);
}

void JunitScopes::close(const JunitSuite& suite) {
  Open open = std::move(open_.back());
  open_.pop_back();
  add(open.nested.elements, open.direct.elements);
  add(open.nested.results, open.direct.results);
  open.nested.failed_attempts += open.direct.failed_attempts;
  open.nested.error_attempts += open.direct.error_attempts;
  open.nested.faults += open.direct.faults;
  if (counts_runs(suite.declared, open.nested))
    readings_.add("counts-runs", "the counters count runs, not cases: repeated runs are in them",
                  suite.at);
  if (!agree(suite.declared, open)) report(suite, open);
  const Excess own = excess(suite.declared, open.nested);
  tell_excess(suite, own, open.inner);
  if (open_.empty()) {
    total_ = open.nested.results;
    declared_ = either(suite.declared, open.declared);
    return;
  }
  Open& around = open_.back();
  add(around.declared, suite.declared);
  add(around.nested.elements, open.nested.elements);
  add(around.nested.results, open.nested.results);
  around.nested.failed_attempts += open.nested.failed_attempts;
  around.nested.error_attempts += open.nested.error_attempts;
  around.nested.faults += open.nested.faults;
  around.inner.tests += std::max(own.tests, open.inner.tests);
  around.inner.failures += std::max(own.failures, open.inner.failures);
  around.inner.errors += std::max(own.errors, open.inner.errors);
  around.inner.skipped += std::max(own.skipped, open.inner.skipped);
}

void JunitScopes::report(const JunitSuite& suite, const Open& open) {
  const JunitDeclared& d = suite.declared;
  const JunitElements& e = open.nested.elements;
  warnings_.add(
      "counters-disagree",
      fmt::format("{} declares {} tests, {} failures, {} errors, {} skipped; its cases "
                  "are {}, {}, {}, {}: the cases count",
                  scope_name(suite), number(d.tests), number(d.failures), number(d.errors),
                  number(d.skipped), e.cases, e.failures, e.errors, e.skipped),
      suite.at);
  if (counters_.size() == limits::kCountersListed) {
    ++left_out_;
    return;
  }
  counters_.push_back({scope_name(suite), d, e, open.nested.results, suite.at});
}

JunitScopes::Excess JunitScopes::excess(const JunitDeclared& d, const Tally& t) const {
  // Catch2 and doctest count assertions, Criterion errors among the failures too: more of them than
  // cases says nothing.
  const bool other = dialect_.name == "catch2" || dialect_.name == "doctest" ||
                     dialect_.name == "criterion" || counts_runs(d, t);
  if (other) return {};
  const JunitElements& e = t.elements;
  const JunitResults& r = t.results;
  // What one tool counts as an error another writes as a failure: only both together can be
  // missing.
  const std::uint64_t broken =
      above(d.failures.value_or(0) + d.errors.value_or(0),
            std::max(e.failures + e.errors, r.failed + r.errors) + t.faults);
  const std::uint64_t errors = above(d.errors, std::max(e.errors, r.errors) + t.faults);
  const std::uint64_t failures = above(d.failures, std::max(e.failures, r.failed));
  return {above(d.tests, std::max(e.cases, r.cases)), std::min(failures, broken),
          std::min(errors, broken), above(d.skipped, std::max(e.skipped, r.skipped))};
}

void JunitScopes::tell_excess(const JunitSuite& suite, const Excess& own, const Excess& inner) {
  const auto tell = [&](std::string_view code, std::uint64_t more, std::uint64_t told,
                        std::string_view what, std::string_view meaning) {
    if (more <= told) return;
    const std::uint64_t count = more - told;
    cannot_tell_.add(code,
                     fmt::format("{} {} declared by {} that no case shows: {}", count,
                                 fmt::format(fmt::runtime(what), count == 1 ? "" : "s",
                                             count == 1 ? "is" : "are"),
                                 scope_name(suite), meaning),
                     suite.at);
  };
  tell("errors-without-case", own.errors, inner.errors, "error{} {}",
       "something did not compile, load or set up, and the report does not say what");
  tell("failures-without-case", own.failures, inner.failures, "failure{} {}",
       "something failed, and the report does not say what");
  tell("skips-without-case", own.skipped, inner.skipped, "skipped test{} {}",
       "the tool counts them, but does not write them");
  tell("tests-without-case", own.tests, inner.tests, "test{} {}",
       "they did not run, or the tool does not write them");
}

}  // namespace assay::import
