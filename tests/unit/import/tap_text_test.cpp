#include "cli/import/tap_text.hpp"

#include <catch2/catch.hpp>

namespace tap_text_test {

using namespace assay::import;

namespace {

constexpr std::string_view kStream =
    "TAP version 13\n"
    "ok 1 - joins HAN\n"
    "not ok 2 - register\r\n"
    "ok 3 # skip no meter\n"
    "not ok 4 - drift # TODO known\n"
    "ok 5 - name with \\# TODO in it\n"
    "    ok 1 - indented\n"
    "# ok 9 - a comment\n"
    "okay 7\n"
    "not ok\n"
    "ok 7 - shape # todone\n"
    "1..9";

TapText parsed(std::string_view text, std::size_t piece_size) {
  TapText tap;
  while (!text.empty()) {
    tap.feed(text.substr(0, piece_size));
    text.remove_prefix(std::min(piece_size, text.size()));
  }
  tap.finish();
  return tap;
}

}  // namespace

TEST_CASE("test points are found at the left margin, with their directives", "[tap]") {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, kStream.size()}) {
    CAPTURE(piece);
    const TapText tap = parsed(kStream, piece);
    std::string seen;
    for (const TapPoint& p : tap.points()) {
      seen += std::to_string(p.number) + (p.ok ? '+' : '-');
      if (p.directive == TapDirective::skip) seen += 's';
      if (p.directive == TapDirective::todo) seen += 't';
      seen += ' ';
    }
    CHECK(seen == "1+ 2- 3+s 4-t 5+ 6- 7+ ");
    CHECK(tap.planned() == 9U);
    CHECK_FALSE(tap.bailed_out());
  }
}

TEST_CASE("a run that bailed out says so, and prose is no TAP", "[tap]") {
  CHECK(parsed("1..5\nok 1\nBail out!  no power\n", 4).bailed_out());
  const TapText prose = parsed("joined ok\nall is not ok here\n1.2\n", 3);
  CHECK(prose.points().empty());
  CHECK_FALSE(prose.planned());
}

TEST_CASE("only the first bytes of a very long line are looked at", "[tap]") {
  const TapText tap = parsed("ok 1 - " + std::string(1'000'000, 'x') + " # SKIP\nok 2\n", 4096);
  REQUIRE(tap.points().size() == 2);
  CHECK(tap.points()[0].directive == TapDirective::none);
}

TEST_CASE("a description's number is what it begins with", "[tap]") {
  CHECK(leading_number("7 - joins HAN") == 7);
  CHECK(leading_number("9") == 9);
  CHECK(leading_number("joins 3") == 0);
  CHECK(leading_number("") == 0);
}

}  // namespace tap_text_test
