// One verdict a case: the rules, each on a report of a line or two.

#include <utility>

#include <catch2/catch.hpp>

#include "tests/unit/import/reading.hpp"

namespace junit_verdict_test {

using namespace assay;
using namespace assay::import;

namespace {

std::string suite_of(std::string_view inside) {
  return "<testsuite name='s'>" + std::string(inside) + "</testsuite>";
}

/// The one case's outcome and the codes of its readings: "S expected-failure".
std::string judged(std::string_view report) {
  const Reading r = read(report);
  if (r.error) return r.error->message;
  if (r.cases.size() != 1) return std::to_string(r.cases.size()) + " cases";
  std::string text = r.outcomes();
  for (const std::string_view code : r.cases[0].readings) text += ' ' + std::string(code);
  return text;
}

std::string of_case(std::string_view inside, std::string_view attributes = "name='x'") {
  return judged(
      suite_of("<testcase " + std::string(attributes) + '>' + std::string(inside) + "</testcase>"));
}

}  // namespace

TEST_CASE("the worst of what a case holds is its verdict", "[verdict]") {
  CHECK(of_case("") == "P");
  CHECK(of_case("<skipped/>") == "S");
  CHECK(of_case("<error/>") == "E");
  CHECK(of_case("<failure/>") == "F");
  CHECK(of_case("<error/><failure/>") == "F failure-and-error");
  CHECK(of_case("<failure/><failure/>") == "F");
  CHECK(of_case("<skipped/><failure/>") == "F contradictory-children");
  CHECK(of_case("<failure/><skipped/><error/>") == "F failure-and-error contradictory-children");
  CHECK(of_case("<skipped/><error/>") == "E contradictory-children");
  CHECK(of_case("<ignored/>") == "S");
  CHECK(of_case("<internalError/>") == "E");
}

TEST_CASE("a failure that was expected is a skip", "[verdict]") {
  CHECK(of_case("<skipped type='todo'/><failure/>") == "S expected-failure");
  CHECK(of_case("<skipped message='TEST_CASE tagged with !mayfail'/><error/>") ==
        "S expected-failure");
  CHECK(of_case("<skipped type='pytest.xfail' message='known'/>") == "S");
  CHECK(
      of_case("<skipped type='pytest.xfail'/><error message='failed on teardown with &quot;x&quot;'"
              "/>") == "E contradictory-children");
  CHECK(of_case("<skipped message='test passes unexpectedly'/>") == "S unexpected-pass");
}

TEST_CASE("status attributes speak where no child does", "[verdict]") {
  for (const char* status : {"run", "passed", "completed", "success", "ok", "whatever"}) {
    CAPTURE(status);
    CHECK(of_case("", "name='x' status='" + std::string(status) + "'") == "P");
  }
  CHECK(of_case("", "name='x' status='notrun' result='suppressed'") == "S status-not-run");
  CHECK(of_case("", "name='x' status='disabled'") == "S status-not-run");
  CHECK(of_case("", "name='x' executed='no'") == "S status-not-run");
  CHECK(of_case("", "name='x' disabled='true'") == "S status-not-run");
  CHECK(of_case("", "name='x' status='failed' result='failed'") == "F status-failed");
  CHECK(of_case("", "name='x' status='ERRORED'") == "E status-failed");
  CHECK(of_case("<skipped/>", "name='x' status='failed'") == "F status-contradicts");
  CHECK(of_case("<failure/>", "name='x' status='passed'") == "F");
}

TEST_CASE("runs again speak where nothing else does", "[verdict]") {
  CHECK(of_case("<flakyFailure/>") == "P passed-after-retry");
  CHECK(of_case("<rerunFailure/>") == "F rerun-without-failure");
  CHECK(of_case("<failure/><rerunFailure/>") == "F");
}

TEST_CASE("hooks, set-ups and files that did not load are errors", "[verdict]") {
  const std::pair<const char*, const char*> kPseudo[] = {
      {"", "\"before all\" hook for \"010 never runs\""},
      {"TC hooks", "\"after each\" hook for \"012\""},
      {"\"before all\" hook", "outer hook fails \"before all\" hook"},
      {"aa", "aa \"after all\" hook: custom name for \"ok\""},
      {"Test suite failed to run", "broken.test.js"},
      {" Test execution failure: could be caused by test hooks like 'afterAll'.", ""},
      {"", "setUpClass (__main__.TcBrokenFixture)"},
      {"tearDownClass (test_a", "TC)"},
      {"junit.framework.TestSuite", "TcBrokenClassTest"},
      {"lab.A", "initializationError"},
      {"lab.A", "classMethod"},
      {"lab.example/esme", "[build failed]"},
      {"", "TestMain"},
  };
  for (const auto& [classname, name] : kPseudo) {
    std::string attributes = "classname='" + std::string(classname) + "' name='" + name + "'";
    std::string escaped;
    for (const char c : attributes) escaped += c == '"' ? std::string("&quot;") : std::string(1, c);
    // An apostrophe inside the value would end it.
    if (const auto like = escaped.find("'afterAll'"); like != std::string::npos)
      escaped.replace(like, 10, "&apos;afterAll&apos;");
    CAPTURE(escaped);
    CHECK(of_case("<failure/>", escaped) == "E pseudo-case");
    CHECK(of_case("", escaped) == "P");
  }
  CHECK(of_case("<failure/>", "name='the &quot;before all&quot; hook is described'") == "F");
  CHECK(of_case("<failure/>", "classname='lab' name='TestMain'") == "F");
  CHECK(of_case("<failure type='PHPUnit\\Framework\\SyntheticError'/>") == "E pseudo-case");
}

TEST_CASE("a class's failure in Surefire is an error, a test of the same name elsewhere is not",
          "[verdict]") {
  const auto report = [](std::string_view root) {
    return "<testsuite " + std::string(root) +
           " name='lab.A'><testcase name='lab.A' "
           "classname='lab.A'><failure/></testcase></testsuite>";
  };
  CHECK(judged(report("xsi:noNamespaceSchemaLocation='https://x/surefire-test-report.xsd'")) ==
        "E pseudo-case");
  CHECK(judged(report("")) == "F");
}

TEST_CASE("an exception that means skip is a skip", "[verdict]") {
  CHECK(of_case("<error type='org.testng.SkipException'/>") == "S skip-exception");
  CHECK(of_case("<error type='org.testng.SkipException'/><error type='java.lang.Error'/>") == "E");
}

TEST_CASE("CTest's skips are skips only where a skip was asked for", "[verdict]") {
  const auto ctest = [](std::string_view message) {
    return judged(
        "<testsuite name='(empty)' tests='1' failures='0' disabled='0' skipped='1' hostname='' "
        "time='1' timestamp='2026-11-23T19:37:24Z'><testcase name='a' classname='a' time='0' "
        "status='notrun'><skipped message='" +
        std::string(message) + "'/></testcase></testsuite>");
  };
  CHECK(ctest("SKIP_RETURN_CODE=77") == "S");
  CHECK(ctest("SKIP_REGULAR_EXPRESSION_MATCHED") == "S");
  CHECK(ctest("Unable to find executable") == "E not-started");
  CHECK(ctest("Fixture dependency failed") == "E not-started");
  CHECK(of_case("<skipped message='Unable to find executable'/>", "name='a' status='notrun'") ==
        "S");
}

TEST_CASE("rules of single tools hold for these tools only", "[verdict]") {
  CHECK(judged("<testsuite tests='1' failures='0' errors='0' skipped='1' time='0' name='m'>"
               "<testcase time='0' name='x'><skipped type='timeout'/></testcase></testsuite>") ==
        "E cancelled");
  CHECK(of_case("<skipped type='timeout'/>") == "S");
  CHECK(judged("<testsuite name='s' doctest_version='2.4.9'><testcase name='x'><failure "
               "type='WARN'/></testcase></testsuite>") == "P warn-level");
  CHECK(judged("<testsuite name='s' doctest_version='2.4.9'><testcase name='x'><failure "
               "type='WARN'/><failure type='CHECK'/></testcase></testsuite>") == "F");
  CHECK(of_case("<failure type='WARN'/>") == "F");
  const auto cmocka = [](std::string_view text) {
    return judged(
        "<testsuites><testsuite name='g' time='0' tests='1' failures='0' errors='1' skipped='0'>"
        "<testcase name='x' time='0'><failure><![CDATA[" +
        std::string(text) + "]]></failure></testcase></testsuite></testsuites>");
  };
  CHECK(cmocka("Test setup failed") == "E setup-error");
  CHECK(cmocka("0x1 != 0x2") == "F");
  CHECK(of_case("<failure>Test setup failed</failure>") == "F");
  CHECK(of_case("<warning>careful</warning>", "classname='A' name='x'") == "P warning-element");
  CHECK(of_case("<warning>The data provider is invalid.</warning>", "name='Warning'") ==
        "E pseudo-case");
  CHECK(of_case("<warning>No tests found in class \"E\".</warning>", "name='Warning'") ==
        "0 cases");
}

TEST_CASE("GoogleTest's failure outside any test is an error", "[verdict]") {
  CHECK(judged("<testsuites><testsuite name='NonTestSuiteFailure'><testcase name='' status='run' "
               "result='completed' classname=''><failure/></testcase></testsuite></testsuites>") ==
        "E pseudo-case");
}

TEST_CASE("Playwright's project tells equal names apart", "[verdict]") {
  const Reading r = read(
      "<testsuites id='' name='' tests='2' failures='1' skipped='0' errors='0' time='1'>"
      "<testsuite name='a' timestamp='2026-11-23T19:37:31Z' hostname='bench-A' tests='1' "
      "failures='0' "
      "skipped='0' time='1' errors='0'><testcase name='x' classname='a'/></testsuite>"
      "<testsuite name='a' timestamp='2026-11-23T19:37:31Z' hostname='bench-B' tests='1' "
      "failures='1' "
      "skipped='0' time='1' errors='0'><testcase name='x' classname='a'><failure/></testcase>"
      "</testsuite></testsuites>");
  REQUIRE(r.cases.size() == 2);
  CHECK(r.cases[0].variant == "bench-A");
  CHECK(r.cases[1].variant == "bench-B");
  CHECK(r.cases[1].occurrences == 1);
  CHECK(times(r.summary.warnings, "conflicting-verdicts") == 0);
}

TEST_CASE("every code has its sentence", "[verdict]") {
  for (const char* code : {"failure-and-error", "phantom", "merged-elements", "todo-guessed"})
    CHECK_FALSE(sentence_of(code).empty());
}

}  // namespace junit_verdict_test
