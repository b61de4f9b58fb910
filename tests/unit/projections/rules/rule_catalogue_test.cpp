// The list of rules as a whole: that an id leads to one rule, and that every rule says its piece.

#include "projections/rules/rule_catalogue.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace assay::projections;

TEST_CASE("a rule id stands in the catalogue once, and leads to its rule") {
  const auto all = rules();
  REQUIRE_FALSE(all.empty());
  const auto twice = std::ranges::adjacent_find(all, std::ranges::greater_equal(), &Rule::id);
  if (twice != all.end()) UNSCOPED_INFO("out of order or twice: " << std::next(twice)->id);
  CHECK(twice == all.end());
  for (const Rule& rule : all) CHECK(find_rule(rule.id) == &rule);
  CHECK(find_rule("Z-NONE") == nullptr);
}

TEST_CASE("every rule says what it asks; every one that makes findings, what clears them") {
  for (const Rule& rule : rules()) {
    CAPTURE(rule.id);
    CHECK(rule.text.ends_with("."));
    if (rule.kind == RuleClass::finding) CHECK(rule.clears.ends_with("."));
  }
}
