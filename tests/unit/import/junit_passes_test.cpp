// Two passes, limits, repair and dialects, seen from the outside.

#include <catch2/catch.hpp>

#include "cli/import/junit_limits.hpp"
#include "cli/import/junit_survey.hpp"
#include "cli/import/visible.hpp"
#include "tests/unit/import/reading.hpp"

namespace junit_passes_test {

using namespace assay;
using namespace assay::import;

namespace {

std::string suite_of(std::string_view inside) {
  return "<testsuite name='s'>" + std::string(inside) + "</testsuite>";
}

class Fussy final : public JunitSink {
 public:
  Status on_case(const JunitCase&) override { return fail(Errc::io, "no room for a case"); }
};

}  // namespace

TEST_CASE("nothing comes of a file that is cut short behind its cases", "[passes]") {
  const Reading r = read("<testsuite name='s'><testcase name='a'/><testcase name='b'/>");
  REQUIRE(r.error);
  CHECK(r.error->code == Errc::malformed);
  CHECK(r.cases.empty());
}

TEST_CASE("other bytes in the second pass are noticed", "[passes]") {
  const JunitOptions options;
  JunitSurvey survey(options.zone, false);
  REQUIRE(survey.feed(suite_of("<testcase name='a'/>")));
  const JunitPlan plan = survey.finish().value();
  std::vector<JunitCase> cases;
  Collector sink(cases);
  JunitReader reader(options, plan, sink);
  REQUIRE(reader.feed(suite_of("<testcase name='b'/>")));
  const Result<JunitSummary> summary = reader.finish();
  REQUIRE_FALSE(summary);
  CHECK(summary.error().message == "the report changed between the two passes over it");
}

TEST_CASE("an error of the sink comes back", "[passes]") {
  Fussy sink;
  const Result<JunitSummary> summary = read_junit(suite_of("<testcase name='a'/>"), {}, sink);
  REQUIRE_FALSE(summary);
  CHECK(summary.error().code == Errc::io);
}

TEST_CASE("repair is tried only when asked for, and only where needed", "[passes][repair]") {
  const std::string slip =
      suite_of("<testcase name='a'><failure>a ]]> \x1b[31m</failure></testcase>");
  const Reading refused = read(slip);
  REQUIRE(refused.error);
  CHECK(refused.cases.empty());
  const Reading mended = read_repaired(slip);
  REQUIRE_FALSE(mended.error);
  CHECK(mended.outcomes() == "F");
  CHECK(mended.cases[0].details[0].text.value == "a ]]> \xE2\x90\x9B[31m");
  REQUIRE(mended.summary.mends.size() == 2);
  CHECK(place(mended.summary.mends[0].at) == "line 1, column 51 (byte 50)");
  const Reading sound =
      read_repaired(suite_of("<testcase name='a'><failure><![CDATA[x]]> y "
                             "<![CDATA[ ]]></failure></testcase>"));
  CHECK(sound.summary.mends.empty());
  CHECK(sound.cases[0].details[0].text.value == "x y  ");
}

TEST_CASE("positions of cases behind a repair are those of the file", "[passes][repair]") {
  const std::string report = suite_of("<testcase name='\x1b'/><testcase name='b'/>");
  const Reading r = read_repaired(report);
  REQUIRE(r.cases.size() == 2);
  CHECK(r.cases[1].at.offset_bytes == report.find("<testcase name='b'"));
  CHECK(r.cases[1].at.column == report.find("<testcase name='b'") + 1);
}

TEST_CASE("what repair cannot mend is refused with both reasons", "[passes][repair]") {
  const Reading r = read_repaired(suite_of("<testcase name='\x1b'/>") + "<testsuite/>");
  REQUIRE(r.error);
  CHECK(r.error->message.find("U+001B") != std::string::npos);
  CHECK(r.error->hint.find("the root element has ended") != std::string::npos);
  const JunitOptions options;
  for (const char* text :
       {"<testsuite><testcase", "<!DOCTYPE x><testsuite/>", "<testsuite a='1' a='2'/>",
        "<testsuite>&nbsp;</testsuite>", "<testsuite>caf\xE9</testsuite>"}) {
    CAPTURE(text);
    CHECK(read_repaired(text).error);
  }
}

TEST_CASE("limits of a report are refused with the number and the place", "[passes][limits]") {
  std::string deep;
  for (std::size_t i = 0; i < limits::kSuiteDepth; ++i) deep += "<testsuite name='s'>";
  std::string ends;
  for (std::size_t i = 0; i < limits::kSuiteDepth; ++i) ends += "</testsuite>";
  CHECK(read(deep + "<testcase name='a'/>" + ends).outcomes() == "P");
  CHECK(read(deep + "<testsuite name='s'/>" + ends)
            .error->message.starts_with("suites are nested more than 256 deep, at line 1"));

  const std::string name(limits::kNameSizeBytes, 'n');
  CHECK(read(suite_of("<testcase name='" + name + "'/>")).cases[0].name.size() == name.size());
  CHECK(read(suite_of("<testcase name='" + name + "n'/>")).error->code == Errc::limit);

  std::string properties;
  for (std::size_t i = 0; i < limits::kPropertiesPerOwner; ++i)
    properties += "<property name='p'/>";
  CHECK(read(suite_of("<testcase name='a'>" + properties + "</testcase>")).cases.size() == 1);
  CHECK(read(suite_of("<testcase name='a'>" + properties + "<property name='p'/></testcase>"))
            .error->message.starts_with("more than 10000 properties of one case, at line 1"));
  CHECK(read(suite_of(properties + "<property name='p'/>")).error->code == Errc::limit);

  std::string heavy;
  for (int i = 0; i < 200; ++i) heavy += "<property name='p' value='" + name + "'/>";
  CHECK(read(suite_of(heavy)).error->message.starts_with("more than 2097152 bytes of properties"));
}

TEST_CASE("long words are cut, with the size they had", "[passes][limits]") {
  const std::string long_text(1'000'000, 'x');
  const Reading r = read(suite_of("<testcase name='a' note='" + long_text + "'><failure message='" +
                                  long_text + "'>" + long_text + "</failure><system-out>" +
                                  long_text + "</system-out></testcase>"));
  const JunitDetail& detail = r.cases[0].details[0];
  CHECK(detail.message.value.size() == limits::kMessageKeptBytes);
  CHECK(detail.message.size_bytes == 1'000'000);
  CHECK(detail.text.value.size() == limits::kTextKeptBytes);
  CHECK(detail.text.marked().ends_with("\n[cut: 16384 of 1000000 bytes kept]"));
  CHECK(r.cases[0].system_out.value.size() == limits::kOutputKeptBytes);
  CHECK(r.cases[0].attributes[0].value.ends_with("[cut: 4096 of 1000000 bytes kept]"));
}

TEST_CASE("the verdict does not depend on how many details are kept", "[passes][limits]") {
  std::string inside;
  for (std::size_t i = 0; i < limits::kDetailsKept; ++i) inside += "<skipped/>";
  const Reading r =
      read(suite_of("<testcase name='a'>" + inside + "<failure message='late'/></testcase>"));
  CHECK(r.outcomes() == "F");
  CHECK(r.cases[0].details.size() == limits::kDetailsKept);
  CHECK(r.cases[0].details_left_out == 1);
  CHECK(r.cases[0].worst_detail()->message.value == "late");
}

TEST_CASE("many equal or similar notes stay few, and are counted", "[passes][limits]") {
  std::string cases;
  for (int i = 0; i < 500; ++i)
    cases += "<testcase name='n" + std::to_string(i) + "' time='x'/><testcase/>";
  const Reading r = read(suite_of(cases));
  CHECK(times(r.summary.warnings, "time-unusable") == 500);
  CHECK(times(r.summary.warnings, "case-without-name") == 500);
  CHECK(r.summary.warnings.size() == limits::kSentencesPerCode + 2);
}

TEST_CASE("a source is read from its start for each pass", "[passes]") {
  class Source final : public JunitSource {
   public:
    Status rewind() override {
      next_ = 0;
      ++rewinds;
      return {};
    }
    Result<std::string_view> next() override {
      const std::string_view piece = std::string_view(bytes).substr(next_, 5);
      next_ += piece.size();
      return piece;
    }
    std::string bytes = suite_of("<testcase name='\x1b'/>");
    int rewinds = 0;

   private:
    std::size_t next_ = 0;
  };
  Source source;
  std::vector<JunitCase> cases;
  Collector sink(cases);
  JunitOptions options;
  options.repair = true;
  REQUIRE(read_junit(source, options, sink));
  CHECK(cases.size() == 1);
  CHECK(source.rewinds == 3);
}

TEST_CASE("a report without the marks of a tool is generic", "[dialect]") {
  CHECK(read(suite_of("<testcase name='a'/>")).summary.dialect.name == "generic");
  const Reading vitest = read(
      "<testsuites name='vitest tests'><testsuite name='a' timestamp='2026-11-23T19:55:24Z' "
      "hostname='h' tests='1' failures='0' errors='0' skipped='0' time='1'><testcase classname='a' "
      "name='x' time='0'/></testsuite></testsuites>");
  CHECK(vitest.summary.dialect.name == "vitest");
  CHECK(vitest.summary.dialect.certain);
  CHECK_FALSE(vitest.summary.dialect.marks.empty());
}

}  // namespace junit_passes_test
