#include "ledger/format/lines.hpp"

#include <catch2/catch.hpp>

#include "ledger/merkle/tree.hpp"

using namespace assay;

TEST_CASE("lines are taken one by one, and the last needs its newline", "[c2sp]") {
  std::string_view rest = "one\n\ntwo";
  CHECK(take_line(rest).value() == "one");
  CHECK(take_line(rest).value().empty());
  CHECK(take_line(rest).error().code == Errc::malformed);
  CHECK(rest == "two");
}

TEST_CASE("a hash is 44 base64 characters", "[c2sp]") {
  const std::string text = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  CHECK(hash_from_base64(text).value() == merkle::kEmptyRoot);
  CHECK_FALSE(hash_from_base64(""));
  CHECK_FALSE(hash_from_base64(text.substr(4)));
  CHECK_FALSE(hash_from_base64("AAAA" + text));
  CHECK_FALSE(hash_from_base64("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV="));  // spare bits
}

TEST_CASE("control characters and broken UTF-8 are refused in every text", "[c2sp]") {
  CHECK(check_text("plain\nlines, \xC3\xA4 and \xE2\x80\x94\n"));
  CHECK(check_text("\x7F"));
  for (char c = 0; c < 0x20; ++c) {
    CAPTURE(static_cast<int>(c));
    CHECK(check_text(std::string("a") + c).has_value() == (c == '\n'));
  }
  CHECK_FALSE(check_text("\xC3"));
  CHECK_FALSE(check_text("\xED\xA0\x80"));
}
