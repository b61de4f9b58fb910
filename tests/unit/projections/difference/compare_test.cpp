// Aspects compared by name: what is new, what changed and how, what is gone, what stays.

#include "projections/difference/compare.hpp"

#include <catch2/catch.hpp>

#include "ledger/format/json_archive.hpp"

using namespace assay;
using namespace assay::projections;

namespace {

Aspect issue_aspect(const char* id, const char* state, const char* severity = "3") {
  return {.section = Section::issues,
          .id = id,
          .phase = Identifier("SIT-01"),
          .planned_entries = {"PEE-001"},
          .title = "dark (invented)",
          .values = {{"state", state}, {"severity", severity}},
          .why = std::string("because of ") + state};
}

Aspects aspects_of(const std::vector<Aspect>& all) {
  Aspects aspects;
  for (const Aspect& one : all) aspects.add(one);
  return aspects;
}

SectionDifference issues_between(const Aspects& from, const Aspects& to) {
  constexpr Section kIssues[] = {Section::issues};
  return compare(from, to, kIssues).at(0);
}

}  // namespace

TEST_CASE("what is the same on both sides is counted and not told") {
  const Aspects side = aspects_of({issue_aspect("TI-1", "RAISED"), issue_aspect("TI-2", "CLOSED")});
  const auto found = issues_between(side, side);
  CHECK(found.differences.empty());
  CHECK(found.unchanged == 2);
}

TEST_CASE("new, changed and gone, in the order of their names") {
  const auto found =
      issues_between(aspects_of({issue_aspect("TI-3", "RAISED"), issue_aspect("TI-2", "RAISED"),
                                 issue_aspect("TI-9", "RAISED")}),
                     aspects_of({issue_aspect("TI-1", "RAISED"), issue_aspect("TI-2", "CLOSED"),
                                 issue_aspect("TI-9", "RAISED")}));
  REQUIRE(found.differences.size() == 3);
  CHECK(found.unchanged == 1);
  const Difference& appeared = found.differences[0];
  CHECK(appeared.id == "TI-1");
  CHECK(appeared.kind == DifferenceKind::appeared);
  REQUIRE(appeared.values.size() == 2);
  CHECK_FALSE(appeared.values[0].from);
  CHECK(appeared.values[0].to == "RAISED");
  const Difference& changed = found.differences[1];
  CHECK(changed.kind == DifferenceKind::changed);
  REQUIRE(changed.values.size() == 1);
  CHECK(changed.values[0].name == "state");
  CHECK(changed.values[0].from == "RAISED");
  CHECK(changed.values[0].to == "CLOSED");
  CHECK(changed.why_from == "because of RAISED");
  CHECK(changed.why_to == "because of CLOSED");
  const Difference& gone = found.differences[2];
  CHECK(gone.id == "TI-3");
  CHECK(gone.kind == DifferenceKind::gone);
  CHECK_FALSE(gone.values[0].to);
  CHECK_FALSE(gone.why_to);
}

TEST_CASE("the other way round, new is gone and every value goes back") {
  const Aspects a = aspects_of({issue_aspect("TI-1", "RAISED"), issue_aspect("TI-2", "RAISED")});
  const Aspects b = aspects_of({issue_aspect("TI-2", "CLOSED"), issue_aspect("TI-3", "RAISED")});
  const auto there = issues_between(a, b);
  const auto back = issues_between(b, a);
  REQUIRE(there.differences.size() == back.differences.size());
  CHECK(there.unchanged == back.unchanged);
  for (std::size_t i = 0; i < back.differences.size(); ++i) {
    const Difference& one = there.differences[i];
    const Difference& other = back.differences[i];
    CHECK(one.id == other.id);
    CHECK((one.kind == DifferenceKind::appeared) == (other.kind == DifferenceKind::gone));
    REQUIRE(one.values.size() == other.values.size());
    for (std::size_t v = 0; v < one.values.size(); ++v) {
      CHECK(one.values[v].from == other.values[v].to);
      CHECK(one.values[v].to == other.values[v].from);
    }
  }
}

TEST_CASE("a value that only one side has differs; why and title alone do not") {
  Aspect with = issue_aspect("TI-1", "RAISED");
  Aspect without = with;
  without.values.pop_back();
  const auto found = issues_between(aspects_of({without}), aspects_of({with}));
  REQUIRE(found.differences.size() == 1);
  CHECK(found.differences[0].kind == DifferenceKind::changed);
  CHECK_FALSE(found.differences[0].values[0].from);
  without = with;
  without.why = "said otherwise";
  without.title = "renamed";
  CHECK(issues_between(aspects_of({without}), aspects_of({with})).differences.empty());
}

TEST_CASE("two things of one name are told apart, and neither is lost") {
  const Aspects two = aspects_of({issue_aspect("TI-1", "RAISED"), issue_aspect("TI-1", "CLOSED")});
  CHECK(two.of(Section::issues).contains("TI-1"));
  CHECK(two.of(Section::issues).contains("TI-1#2"));
  const auto found = issues_between(aspects_of({issue_aspect("TI-1", "RAISED")}), two);
  REQUIRE(found.differences.size() == 1);
  CHECK(found.differences[0].id == "TI-1#2");
}

TEST_CASE("a filter keeps what is about the phase and the planned entry, and nothing else") {
  Aspect other = issue_aspect("TI-2", "RAISED");
  other.phase = Identifier("MT-01");
  Aspect nowhere = issue_aspect("TI-3", "RAISED");
  nowhere.phase.reset();
  nowhere.planned_entries = {"PEE-001", "PEE-002"};
  const auto left = [&](const AspectFilter& filter) {
    Aspects aspects = aspects_of({issue_aspect("TI-1", "RAISED"), other, nowhere});
    aspects.keep_only(filter);
    return aspects.of(Section::issues).size();
  };
  CHECK(left({}) == 3);
  CHECK(left({.phase = Identifier("SIT-01")}) == 1);
  CHECK(left({.planned_entry = Identifier("PEE-002")}) == 1);
  CHECK(left({.phase = Identifier("SIT-01"), .planned_entry = Identifier("PEE-002")}) == 0);
}

TEST_CASE("every section is compared once, in the order of its words") {
  const auto found = compare({}, {}, all_sections());
  REQUIRE(found.size() == std::size(kEnumTexts<Section>));
  CHECK(found.front().section == Section::phases);
  CHECK(found.back().section == Section::roles);
  CHECK(count_differences(found) == 0);
}

TEST_CASE("a difference has the JSON that its schema says") {
  const auto found = issues_between(aspects_of({issue_aspect("TI-1", "RAISED")}),
                                    aspects_of({issue_aspect("TI-1", "CLOSED")}));
  const std::string expected =
      R"j({"differences":[{"id":"TI-1","kind":"changed","phase":"SIT-01",)j"
      R"j("planned_entries":["PEE-001"],"title":"dark (invented)",)j"
      R"j("values":[{"from":"RAISED","name":"state","to":"CLOSED"}],)j"
      R"j("why_from":"because of RAISED","why_to":"because of CLOSED"}],)j"
      R"j("section":"issues","unchanged":0})j";
  CHECK(to_canonical(found) == expected);
}
