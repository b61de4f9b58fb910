// Readings that need more than one element: merged, left out, by count, by TAP.

#include <catch2/catch.hpp>

#include "cli/import/junit_limits.hpp"
#include "tests/unit/import/reading.hpp"

namespace junit_whole_file_test {

using namespace assay;
using namespace assay::import;

namespace {

constexpr std::string_view kTeardown =
    "<error message='failed on teardown with &quot;RuntimeError&quot;'>relay</error>";

std::string names(const Reading& r) {
  std::string text;
  for (const JunitCase& c : r.cases) text += c.name + " ";
  return text;
}

std::string node_report(std::string_view inside, std::string_view totals) {
  return "<testsuites>" + std::string(inside) + std::string(totals) + "</testsuites>";
}

}  // namespace

TEST_CASE("a failure and its teardown error are one case, failed, with both kept", "[merge]") {
  const Reading r = read(
      "<testsuite name='s'><testcase classname='c' name='a'><failure message='wrong'/></testcase>"
      "<testcase classname='c' name='a'>" +
      std::string(kTeardown) + "</testcase><testcase classname='c' name='b'/></testsuite>");
  CHECK(r.outcomes() == "FP");
  CHECK(r.summary.elements.cases == 3);
  CHECK(r.summary.results == JunitResults{2, 1, 1, 0, 0});
  REQUIRE(r.cases[0].details.size() == 2);
  CHECK(r.cases[0].details[1].outcome == JunitOutcome::error);
  CHECK(r.cases[0].occurrences == 1);
  CHECK(r.cases[1].ordinal == 1);
  CHECK(r.cases[1].element == 2);
  CHECK(times(r.summary.readings, "merged-elements") == 1);
}

TEST_CASE("the two elements may stand apart, and order is kept", "[merge]") {
  std::string report = "<testsuite name='s'><testcase classname='c' name='a'><failure/></testcase>";
  for (int i = 0; i < 20; ++i)
    report += "<testcase classname='c' name='m" + std::to_string(i) + "'/>";
  report += "<testcase classname='c' name='a'>" + std::string(kTeardown) +
            "</testcase><testcase classname='c' name='z'/></testsuite>";
  const Reading r = read(report);
  REQUIRE(r.cases.size() == 22);
  CHECK(r.cases[0].name == "a");
  CHECK(r.cases[0].details.size() == 2);
  CHECK(r.cases[21].name == "z");
  for (std::size_t i = 0; i < r.cases.size(); ++i) CHECK(r.cases[i].ordinal == i);
}

TEST_CASE("elements too far apart are two cases", "[merge][limits]") {
  std::string report = "<testsuite name='s'><testcase classname='c' name='a'><failure/></testcase>";
  for (std::size_t i = 0; i < limits::kMergeWindowCases; ++i)
    report += "<testcase classname='c' name='m" + std::to_string(i) + "'/>";
  report +=
      "<testcase classname='c' name='a'>" + std::string(kTeardown) + "</testcase></testsuite>";
  const Reading r = read(report);
  CHECK(r.cases.size() == limits::kMergeWindowCases + 2);
  CHECK(r.summary.results.failed == 1);
  CHECK(r.summary.results.errors == 1);
  CHECK(times(r.summary.warnings, "conflicting-verdicts") == 1);
}

TEST_CASE("held back cases are let go over the limit, and nothing is lost", "[merge][limits]") {
  const std::string output(limits::kOutputKeptBytes, 'x');
  const std::string text(limits::kTextKeptBytes, 'x');
  std::string details;
  for (int i = 0; i < 40; ++i) details += "<failure>" + text + "</failure>";
  std::string report = "<testsuite name='s'><testcase classname='c' name='a'><failure/></testcase>";
  for (int i = 0; i < 30; ++i)
    report +=
        "<testcase classname='c' name='m" + std::to_string(i) + "'>" + details + "</testcase>";
  report +=
      "<testcase classname='c' name='a'>" + std::string(kTeardown) + "</testcase></testsuite>";
  const Reading r = read(report);
  REQUIRE(r.cases.size() == 32);
  CHECK(times(r.summary.warnings, "merge-too-far") == 1);
  CHECK(r.cases[31].outcome == JunitOutcome::error);
  CHECK(r.cases[31].occurrence == 1);
  CHECK(r.summary.results == JunitResults{32, 0, 31, 1, 0});
}

TEST_CASE("a second element that never started belongs to the first", "[merge]") {
  const auto pair = [](std::string_view first, std::string_view second) {
    return read(
        "<testsuite name='nose2-junit'><testcase timestamp='2026-11-23T21:24:42Z' "
        "classname='c' name='a'>" +
        std::string(first) +
        "</testcase><testcase timestamp='1970-01-01T00:00:00' classname='c' name='a'>" +
        std::string(second) + "</testcase></testsuite>");
  };
  CHECK(pair("<failure/>", "<error/>").outcomes() == "F");
  CHECK(pair("<skipped/>", "<error/>").outcomes() == "E");
  CHECK(pair("<error/>", "<skipped/>").outcomes() == "E");
  CHECK(pair("", "<error/>").outcomes() == "PE");
}

TEST_CASE("pyjunitxml's two elements of one test stand side by side", "[merge]") {
  const auto pair = [](std::string_view attributes) {
    return read("<testsuite " + std::string(attributes) +
                "><testcase classname='c' name='a'><failure/></testcase><testcase classname='c' "
                "name='a'><error/></testcase></testsuite>")
        .outcomes();
  };
  CHECK(pair("errors='1' failures='1' name='' tests='2' time='0.001'") == "F");
  CHECK(pair("name='' tests='2'") == "FE");
}

TEST_CASE("runs of one name are all kept, and a conflict is flagged", "[repeat]") {
  const Reading r = read(
      "<testsuite name='s'><testcase classname='c' name='a'/><testcase classname='c' name='a'>"
      "<failure/></testcase><testcase classname='c' name='a'/><testcase classname='d' name='a'/>"
      "<testcase classname='e' name='a'/><testcase classname='e' name='a'/></testsuite>");
  CHECK(r.outcomes() == "PFPPPP");
  CHECK(r.cases[1].occurrence == 1);
  CHECK(r.cases[2].occurrences == 3);
  CHECK(r.cases[3].occurrences == 1);
  CHECK(times(r.summary.warnings, "conflicting-verdicts") == 1);
  CHECK(times(r.summary.readings, "repeated-names") == 2);
}

TEST_CASE("names that only look alike, and parts that run together, are different", "[repeat]") {
  const Reading r = read(
      "<testsuite name='s'><testcase name='\xD0\xB0"
      "dmin'/><testcase name='admin'><failure/></testcase>"
      "<testcase classname='ab' name='c'/><testcase classname='a' name='bc'><failure/></testcase>"
      "</testsuite>");
  for (const JunitCase& c : r.cases) CHECK(c.occurrences == 1);
}

TEST_CASE("a file that did not load is one error, though jest-junit writes it twice", "[merge]") {
  const Reading r = read(
      "<testsuites><testsuite name='b' errors='1' failures='0' skipped='0' "
      "timestamp='1970-01-01T00:00:00' time='0' tests='0'><testcase classname='Test suite failed "
      "to "
      "run' name='b' time='0'><error>x</error></testcase><testcase classname='Test suite failed to "
      "run' name='b' time='0'><failure>x</failure></testcase></testsuite></testsuites>");
  CHECK(r.outcomes() == "E");
  CHECK(times(r.summary.readings, "merged-load-failure") == 1);
}

TEST_CASE("jest's todo is found by the suite's count", "[count]") {
  const auto jest = [](std::string_view tests, std::string_view cases) {
    return read(
        "<testsuites><testsuite name='s' errors='0' failures='0' skipped='0' "
        "timestamp='2026-11-23T19:37:30Z' time='1' tests='" +
        std::string(tests) + "'>" + std::string(cases) + "</testsuite></testsuites>");
  };
  const Reading certain = jest("1", "<testcase name='a' time='0.1'/><testcase name='b' time='0'/>");
  CHECK(certain.outcomes() == "PS");
  CHECK(times(certain.summary.readings, "todo-by-count") == 1);
  const Reading named =
      jest("1", "<testcase name='a' time='0'/><testcase name='b todo' time='0'/>");
  CHECK(named.outcomes() == "PS");
  CHECK(times(named.summary.warnings, "todo-guessed") == 1);
  CHECK(jest("1", "<testcase name='a' time='0'/><testcase name='b' time='0'/>").outcomes() == "SP");
  CHECK(jest("2", "<testcase name='a' time='0'/><testcase name='b' time='0'/>").outcomes() == "PP");
  CHECK(jest("0", "<testcase name='a' time='1'/>").outcomes() == "P");
  CHECK(jest("0", "<testcase name='a' time='0'><failure/></testcase>").outcomes() == "F");
}

TEST_CASE("node's empty suite is left out where its totals require one", "[count]") {
  const std::string bad =
      "<testsuite name='with subtests'><testcase classname='test' name='a' time='0.3'/>"
      "<testcase classname='test' name='b' time='0.2'><failure/></testcase></testsuite>"
      "<testcase classname='test' name='empty' time='0.1'/>";
  const Reading phantom = read(node_report(
      bad, "<!-- tests 3 --><!-- suites 1 --><!-- pass 1 --><!-- fail 2 --><!-- cancelled 0 -->"));
  CHECK(phantom.outcomes() == "PF");
  CHECK(names(phantom) == "a b ");
  CHECK(phantom.summary.elements.cases == 3);
  CHECK(times(phantom.summary.readings, "phantom") == 1);
  const Reading none = read(node_report(
      bad, "<!-- tests 3 --><!-- suites 1 --><!-- pass 2 --><!-- fail 1 --><!-- cancelled 0 -->"));
  CHECK(none.outcomes() == "PFP");
  const Reading partial = read(node_report(bad, "<!-- tests 3 --><!-- fail 2 -->"));
  CHECK(partial.outcomes() == "PFP");
}

TEST_CASE("TAP in a suite's output decides cases that show nothing", "[tap]") {
  const std::string cases =
      "<testsuites><testsuite name='t'><testcase name='1 - a'/><testcase name='2'/>"
      "<testcase name='3 - c'/><testcase name='4 - d'><error/></testcase><testcase name='5'/>";
  const auto with = [&](std::string_view tap) {
    return read(cases + "<system-out><![CDATA[" + std::string(tap) +
                "]]></system-out></testsuite></testsuites>");
  };
  const Reading r =
      with("ok 1 - a\nok 2 # skip x\nnot ok 3 - c # TODO y\nok 4 # TODO z\nnot ok 5\n1..7");
  CHECK(r.outcomes() == "PSSEF");
  CHECK(times(r.summary.readings, "tap-directive") == 2);
  CHECK(times(r.summary.warnings, "tap-failed") == 1);
  CHECK(times(r.summary.cannot_tell, "planned-not-run") == 1);
  CHECK(with("ok 1\nok 2 # skip\nok 3\nok 4\n").outcomes() == "PPPEP");
  CHECK(with("ok 1\nok 2 # skip\nok 3\nok 5\nok 4\n").outcomes() == "PPPEP");
  CHECK(times(with("ok 1\nok 2\nok 3\nok 4\nok 5\nBail out!").summary.cannot_tell, "bailed-out") ==
        1);
}

TEST_CASE("Vitest's failed suite beside its cases is an error", "[vitest]") {
  const Reading r = read(
      "<testsuites name='vitest tests'><testsuite name='a.mjs' timestamp='2026-11-23T21:29:27Z' "
      "hostname='h' tests='4' failures='3' errors='0' skipped='1' time='1'>"
      "<testcase classname='a.mjs' name='hooks &gt; n1'><skipped/></testcase>"
      "<testcase classname='a.mjs' name='hooks'><failure/></testcase>"
      "<testcase classname='a.mjs' name='hook'><failure/></testcase>"
      "<testcase classname='a.mjs' name='a.mjs'><failure/></testcase></testsuite></testsuites>");
  CHECK(r.outcomes() == "SEFE");
  CHECK(times(r.summary.readings, "suite-failure") == 1);
  CHECK(times(r.summary.readings, "pseudo-case") == 1);
}

TEST_CASE("Boost's expected failure is a skip where the counters leave it out", "[boost]") {
  const auto boost = [](std::string_view failures) {
    return read("<testsuite tests='2' skipped='0' errors='0' failures='" + std::string(failures) +
                "' id='0' name='m' time='1'><testcase assertions='1' classname='o' name='fails' "
                "time='0'><failure/><system-err><![CDATA[Failures detected in:\n- "
                "test]]></system-err>"
                "</testcase><testcase assertions='1' classname='o' name='expected' "
                "time='0'><failure/>"
                "</testcase></testsuite>")
        .outcomes();
  };
  CHECK(boost("1") == "FS");
  CHECK(boost("2") == "FF");
}

TEST_CASE("counters that disagree are flagged and never count", "[counters]") {
  const Reading r = read(
      "<testsuites tests='99' failures='0' errors='0' skipped='0'><testsuite name='a' tests='50' "
      "failures='0' errors='7' skipped='0'><testcase name='1'/><testcase "
      "name='2'><failure/></testcase>"
      "<testcase name='3'><skipped/></testcase></testsuite></testsuites>");
  CHECK(r.summary.results == JunitResults{3, 1, 1, 0, 1});
  CHECK(times(r.summary.warnings, "counters-disagree") == 2);
  REQUIRE(r.summary.counters.size() == 2);
  CHECK(r.summary.counters[0].scope == "suite \"a\"");
  CHECK(r.summary.counters[0].declared.errors == 7U);
  CHECK(r.summary.counters[0].elements.failures == 1);
  CHECK(r.summary.counters[1].scope == "the root");
  CHECK(times(r.summary.warnings, "counter-unreadable") == 0);
  CHECK(times(read("<testsuite name='s' tests='many'><testcase name='a'/></testsuite>")
                  .summary.warnings,
              "counter-unreadable") == 1);
}

TEST_CASE("the ways in which tools count are no disagreement", "[counters]") {
  const char* const kFine[] = {
      // Nested suites within the outer one's counters, and not.
      "<testsuites tests='1'><testsuite name='a' tests='1'><testsuite name='b' tests='1'>"
      "<testcase name='x'/></testsuite></testsuite></testsuites>",
      "<testsuites><testsuite name='a' tests='0'><testsuite name='b' tests='1'><testcase name='x'/>"
      "</testsuite></testsuite></testsuites>",
      // Skipped cases left out of the tests, as Boost does.
      "<testsuite name='a' tests='1' skipped='1'><testcase name='x'/><testcase name='y'><skipped/>"
      "</testcase></testsuite>",
      // Runs instead of cases, as Surefire does.
      "<testsuite name='a' tests='3' failures='2' errors='1'><testcase name='x'><failure/>"
      "<rerunFailure/><rerunError/></testcase></testsuite>",
      // Disabled tests apart, as GoogleTest does.
      "<testsuite name='a' tests='2' skipped='1' disabled='1'><testcase "
      "name='x'><skipped/></testcase>"
      "<testcase name='y' status='notrun'/></testsuite>",
  };
  for (const char* report : kFine) {
    CAPTURE(report);
    const Reading r = read(report);
    CHECK(times(r.summary.warnings, "counters-disagree") == 0);
    CHECK(r.summary.cannot_tell.empty());
  }
}

TEST_CASE("what is declared but not there is said once, where it belongs", "[counters]") {
  const Reading go = read(
      "<testsuites tests='1' failures='0' errors='1'><testsuite tests='1' failures='0' time='0' "
      "name='p'><testcase name='x'/></testsuite></testsuites>");
  REQUIRE(go.summary.cannot_tell.size() == 1);
  CHECK(
      go.summary.cannot_tell[0].sentence ==
      "1 error is declared by the root that no case shows: something did not compile, load or set "
      "up, and the report does not say what");
  const Reading inner = read(
      "<testsuites tests='3'><testsuite name='p' tests='3'><testcase name='x'/></testsuite>"
      "</testsuites>");
  REQUIRE(inner.summary.cannot_tell.size() == 1);
  CHECK(inner.summary.cannot_tell[0].sentence.starts_with("2 tests are declared by suite \"p\""));
  const Reading fault = read(
      "<testsuite name='p' errors='1'><testcase name='x'/><error message='Dubious'/></testsuite>");
  REQUIRE(fault.summary.cannot_tell.size() == 1);
  CHECK(fault.summary.cannot_tell[0].code == "suite-fault");
  CHECK(fault.outcomes() == "P");
}

}  // namespace junit_whole_file_test
