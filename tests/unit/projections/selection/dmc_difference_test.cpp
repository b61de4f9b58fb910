// In which fields two combinations differ: the programme's vector, and what it leaves open.

#include "projections/plan/dmc_difference.hpp"

#include <catch2/catch.hpp>

#include "tests/support/event_feed.hpp"
#include "tests/unit/projections/selection/sample_plan.hpp"

namespace dmc_difference_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using Fields = std::vector<std::string>;

namespace {

EventFeed sample() {
  EventFeed feed;
  for (const EventData& event : sample_models()) feed.add(event);
  for (const EventData& event : sample_dmcs()) feed.add(event);
  return feed;
}

events::DeviceModelRegistered ihd(const char* id, const char* firmware) {
  events::DeviceModelRegistered model;
  model.device_model = id;
  model.device_type = events::DeviceType::ihd;
  model.firmware_version = firmware;
  model.manufacturer = "INV-Display";
  return model;
}

}  // namespace

TEST_CASE("the differences of the sample combinations are those that the vector states") {
  const Plan plan = sample().folded<Plan>();
  CHECK(dmc_difference(plan, "DMC-MDS-001", "DMC-MDS-003") == Fields{"ESME.firmware_ver"});
  CHECK(dmc_difference(plan, "DMC-MDS-002", "DMC-MDS-004") == Fields{"ESME.firmware_ver"});
  CHECK(dmc_difference(plan, "DMC-MDS-001", "DMC-MDS-002") ==
        Fields{"CHF.firmware_ver", "CHF.hardware_ver", "CHF.manufacturer", "CHF.model",
               "ESME.firmware_ver", "ESME.hardware_ver", "ESME.manufacturer", "ESME.model",
               "GSME.firmware_ver", "GSME.hardware_ver", "GSME.manufacturer", "GSME.model"});
}

TEST_CASE("a combination does not differ from itself, and a difference has no direction") {
  const Plan plan = sample().folded<Plan>();
  for (const auto& [a, first] : plan.dmcs) {
    CHECK(dmc_difference(plan, a, a) == Fields{});
    for (const auto& [b, second] : plan.dmcs) {
      CHECK(dmc_difference(plan, a, b) == dmc_difference(plan, b, a));
    }
  }
}

TEST_CASE("a device that only one of the two has is named by its type, and so is the provider") {
  const Plan plan = sample().folded<Plan>();
  const auto fields = dmc_difference(plan, "DMC-MDS-001", "DMC-SEC-001");
  REQUIRE(fields.has_value());
  CHECK(std::count(fields->begin(), fields->end(), "GSME") == 1);
  CHECK(std::count(fields->begin(), fields->end(), "CHF") == 1);
  CHECK(fields->back() == "comms_provider");
}

TEST_CASE("of several devices of a type, those that both have are left out") {
  EventFeed feed;
  for (const char* id : {"A", "B", "C"}) feed.add(ihd(id, id));
  feed.add(dmc_defined("AB", {"A", "B"}, "P"));
  feed.add(dmc_defined("BC", {"B", "C"}, "P"));
  feed.add(dmc_defined("ABC", {"A", "B", "C"}, "P"));
  const Plan plan = feed.folded<Plan>();
  CHECK(dmc_difference(plan, "AB", "BC") == Fields{"IHD.firmware_ver"});
  CHECK(dmc_difference(plan, "AB", "ABC") == Fields{"IHD"});
}

TEST_CASE("what the plan does not know is not compared") {
  EventFeed feed = sample();
  feed.add(dmc_defined("STRANGE", {"M1", "NOWHERE"}, "INV-CSP-1"));
  const Plan plan = feed.folded<Plan>();
  CHECK_FALSE(dmc_difference(plan, "DMC-MDS-001", "STRANGE").has_value());
  CHECK_FALSE(dmc_difference(plan, "DMC-MDS-001", "DMC-MDS-009").has_value());
}

}  // namespace dmc_difference_test
