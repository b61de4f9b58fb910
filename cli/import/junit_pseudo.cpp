// Failed cases that are no tests: what runners write where a hook, a class or a file broke.

#include <algorithm>
#include <array>

#include "cli/import/junit_verdict.hpp"

namespace assay::import {
namespace {

/// mocha and its kin: `"before all" hook`, `"after each" hook: cleaning for "joins HAN"`, at the
/// start of a title or behind the titles of its suites.
bool is_hook_title(std::string_view title) noexcept {
  constexpr auto kHooks = std::to_array<std::string_view>(
      {"\"before all\" hook", "\"before each\" hook", "\"after all\" hook", "\"after each\" hook"});
  return std::ranges::any_of(kHooks, [&](std::string_view hook) {
    const auto at = title.find(hook);
    if (at == std::string_view::npos || (at > 0 && title[at - 1] != ' ')) return false;
    const std::string_view rest = title.substr(at + hook.size());
    return rest.empty() || rest.starts_with(':') || rest.starts_with(" for \"") ||
           rest.starts_with(" in \"");
  });
}

/// unittest: "setUpClass (tests.TcBrokenFixture)". nose2 cuts the same words at the last point, so
/// that the beginning is the class.
bool is_unittest_fixture(const JunitCase& found) noexcept {
  constexpr auto kFixtures = std::to_array<std::string_view>(
      {"setUpClass (", "tearDownClass (", "setUpModule (", "tearDownModule ("});
  return std::ranges::any_of(kFixtures, [&](std::string_view fixture) {
    return (found.classname.empty() && found.name.starts_with(fixture)) ||
           found.classname.starts_with(fixture);
  });
}

/// Runners of the JVM: JUnit's class that did not initialise, Ant's class-level failure, and
/// Surefire and Ant, which give a failed class as a case without a name of its own.
bool is_jvm_class(const JunitCase& found, const JunitDialect& dialect) noexcept {
  if (found.classname == "junit.framework.TestSuite") return true;
  if (found.name == "initializationError" || found.name == "classMethod" ||
      found.name == "executionError")
    return true;
  const bool nameless = found.name.empty() || found.name == found.classname;
  return nameless &&
         (dialect.name == "surefire" || dialect.name == "ant" || dialect.name == "gradle");
}

/// gotestsum and go-junit-report: a package whose tests did not build, or whose TestMain failed.
bool is_go_package(const JunitCase& found) noexcept {
  if (found.name == "[build failed]" || found.name == "[setup failed]" ||
      found.name == "[run failed]")
    return true;
  return found.name == "TestMain" && found.classname.empty();
}

bool is_phpunit_fixture(const JunitCase& found) noexcept {
  return std::ranges::any_of(found.details, [](const JunitDetail& d) {
    return d.type.value == "PHPUnit\\Framework\\SyntheticError";
  });
}

/// GoogleTest: a failure outside any test (the set-up of a suite or of the program) has no names.
bool is_googletest_outside(const JunitCase& found, const JunitDialect& dialect) noexcept {
  return dialect.name == "googletest" && found.name.empty() && found.classname.empty();
}

/// Vitest gives a file that did not load as a case of the file's own name.
bool is_vitest_file(const JunitCase& found, const JunitDialect& dialect) noexcept {
  return dialect.name == "vitest" && found.name == found.classname &&
         found.suite->name == found.name;
}

}  // namespace

bool is_load_failure_of_jest(const JunitCase& found) noexcept {
  return found.classname == "Test suite failed to run";
}

bool is_pseudo_case(const JunitCase& found, const JunitDialect& dialect) {
  constexpr std::string_view kJestHook = "Test execution failure: could be caused by test hooks";
  return is_hook_title(found.name) || is_hook_title(found.classname) ||
         is_load_failure_of_jest(found) || found.name.find(kJestHook) != std::string::npos ||
         found.classname.find(kJestHook) != std::string::npos || is_unittest_fixture(found) ||
         is_jvm_class(found, dialect) || is_go_package(found) || is_phpunit_fixture(found) ||
         is_googletest_outside(found, dialect) || is_vitest_file(found, dialect);
}

}  // namespace assay::import
