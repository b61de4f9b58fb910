// London time. The days of the changes are those that gov.uk publishes.

#include "projections/rulebook/london.hpp"

#include <catch2/catch.hpp>

using namespace assay;
using namespace assay::projections;

namespace {

Timestamp utc(const char* text) { return Timestamp::parse(std::string(text) + "Z").value(); }

}  // namespace

TEST_CASE("summer time begins and ends at 01:00 UTC on the last Sundays of March and October") {
  const std::pair<const char*, const char*> years[] = {{"2016-03-27", "2016-10-30"},
                                                       {"2019-03-31", "2019-10-27"},
                                                       {"2020-03-29", "2020-10-25"},
                                                       {"2024-03-31", "2024-10-27"}};
  for (const auto& [begins, ends] : years) {
    CAPTURE(begins, ends);
    CHECK_FALSE(is_summer_time(utc((std::string(begins) + "T00:59:59.999999").c_str())));
    CHECK(is_summer_time(utc((std::string(begins) + "T01:00:00.000000").c_str())));
    CHECK(is_summer_time(utc((std::string(ends) + "T00:59:59.999999").c_str())));
    CHECK_FALSE(is_summer_time(utc((std::string(ends) + "T01:00:00.000000").c_str())));
  }
}

TEST_CASE("the consultation closed at 16:00 in London, which was 15:00 UTC") {
  CHECK(london_text(utc("2019-09-06T15:00:00.000000")) == "2019-09-06 16:00 BST");
  CHECK(london_text(utc("2019-11-15T17:00:00.000000")) == "2019-11-15 17:00 GMT");
}

TEST_CASE("the last hour of a summer's day in UTC is the next day in London") {
  CHECK(london_day(utc("2019-08-29T22:59:59.999999")) == Identifier("2019-08-29"));
  CHECK(london_day(utc("2019-08-29T23:00:00.000000")) == Identifier("2019-08-30"));
  CHECK(london_day(utc("2019-11-15T23:59:59.999999")) == Identifier("2019-11-15"));
}

TEST_CASE("days are 24 hours long, but for the two on which the clocks change") {
  const auto hours = [](const char* day) {
    return (london_day_ends(day).us - london_day_begins(day).us) / 3'600'000'000;
  };
  CHECK(hours("2019-08-29") == 24);
  CHECK(hours("2019-03-31") == 23);
  CHECK(hours("2019-10-27") == 25);
  CHECK(london_day_begins("2019-08-29") == utc("2019-08-28T23:00:00.000000"));
  CHECK(london_day_begins("2019-03-31") == utc("2019-03-31T00:00:00.000000"));
  CHECK(london_day_begins("2019-10-27") == utc("2019-10-26T23:00:00.000000"));
}

TEST_CASE("every day of ten years begins where the one before ends, and holds both its ends") {
  const std::int64_t first = *day_number("2015-01-01");
  for (std::int64_t number = first; number < first + 3653; ++number) {
    const Identifier day = day_of_number(number);
    CAPTURE(day.text);
    REQUIRE(day_number(day) == number);
    REQUIRE(london_day_begins(day_of_number(number + 1)) == london_day_ends(day));
    REQUIRE(london_day(london_day_begins(day)) == day);
    REQUIRE(london_day({london_day_ends(day).us - 1}) == day);
  }
}

TEST_CASE("what is no date has no number") {
  CHECK_FALSE(day_number("2019-02-29"));
  CHECK_FALSE(day_number("soon"));
  CHECK(day_number("1970-01-01") == 0);
  CHECK(day_number("1969-12-31") == -1);
}
