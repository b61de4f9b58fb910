// By which route a DMC is selected, and which kinds of test one selection serves.

#include <catch2/catch.hpp>

#include "projections/selection/dmc_history.hpp"
#include "projections/selection/selection_answer.hpp"
#include "tests/unit/projections/selection/selection_world.hpp"

namespace selection_route_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Audience;
using events::Category;
using events::TestKind;
using events::Verdict;

namespace {

constexpr const char* kDmc = "DMC-MDS-001";

World with_policy() {
  World world;
  world.declare_samples();
  world.activate("DMC-SEL", body_of(sample_selection_policy()));
  return world;
}

SelectionView only(World& world) {
  const auto history = dmc_history(world.facts(), kDmc);
  REQUIRE(history.has_value());
  REQUIRE(history->selections.size() == 1);
  return history->selections[0];
}

Verdict answer(World& world, TestKind kind) {
  return selection_answer(world.facts(), "PEE-001", kind).verdict;
}

}  // namespace

TEST_CASE("one selection by the default route serves all kinds that share it") {
  World world = with_policy();
  world.add(moc_entry("PEE-001", kDmc, Category::dormant));
  CHECK(answer(world, TestKind::mt) == Verdict::not_met);
  consult(world, "CON");
  world.add(dmc_selected(kDmc, {TestKind::sit}, "CON"));
  const SelectionView view = only(world);
  CHECK(view.verdict == Verdict::met);
  CHECK(view.kinds_served == std::set{TestKind::mt, TestKind::sit});
  REQUIRE(view.policy.has_value());
  CHECK(view.policy->policy == Identifier("DMC-SEL"));
  CHECK(answer(world, TestKind::mt) == Verdict::met);
  CHECK(answer(world, TestKind::sit) == Verdict::met);
  CHECK(answer(world, TestKind::srvt) == Verdict::not_met);
  CHECK(world.findings("D-NOCONS").empty());
}

TEST_CASE("a selection without what its route asks for is found, step by step") {
  World none = with_policy();
  none.add(dmc_selected(kDmc, {TestKind::sit}));
  CHECK(only(none).verdict == Verdict::not_met);
  CHECK(only(none).steps.size() == 2);
  CHECK(none.findings("D-NOCONS").size() == 1);

  World one_audience = with_policy();
  one_audience.add(consultation_opened("CON", {Audience::sec_parties},
                                       "2019-09-30T08:00:00.000000Z",
                                       "2019-10-11T16:00:00.000000Z"));
  const EventId position = one_audience.tag_position("dmc/DMC-MDS-001");
  const EventId chosen = one_audience.add(dmc_selected(kDmc, {TestKind::sit}, "CON", position));
  // The consultation had not been closed, and that TAG was consulted its position shows.
  CHECK(only(one_audience).steps[0].verdict == Verdict::not_met);
  CHECK(only(one_audience).steps[1].verdict == Verdict::met);
  one_audience.add(consultation_closed("CON", "2019-10-11T16:00:00.000000Z"));
  CHECK(only(one_audience).verdict == Verdict::not_met);
  const auto found = one_audience.findings("D-NOCONS");
  REQUIRE(found.size() == 1);
  CHECK(std::ranges::count(found[0].events, chosen) == 1);
  CHECK(found[0].subject == "dmc/DMC-MDS-001");
}

TEST_CASE("a position counts if TAG took it, and took it before") {
  World world;
  world.declare_samples();
  events::SelectionPolicy policy = sample_selection_policy();
  policy.default_route = {events::RouteStep::position};
  world.activate("DMC-SEL", body_of(policy));
  const EventId other = world.decide(events::PanelDecisionRecorded::kType, "dmc/DMC-MDS-001");
  world.add(dmc_selected(kDmc, {TestKind::sit}, nullptr, other));
  CHECK(only(world).verdict == Verdict::not_met);

  World later;
  later.declare_samples();
  later.activate("DMC-SEL", body_of(policy));
  const EventId next{later.feed.events().back().id.entry + 2, 0};
  later.add(dmc_selected(kDmc, {TestKind::sit}, nullptr, next));
  REQUIRE(later.tag_position("dmc/DMC-MDS-001") == next);
  CHECK(only(later).verdict == Verdict::not_met);

  World before;
  before.declare_samples();
  before.activate("DMC-SEL", body_of(policy));
  const EventId position = before.tag_position("dmc/DMC-MDS-001");
  before.add(dmc_selected(kDmc, {TestKind::sit}, nullptr, position));
  CHECK(only(before).verdict == Verdict::met);
}

