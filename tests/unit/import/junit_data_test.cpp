// The reports of real tools that are kept with the project (tests/data/junit/README.md).

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "tests/unit/import/reading.hpp"

namespace junit_data_test {

using namespace assay;
using namespace assay::import;

namespace {

std::string data(const std::string& name) {
  std::ifstream stream(ASSAY_SOURCE_DIR "/tests/data/junit/" + name, std::ios::binary);
  REQUIRE(stream);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

}  // namespace

TEST_CASE("the project's own reports hold what their README says", "[data]") {
  CHECK(read(data("pytest-7.2.1-xunit2.xml")).summary.results == JunitResults{19, 7, 6, 2, 4});
  CHECK(read(data("googletest-1.12.1.xml")).summary.results == JunitResults{13, 6, 5, 0, 2});
  CHECK(read(data("playwright-1.65.1.xml")).summary.results == JunitResults{16, 6, 2, 4, 4});
  CHECK(read(data("jest-junit-17.0.0.xml")).summary.results == JunitResults{14, 5, 6, 1, 2});
  const std::string node = data("node-test-20.20.2.xml");
  CHECK(read(node).error);
  const Reading mended = read_repaired(node);
  CHECK(mended.summary.results == JunitResults{14, 4, 5, 0, 5});
  CHECK(mended.summary.mends.size() == 10);
}

TEST_CASE("equal names of two projects are two identities", "[data]") {
  const Reading r = read(data("playwright-1.65.1.xml"));
  REQUIRE(r.cases.size() == 16);
  CHECK(r.cases[0].name == r.cases[8].name);
  CHECK(r.cases[0].variant == "bench-A");
  CHECK(r.cases[8].variant == "bench-B & C");
  for (const JunitCase& c : r.cases) CHECK(c.occurrences == 1);
}

}  // namespace junit_data_test
