// Reports of real tools, against what independent parsers count and what a careful person reads.

#include "tests/vectors/import/corpus.hpp"

using namespace assay;
using namespace assay::import;

namespace {

nlohmann::json to_json(const JunitElements& e) {
  return {{"well_formed", true},        {"suites", e.suites},         {"cases", e.cases},
          {"failures", e.failures},     {"errors", e.errors},         {"skipped", e.skipped},
          {"flaky", e.flaky},           {"rerun", e.rerun},           {"properties", e.properties},
          {"system_out", e.system_out}, {"system_err", e.system_err}, {"depth", e.depth}};
}

}  // namespace

TEST_CASE("elements of every genuine report are counted as independent parsers do", "[corpus]") {
  const nlohmann::json expected = json_of(kShared / "junit/genuine/expected.json");
  std::size_t compared = 0;
  for (const auto& file : reports_in(kShared / "junit/genuine")) {
    CAPTURE(file.filename());
    const nlohmann::json& truth = expected.at(file.filename().string());
    const Reading r = read(bytes_of(file));
    ++compared;
    if (truth.at("well_formed")) {
      REQUIRE_FALSE(r.error);
      CHECK(to_json(r.summary.elements) == truth);
      CHECK(r.summary.elements.passed + r.summary.elements.failures + r.summary.elements.errors +
                r.summary.elements.skipped ==
            r.summary.elements.cases);
    } else {
      REQUIRE(r.error);
      CHECK(r.error->code == Errc::malformed);
      CHECK(r.cases.empty());
      // "not well-formed (invalid token): line 29, column 2", of a parser that counts columns from
      // 0.
      const std::string words = truth.at("error");
      const std::string line =
          words.substr(words.find("line "), words.find(',') - words.find("line "));
      CHECK(r.error->message.find(line + ", column ") != std::string::npos);
    }
  }
  CHECK(compared == expected.size());
}

TEST_CASE("results of every genuine report are what a careful person reads in it", "[corpus]") {
  const nlohmann::json truth = json_of(kShared / "reports/truth.json").at("genuine");
  std::size_t compared = 0;
  for (const auto& file : reports_in(kShared / "reports/genuine")) {
    CAPTURE(file.filename());
    const nlohmann::json& row = truth.at(file.filename().string());
    const bool well_formed = row.at("well_formed");
    const Reading strict = read(bytes_of(file));
    CHECK(strict.error.has_value() == !well_formed);
    const Reading r = read_repaired(bytes_of(file));
    REQUIRE_FALSE(r.error);
    CHECK(r.summary.mends.empty() == well_formed);
    CHECK(import::to_json(r.summary.results) == row.at("from_file"));
    CHECK(r.summary.elements.suites == row.at("suites").get<std::uint64_t>());
    CHECK(r.summary.elements.cases == row.at("testcase_elements").get<std::uint64_t>());
    CHECK(r.cases.size() == r.summary.results.cases);
    ++compared;
  }
  CHECK(compared == 17);
}

TEST_CASE("every genuine report that a tool broke can be repaired without doubt", "[corpus]") {
  const auto results = [](const char* file) {
    const Reading r = read_repaired(bytes_of(kShared / "junit/genuine" / file));
    INFO((r.error ? r.error->message : std::string()));
    REQUIRE_FALSE(r.error);
    REQUIRE_FALSE(r.summary.mends.empty());
    return r.summary.results;
  };
  CHECK(results("boost-test.xml") == JunitResults{5, 1, 1, 1, 2});
  CHECK(results("cmocka.xml") == JunitResults{4, 1, 1, 1, 1});
  CHECK(results("node-test.xml") == JunitResults{7, 3, 2, 0, 2});
}

