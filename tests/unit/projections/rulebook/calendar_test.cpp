// Working days by a calendar policy.

#include "projections/rulebook/calendar.hpp"

#include <catch2/catch.hpp>

#include "tests/support/event_feed.hpp"
#include "tests/support/make_policies.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

/// The end of 2019 in England and Wales.
events::CalendarPolicy winter() {
  return {
      "2019-12-01", {{"2019-12-25", "Christmas Day"}, {"2019-12-26", "Boxing Day"}}, "2019-12-31"};
}

}  // namespace

TEST_CASE("weekends and holidays are no working days, and of other days nothing is known") {
  CHECK(is_working_day(winter(), "2019-12-24") == true);
  CHECK(is_working_day(winter(), "2019-12-25") == false);
  CHECK(is_working_day(winter(), "2019-12-28") == false);  // a Saturday
  CHECK(is_working_day(winter(), "2019-12-29") == false);
  CHECK(is_working_day(winter(), "2019-12-01") == false);  // a Sunday, and the first day
  CHECK(is_working_day(winter(), "2019-12-31") == true);   // the last day
  CHECK_FALSE(is_working_day(winter(), "2020-01-01"));
  CHECK_FALSE(is_working_day(winter(), "2019-11-29"));
  CHECK_FALSE(is_working_day(winter(), "2019-12-32"));
}

TEST_CASE("working days are counted after the first day, up to and including the last") {
  CHECK(working_days_between(winter(), "2019-12-06", "2019-12-09") == 1);  // Friday to Monday
  CHECK(working_days_between(winter(), "2019-12-09", "2019-12-13") == 4);
  CHECK(working_days_between(winter(), "2019-12-24", "2019-12-27") == 1);
  CHECK(working_days_between(winter(), "2019-12-24", "2019-12-26") == 0);
  CHECK(working_days_between(winter(), "2019-12-09", "2019-12-09") == 0);
  CHECK(working_days_between(winter(), "2019-12-27", "2019-12-24") == -1);
  CHECK_FALSE(working_days_between(winter(), "2019-12-27", "2020-01-02"));
  CHECK_FALSE(working_days_between(winter(), "2019-11-29", "2019-12-02"));
}

TEST_CASE("adding working days agrees with counting them, on every day of the calendar") {
  for (std::int64_t number = *day_number("2019-12-01"); number <= *day_number("2019-12-31");
       ++number) {
    const Identifier from = day_of_number(number);
    CHECK(add_working_days(winter(), from, 0) == from);
    for (std::uint64_t count = 1; count < 25; ++count) {
      CAPTURE(from.text, count);
      const auto day = add_working_days(winter(), from, count);
      if (!day) continue;
      CHECK(working_days_between(winter(), from, *day) == static_cast<std::int64_t>(count));
      CHECK(is_working_day(winter(), *day) == true);
    }
  }
  CHECK(add_working_days(winter(), "2019-12-20", 3) == Identifier("2019-12-27"));
}

TEST_CASE("a holiday on a weekend takes no working day away") {
  events::CalendarPolicy calendar = winter();
  calendar.holidays.push_back({"2019-12-28", "a Saturday (invented)"});
  CHECK(working_days_between(calendar, "2019-12-24", "2019-12-31") == 3);
  CHECK(working_days_between(winter(), "2019-12-24", "2019-12-31") == 3);
}

TEST_CASE("the calendar is the one that is in force, and there may be none") {
  EventFeed feed;
  events::PolicyBody body;
  body.calendar = winter();
  feed.add(policy("CALENDAR", body));
  feed.add(activation("CALENDAR", "2019-11-01T00:00"));
  const auto rulebook = feed.folded<Rulebook>();
  CHECK(calendar_in_force(rulebook, {}, time_of("2019-10-31T23:59")) == nullptr);
  const auto* const calendar = calendar_in_force(rulebook, {}, time_of("2019-11-01T00:00"));
  REQUIRE(calendar != nullptr);
  CHECK(calendar->holidays.size() == 2);
}
