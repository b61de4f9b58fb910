// The annex of docs/format.md that lists the event types says what the catalogue says.

#include <catch2/catch.hpp>

#include "tests/unit/docs/event_annex.hpp"
#include "tests/unit/docs/format_page.hpp"

TEST_CASE("The format's list of event types is the catalogue's") {
  const std::string text = assay::testing::format_page();
  const std::size_t annex = text.find("## Annex B.");
  REQUIRE(annex != std::string::npos);
  const std::string fence = "```\n";
  const std::size_t from = text.find(fence, annex) + fence.size();
  const std::size_t to = text.find(fence, from);
  REQUIRE(to != std::string::npos);
  // Copy what is expected here into the page when a type is added.
  CHECK(text.substr(from, to - from) == assay::testing::event_annex());
}
