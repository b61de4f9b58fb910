#include "ledger/format/values.hpp"

#include <catch2/catch.hpp>

namespace values_test {

using namespace assay;

TEST_CASE("Identifiers are 1 to 128 of a few safe characters") {
  CHECK(is_identifier("MOC-MDS-SIT-01"));
  CHECK(is_identifier("a.b_c"));
  CHECK(is_identifier(std::string(128, 'x')));
  CHECK_FALSE(is_identifier(std::string(129, 'x')));
  CHECK_FALSE(is_identifier(""));
  for (int c = 0; c < 256; ++c) {
    const char character = static_cast<char>(c);
    const bool safe = (character >= '0' && character <= '9') ||
                      (character >= 'a' && character <= 'z') ||
                      (character >= 'A' && character <= 'Z') || character == '.' ||
                      character == '_' || character == '-';
    CAPTURE(c);
    CHECK(is_identifier(std::string(1, character)) == safe);
  }
}

TEST_CASE("Event addresses are two decimals and a dot") {
  CHECK(EventId{41, 0}.text() == "41.0");
  CHECK(EventId::parse("41.0").value() == EventId{41, 0});
  CHECK(EventId::parse("9223372036854775807.1023").value().text() == "9223372036854775807.1023");
  for (const char* const text : {"", ".", "1", "1.", ".1", "01.0", "1.00", "-1.0", "1.0 ", "1.2.3",
                                 "9223372036854775808.0", "+1.0", "1,0"}) {
    CAPTURE(text);
    CHECK_FALSE(EventId::parse(text));
  }
}

TEST_CASE("A set of identifiers is sorted, and holds each once") {
  const IdentifierSet set = IdentifierSet::of({"b", "a", "c", "a"});
  CHECK(set.ids == std::vector<Identifier>{"a", "b", "c"});
  CHECK(set.contains("b"));
  CHECK_FALSE(set.contains("bb"));
  CHECK_FALSE(IdentifierSet{}.contains("a"));
}

}  // namespace values_test
