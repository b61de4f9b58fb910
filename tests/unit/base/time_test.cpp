#include "ledger/base/time.hpp"

#include <catch2/catch.hpp>

using namespace assay;

TEST_CASE("times round-trip through their only form", "[time]") {
  for (const char* text : {"1970-01-01T00:00:00.000000Z", "2019-11-12T10:05:00.123456Z",
                           "2020-02-29T23:59:59.999999Z", "0001-01-01T00:00:00.000000Z",
                           "9999-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"}) {
    CAPTURE(text);
    CHECK(Timestamp::parse(text).value().text() == text);
  }
  CHECK(Timestamp::parse("1970-01-01T00:00:01.000002Z").value().us == 1'000'002);
}

TEST_CASE("any other form or impossible date is refused", "[time]") {
  for (const char* text :
       {"", "2019-11-12T10:05:00Z", "2019-11-12 10:05:00.000000Z", "2019-11-12T10:05:00.000000z",
        "2019-02-29T00:00:00.000000Z", "2019-13-01T00:00:00.000000Z", "2019-00-01T00:00:00.000000Z",
        "2019-11-31T00:00:00.000000Z", "2019-11-12T24:00:00.000000Z", "2019-11-12T10:60:00.000000Z",
        "2019-11-12T10:05:60.000000Z", "0000-01-01T00:00:00.000000Z",
        "2019-11-12T10:05:00.000000Z "}) {
    CAPTURE(text);
    CHECK_FALSE(Timestamp::parse(text));
  }
}

TEST_CASE("every character of a time counts", "[time]") {
  const std::string good = "2019-11-12T10:05:00.123456Z";
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      std::string text = good;
      text[at] = static_cast<char>(value);
      const auto time = Timestamp::parse(text);
      CAPTURE(text);
      if (time) REQUIRE(time->text() == text);
      const bool digit = value >= '0' && value <= '9';
      if (good[at] >= '0' && good[at] <= '9' ? !digit : text != good) REQUIRE_FALSE(time);
    }
  }
}
