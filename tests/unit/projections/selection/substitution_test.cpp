// De-selection and substitution: what is computed of them, and which routes were open.

#include <catch2/catch.hpp>

#include "projections/selection/dmc_history.hpp"
#include "projections/selection/selection_answer.hpp"
#include "tests/unit/projections/selection/selection_world.hpp"

namespace substitution_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Category;
using events::TestKind;
using events::Verdict;
using Obstacles = std::vector<RouteObstacle>;

namespace {

constexpr const char* kOld = "DMC-MDS-002";
constexpr const char* kNew = "DMC-MDS-004";

/// PEE-004 on the old DMC is in SIT, in release MOC.
World in_test(const events::SelectionPolicy& policy = sample_selection_policy()) {
  World world;
  world.declare_samples();
  world.activate("DMC-SEL", body_of(policy));
  consult(world, "CON");
  world.add(dmc_selected(kOld, {TestKind::sit}, "CON"));
  world.add(moc_entry("PEE-004", kOld, Category::dormant, "MDS", "ZB"));
  world.add(phase("SIT-1", {"PEE-004"}));
  world.add(phase_started("SIT-1", {"PEE-004"}));
  return world;
}

SubstitutionView only(World& world) {
  const auto history = dmc_history(world.facts(), kOld);
  REQUIRE(history.has_value());
  REQUIRE(history->replaced_by.size() == 1);
  return history->replaced_by[0];
}

/// The route of clause 13.11, as a later policy might open it.
events::SelectionPolicy opened() {
  events::SelectionPolicy policy = sample_selection_policy();
  policy.substitution_routes[0].enabled = true;
  policy.substitution_routes[0].releases = IdentifierSet::of({"FOC", "MOC"});
  return policy;
}

}  // namespace

TEST_CASE("the disabled rule of clause 13.11 names every reason for which it was not open") {
  World world = in_test();
  world.add(dmc_deselected(kOld, true));
  const EventId id =
      world.take_effect(dmc_substituted(kOld, kNew, "tag_only", {"ESME.firmware_ver"}));
  const SubstitutionView view = only(world);
  CHECK(view.differing_fields == std::vector<std::string>{"ESME.firmware_ver"});
  CHECK(view.fields_agree);
  CHECK(view.during_phase == true);
  REQUIRE(view.route.has_value());
  CHECK(view.route->obstacles ==
        Obstacles{RouteObstacle::disabled, RouteObstacle::release_outside});
  CHECK(view.route->legal_basis == "SMETS1 SVTAD 13.11, withdrawn_before_effect");
  CHECK(view.verdict == Verdict::not_met);
  const auto found = world.findings("D-13.11");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == FindingSeverity::blocking);
  CHECK(std::ranges::count(found[0].events, id) == 1);
  CHECK(found[0].sentence.find("disabled") != std::string::npos);
  CHECK(found[0].sentence.find("FOC only, not to MOC") != std::string::npos);
}

TEST_CASE("a route outside all its conditions names them all") {
  World world = in_test();
  world.add(exit_decided("SIT-1", {"PEE-004"}));
  world.add(dmc_deselected(kOld, false));
  world.take_effect(dmc_substituted(kOld, "DMC-MDS-001", "tag_only", {}));
  const SubstitutionView view = only(world);
  CHECK(view.route->obstacles == Obstacles{RouteObstacle::disabled, RouteObstacle::release_outside,
                                           RouteObstacle::difference_outside,
                                           RouteObstacle::not_during_test_phase});
  CHECK(view.route->reasons.size() == 4);
  CHECK_FALSE(view.fields_agree);
  CHECK(world.findings("D-FIELDS").size() == 1);
}

TEST_CASE("an open route is met by its own steps, and not by those of the default route") {
  World world = in_test(opened());
  world.add(dmc_deselected(kOld, true));
  const EventId position = world.tag_position("dmc/DMC-MDS-004");
  auto by_tag = dmc_substituted(kOld, kNew, "tag_only", {"ESME.firmware_ver"});
  by_tag.position = position;
  world.take_effect(by_tag);
  CHECK(only(world).verdict == Verdict::met);
  CHECK(only(world).steps.size() == 1);
  CHECK(world.findings("D-13.11").empty());
  CHECK(world.findings("D-NOCONS").empty());

  World without = in_test(opened());
  without.add(dmc_deselected(kOld, true));
  without.take_effect(dmc_substituted(kOld, kNew, "tag_only", {"ESME.firmware_ver"}));
  CHECK(without.findings("D-13.11").empty());
  CHECK(without.findings("D-NOCONS").size() == 1);
}

