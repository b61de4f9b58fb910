// The table of tools, and what each of them leaves in a report.

#include <array>

#include <fmt/format.h>

#include "cli/import/junit_clues.hpp"
#include "cli/import/visible.hpp"

namespace assay::import {
namespace {

struct Rule {
  std::string_view name;
  bool certain;
  std::string_view marks;
  bool (*fits)(const JunitClues&);
};

using C = const JunitClues&;

bool starts(std::string_view text, std::string_view with) noexcept {
  return text.starts_with(with);
}

/// Most telling first: a rule is asked only where none before it fits.
constexpr std::array kRules = std::to_array<Rule>({
    {"surefire", true, "the schema location of Surefire",
     [](C c) { return c.has("surefire-schema"); }},
    {"testng", true, "the comment of TestNG's reporter",
     [](C c) { return c.has("testng-comment"); }},
    {"criterion", true, "the comment of Criterion, or its root",
     [](C c) { return c.has("criterion-comment") || c.root_name() == "Criterion Tests"; }},
    {"doctest", true, "the attribute doctest_version",
     [](C c) { return c.has("doctest_version"); }},
    {"gotestsum", true, "the property go.version and gotestsum's order of attributes",
     [](C c) { return c.has("go.version") && starts(c.suite(), "tests failures time name"); }},
    {"go-junit-report", false, "the property go.version", [](C c) { return c.has("go.version"); }},
    {"googletest", true, "result=\"completed\" on cases",
     [](C c) { return c.has("gtest-result"); }},
    {"ctest", true, "CTest's attributes of suite and case, in its order",
     [](C c) {
       return c.suite() == "name tests failures disabled skipped hostname time timestamp" &&
              starts(c.first_case(), "name classname time status");
     }},
    {"vitest", true, "Vitest's attributes of a suite, in its order",
     [](C c) {
       return c.suite() == "name timestamp hostname tests failures errors skipped time";
     }},
    {"jest-junit", true, "jest-junit's attributes of a suite, in its order",
     [](C c) { return c.suite() == "name errors failures skipped timestamp time tests"; }},
    {"playwright", true, "Playwright's attributes of root and suite, in its order",
     [](C c) {
       return c.root() == "id name tests failures skipped errors time" &&
              c.suite() == "name timestamp hostname tests failures skipped time errors";
     }},
    {"mocha-junit-reporter", true, "mocha-junit-reporter's attributes of root and suite",
     [](C c) {
       return starts(c.root(), "name time tests failures") &&
              starts(c.suite(), "name timestamp tests");
     }},
    {"node-test", true, "node:test's totals in comments, or its suites and class \"test\"",
     [](C c) {
       return (c.node().complete() && c.has("classname=test")) ||
              (c.has("classname=test") &&
               starts(c.suite(), "name time disabled errors tests failures skipped hostname"));
     }},
    {"catch2", true, "the host name \"tbd\" that Catch2 writes",
     [](C c) { return c.has("hostname=tbd"); }},
    {"catch2", false, "classes that end with .global and a status on cases",
     [](C c) {
       return c.has("classname=.global") && starts(c.first_case(), "classname name time status");
     }},
    {"pytest", true, "pytest's types of skip or words of error, and its order of attributes",
     [](C c) {
       return c.has("pytest") && starts(c.suite(), "name errors failures skipped tests time");
     }},
    {"pytest", false, "pytest's attributes of suite and case, in its order",
     [](C c) {
       return c.suite() == "name errors failures skipped tests time timestamp hostname" &&
              starts(c.first_case(), "classname name");
     }},
    {"nose2", true, "the suite nose2-junit", [](C c) { return c.suite_name() == "nose2-junit"; }},
    {"unittest-xml-reporting", true, "a suite's name that ends with its time",
     [](C c) { return c.has("name-ends-with-time"); }},
    {"phpunit", true, "PHPUnit's attributes class and assertions on cases",
     [](C c) { return starts(c.first_case(), "name class classname file line assertions"); }},
    {"phpunit", false, "PHPUnit's attributes of a suite, in its order",
     [](C c) {
       return c.suite() == "name tests assertions errors warnings failures skipped time" ||
              starts(c.suite(), "name file tests assertions errors");
     }},
    {"boost-test", true, "Boost.Test's attributes of suite and case, in its order",
     [](C c) {
       return c.suite() == "tests skipped errors failures id name time" &&
              starts(c.first_case(), "assertions classname name time");
     }},
    {"behave", true, "behave's attributes of suite and case, in its order",
     [](C c) {
       return starts(c.suite(), "name tests errors failures skipped time timestamp") &&
              c.first_case() == "classname name status time";
     }},
    {"cpputest", true, "CppUTest's attributes of suite and case, in its order",
     [](C c) {
       return c.suite() == "errors failures hostname name tests time timestamp" &&
              starts(c.first_case(), "classname name assertions time");
     }},
    {"ant", false, "the attributes of Ant's schema, in the order of the alphabet",
     [](C c) {
       return c.suite() == "errors failures hostname name skipped tests time timestamp" ||
              c.suite() == "errors failures hostname id name package skipped tests time timestamp";
     }},
    {"junit-platform", true, "JUnit Platform's order of attributes and its names in system-out",
     [](C c) {
       return c.has("display-name") &&
              c.suite() == "name tests skipped failures errors time hostname timestamp";
     }},
    {"gradle", false, "Gradle's attributes of a suite, in its order",
     [](C c) { return c.suite() == "name tests skipped failures errors timestamp hostname time"; }},
    {"rspec", true, "a suite named rspec, and its seed",
     [](C c) {
       return starts(c.suite_name(), "rspec") &&
              starts(c.suite(), "name tests skipped failures errors time timestamp");
     }},
    {"cucumber", false, "Cucumber's attributes of a suite, in its order",
     [](C c) { return starts(c.suite(), "name time tests skipped failures errors"); }},
    {"mocha-xunit", false, "mocha's attributes of a suite, in its order",
     [](C c) {
       return !c.root_is_container() &&
              c.suite() == "name tests failures errors skipped timestamp time";
     }},
    {"bats", false, "bats' attributes of a suite, in its order",
     [](C c) {
       return c.root() == "time" &&
              c.suite() == "name tests failures errors skipped time timestamp hostname";
     }},
    {"eunit", true, "EUnit's attributes of suite and case, in its order",
     [](C c) {
       return c.suite() == "tests failures errors skipped time name" &&
              c.first_case() == "time name";
     }},
    {"cmocka", false, "cmocka's attributes of suite and case, in its order",
     [](C c) {
       return c.suite() == "name time tests failures errors skipped" &&
              c.first_case() == "name time";
     }},
    {"meson", false, "Meson's attributes of root and suite, in its order",
     [](C c) {
       return c.root() == "tests errors failures" &&
              c.suite() == "name tests errors failures skipped time";
     }},
    {"rust-libtest", false, "libtest's attributes of a suite, in its order",
     [](C c) { return starts(c.suite(), "name package id errors failures tests skipped"); }},
    {"pyjunitxml", false, "pyjunitxml's attributes of a suite, in the order of the alphabet",
     [](C c) { return !c.root_is_container() && c.suite() == "errors failures name tests time"; }},
    {"googletest", false, "counters of disabled tests and a status on cases",
     [](C c) {
       return starts(c.suite(), "name tests failures disabled") &&
              c.first_case().find("status") != std::string::npos;
     }},
    {"tap-formatter-junit", false, "the TAP of the run in system-out, and cases with a name only",
     [](C c) { return c.has("tap") && c.first_case() == "name"; }},
});

}  // namespace

JunitDialect JunitClues::dialect() const {
  for (const Rule& rule : kRules)
    if (rule.fits(*this)) return {rule.name, rule.certain, std::string(rule.marks)};
  return {"generic", false, "no mark of a known tool"};
}

}  // namespace assay::import
