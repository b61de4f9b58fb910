#include "ledger/base/encoding.hpp"

#include <catch2/catch.hpp>

using namespace assay;

TEST_CASE("hexadecimal text is lower case and round-trips", "[encoding]") {
  CHECK(to_hex(std::string("\x00\xff\x10", 3)) == "00ff10");
  CHECK(from_hex("00ff10").value() == std::string("\x00\xff\x10", 3));
  CHECK_FALSE(from_hex("0"));
  CHECK_FALSE(from_hex("FF"));
  CHECK_FALSE(from_hex("0g"));
}

TEST_CASE("base64 follows the examples of RFC 4648 section 10", "[encoding]") {
  const std::pair<std::string, std::string> rows[] = {{"", ""},
                                                      {"f", "Zg=="},
                                                      {"fo", "Zm8="},
                                                      {"foo", "Zm9v"},
                                                      {"foob", "Zm9vYg=="},
                                                      {"fooba", "Zm9vYmE="},
                                                      {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : rows) {
    CHECK(to_base64(bytes) == text);
    CHECK(from_base64(text).value() == bytes);
  }
}

TEST_CASE("base64 has one text for one value", "[encoding]") {
  CHECK_FALSE(from_base64("Zg"));    // padding is missing
  CHECK_FALSE(from_base64("Zh=="));  // trailing bits are not zero
  CHECK_FALSE(from_base64("Zm9="));  // trailing bits are not zero
  CHECK_FALSE(from_base64("Z==="));  // one digit cannot be a byte
  CHECK_FALSE(from_base64("===="));
  CHECK_FALSE(from_base64("Zm-v"));  // url-safe alphabet
  CHECK_FALSE(from_base64("Zg==Zg=="));
}

TEST_CASE("decimal numbers have neither sign nor leading zero", "[encoding]") {
  CHECK(parse_decimal("0").value() == 0);
  CHECK(parse_decimal("9223372036854775807").value() == INT64_MAX);
  for (const char* text : {"", "00", "01", "+1", "-1", " 1", "1 ", "9223372036854775808", "1e3",
                           "99999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_decimal(text));
  }
}

TEST_CASE("UTF-8 is accepted only when well formed", "[encoding]") {
  CHECK(is_utf8("plain"));
  CHECK(is_utf8("\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x92\xA9"));
  CHECK_FALSE(is_utf8("\xC0\x80"));          // overlong
  CHECK_FALSE(is_utf8("\xE0\x80\x80"));      // overlong
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
  CHECK_FALSE(is_utf8("\xE2\x82"));          // cut
  CHECK_FALSE(is_utf8("\x80"));
}
