// Rulebook files as people write them: what is taken, what is refused and where.

#include "cli/rulebook/rulebook_file.hpp"

#include <catch2/catch.hpp>

#include "cli/rulebook/publication.hpp"
#include "projections/rulebook/rulebook.hpp"

using namespace assay;
using namespace assay::cli;

namespace {

/// A file of one policy, with one word of it replaced.
std::string file_with(const std::string& from = "", const std::string& to = "") {
  std::string text = R"({
  "rulebook": "sample",
  "note": "invented",
  "policies": [
    {
      "policy": "THR",
      "version": 1,
      "title": "Sample",
      "note": "invented",
      "legal_basis": [],
      "activation": {"effective_from": "2019-12-01T00:00Z",
                     "scope": {"kinds": ["SIT", "MT"], "releases": ["MOC", "FOC"], "smsos": []}},
      "body": {"threshold": {
        "carry_over": "none", "combine": "all_parts", "deselected_count": true,
        "downgrade_window_hours": 0, "exclude_attributions": [], "open_states": ["RAISED"],
        "parts": [
          {"part": "part1", "scope": [], "count": "distinct_issue", "attributions": [],
           "limits": [{"severities": [1], "max": 0}]},
          {"part": "part2", "scope": [], "count": "distinct_issue", "attributions": [],
           "limits": [{"severities": [3], "max": 5}, {"severities": [3, 4], "max": 15}]}],
        "severity_at": "cutoff", "untriaged_counts_as": 1, "work_off_severities": []}}
    }
  ],
  "clauses": []
})";
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

Error error_of(const std::string& text) {
  const auto file = parse_rulebook(text);
  REQUIRE_FALSE(file);
  return file.error();
}

}  // namespace

TEST_CASE("sets may be written in any order, and times as people write them") {
  const auto file = parse_rulebook(file_with());
  REQUIRE(file);
  const events::PolicyScope& scope = file->policies.at(0).activation->scope;
  CHECK(scope.kinds == std::set<events::TestKind>{events::TestKind::mt, events::TestKind::sit});
  CHECK(scope.releases == IdentifierSet::of({"FOC", "MOC"}));
  CHECK(effective_from(file->policies[0])->text() == "2019-12-01T00:00:00.000000Z");
}

TEST_CASE("what is wrong is named with its member, line and column of the file") {
  struct Case {
    const char* from;
    const char* to;
    const char* place;
    const char* why;
  };
  const Case cases[] = {
      {"\"max\": 5", "\"max\": 50", "line 16, column 18, policies[0].body.threshold.parts",
       "a limit on some severities exceeds"},
      {"\"MOC\"", "\"MOC\", \"MOC\"", "line 12", "the same twice"},
      {"\"title\": \"Sample\"", "\"titel\": \"Sample\"", "line 8, column 16, policies[0].titel",
       "unknown member \"titel\""},
      {"\"combine\": \"all_parts\"", "\"combine\": \"some_parts\"",
       "line 14, column 42, policies[0].body.threshold.combine", "not one of the values"},
      {"\"version\": 1,", "", "line 5, column 5, policies[0]", "member \"version\" is missing"},
      {"\"smsos\": []", "\"other\": []", "policies[0].activation.scope.other",
       "unknown member \"other\""},
      {"\"max\": 0", "\"max\": \"0\"", "policies[0].body.threshold.parts[0].limits[0].max",
       "an integer was expected"},
      {"2019-12-01T00:00Z", "soon", "line 11, column 40, policies[0].activation.effective_from",
       ""},
      {"\"untriaged_counts_as\": 1", "\"untriaged_counts_as\": 9", "policies[0]", "severity"},
      {"\"part2\"", "\"part1\"", "policies[0].body.threshold.parts", "ascending order"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.to);
    const Error error = error_of(file_with(one.from, one.to));
    INFO(error.message);
    CHECK(error.message.find(one.place) != std::string::npos);
    CHECK(error.message.find(one.why) != std::string::npos);
    CHECK((error.code == Errc::malformed || error.code == Errc::rejected));
  }
}

TEST_CASE("what is no JSON is refused as that") {
  CHECK(error_of("{").code == Errc::malformed);
  CHECK(error_of("").code == Errc::malformed);
  CHECK(error_of(std::string(kRulebookSizeBytes + 1, ' ')).code == Errc::limit);
}

TEST_CASE("publishing plans what the log lacks: once, then nothing, and other content never") {
  const RulebookFile file = parse_rulebook(file_with()).value();
  projections::Rulebook rulebook;
  const auto first = plan_publication(rulebook, {file}, {}, Timestamp{});
  REQUIRE(first);
  CHECK(first->events.size() == 2);
  // The same file twice in one call is the same as once.
  CHECK(plan_publication(rulebook, {file, file}, {}, Timestamp{})->events.size() == 2);
  const auto apply = [&](const EventData& event) {
    rulebook.apply({{1, 0}, event, {}, {}, {}, {}, std::nullopt}, projections::Stage::in_effect);
  };
  apply(file.policies[0].published());
  CHECK(plan_publication(rulebook, {file}, {}, Timestamp{})->events.size() == 1);
  apply(events::PolicyActivated{std::nullopt, effective_from(file.policies[0]).value(), "THR",
                                file.policies[0].activation->scope, 1});
  const auto again = plan_publication(rulebook, {file}, {}, Timestamp{});
  REQUIRE(again);
  CHECK(again->events.empty());
  CHECK(again->present.size() == 2);
  const auto other = parse_rulebook(file_with("\"max\": 0", "\"max\": 1")).value();
  const auto conflict = plan_publication(rulebook, {other}, {}, Timestamp{});
  REQUIRE_FALSE(conflict);
  CHECK(conflict.error().code == Errc::conflict);
  const auto renamed = parse_rulebook(file_with("\"Sample\"", "\"Other\"")).value();
  CHECK(plan_publication(rulebook, {renamed}, {}, Timestamp{})->differs.size() == 1);
  CHECK(plan_publication(rulebook, {file}, Timestamp{5}, Timestamp{})->events.size() == 1);
}

TEST_CASE("a policy without a time is published only where one is given") {
  const auto file =
      parse_rulebook(file_with("\"effective_from\": \"2019-12-01T00:00Z\",", "")).value();
  const auto plan = plan_publication({}, {file}, {}, Timestamp{});
  REQUIRE_FALSE(plan);
  CHECK(plan.error().code == Errc::invalid_argument);
  CHECK(plan_publication({}, {file}, Timestamp{5}, Timestamp{}));
}

TEST_CASE("what would be found is foreseen") {
  const RulebookFile file = parse_rulebook(file_with()).value();
  const auto findings = foreseen_findings({file});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == Identifier("P-MISSING"));
  CHECK(findings[0].sentence.find("no severity taxonomy") != std::string::npos);
}
