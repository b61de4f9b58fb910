// Consultations: how long they were open, in working days, and what came in.

#include <catch2/catch.hpp>

#include "projections/selection/consultation_view.hpp"
#include "tests/unit/projections/selection/selection_world.hpp"

namespace consultation_test {

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Audience;
using events::Verdict;

namespace {

constexpr const char* kOpens = "2019-09-30T08:00:00.000000Z";
constexpr const char* kCloses = "2019-10-11T16:00:00.000000Z";

World with_policies() {
  World world;
  world.activate("DMC-SEL", body_of(sample_selection_policy()));
  world.activate("CAL", sample_calendar());
  return world;
}

ConsultationView only(World& world) {
  const auto views = consultation_views(world.facts());
  REQUIRE(views.size() == 1);
  return views[0];
}

events::ConsultationResponseRecorded response(const char* id, const char* received) {
  events::ConsultationResponseRecorded event;
  event.confidential = Commitment{sha256("salted")};
  event.consultation = "CON";
  event.received_at = at(received);
  event.respondent = "SUP-ALPHA";
  event.response = id;
  return event;
}

}  // namespace

TEST_CASE("a consultation of as many working days as the policy asks for is long enough") {
  World world = with_policies();
  world.add(consultation_opened("CON", {Audience::tag}, kOpens, kCloses));
  world.add(consultation_closed("CON", kCloses));
  const ConsultationView view = only(world);
  CHECK(view.working_days == 9);
  CHECK(view.days_min == 9);
  CHECK(view.verdict == Verdict::met);
  CHECK(view.state == ConsultationState::closed);
  CHECK(view.opens_london == "2019-09-30 09:00 BST");
  CHECK(view.closes_london == "2019-10-11 17:00 BST");
  CHECK(world.findings().empty());
}

TEST_CASE("a consultation that is a day short, as announced or because it closed early, is found") {
  World announced = with_policies();
  const EventId opened = announced.add(
      consultation_opened("CON", {Audience::tag}, kOpens, "2019-10-10T16:00:00.000000Z"));
  CHECK(only(announced).verdict == Verdict::not_met);
  REQUIRE(announced.findings("D-SHORT").size() == 1);
  CHECK(std::ranges::count(announced.findings("D-SHORT")[0].events, opened) == 1);
  CHECK(announced.findings("D-SHORT")[0].subject == "consultation/CON");

  World early = with_policies();
  early.add(consultation_opened("CON", {Audience::tag}, kOpens, kCloses));
  early.add(consultation_closed("CON", "2019-10-10T16:00:00.000000Z"));
  CHECK(only(early).working_days == 8);
  CHECK(early.findings("D-SHORT").size() == 1);
}

TEST_CASE("without a policy, a minimum or a calendar the length is undetermined, and never met") {
  World none;
  none.add(consultation_opened("CON", {Audience::tag}, kOpens, kCloses));
  CHECK(only(none).verdict == Verdict::undetermined);

  World no_minimum;
  events::SelectionPolicy policy = sample_selection_policy();
  policy.consultation_working_days_min.reset();
  no_minimum.activate("DMC-SEL", body_of(policy));
  no_minimum.activate("CAL", sample_calendar());
  no_minimum.add(consultation_opened("CON", {Audience::tag}, kOpens, kCloses));
  CHECK(only(no_minimum).verdict == Verdict::undetermined);

  World no_calendar;
  no_calendar.activate("DMC-SEL", body_of(sample_selection_policy()));
  no_calendar.add(consultation_opened("CON", {Audience::tag}, kOpens, kCloses));
  CHECK(only(no_calendar).verdict == Verdict::undetermined);
  CHECK_FALSE(only(no_calendar).working_days.has_value());

  World beyond = with_policies();
  beyond.add(consultation_opened("CON", {Audience::tag}, "2019-12-20T09:00:00.000000Z",
                                 "2020-01-20T16:00:00.000000Z"));
  CHECK(only(beyond).verdict == Verdict::undetermined);
  for (World* world : {&none, &no_minimum, &no_calendar, &beyond}) {
    CHECK(world->findings("D-SHORT").empty());
  }
}

TEST_CASE("the selection policy does not speak of a consultation on something else") {
  World world = with_policies();
  auto opened = consultation_opened("CON", {Audience::tag}, kOpens, "2019-10-02T16:00:00.000000Z");
  opened.about = "mt_sit_alignment";
  world.add(opened);
  CHECK(only(world).verdict == Verdict::not_applicable);
  CHECK(world.findings("D-SHORT").empty());
  // Unless a selection rests on it.
  world.add(dmc_selected("DMC-MDS-001", {events::TestKind::sit}, "CON"));
  CHECK(only(world).verdict == Verdict::not_met);
  CHECK(only(world).cited_by == std::vector<Identifier>{"DMC-MDS-001"});
  CHECK(world.findings("D-SHORT").size() == 1);
}

TEST_CASE("of several policies under which a consultation is used, the strictest counts") {
  World world = with_policies();
  world.declare_samples();
  events::SelectionPolicy strict = sample_selection_policy();
  strict.consultation_working_days_min = 20;
  events::PolicyScope moc;
  moc.releases = IdentifierSet::of({"MOC"});
  world.activate("DMC-SEL-MOC", body_of(strict), moc);
  world.add(consultation_opened("CON", {Audience::tag}, kOpens, kCloses));
  CHECK(only(world).verdict == Verdict::met);
  world.add(dmc_selected("DMC-MDS-001", {events::TestKind::sit}, "CON"));
  CHECK(only(world).days_min == 20);
  CHECK(only(world).verdict == Verdict::not_met);
}

TEST_CASE("responses are counted against what their recipient counted, and lateness shows") {
  World world = with_policies();
  world.add(consultation_opened("CON", {Audience::tag}, kOpens, kCloses));
  world.add(response("R1", "2019-10-10T09:00:00.000000Z"));
  CHECK(only(world).counts_agree);
  world.add(consultation_closed("CON", kCloses, 2));
  CHECK_FALSE(only(world).counts_agree);
  CHECK(world.findings("D-RESP").size() == 1);
  world.add(response("R2", "2019-10-12T09:00:00.000000Z"));
  const ConsultationView view = only(world);
  REQUIRE(view.responses.size() == 2);
  CHECK_FALSE(view.responses[0].late);
  CHECK(view.responses[1].late);
  CHECK(view.responses[1].details.confidential.has_value());
  CHECK(world.findings("D-RESP").empty());
}

TEST_CASE("a consultation is announced, open, overdue and closed as the log's time goes on") {
  World world = with_policies();
  world.add(consultation_opened("CON", {Audience::tag}, kOpens, kCloses));
  world.now = at("2019-09-25T00:00:00.000000Z");
  CHECK(only(world).state == ConsultationState::announced);
  world.now = at(kOpens);
  CHECK(only(world).state == ConsultationState::open);
  world.now = at("2019-10-11T16:00:00.000001Z");
  CHECK(only(world).state == ConsultationState::overdue);
  world.add(consultation_closed("CON", kCloses));
  CHECK(only(world).state == ConsultationState::closed);
}

}  // namespace consultation_test
