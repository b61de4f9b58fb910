// What the rulebook keeps, the register of clauses for any day, and what readers are shown.

#include <catch2/catch.hpp>

#include "ledger/format/binary_archive.hpp"
#include "projections/rulebook/clauses.hpp"
#include "projections/rulebook/rulebook_view.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/support/make_policies.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::ClauseStatus;

namespace {

/// As the briefing of 29 August 2019 tells it; the day of in_force is invented.
EventFeed briefing() {
  EventFeed feed;
  feed.add(clause("MTAD", "12", ClauseStatus::in_force, "2019-01-01"));
  feed.add(clause("MTAD", "12", ClauseStatus::removal_proposed, "2019-08-09"));
  feed.add(clause("SVTAD", "13.11", ClauseStatus::withdrawn_before_effect, "2019-08-29"));
  feed.add(clause("SVTAD", "13.11", ClauseStatus::proposed, "2019-08-09"));
  feed.add(clause("MTAD", "6.3.b", ClauseStatus::proposed, "2019-08-09"));
  feed.add(clause("MTAD", "6.3.b", ClauseStatus::withdrawn_before_effect, "2019-08-29"));
  feed.add(clause("MTAD", "6.3.b", ClauseStatus::proposed, "2019-08-29"));
  return feed;
}

std::string status_on(const char* document, const char* number, const char* day) {
  const auto rulebook = briefing().folded<Rulebook>();
  const auto view = clause_at(rulebook, document, number, day);
  return view.status ? std::string(enum_text(*view.status)) : "unknown";
}

}  // namespace

TEST_CASE("the register of clauses says what held on any day") {
  CHECK(status_on("MTAD", "12", "2018-12-31") == "unknown");
  CHECK(status_on("MTAD", "12", "2019-08-08") == "in_force");
  CHECK(status_on("MTAD", "12", "2019-08-09") == "removal_proposed");
  CHECK(status_on("SVTAD", "13.11", "2019-08-28") == "proposed");
  CHECK(status_on("SVTAD", "13.11", "2019-08-29") == "withdrawn_before_effect");
  CHECK(status_on("SVTAD", "99", "2019-08-29") == "unknown");
}

TEST_CASE("of several steps on one day the last in the log counts, and the history keeps all") {
  const auto rulebook = briefing().folded<Rulebook>();
  const auto view = clause_at(rulebook, "MTAD", "6.3.b", "2019-08-29");
  CHECK(view.status == ClauseStatus::proposed);
  CHECK(view.step->mark.event == EventId{7, 0});
  REQUIRE(view.history.size() == 3);
  CHECK(view.history[1].status == ClauseStatus::withdrawn_before_effect);
}

TEST_CASE("a clause whose removal is only proposed is still in force") {
  const auto rulebook = briefing().folded<Rulebook>();
  CHECK(clause_at(rulebook, "MTAD", "12", "2019-08-29").in_force);
  CHECK_FALSE(clause_at(rulebook, "MTAD", "6.3.b", "2019-08-29").in_force);
}

TEST_CASE("clauses are listed as people count") {
  EventFeed feed = briefing();
  for (const char* number : {"10.2", "5.7", "5.10", "4"}) {
    feed.add(clause("MTAD", number, ClauseStatus::proposed, "2019-08-09"));
  }
  std::vector<std::string> listed;
  for (const ClauseView& view : list_clauses(feed.folded<Rulebook>(), "2019-08-29")) {
    listed.push_back(view.document.text + " " + view.clause.text);
  }
  CHECK(listed == std::vector<std::string>{"MTAD 4", "MTAD 5.7", "MTAD 5.10", "MTAD 6.3.b",
                                           "MTAD 10.2", "MTAD 12", "SVTAD 13.11"});
}

TEST_CASE("a version keeps its content, and a second one under its number changes nothing") {
  EventFeed feed;
  auto first = policy("THR", threshold_body(3));
  first.interpretation = "read so (invented)";
  first.legal_basis = {{"13", "SMETS1 SVTAD", ClauseStatus::proposed}};
  const EventId published = feed.add(first);
  feed.add(policy("THR", threshold_body(9)));
  const auto rulebook = feed.folded<Rulebook>();
  const PolicyVersion& version = rulebook.policies.at("THR").versions.at(1);
  CHECK(version.published.event == published);
  CHECK(version.digest == first.digest);
  CHECK(version.interpretation == "read so (invented)");
  CHECK(version.body.threshold->parts[0].limits[0].max == 3);
  CHECK(rulebook.unplaced.at("policy_published").count == 1);
}

