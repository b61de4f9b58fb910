#include "cli/import/seconds.hpp"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace seconds_test {

using namespace assay;
using namespace assay::import;

TEST_CASE("a time that can be read in one way is read exactly", "[seconds]") {
  const std::vector<std::pair<const char*, std::int64_t>> kCases = {
      {"0", 0},
      {"0.0", 0},
      {"-0.000", 0},
      {"1", 1'000'000'000},
      {"0.003", 3'000'000},
      {" 5 ", 5'000'000'000},
      {"+2.5", 2'500'000'000},
      {".5", 500'000'000},
      {"7.", 7'000'000'000},
      {"4.3e-05", 43'000},
      {"1e3", 1'000'000'000'000},
      {"1E+2", 100'000'000'000},
      {"11.014123999999999", 11'014'123'999},
      {"0.0000000019", 1},
      {"1e-400", 0},
      {"1,204.318", 1'204'318'000'000},
      {"1,234,567", 1'234'567'000'000'000},
      {"9007199.254740991", 9'007'199'254'740'991},
  };
  for (const auto& [text, nanoseconds] : kCases) {
    CAPTURE(text);
    CHECK(parse_seconds(text).value() == nanoseconds);
  }
}

TEST_CASE("a time that is missing, impossible or ambiguous stays unknown", "[seconds]") {
  const std::vector<std::pair<const char*, const char*>> kCases = {
      {"", "empty"},
      {" \n", "empty"},
      {"-0.25", "negative"},
      {"NaN", "not finite"},
      {"-INF", "not finite"},
      {"Infinity", "not finite"},
      {"1e400", "longer than 104 days"},
      {"1e99999999999999999999", "longer than 104 days"},
      {"9007199.254740992", "longer than 104 days"},
      {"0,5", "a comma that can be read in two ways"},
      {"1,234", "a comma that can be read in two ways"},
      {"1.234,567", "a comma that can be read in two ways"},
      {"12,34.5", "a comma that can be read in two ways"},
      {"1234,567.8", "a comma that can be read in two ways"},
      {"12s", "not a number of seconds"},
      {"PT1M3S", "not a number of seconds"},
      {"0x10", "not a number of seconds"},
      {"\xD9\xA3", "not a number of seconds"},
      {"00:01:02", "not a number of seconds"},
      {"1e", "not a number of seconds"},
      {".", "not a number of seconds"},
      {"--1", "not a number of seconds"},
      {"1 2", "not a number of seconds"},
  };
  for (const auto& [text, why] : kCases) {
    CAPTURE(text);
    const Result<std::int64_t> parsed = parse_seconds(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().message == why);
  }
}

TEST_CASE("a very long run of digits costs no more than its length", "[seconds]") {
  CHECK_FALSE(parse_seconds(std::string(100'000, '9')));
  CHECK(parse_seconds("0." + std::string(100'000, '3')).value() == 333'333'333);
  CHECK(parse_seconds(std::string(100'000, '0') + "1").value() == 1'000'000'000);
}

}  // namespace seconds_test