TEST_CASE("without a selection policy the route is undetermined, and nothing is shared") {
  World world;
  world.declare_samples();
  world.add(moc_entry("PEE-001", kDmc, Category::dormant));
  consult(world, "CON");
  world.add(dmc_selected(kDmc, {TestKind::sit}, "CON"));
  CHECK(only(world).verdict == Verdict::undetermined);
  CHECK(only(world).kinds_served == std::set{TestKind::sit});
  CHECK(answer(world, TestKind::sit) == Verdict::undetermined);
  CHECK(answer(world, TestKind::mt) == Verdict::undetermined);
  CHECK(world.findings("D-NOCONS").empty());
}

TEST_CASE("a policy that is limited to a kind or an SMSO is found through the selection") {
  World world;
  world.declare_samples();
  events::PolicyScope scope;
  scope.kinds = {TestKind::sit};
  scope.smsos = IdentifierSet::of({"MDS"});
  world.activate("DMC-SEL-SIT", body_of(sample_selection_policy()), scope);
  world.add(dmc_proposed(kDmc, {TestKind::sit}));
  world.add(dmc_selected(kDmc, {TestKind::mt, TestKind::sit}));
  CHECK(only(world).verdict == Verdict::not_met);
}

TEST_CASE("a DMC goes from defined over proposed and consulting to selected, tested, completed") {
  World world = with_policy();
  const auto state = [&] { return dmc_state(world.facts(), kDmc, "MOC"); };
  CHECK(state() == DmcState::defined);
  world.add(dmc_proposed(kDmc, {TestKind::sit}));
  CHECK(state() == DmcState::proposed);
  consult(world, "CON");
  CHECK(state() == DmcState::consulting);
  world.add(dmc_selected(kDmc, {TestKind::sit}, "CON"));
  CHECK(state() == DmcState::selected);
  auto entry = moc_entry("PEE-001", kDmc, Category::dormant);
  entry.required_kinds = {TestKind::sit};
  world.add(entry);
  world.add(phase("SIT-1", {"PEE-001"}));
  CHECK(state() == DmcState::selected);
  world.add(phase_started("SIT-1", {"PEE-001"}));
  CHECK(state() == DmcState::in_test);
  world.add(exit_decided("SIT-1", {"PEE-001"}));
  CHECK(state() == DmcState::completed);
  world.add(dmc_deselected(kDmc, false));
  CHECK(state() == DmcState::deselected);
  CHECK(dmc_state(world.facts(), kDmc, "FOC") == DmcState::defined);
  world.add(dmc_selected(kDmc, {TestKind::sit}, "CON"));
  CHECK(state() == DmcState::completed);
}

TEST_CASE("an appeal that was upheld is found until something is decided about the DMC") {
  World world = with_policy();
  consult(world, "CON");
  const EventId chosen = world.add(dmc_selected(kDmc, {TestKind::sit}, "CON"));
  world.add(events::SelectionAppealed{"AP-1", kDmc, "too few of them", chosen});
  CHECK(world.findings("D-APPEAL").empty());
  CHECK(only(world).appeals == std::vector<Identifier>{"AP-1"});
  world.add(events::AppealDetermined{"AP-1", events::AppealOutcome::upheld_in_part, "indeed"});
  CHECK(world.findings("D-APPEAL").size() == 1);
  world.add(dmc_deselected(kDmc, false));
  CHECK(world.findings("D-APPEAL").empty());

  World dismissed = with_policy();
  consult(dismissed, "CON");
  const EventId other = dismissed.add(dmc_selected(kDmc, {TestKind::sit}, "CON"));
  dismissed.add(events::SelectionAppealed{"AP-1", kDmc, "too few of them", other});
  dismissed.add(events::AppealDetermined{"AP-1", events::AppealOutcome::dismissed, "enough"});
  CHECK(dismissed.findings("D-APPEAL").empty());
}

}  // namespace selection_route_test