TEST_CASE("what speaks of a version that was never published is counted") {
  EventFeed feed;
  feed.add(activation("THR", "2019-11-01T00:00"));
  feed.add(policy("THR", threshold_body(3)));
  feed.add(supersession("THR", "2019-11-01T00:00", 1, 2));
  feed.add(activation("THR", "2019-11-01T00:00", {}, 2));
  const auto rulebook = feed.folded<Rulebook>();
  CHECK(rulebook.unplaced.at("policy_activated").count == 2);
  CHECK(rulebook.unplaced.at("policy_superseded").count == 1);
  CHECK(rulebook.policies.at("THR").activations.empty());
}

TEST_CASE("positions on a version are kept with it, in the words of a position") {
  EventFeed feed;
  feed.add(policy("THR", threshold_body(3)));
  events::TagPositionRecorded tag;
  tag.about = "policy/THR.v1";
  tag.position = events::Position::not_endorsed;
  feed.add(tag);
  events::PanelDecisionRecorded panel;
  panel.about = "policy/THR.v1";
  panel.decision = events::BodyDecision::approved_with_conditions;
  feed.add(panel);
  tag.about = "phase/SIT-1";
  feed.add(tag);
  tag.about = "policy/THR.v2";
  feed.add(tag);
  const auto rulebook = feed.folded<Rulebook>();
  const auto& positions = rulebook.policies.at("THR").versions.at(1).positions;
  REQUIRE(positions.size() == 2);
  CHECK(positions[0].body == events::Body::tag);
  CHECK(positions[0].position == events::Position::not_endorsed);
  CHECK(positions[1].body == events::Body::panel);
  CHECK(positions[1].position == events::Position::endorsed_with_comments);
  CHECK(rulebook.unplaced.at("tag_position_recorded").count == 1);
}

TEST_CASE("a list shows every version, and whether it is awaited, in force or superseded") {
  EventFeed feed;
  for (const std::uint64_t version : {1U, 2U, 3U, 4U}) {
    feed.add(policy("THR", threshold_body(version), version));
  }
  feed.add(activation("THR", "2019-11-01T00:00"));
  feed.add(supersession("THR", "2019-12-01T00:00", 1, 2));
  feed.add(activation("THR", "2020-06-01T00:00", {}, 3));
  const auto rulebook = feed.folded<Rulebook>();
  const auto lines = list_policies(rulebook, time_of("2020-01-01T00:00"));
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].status == VersionStatus::superseded);
  CHECK(lines[0].terms.at(0).until == time_of("2019-12-01T00:00"));
  CHECK(lines[1].status == VersionStatus::in_force);
  CHECK(lines[2].status == VersionStatus::awaited);
  CHECK(lines[3].status == VersionStatus::published);
  CHECK(list_policies(rulebook, time_of("2019-11-15T00:00"))[0].status == VersionStatus::in_force);
}

TEST_CASE("a version that another one is taken for everywhere is overtaken, not in force") {
  EventFeed feed;
  feed.add(policy("OLD", threshold_body(1)));
  feed.add(policy("NEW", threshold_body(2)));
  feed.add(activation("OLD", "2019-11-01T00:00"));
  feed.add(activation("NEW", "2019-12-01T00:00", {{events::TestKind::sit}, {}, {}}));
  const auto status = [&](std::size_t line) {
    return list_policies(feed.folded<Rulebook>(), time_of("2020-01-01T00:00"))[line].status;
  };
  CHECK(status(0) == VersionStatus::in_force);
  CHECK(status(1) == VersionStatus::in_force);  // for kinds of test other than SIT
  feed.add(activation("NEW", "2019-12-01T00:00"));
  CHECK(status(1) == VersionStatus::overtaken);
}

TEST_CASE("one policy is shown whole, the newest version unless another is asked for") {
  EventFeed feed;
  feed.add(policy("THR", threshold_body(1), 1));
  feed.add(policy("THR", threshold_body(2), 2));
  const auto rulebook = feed.folded<Rulebook>();
  const Timestamp at = time_of("2020-01-01T00:00");
  CHECK(view_policy(rulebook, "THR", std::nullopt, at)->line.version == 2);
  CHECK(view_policy(rulebook, "THR", 1, at)->content.body.threshold->parts[0].limits[0].max == 1);
  CHECK_FALSE(view_policy(rulebook, "THR", 3, at));
  CHECK_FALSE(view_policy(rulebook, "EXIT", std::nullopt, at));
}

TEST_CASE("the state reads back from its snapshot and from its canonical form") {
  EventFeed feed = briefing();
  feed.add(policy("THR", threshold_body(1)));
  feed.add(activation("THR", "2019-11-01T00:00", {{events::TestKind::sit}, {}, {}}));
  feed.add(supersession("THR", "2019-12-01T00:00", 1, std::nullopt));
  const auto rulebook = feed.folded<Rulebook>();
  const std::string text = to_canonical(rulebook);
  CHECK(to_canonical(from_canonical<Rulebook>(text).value()) == text);
  CHECK(to_canonical(from_binary<Rulebook>(to_binary(rulebook)).value()) == text);
}
