#include "cli/import/stamp.hpp"

#include <catch2/catch.hpp>

namespace stamp_test {

using namespace assay;
using namespace assay::import;

namespace {

std::string utc(std::string_view raw, const ZoneResolver& zone = {}) {
  const Stamp stamp = read_stamp(raw, zone);
  CHECK(stamp.raw == raw);
  return stamp.at ? stamp.at->text() : std::string();
}

/// One hour east, always.
Result<std::int64_t> one_hour_east(const CivilTime& civil) {
  return utc_micros(civil) - std::int64_t{3'600'000'000};
}

}  // namespace

TEST_CASE("every form of time that states its zone is read", "[stamp]") {
  CHECK(utc("2026-11-23T19:37:22Z") == "2026-11-23T19:37:22.000000Z");
  CHECK(utc("2026-11-23t19:37:22.058z") == "2026-11-23T19:37:22.058000Z");
  CHECK(utc("2026-11-23T19:37:22.058250+05:30") == "2026-11-23T14:07:22.058250Z");
  CHECK(utc("2026-11-23 19:37:22,5 -0100") == "2026-11-23T20:37:22.500000Z");
  CHECK(utc("2026-11-23T19:37:22+02") == "2026-11-23T17:37:22.000000Z");
  CHECK(utc("2026-11-23T19:37:22.1234567899Z") == "2026-11-23T19:37:22.123456Z");
  CHECK(utc("23 Nov 2026 19:39:22 GMT") == "2026-11-23T19:39:22.000000Z");
  CHECK(utc("Mon, 23 Nov 2026 19:55:17 GMT") == "2026-11-23T19:55:17.000000Z");
  CHECK(utc("Mon, 3 Nov 2026 19:55:17 +0100") == "2026-11-03T18:55:17.000000Z");
  CHECK(utc("1795462642") == "2026-11-23T19:37:22.000000Z");
  CHECK(utc("1795462642058") == "2026-11-23T19:37:22.058000Z");
  CHECK(utc(" 1795462642 ") == "2026-11-23T19:37:22.000000Z");
  CHECK(read_stamp("2026-11-23T19:37:22Z", one_hour_east).kind == StampKind::zoned);
}

TEST_CASE("a time without a zone is read in the zone given, and in no other", "[stamp]") {
  const Stamp unknown = read_stamp("2026-11-23T19:37:22", {});
  CHECK(unknown.kind == StampKind::zone_unstated);
  CHECK_FALSE(unknown.at);
  CHECK(utc("2026-11-23T19:37:22", one_hour_east) == "2026-11-23T18:37:22.000000Z");
  CHECK(read_stamp("2026-11-23T19:37:22", one_hour_east).kind == StampKind::zone_given);
  CHECK(utc("Mon, 23 Nov 2026 19:55:17", one_hour_east) == "2026-11-23T18:55:17.000000Z");
  const Stamp twice = read_stamp("2026-10-25T01:30:00", [](const CivilTime& civil) {
    CHECK(civil.hour == 1);
    return Result<std::int64_t>(fail(Errc::malformed, "this hour was there twice"));
  });
  CHECK(twice.kind == StampKind::zone_unstated);
  CHECK(twice.why == "this hour was there twice");
  CHECK_FALSE(twice.at);
}

TEST_CASE("what tools write for never is no time", "[stamp]") {
  for (const char* text : {"1970-01-01T00:00:00", "1970-01-01T00:00:00.000", "0001-01-01T00:00:00",
                           "1970-01-01T00:00:00Z"}) {
    CAPTURE(text);
    const Stamp stamp = read_stamp(text, one_hour_east);
    CHECK(stamp.kind == StampKind::placeholder);
    CHECK_FALSE(stamp.at);
  }
  CHECK(read_stamp("1970-01-01T00:00:01Z", {}).kind == StampKind::zoned);
}

TEST_CASE("anything else stays unknown", "[stamp]") {
  for (const char* text : {"",
                           " ",
                           "yesterday",
                           "2026-02-30T10:00:00",
                           "2026-13-01T10:00:00",
                           "2026-11-23T24:00:00",
                           "2026-11-23T19:60:00",
                           "2026-11-23T19:37:60",
                           "2026-11-23",
                           "2026-11-23T19:37",
                           "2026-11-23T19:37:22 BST",
                           "2026-11-23T19:37:22+5",
                           "2026-11-23T19:37:22+15:00",
                           "2026-11-23T19:37:22.",
                           "23/11/2026 19:37:22",
                           "23 Nov 26 19:39:22 GMT",
                           "Mon, 23 Foo 2026 19:55:17 GMT",
                           "12345",
                           "17954626420",
                           "0001-01-01T00:30:00+01:00",
                           "9999-12-31T23:59:59-01:00",
                           "2026-11-23T19:37:22Zjunk"}) {
    CAPTURE(text);
    const Stamp stamp = read_stamp(text, one_hour_east);
    CHECK(stamp.kind == StampKind::unreadable);
    CHECK_FALSE(stamp.at);
    CHECK_FALSE(stamp.why.empty());
  }
}

}  // namespace stamp_test