TEST_CASE("the tool that wrote a genuine report is recognised, whatever the file is called",
          "[corpus][dialect]") {
  const std::vector<std::pair<const char*, const char*>> kTools = {
      {"ant-junit", "ant"},
      {"bats", "bats"},
      {"behave", "behave"},
      {"boost-test", "boost-test"},
      {"catch2", "catch2"},
      {"cmocka", "cmocka"},
      {"cpputest", "cpputest"},
      {"ctest", "ctest"},
      {"cucumber", "cucumber"},
      {"doctest", "doctest"},
      {"googletest", "googletest"},
      {"gtest", "googletest"},
      {"gotestsum", "gotestsum"},
      {"jest-junit", "jest-junit"},
      {"junit-platform", "junit-platform"},
      {"mocha-junit-reporter", "mocha-junit-reporter"},
      {"mocha-xunit", "mocha-xunit"},
      {"node-test", "node-test"},
      {"phpunit", "phpunit"},
      {"playwright", "playwright"},
      {"pyjunitxml", "pyjunitxml"},
      {"pytest", "pytest"},
      {"rspec", "rspec"},
      {"rust-libtest", "rust-libtest"},
      {"surefire", "surefire"},
      {"tap-formatter-junit", "tap-formatter-junit"},
      {"unittest-xml", "unittest-xml-reporting"},
      {"vitest", "vitest"},
  };
  for (const char* folder : {"junit/genuine", "reports/genuine"}) {
    for (const auto& file : reports_in(kShared / folder)) {
      const std::string name = file.filename().string();
      CAPTURE(name);
      const auto tool =
          std::ranges::find_if(kTools, [&](const auto& t) { return name.starts_with(t.first); });
      REQUIRE(tool != kTools.end());
      CHECK(read_repaired(bytes_of(file)).summary.dialect.name == tool->second);
    }
  }
}

TEST_CASE("what a genuine report cannot tell is said", "[corpus]") {
  const auto told = [](const char* file, std::string_view code) {
    return times(read_repaired(bytes_of(kShared / "reports/genuine" / file)).summary.cannot_tell,
                 code);
  };
  CHECK(told("gotestsum-1.8.2.xml", "errors-without-case") == 1);
  CHECK(told("mocha-junit-reporter-2.2.1.xml", "tests-without-case") == 1);
  CHECK(told("tap-formatter-junit-0.11.xml", "planned-not-run") == 1);
  CHECK(told("tap-formatter-junit-0.11.xml", "suite-fault") == 2);
  for (const char* file : {"googletest-1.12.1.xml", "ctest-3.25.1.xml", "playwright-1.65.1.xml",
                           "pytest-7.2.1-xunit2.xml", "surefire-3-handwritten.xml"}) {
    CAPTURE(file);
    CHECK(read(bytes_of(kShared / "reports/genuine" / file)).summary.cannot_tell.empty());
  }
}

TEST_CASE("the sample of the programme's own report is read with its ledger properties",
          "[corpus]") {
  const Reading r =
      read(R"(<testsuite name="MOC-MDS-SIT-01.PEE-001" tests="3" failures="1" errors="0"
 skipped="1" time="812.4" timestamp="2019-11-12T10:05:00" hostname="inv-harness-01"><properties>
 <property name="ledger.phase" value="MOC-MDS-SIT-01"/><property name="ledger.pee" value="PEE-001"/>
 <property name="ledger.build" value="S1SP-INV-2.4.1"/>
 <property name="ledger.run_counter_first" value="101"/></properties>
 <testcase classname="sit.install" name="TC-INSTALL-ESME" time="300.1"/>
 <testcase classname="sit.install" name="TC-INSTALL-GSME" time="280.0"><failure
 type="UnexpectedResponse" message="INV: response E21 expected I0">...</failure></testcase>
 <testcase classname="sit.srv" name="TC-SRV-7.2" time="0"><skipped message="INV: device offline"/>
 </testcase></testsuite>)");
  CHECK(r.outcomes() == "PFS");
  REQUIRE(r.summary.ledger.size() == 4);
  CHECK(r.cases[2].suite_property("ledger.run_counter_first") == "101");
  CHECK(r.summary.duration_ns == 812'400'000'000);
}
