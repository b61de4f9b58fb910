#include "cli/import/visible.hpp"

#include <catch2/catch.hpp>

#include "cli/import/kept_text.hpp"
#include "ledger/base/encoding.hpp"

namespace visible_test {

using namespace assay;
using namespace assay::import;

TEST_CASE("what a terminal would obey is written out", "[visible]") {
  CHECK(visible("plain Z\xC3\xA4hler") == "plain Z\xC3\xA4hler");
  CHECK(visible("\x1b[31mred\x1b[0m") == "\\x1b[31mred\\x1b[0m");
  CHECK(visible("a\nb\tc\rd") == "a\\nb\\tc\\rd");
  CHECK(visible(std::string_view("nul\0end", 7)) == "nul\\x00end");
  CHECK(visible("\x7f") == "\\x7f");
  CHECK(visible("\xC2\x9b"
                "31m") == "\\u{9b}31m");
  CHECK(visible("\xE2\x80\xAE"
                "evil\xE2\x80\xAC") == "\\u{202e}evil\\u{202c}");
  CHECK(visible("\xE2\x80\x8Bzero\xEF\xBB\xBF") == "\\u{200b}zero\\u{feff}");
  CHECK(visible("\xF3\xA0\x80\xA1") == "\\u{e0021}");
  CHECK(visible("caf\xE9!") == "caf\\xe9!");
  CHECK(quoted("a b") == "\"a b\"");
  CHECK(quoted("\"") == "'\"'");
  CHECK(quoted("it's \"so\"") == "\"it's \"so\"\"");
}

TEST_CASE("a long text is cut between two characters, visibly", "[visible]") {
  CHECK(visible("abcdef", 3) == "abc…");
  CHECK(visible("ab\xC3\xA4", 3) == "ab…");
  CHECK(visible("ab\n", 3) == "ab…");
  CHECK(visible("abc", 3) == "abc");
}

TEST_CASE("a place is said in the words of an editor and of a hex dump", "[visible]") {
  CHECK(place({345, 12, 13}) == "line 12, column 13 (byte 345)");
}

TEST_CASE("kept text says how much was cut, however it arrived", "[kept]") {
  const std::string text =
      "ab\xC3\xA4"
      "cd";
  for (std::size_t first = 0; first <= text.size(); ++first) {
    if (first == 3) continue;  // within a character: callers hand in whole ones
    KeptText kept;
    kept.append(std::string_view(text).substr(0, first), 3);
    kept.append(std::string_view(text).substr(first), 3);
    CAPTURE(first);
    CHECK(kept.value == "ab");
    CHECK(kept.size_bytes == 6);
    CHECK(kept.cut());
    CHECK(kept.marked() == "ab\n[cut: 2 of 6 bytes kept]");
  }
  KeptText whole;
  whole.append("abc", 3);
  CHECK_FALSE(whole.cut());
  CHECK(whole.marked() == "abc");
}

}  // namespace visible_test