TEST_CASE("the default route asks for its consultations, whatever other routes there are") {
  World world = in_test();
  world.add(dmc_deselected(kOld, true));
  auto by_all = dmc_substituted(kOld, kNew, "default", {"ESME.firmware_ver"});
  by_all.consultation = "CON";
  world.take_effect(by_all);
  const SubstitutionView view = only(world);
  CHECK(view.verdict == Verdict::met);
  CHECK_FALSE(view.route.has_value());
  // Would the rule of 13.11 have allowed it?
  REQUIRE(view.routes.size() == 1);
  CHECK(view.routes[0].obstacles ==
        Obstacles{RouteObstacle::disabled, RouteObstacle::release_outside});
  CHECK(world.findings("D-13.11").empty());
}

TEST_CASE("a route that the policy does not have is not open") {
  World world = in_test();
  world.add(dmc_deselected(kOld, true));
  world.take_effect(dmc_substituted(kOld, kNew, "by_telephone", {"ESME.firmware_ver"}));
  CHECK(only(world).route->obstacles == Obstacles{RouteObstacle::no_such_route});
  CHECK(only(world).verdict == Verdict::not_met);
  CHECK(only(world).steps.empty());
  CHECK(world.findings("D-13.11").size() == 1);
}

TEST_CASE("a substitution without a policy is undetermined") {
  World world;
  world.declare_samples();
  world.add(dmc_deselected(kOld, false));
  world.take_effect(dmc_substituted(kOld, kNew, "tag_only", {"ESME.firmware_ver"}));
  CHECK(only(world).verdict == Verdict::undetermined);
  CHECK(world.findings("D-13.11").empty());
}

TEST_CASE("a DMC that was not de-selected, or selected again since, should not be replaced") {
  World world = in_test(opened());
  world.take_effect(dmc_substituted(kOld, kNew, "tag_only", {"ESME.firmware_ver"}));
  CHECK_FALSE(only(world).during_phase.has_value());
  CHECK(only(world).route->obstacles == Obstacles{RouteObstacle::not_deselected});
  CHECK(world.findings("D-NODESEL").size() == 1);

  World again = in_test(opened());
  again.add(dmc_deselected(kOld, true));
  again.add(dmc_selected(kOld, {TestKind::sit}, "CON"));
  again.take_effect(dmc_substituted(kOld, kNew, "tag_only", {"ESME.firmware_ver"}));
  CHECK(again.findings("D-NODESEL").size() == 1);
}

TEST_CASE("whether it was during a Test Phase is computed, and held against what was said") {
  World during = in_test();
  during.add(dmc_deselected(kOld, false));
  REQUIRE(during.findings("D-DURING").size() == 1);
  CHECK(during.findings("D-DURING")[0].sentence.find("SIT-1") != std::string::npos);
  during.add(phase_aborted("SIT-1"));
  CHECK(during.findings("D-DURING").size() == 1);

  World outside = in_test();
  outside.add(phase_aborted("SIT-1"));
  outside.add(dmc_deselected(kOld, true));
  CHECK(outside.findings("D-DURING").size() == 1);

  World other_release = in_test();
  other_release.add(dmc_deselected(kOld, false, "FOC"));
  CHECK(other_release.findings("D-DURING").empty());
}

TEST_CASE("results that were there at the de-selection stay, and are shown") {
  World world = in_test();
  world.add(listed("S", "SIT-1", {item("I", "PEE-004"), item("J", "PEE-004")}));
  world.add(run_started("R1", "SIT-1", "PEE-004", "I"));
  world.add(run_finished("R1", events::Outcome::failed));
  world.add(run_started("R2", "SIT-1", "PEE-004", "J"));
  world.add(issue_raised("TI-0008", "SIT-1", {"PEE-004"}));
  world.add(dmc_deselected(kOld, true));
  const auto history = dmc_history(world.facts(), kOld);
  REQUIRE(history->deselections.size() == 1);
  REQUIRE(history->deselections[0].results.size() == 1);
  const ResultsLeft& left = history->deselections[0].results[0];
  CHECK(left.items.at(ItemOutcome::failed) == 1);
  CHECK(left.items.at(ItemOutcome::running) == 1);
  CHECK(left.open_runs == std::vector<Identifier>{"R2"});
  CHECK(left.open_issues == std::vector<Identifier>{"TI-0008"});
  const auto found = world.findings("D-OPENRES");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == FindingSeverity::minor);

  World none = in_test();
  none.add(run_started("R1", "SIT-1", "PEE-004", "I"));
  none.add(dmc_deselected(kOld, true));
  none.add(run_finished("R1", events::Outcome::failed));
  CHECK(none.findings("D-OPENRES").empty());

  World unlisted = in_test();
  unlisted.add(import_started("IMP", "SIT-1", "PEE-004", "B1", 1));
  unlisted.add(result("IMP", 0, "", events::Outcome::passed));
  unlisted.add(dmc_deselected(kOld, true));
  CHECK(unlisted.findings("D-OPENRES").size() == 1);
}

