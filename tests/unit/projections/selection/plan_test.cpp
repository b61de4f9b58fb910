// The fold of what the programme consists of.

#include "projections/plan/plan.hpp"

#include <catch2/catch.hpp>

#include "tests/support/event_feed.hpp"
#include "tests/unit/projections/selection/sample_plan.hpp"

namespace plan_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

events::PromisedItem promised(const char* test_case) {
  events::PromisedItem item;
  item.dmc = "DMC-MDS-001";
  item.smso = "MDS";
  item.test_case = test_case;
  return item;
}

events::DocumentItemsListed items_listed(const char* version,
                                         std::vector<events::PromisedItem> items) {
  return {"DNB-MT", std::move(items), version};
}

}  // namespace

TEST_CASE("the plan holds what was declared, and the first declaration stands") {
  EventFeed feed;
  feed.add(release_declared("MOC", {"MDS", "Secure"}));
  feed.add(group_declared("ZA", "MDS", {"MOC"}));
  for (const EventData& event : sample_models()) feed.add(event);
  for (const EventData& event : sample_dmcs()) feed.add(event);
  feed.add(events::TestDeviceEnrolled{"70-B3-D5-1F-30-00-00-01", "M1", "rig 1"});
  const EventId again = feed.add(release_declared("MOC", {}));
  const Plan plan = feed.folded<Plan>();
  CHECK(plan.releases.at("MOC").cohorts == std::set<Identifier>{"MDS", "Secure"});
  CHECK(plan.groups.at("ZA").releases == std::set<Identifier>{"MOC"});
  CHECK(plan.device_models.size() == 11);
  CHECK(plan.device_models.at("MA").type == events::DeviceType::ppmid);
  CHECK(plan.dmcs.at("DMC-SEC-001").device_models == std::set<Identifier>{"M9", "MA"});
  CHECK(plan.devices.at("70-B3-D5-1F-30-00-00-01").device_model == Identifier("M1"));
  CHECK(plan.unplaced.at("release_declared") == Tally{1, again, again});
}

TEST_CASE("test cases of both versions of their event lie side by side") {
  EventFeed feed;
  events::TestCaseRegistered first;
  first.requirements = {"R1", "R1"};
  first.test_case = "TC-1";
  first.version = "1";
  feed.add(first);
  events::TestCaseRegisteredV2 second;
  second.sides = {events::SystemSide::smso_systems};
  second.tags = IdentifierSet::of({"security"});
  second.test_case = "TC-1";
  second.tmad_step = "Installing a SMETS1 GSME";
  second.version = "2";
  feed.add(second);
  const Plan plan = feed.folded<Plan>();
  const auto& versions = plan.test_cases.at("TC-1");
  REQUIRE(versions.size() == 2);
  CHECK(versions.at("1").sides.empty());
  CHECK(versions.at("1").requirements == std::set<std::string>{"R1"});
  CHECK(versions.at("2").sides == second.sides);
  CHECK(versions.at("2").tags == std::set<Identifier>{"security"});
  CHECK(versions.at("2").tmad_step == second.tmad_step);
}

TEST_CASE("what a document promises may come in several events, and belongs to its version") {
  EventFeed feed;
  const EventId first = feed.add(items_listed("1", {promised("TC-1"), promised("TC-2")}));
  const EventId second = feed.add(items_listed("1", {promised("TC-3")}));
  feed.add(items_listed("2", {promised("TC-4")}));
  const Plan plan = feed.folded<Plan>();
  const auto& versions = plan.promises.at("DNB-MT");
  CHECK(versions.at("1").events == std::vector{first, second});
  REQUIRE(versions.at("1").items.size() == 3);
  CHECK(versions.at("1").items[2].test_case == Identifier("TC-3"));
  CHECK(versions.at("2").items.size() == 1);
}

TEST_CASE("the plan comes back from both archives as it was, and folds in pieces") {
  EventFeed feed;
  feed.add(release_declared("MOC", {"MDS"}));
  feed.add(group_declared("ZA", "MDS", {}));
  for (const EventData& event : sample_models()) feed.add(event);
  for (const EventData& event : sample_dmcs()) feed.add(event);
  feed.add(items_listed("1", {promised("TC-1")}));
  const Plan whole = feed.folded<Plan>();
  CHECK(to_canonical(from_canonical<Plan>(to_canonical(whole)).value()) == to_canonical(whole));
  for (std::size_t cut = 0; cut <= feed.size(); ++cut) {
    Plan first;
    feed.fold(first, 0, cut);
    Plan rest = from_binary<Plan>(to_binary(first)).value();
    feed.fold(rest, cut, feed.size());
    CHECK(state_digest(rest) == state_digest(whole));
  }
}

}  // namespace plan_test
