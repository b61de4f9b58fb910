// Is every entry of the EPCL backed by what it says, and is its date consistent?

#include <catch2/catch.hpp>

#include "projections/selection/epcl_view.hpp"
#include "tests/unit/projections/selection/selection_world.hpp"

namespace epcl_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Category;
using events::EpclBasis;
using events::TestKind;
using events::Verdict;

namespace {

constexpr const char* kE = "PEE-001";

struct Tested {
  World world;
  EventId mt;
  EventId sit;
};

Tested tested() {
  Tested made;
  made.world.declare_samples();
  made.world.add(moc_entry(kE, "DMC-MDS-001", Category::dormant));
  made.world.add(moc_entry("PEE-006", "DMC-MDS-003", Category::dormant));
  made.world.add(phase("MT-1", {kE}, TestKind::mt));
  made.world.add(phase("SIT-1", {kE}));
  made.world.add(phase_started("MT-1", {kE}));
  made.world.add(phase_started("SIT-1", {kE}));
  made.mt = made.world.add(exit_decided("MT-1", {kE}));
  made.sit = made.world.add(exit_decided("SIT-1", {kE}));
  return made;
}

ListingAnswer last_of(World& world, const char* id = kE) {
  for (const EpclLine& line : epcl_lines(world.facts())) {
    if (line.life.planned_entry != Identifier(id)) continue;
    REQUIRE_FALSE(line.listings.empty());
    return line.listings.back();
  }
  FAIL("no such line");
  return {};
}

}  // namespace

TEST_CASE("an entry that was added after both kinds were complete is met") {
  auto [world, mt, sit] = tested();
  world.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::tested, {mt, sit}));
  const ListingAnswer answer = last_of(world);
  CHECK(answer.verdict == Verdict::met);
  CHECK(answer.recorded_on == Identifier(kFeedDay));
  CHECK(answer.foreign.empty());
  CHECK(world.findings().empty());
}

TEST_CASE("an entry that was added before completion stays too early for ever") {
  World world;
  world.declare_samples();
  world.add(moc_entry(kE, "DMC-MDS-001", Category::dormant));
  world.add(phase("MT-1", {kE}, TestKind::mt));
  world.add(phase("SIT-1", {kE}));
  world.add(phase_started("MT-1", {kE}));
  world.add(phase_started("SIT-1", {kE}));
  const EventId mt = world.add(exit_decided("MT-1", {kE}));
  const EventId made = world.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::tested, {mt}));
  REQUIRE(world.findings("E-EARLY").size() == 1);
  CHECK(world.findings("E-EARLY")[0].events == std::vector{made});
  CHECK(world.findings("E-EARLY")[0].sentence.find("SIT") != std::string::npos);
  world.add(exit_decided("SIT-1", {kE}));
  CHECK(last_of(world).backed_now == Verdict::met);
  CHECK(last_of(world).backed_then == Verdict::not_met);
  CHECK(last_of(world).verdict == Verdict::not_met);
  CHECK(world.findings("E-EARLY").size() == 1);
  CHECK(world.findings("E-UNBACKED").empty());
}

TEST_CASE("an entry whose tests go on after it was listed has lost its backing") {
  auto [world, mt, sit] = tested();
  world.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::tested, {mt, sit}));
  world.add(exit_decided("SIT-1", {kE}, events::ExitOutcome::continue_testing));
  CHECK(world.findings("E-UNBACKED").size() == 1);
  CHECK(world.findings("E-EARLY").empty());
  world.add(exit_decided("SIT-1", {kE}));
  CHECK(world.findings("E-UNBACKED").empty());
  // A phase that was planned later, for regression, takes nothing away.
  world.add(phase("MT-2", {kE}, TestKind::mt));
  world.add(phase_started("MT-2", {kE}));
  CHECK(world.findings("E-UNBACKED").empty());
  world.add(exit_decided("SIT-1", {kE}, events::ExitOutcome::continue_testing));
  world.add(epcl_entry_removed(kE));
  CHECK(world.findings("E-UNBACKED").empty());
}

TEST_CASE("an entry by equivalence needs a claim to a DMC that has completed its tests") {
  auto [world, mt, sit] = tested();
  const EventId claim =
      world.add(equivalence_claimed("PEE-006", "DMC-MDS-001", {"ESME.firmware_ver"}));
  CHECK(world.findings("E-EQV").empty());
  world.take_effect(epcl_entry_made("PEE-006", kFeedDay, EpclBasis::equivalence, {claim}));
  CHECK(last_of(world, "PEE-006").verdict == Verdict::met);
  CHECK(world.findings().empty());
  const auto lines = epcl_lines(world.facts());
  REQUIRE(lines[1].claims.size() == 1);
  CHECK(lines[1].claims[0].tested_entries == std::vector<Identifier>{kE});
  CHECK(lines[1].claims[0].fields_agree);
}