TEST_CASE("a DMC that takes another's place is selected for what the other was selected for") {
  World world = in_test(opened());
  CHECK(releases_of(world.facts(), kNew).empty());
  world.add(dmc_deselected(kOld, true));
  const EventId position = world.tag_position("dmc/DMC-MDS-004");
  auto by_tag = dmc_substituted(kOld, kNew, "tag_only", {"ESME.firmware_ver"});
  by_tag.position = position;
  const EventId id = world.feed.add(by_tag, Stage::awaiting_voices);
  CHECK(selected_kinds(world.facts(), kNew, "MOC").empty());
  CHECK(releases_of(world.facts(), kNew) == std::set<Identifier>{"MOC"});
  CHECK(dmc_state(world.facts(), kOld, "MOC") == DmcState::deselected);
  world.feed.endorse(id);
  CHECK(selected_kinds(world.facts(), kNew, "MOC") == std::set{TestKind::mt, TestKind::sit});
  CHECK(dmc_state(world.facts(), kOld, "MOC") == DmcState::substituted);
  CHECK(dmc_state(world.facts(), kNew, "MOC") == DmcState::selected);
  world.add(moc_entry("PEE-006", kNew, Category::dormant, "MDS", "ZB"));
  CHECK(selection_answer(world.facts(), "PEE-006", TestKind::mt).verdict == Verdict::met);
  CHECK(selection_answer(world.facts(), "PEE-004", TestKind::mt).verdict == Verdict::not_met);
  CHECK(replacement_of(world.facts(), "PEE-004") == Identifier("PEE-006"));
  // And back again: a circle of substitutions is followed to its end.
  world.add(dmc_deselected(kNew, false));
  auto back = dmc_substituted(kNew, kOld, "default", {"ESME.firmware_ver"});
  world.take_effect(back);
  CHECK(selected_kinds(world.facts(), kOld, "MOC") == std::set{TestKind::mt, TestKind::sit});
  CHECK(selected_kinds(world.facts(), kNew, "MOC").empty());
}

TEST_CASE("an entry is not selected for a kind by taking the place of a DMC of another kind") {
  events::SelectionPolicy policy = opened();
  policy.shared_by_kinds = {};
  World world = in_test(policy);
  world.add(dmc_deselected(kOld, true));
  auto by_tag = dmc_substituted(kOld, kNew, "tag_only", {"ESME.firmware_ver"});
  by_tag.position = world.tag_position("dmc/DMC-MDS-004");
  world.take_effect(by_tag);
  world.add(dmc_selected(kNew, {TestKind::mt}));  // without what the default route asks for
  world.add(moc_entry("PEE-006", kNew, Category::dormant, "MDS", "ZB"));
  CHECK(selection_answer(world.facts(), "PEE-006", TestKind::sit).verdict == Verdict::met);
  CHECK(selection_answer(world.facts(), "PEE-006", TestKind::mt).verdict == Verdict::not_met);
}

TEST_CASE("a substitution that was not endorsed yet had put nothing in another's place") {
  World world = in_test(opened());
  world.add(dmc_deselected(kOld, true));
  const EventId waiting = world.feed.add(
      dmc_substituted(kOld, kNew, "default", {"ESME.firmware_ver"}), Stage::awaiting_voices);
  // Until the endorsement the new one was chosen by nobody, and so it was not de-selected either.
  world.add(dmc_deselected(kNew, false));
  world.add(dmc_selected(kOld, {TestKind::sit}, "CON"));
  world.feed.endorse(waiting);
  world.take_effect(dmc_substituted(kNew, "DMC-MDS-001", "default", {}));
  CHECK(selected_kinds(world.facts(), "DMC-MDS-001", "MOC").empty());
}

}  // namespace substitution_test
