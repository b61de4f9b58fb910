// The lives of planned entries, releases and groups.

#include <catch2/catch.hpp>

#include "projections/selection/release_life.hpp"
#include "tests/unit/projections/selection/selection_world.hpp"

namespace entry_life_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Category;
using events::TestKind;

namespace {

constexpr const char* kE = "PEE-001";
constexpr const char* kDmc = "DMC-MDS-001";

World planned() {
  World world;
  world.declare_samples();
  world.activate("DMC-SEL", body_of(sample_selection_policy()));
  world.add(group_declared("ZA", "MDS", {"MOC"}));
  world.add(moc_entry(kE, kDmc, Category::dormant));
  return world;
}

EntryState state_of(World& world, const char* id = kE) {
  const auto life = planned_entry_life(world.facts(), id);
  REQUIRE(life.has_value());
  return life->state;
}

ReleaseLife moc(World& world) {
  for (const ReleaseLife& release : release_lives(world.facts())) {
    if (release.release == Identifier("MOC")) return release;
  }
  FAIL("no release MOC");
  return {};
}

void test_both_kinds(World& world, const char* id) {
  const std::string mt = std::string("MT-") + id;
  const std::string sit = std::string("SIT-") + id;
  world.add(phase(mt.c_str(), {id}, TestKind::mt));
  world.add(phase(sit.c_str(), {id}));
  world.add(phase_started(mt.c_str(), {id}));
  world.add(phase_started(sit.c_str(), {id}));
  world.add(exit_decided(mt.c_str(), {id}));
  world.add(exit_decided(sit.c_str(), {id}));
}

}  // namespace

TEST_CASE("a planned entry is selected, tested in either order, listed and removed") {
  World world = planned();
  CHECK(state_of(world) == EntryState::planned);
  consult(world, "CON");
  world.add(dmc_selected(kDmc, {TestKind::sit}, "CON"));
  CHECK(state_of(world) == EntryState::selected);
  world.add(phase("MT-1", {kE}, TestKind::mt));
  world.add(phase("SIT-1", {kE}));
  world.add(phase_started("SIT-1", {kE}));
  CHECK(state_of(world) == EntryState::in_test);
  world.add(exit_decided("SIT-1", {kE}));
  CHECK(state_of(world) == EntryState::sit_done);
  world.add(phase_started("MT-1", {kE}));
  world.add(exit_decided("MT-1", {kE}));
  CHECK(state_of(world) == EntryState::tested);
  const EventId listing = world.feed.add(epcl_entry_made(kE, kFeedDay), Stage::awaiting_voices);
  CHECK(state_of(world) == EntryState::tested);
  world.feed.endorse(listing);
  CHECK(state_of(world) == EntryState::eligible);
  CHECK(planned_entry_life(world.facts(), kE)->events == std::vector{listing});
  world.add(dmc_deselected(kDmc, false));
  CHECK(state_of(world) == EntryState::eligible);
  world.add(epcl_entry_removed(kE));
  CHECK(state_of(world) == EntryState::removed);
}

TEST_CASE("a planned entry may be equivalent, de-selected or withdrawn instead") {
  World world = planned();
  world.add(equivalence_claimed(kE, "DMC-MDS-003", {"ESME.firmware_ver"}));
  CHECK(state_of(world) == EntryState::equivalent);
  world.add(dmc_deselected(kDmc, false));
  CHECK(state_of(world) == EntryState::deselected);
  world.add(withdrawn(kE));
  CHECK(state_of(world) == EntryState::withdrawn);
}

TEST_CASE("selection for a kind that is not shared does not select an entry that needs both") {
  World world = planned();
  auto srvt = moc_entry("PEE-002", kDmc, Category::active);
  srvt.required_kinds = {TestKind::mt, TestKind::srvt};
  world.add(srvt);
  world.add(dmc_selected(kDmc, {TestKind::sit}));
  CHECK(state_of(world) == EntryState::selected);
  CHECK(state_of(world, "PEE-002") == EntryState::planned);
}