TEST_CASE("a claim to a DMC that nobody tested, or with other fields than differ, is found") {
  auto [world, mt, sit] = tested();
  world.add(equivalence_claimed("PEE-006", "DMC-MDS-002", {"ESME.firmware_ver"}));
  CHECK(world.findings("E-EQV").size() == 1);
  CHECK(world.findings("E-FIELDS").size() == 1);
  world.take_effect(epcl_entry_made("PEE-006", kFeedDay, EpclBasis::equivalence));
  CHECK(world.findings("E-EARLY").size() == 1);

  Tested none = tested();
  none.world.take_effect(epcl_entry_made("PEE-006", kFeedDay, EpclBasis::equivalence, {none.mt}));
  none.world.add(equivalence_claimed("PEE-006", "DMC-MDS-001", {"ESME.firmware_ver"}));
  CHECK(none.world.findings("E-EARLY").size() == 1);
  CHECK(none.world.findings("E-REF").size() == 1);
}

TEST_CASE("an entry by direction names the decision that directs it") {
  World world;
  world.declare_samples();
  world.add(moc_entry(kE, "DMC-MDS-001", Category::dormant));
  const EventId directed = world.decide(events::SosDecisionRecorded::kType, "release/MOC");
  world.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::directed, {directed}));
  CHECK(last_of(world).verdict == Verdict::met);
  CHECK(world.findings().empty());

  World without;
  without.declare_samples();
  without.add(moc_entry(kE, "DMC-MDS-001", Category::dormant));
  const EventId other = without.tag_position("release/MOC");
  without.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::directed, {other}));
  CHECK(without.findings("E-EARLY").size() == 1);
}

TEST_CASE("the date on which an entry was first added is the London day of its addition") {
  auto [world, mt, sit] = tested();
  world.take_effect(epcl_entry_made(kE, "2019-10-22", EpclBasis::tested, {mt, sit}));
  CHECK_FALSE(last_of(world).date_agrees);
  CHECK(world.findings("E-DATE").size() == 1);

  Tested again = tested();
  again.world.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::tested, {again.mt, again.sit}));
  again.world.take_effect(
      epcl_entry_made(kE, "2019-10-20", EpclBasis::tested, {again.mt, again.sit}));
  CHECK(again.world.findings("E-DATE").size() == 1);
  again.world.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::tested, {again.mt, again.sit}));
  CHECK(again.world.findings("E-DATE").size() == 1);
}

TEST_CASE("an entry names its own completions") {
  auto [world, mt, sit] = tested();
  const EventId strange{1, 0};
  world.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::tested, {strange, mt, sit}));
  CHECK(last_of(world).foreign == std::vector{strange});
  CHECK(world.findings("E-REF").size() == 1);

  Tested none = tested();
  none.world.take_effect(epcl_entry_made(kE, kFeedDay));
  CHECK(none.world.findings("E-REF").size() == 1);
}

TEST_CASE("an entry that had been withdrawn or de-selected should not be listed") {
  auto [world, mt, sit] = tested();
  world.add(dmc_deselected("DMC-MDS-001", false));
  world.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::tested, {mt, sit}));
  CHECK(world.findings("E-LEFT").size() == 1);

  Tested gone = tested();
  gone.world.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::tested, {gone.mt, gone.sit}));
  gone.world.add(withdrawn(kE));
  CHECK(gone.world.findings("E-LEFT").empty());
  gone.world.take_effect(epcl_entry_made(kE, kFeedDay, EpclBasis::tested, {gone.mt, gone.sit}));
  CHECK(gone.world.findings("E-LEFT").size() == 1);
}

TEST_CASE("a withdrawal as uneconomic needs a consultation that had closed") {
  auto uneconomic = withdrawn(kE);
  uneconomic.reason = events::WithdrawalReason::uneconomic;
  World none;
  none.add(moc_entry(kE, "DMC-MDS-001", Category::dormant));
  none.add(uneconomic);
  CHECK(none.findings("E-UNEC").size() == 1);

  uneconomic.consultation = "CON";
  World open;
  open.add(moc_entry(kE, "DMC-MDS-001", Category::dormant));
  open.add(consultation_opened("CON", {events::Audience::public_}, "2019-09-30T08:00:00.000000Z",
                               "2019-10-11T16:00:00.000000Z"));
  open.add(uneconomic);
  open.add(consultation_closed("CON", "2019-10-11T16:00:00.000000Z"));
  CHECK(open.findings("E-UNEC").size() == 1);

  World closed;
  closed.add(moc_entry(kE, "DMC-MDS-001", Category::dormant));
  consult(closed, "CON");
  closed.add(uneconomic);
  CHECK(closed.findings("E-UNEC").empty());
  CHECK(closed.findings().empty());
}

TEST_CASE("every rule about selection has its place in the catalogue") {
  for (const char* id : {"D-SHORT", "D-NOCONS", "D-OPENRES", "D-13.11", "E-UNEC", "E-EQV",
                         "E-EARLY", "E-DATE", "G-NOREL", "V-PEND"}) {
    REQUIRE(find_rule(id) != nullptr);
    CHECK_FALSE(find_rule(id)->text.empty());
    CHECK_FALSE(find_rule(id)->clears.empty());
  }
}

}  // namespace epcl_test
