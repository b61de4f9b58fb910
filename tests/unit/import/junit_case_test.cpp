// What is read of one case, apart from its verdict.

#include <catch2/catch.hpp>

#include "tests/unit/import/reading.hpp"

namespace junit_case_test {

using namespace assay;
using namespace assay::import;

TEST_CASE("a case carries its suites, names, place, time and attributes", "[junit]") {
  const Reading r = read(
      "<testsuites name='all'>\n"
      "<testsuite name='outer' hostname='h' timestamp='2026-11-23T19:37:22Z'>"
      "<properties><property name='ledger.phase' value='MOC-MDS-SIT-01'/></properties>\n"
      "  <testsuite name='inner' package='p' id='3'>\n"
      "    <testcase classname='c' name='n &lt;1&gt;' time='1.5' file='a.cc' line='7' "
      "risk='high'/>\n"
      "  </testsuite></testsuite></testsuites>");
  REQUIRE_FALSE(r.error);
  REQUIRE(r.cases.size() == 1);
  const JunitCase& c = r.cases[0];
  CHECK(c.suite_path() == std::vector<std::string>{"outer", "inner"});
  CHECK(c.suite->package == "p");
  CHECK(c.suite->id == "3");
  CHECK(c.suite->parent->hostname == "h");
  CHECK(c.suite->parent->parent->container);
  CHECK(c.classname == "c");
  CHECK(c.name == "n <1>");
  CHECK(c.file == "a.cc");
  CHECK(c.line == "7");
  CHECK(c.time == "1.5");
  CHECK(c.duration_ns == 1'500'000'000);
  CHECK(c.at.line == 4);
  CHECK(c.at.column == 5);
  REQUIRE(c.attributes.size() == 1);
  CHECK(c.attributes[0].name == "risk");
  CHECK(c.attributes[0].value == "high");
  CHECK(c.started_at()->text() == "2026-11-23T19:37:22.000000Z");
  CHECK(c.suite_property("ledger.phase") == "MOC-MDS-SIT-01");
  CHECK_FALSE(c.suite_property("ledger.pee"));
  CHECK(c.outcome == JunitOutcome::passed);
  CHECK(c.worst_detail() == nullptr);
}

TEST_CASE("the case's own time comes before the suite's", "[junit]") {
  const Reading r = read(
      "<testsuite name='s' timestamp='2026-11-23T10:00:00Z'>"
      "<testcase name='a' timestamp='2026-11-23T11:00:00Z'/><testcase name='b'/></testsuite>");
  CHECK(r.cases[0].started_at()->text() == "2026-11-23T11:00:00.000000Z");
  CHECK(r.cases[1].started_at()->text() == "2026-11-23T10:00:00.000000Z");
}

TEST_CASE("text and CDATA of an element are joined to the letter", "[junit]") {
  const Reading r = read(
      "<testsuite name='s'><testcase name='x'><failure type='T' message='a]]&gt;b'>"
      "<![CDATA[raw <ok> & ]]]]><![CDATA[> end]]></failure><system-out><![CDATA[one]]> &amp; "
      "<![CDATA[two]]>&#10;<![CDATA[]]></system-out><system-err>e1</system-err>"
      "<system-err>e2</system-err></testcase></testsuite>");
  const JunitCase& c = r.cases[0];
  REQUIRE(c.details.size() == 1);
  CHECK(c.details[0].element == "failure");
  CHECK(c.details[0].type.value == "T");
  CHECK(c.details[0].message.value == "a]]>b");
  CHECK(c.details[0].text.value == "raw <ok> & ]]> end");
  CHECK(c.system_out.value == "one & two\n");
  CHECK(c.system_err.value == "e1\ne2");
  CHECK(c.worst_detail()->text.value == "raw <ok> & ]]> end");
}

TEST_CASE("properties keep their order, repeats and both kinds of value", "[junit]") {
  const Reading r = read(
      "<testsuite name='s'><properties><property name='lab' value='1'/><property name='lab' "
      "value='2'/></properties><properties><property name='in-text'>B &amp; C\nline 2</property>"
      "<property name='both' value='attr'>text</property><property name='same' "
      "value='v'>v</property>"
      "<property name='blank' value=''>\n</property><property name='neither'/>"
      "<property value='no name'/></properties><testcase name='x'><properties>"
      "<property "
      "name='requirement'><![CDATA[REQ-<1>]]></property></properties></testcase></testsuite>");
  std::string seen;
  for (const JunitProperty& p : r.cases[0].suite->properties)
    seen += p.name + "=" + p.value.value + ";";
  CHECK(seen == "lab=1;lab=2;in-text=B & C\nline 2;both=attr;same=v;blank=;neither=;=no name;");
  REQUIRE(r.cases[0].properties.size() == 1);
  CHECK(r.cases[0].properties[0].value.value == "REQ-<1>");
  CHECK(r.summary.elements.properties == 9);
  CHECK(times(r.summary.warnings, "property-two-values") == 1);
  CHECK(times(r.summary.warnings, "property-without-name") == 1);
}

TEST_CASE("a time that cannot be used is unknown, with the case named", "[junit]") {
  const Reading r = read(
      "<testsuite name='s' time='-1'><testcase name='a' time='1e400'/><testcase name='b' time=''/>"
      "<testcase name='c'/><testcase name='&#10;d' time='x'/></testsuite>");
  for (const JunitCase& c : r.cases) CHECK_FALSE(c.duration_ns);
  CHECK(times(r.summary.warnings, "time-unusable") == 4);
  CHECK(r.summary.warnings[1].sentence ==
        "the time \"1e400\" of case \"a\" cannot be used (longer than 104 days): the duration is "
        "unknown");
  CHECK(r.summary.warnings[3].sentence.find("\"\\nd\"") != std::string::npos);
}

TEST_CASE("times without a zone need one, and say so once", "[junit]") {
  constexpr std::string_view kReport =
      "<testsuite name='s' timestamp='2026-06-01T10:00:00'><testcase name='a' "
      "timestamp='2026-06-01T10:00:01'/></testsuite>";
  const Reading without = read(kReport);
  CHECK_FALSE(without.cases[0].started_at());
  CHECK(without.cases[0].timestamp.raw == "2026-06-01T10:00:01");
  CHECK(times(without.summary.warnings, "timestamp-without-zone") == 2);
  CHECK(without.summary.warnings.size() == 1);
  JunitOptions london;
  london.zone = [](const CivilTime& civil) -> Result<std::int64_t> {
    return utc_micros(civil) - std::int64_t{3'600'000'000};
  };
  const Reading with = read(kReport, london);
  CHECK(with.cases[0].started_at()->text() == "2026-06-01T09:00:01.000000Z");
  CHECK(with.summary.warnings.empty());
}

TEST_CASE("names of JUnit Platform are found in its output", "[junit]") {
  const Reading r = read(
      "<testsuite name='s'><testcase name='slots(String)[1]'><system-out><![CDATA[\nunique-id: "
      "[engine:junit-jupiter]/[class:A]\ndisplay-name: [1] slot \xE2\x80\x9C"
      "1.8.0\xE2\x80\x9D\n]]>"
      "</system-out></testcase><testcase name='b'><system-out>display-name: "
      "no</system-out></testcase>"
      "</testsuite>");
  CHECK(r.cases[0].display_name ==
        "[1] slot \xE2\x80\x9C"
        "1.8.0\xE2\x80\x9D");
  CHECK(r.cases[1].display_name.empty());
}

TEST_CASE("earlier and later runs of a case are its attempts", "[junit]") {
  const Reading r = read(
      "<testsuite name='s'><testcase name='a'><flakyFailure message='1st' type='t' time='0.5'>"
      "<stackTrace>trace</stackTrace><system-out>hub</system-out></flakyFailure>"
      "<flakyError message='2nd'>text</flakyError></testcase><testcase name='b'><failure/>"
      "<rerunFailure/><rerunError/></testcase></testsuite>");
  REQUIRE(r.outcomes() == "PF");
  REQUIRE(r.cases[0].attempts.size() == 2);
  const JunitAttempt& first = r.cases[0].attempts[0];
  CHECK(first.outcome == JunitOutcome::failed);
  CHECK(first.element == "flakyFailure");
  CHECK(first.message.value == "1st");
  CHECK(first.text.value == "trace");
  CHECK(first.duration_ns == 500'000'000);
  CHECK(r.cases[0].attempts[1].outcome == JunitOutcome::error);
  CHECK(r.cases[0].attempts[1].text.value == "text");
  CHECK(r.cases[0].system_out.empty());
  CHECK(r.summary.elements.system_out == 1);
  CHECK(r.cases[1].attempts.size() == 2);
  CHECK(r.summary.elements.flaky == 2);
  CHECK(r.summary.elements.rerun == 2);
  CHECK(times(r.summary.readings, "passed-after-retry") == 1);
}

TEST_CASE("ledger properties of suites are listed, and doubtful ones flagged", "[junit]") {
  const Reading r = read(
      "<testsuite name='s'><properties><property name='ledger.phase' value='P'/>"
      "<property name='ledger.build' value='1'/><property name='ledger.build' "
      "value='2'/></properties>"
      "<testcase name='a'/><properties><property name='ledger.pee' value='PEE-001'/></properties>"
      "</testsuite>");
  REQUIRE(r.summary.ledger.size() == 4);
  CHECK(r.summary.ledger[0].name == "ledger.phase");
  CHECK(r.summary.ledger[0].value == "P");
  CHECK(r.summary.ledger[0].scope == "suite \"s\"");
  CHECK(times(r.summary.warnings, "ledger-property-conflict") == 2);
  CHECK(times(r.summary.warnings, "ledger-property-late") == 1);
}

TEST_CASE("odd structure is accepted where nothing is lost, and flagged", "[junit]") {
  const Reading spaced = read(
      "<j:testsuite xmlns:j='urn:x' name='s'><j:testcase name='x'><j:failure/></j:testcase>"
      "</j:testsuite>");
  CHECK(spaced.outcomes() == "F");
  CHECK(times(spaced.summary.warnings, "namespaced") > 0);
  const Reading wrapped = read(
      "<testsuites><run><testsuite name='s'>stray<testcase name='x'><result><error/></result>"
      "</testcase></testsuite></run></testsuites>");
  CHECK(wrapped.outcomes() == "E");
  CHECK(times(wrapped.summary.warnings, "unknown-element") == 2);
  CHECK(times(wrapped.summary.warnings, "stray-text") == 1);
  const Reading nested = read(
      "<testsuite name='s'><testcase "
      "name='x'><skipped><failure/></skipped></testcase></testsuite>");
  CHECK(nested.outcomes() == "F");
  CHECK(times(nested.summary.warnings, "outcome-inside-outcome") == 1);
  const Reading nameless = read("<testsuites><testsuite><testcase/></testsuite></testsuites>");
  CHECK(nameless.outcomes() == "P");
  CHECK(times(nameless.summary.warnings, "case-without-name") == 1);
  CHECK(times(read("<testsuites/>").summary.warnings, "no-cases") == 1);
}

TEST_CASE("structure that no tool writes is refused with its place", "[junit]") {
  CHECK(
      read("<project><testcase name='x'/></project>").error->message ==
      "not a JUnit report: the root element is <project>, not <testsuites> or <testsuite>, at line "
      "1, column 1 (byte 0)");
  CHECK(read("<testsuite><testcase><testcase/></testcase></testsuite>")
            .error->message.starts_with("a case inside a case, at line 1, column 22"));
  CHECK(read("<testsuite><testcase><testsuite/></testcase></testsuite>")
            .error->message.starts_with("a suite inside a case"));
}

TEST_CASE("warnings never carry what a terminal would obey", "[junit]") {
  const Reading r = read(
      "<testsuite name='\xC2\x9b' tests='9' timestamp='&#9;\xE2\x80\xAE'><properties><property "
      "name='p&#10;' value='\xE2\x80\xAE'>x</property></properties><testcase name='a&#13;' "
      "time='\xC2\x9b'/></testsuite>");
  REQUIRE(r.summary.warnings.size() >= 4);
  for (const JunitNote& note : r.summary.warnings) {
    CAPTURE(note.code);
    for (const char* bad : {"\n", "\r", "\t", "\x1b", "\xC2\x9b", "\xE2\x80\xAE"})
      CHECK(note.sentence.find(bad) == std::string::npos);
  }
}

}  // namespace junit_case_test