TEST_CASE("a release is eligible in parts long before it is complete") {
  World world;
  world.declare_samples();
  CHECK(moc(world).state == ReleaseState::declared);
  world.add(moc_entry(kE, kDmc, Category::dormant));
  world.add(moc_entry("PEE-004", "DMC-MDS-002", Category::dormant));
  CHECK(moc(world).state == ReleaseState::planning);
  test_both_kinds(world, kE);
  CHECK(moc(world).state == ReleaseState::testing);
  world.add(epcl_entry_made(kE, kFeedDay));
  CHECK(moc(world).state == ReleaseState::partially_eligible);
  CHECK(moc(world).pending == std::vector<Identifier>{"PEE-004"});
  const EventId early = world.add(events::ReleaseCompleted{"MOC"});
  CHECK(moc(world).state == ReleaseState::closed);
  REQUIRE(world.findings("V-PEND").size() == 1);
  CHECK(world.findings("V-PEND")[0].events == std::vector{early});
  // What comes later does not make it right; a later completion does.
  world.add(withdrawn("PEE-004"));
  CHECK(moc(world).pending.empty());
  CHECK(world.findings("V-PEND").size() == 1);
  world.add(events::ReleaseCompleted{"MOC"});
  CHECK(world.findings("V-PEND").empty());
}

TEST_CASE("a de-selected entry is settled once the entry that took its place is") {
  World world;
  world.declare_samples();
  world.add(moc_entry("PEE-004", "DMC-MDS-002", Category::dormant));
  world.add(moc_entry("PEE-006", "DMC-MDS-004", Category::dormant));
  world.add(dmc_deselected("DMC-MDS-002", false));
  world.take_effect(dmc_substituted("DMC-MDS-002", "DMC-MDS-004", "default", {}));
  CHECK(moc(world).pending == std::vector<Identifier>{"PEE-004", "PEE-006"});
  CHECK(planned_entry_life(world.facts(), "PEE-004")->replaced_by == Identifier("PEE-006"));
  const EventId early = world.add(events::ReleaseCompleted{"MOC"});
  CHECK(world.findings("V-PEND").size() == 1);
  world.take_effect(epcl_entry_made("PEE-006", kFeedDay));
  CHECK(moc(world).pending.empty());
  CHECK(world.findings("V-PEND")[0].events == std::vector{early});
  world.add(events::ReleaseCompleted{"MOC"});
  CHECK(world.findings("V-PEND").empty());
  world.add(epcl_entry_removed("PEE-006"));
  CHECK(moc(world).pending.size() == 2);
  CHECK(world.findings("V-PEND").empty());
}

TEST_CASE("two entries that take each other's place settle nothing") {
  World world;
  world.declare_samples();
  world.add(moc_entry("PEE-004", "DMC-MDS-002", Category::dormant));
  world.add(moc_entry("PEE-006", "DMC-MDS-004", Category::dormant));
  world.take_effect(dmc_substituted("DMC-MDS-002", "DMC-MDS-004", "default", {}));
  world.take_effect(dmc_substituted("DMC-MDS-004", "DMC-MDS-002", "default", {}));
  world.add(dmc_deselected("DMC-MDS-002", false));
  world.add(dmc_deselected("DMC-MDS-004", false));
  CHECK(moc(world).pending.size() == 2);
}

TEST_CASE("the state of a group rests on its phases, its entries and the matrix") {
  World world = planned();
  world.add(group_declared("ZQ", "MDS", {}));
  const auto za = [&] { return group_lives(world.facts(), Identifier("MIG_ST")).at(0); };
  CHECK(za().state(false) == GroupState::declared);
  auto migration = phase("MT-1", {kE}, TestKind::mt);
  migration.groups = IdentifierSet::of({"ZA"});
  migration.stage = "MIG_ST";
  world.add(migration);
  CHECK(za().state(false) == GroupState::declared);
  world.add(phase_started("MT-1", {kE}));
  CHECK(za().state(false) == GroupState::under_test);
  CHECK(za().state(true) == GroupState::st_covered);
  CHECK(group_lives(world.facts(), Identifier("MIG_SIT")).at(0).state(false) ==
        GroupState::declared);
  world.add(exit_decided("MT-1", {kE}));
  CHECK(za().state(true) == GroupState::st_covered);
  test_both_kinds(world, kE);
  CHECK(za().state(true) == GroupState::complete);
  CHECK(za().state(false) == GroupState::under_test);
  const auto found = world.findings("G-NOREL");
  REQUIRE(found.size() == 1);
  CHECK(found[0].subject == "group/ZQ");
}

TEST_CASE("a group of an SMSO that its release does not cover applies to none") {
  World world = planned();
  world.add(group_declared("ZX", "MDS", {"FOC"}));
  REQUIRE(world.findings("G-NOREL").size() == 1);
  CHECK(world.findings("G-NOREL")[0].subject == "group/ZX");
}

}  // namespace entry_life_test
