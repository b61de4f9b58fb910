// Positions by quorum: who endorsed, who dissented, in which role, and what of it counts.

#include "projections/completion/completion_findings.hpp"
#include "projections/completion/decision_view.hpp"
#include "tests/unit/projections/story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Verdict;

namespace {

using Rules = std::map<std::string, int>;
using Parties = std::set<Identifier>;

/// TAG members of three suppliers, two of the first, and a phase to take positions on.
struct Tag : Story {
  Tag() {
    for (const char* party : {"ALPHA", "BETA", "GAMMA"}) {
      person(std::string("mem-") + party, party, events::PartyClass::supplier, Role::tag_mem);
    }
    person("mem2-ALPHA", "ALPHA", events::PartyClass::supplier, Role::tag_mem);
    phase_under_way("SIT-1", events::TestKind::sit);
  }

  void ask_for_quorum(std::uint64_t present, std::uint64_t endorsing) {
    events::ApprovalPolicy approval;
    approval.quorums = {{events::Body::tag, endorsing, present, {Role::tag_mem}}};
    events::PolicyBody body;
    body.approval = approval;
    policy("APPROVAL-INV", body);
  }

  EventId position(events::Position said = events::Position::endorsed,
                   std::vector<events::Condition> conditions = {}) {
    events::TagPositionRecorded event;
    event.about = "phase/SIT-1";
    event.conditions = std::move(conditions);
    event.meeting = "TAG-12";
    event.position = said;
    return say("tag-sec", event);
  }

  [[nodiscard]] PositionView view(const EventId& event) const {
    return view_decision(facts(), event).value();
  }
  [[nodiscard]] QuorumView quorum(const EventId& event) const { return *view(event).quorum; }
  [[nodiscard]] Rules found() const {
    Findings findings;
    find_position_findings(facts(), findings);
    return count_rules(std::move(findings).take());
  }
};

}  // namespace

TEST_CASE("without an approval policy a quorum is undetermined, and no finding claims one") {
  Tag tag;
  const EventId position = tag.position();
  tag.endorse("mem-ALPHA", position);
  CHECK(tag.quorum(position).verdict == Verdict::undetermined);
  CHECK(tag.found() == Rules{});
}

TEST_CASE("parties are counted, each once, however many of their members speak") {
  Tag tag;
  tag.ask_for_quorum(2, 2);
  const EventId position = tag.position();
  CHECK(tag.quorum(position).verdict == Verdict::not_met);
  tag.endorse("mem-ALPHA", position);
  tag.endorse("mem2-ALPHA", position);
  CHECK(tag.quorum(position).verdict == Verdict::not_met);
  CHECK(tag.quorum(position).endorsing == Parties{"ALPHA"});
  CHECK(tag.found() == Rules{{"T-QUORUM", 1}});
  tag.endorse("mem-BETA", position);
  CHECK(tag.quorum(position).verdict == Verdict::met);
  CHECK(tag.found() == Rules{});
  CHECK(tag.view(position).endorsements.size() == 3);
  CHECK(tag.view(position).endorsements[0].roles == std::set{Role::tag_mem});
}

TEST_CASE("a voice without the body's role is shown and does not count") {
  Tag tag;
  tag.ask_for_quorum(1, 1);
  const EventId position = tag.position();
  tag.endorse("dcc-tm", position);
  CHECK(tag.quorum(position).present.empty());
  CHECK(tag.quorum(position).verdict == Verdict::not_met);
  REQUIRE(tag.view(position).endorsements.size() == 1);
  CHECK_FALSE(tag.view(position).endorsements[0].member);
}

TEST_CASE("dissent is present, does not endorse, and stands in the finding that names it") {
  Tag tag;
  tag.ask_for_quorum(3, 2);
  const EventId position = tag.position();
  tag.endorse("mem-ALPHA", position);
  tag.endorse("mem-BETA", position);
  CHECK(tag.quorum(position).verdict == Verdict::not_met);
  tag.dissent("mem-GAMMA", position, "the stale results were not run again");
  CHECK(tag.quorum(position).verdict == Verdict::met);
  CHECK(tag.quorum(position).endorsing == Parties{"ALPHA", "BETA"});
  REQUIRE(tag.view(position).dissents.size() == 1);
  CHECK(tag.view(position).dissents[0].text == "the stale results were not run again");
  CHECK(tag.found() == Rules{{"T-DISSENT", 1}});
}

TEST_CASE("the last voice of a member counts, and a party that disagrees does not endorse") {
  Tag tag;
  tag.ask_for_quorum(1, 1);
  const EventId position = tag.position();
  tag.endorse("mem-ALPHA", position);
  CHECK(tag.quorum(position).verdict == Verdict::met);
  tag.dissent("mem2-ALPHA", position, "my colleague speaks for himself");
  CHECK(tag.quorum(position).verdict == Verdict::not_met);
  CHECK(tag.quorum(position).present == Parties{"ALPHA"});
  tag.endorse("mem2-ALPHA", position);
  CHECK(tag.quorum(position).verdict == Verdict::met);
  CHECK(tag.view(position).dissents.size() == 1);  // what was said stays
}

TEST_CASE("a role counts as it was held when its holder spoke") {
  Tag tag;
  tag.ask_for_quorum(1, 1);
  const EventId position = tag.position();
  tag.endorse("mem-ALPHA", position);
  events::RoleWithdrawn withdrawn;
  withdrawn.holder = "mem-ALPHA";
  withdrawn.party = "ALPHA";
  withdrawn.reason = "left the group";
  withdrawn.role = Role::tag_mem;
  tag.endorse("root-SECAS", tag.say("root-DCC", withdrawn));
  CHECK(tag.quorum(position).verdict == Verdict::met);
  const EventId later = tag.position();
  tag.endorse("mem-ALPHA", later);
  CHECK(tag.quorum(later).verdict == Verdict::not_met);
}

TEST_CASE("a voice of a key that was compromised by then counts for nobody") {
  Tag tag;
  tag.ask_for_quorum(1, 1);
  const EventId position = tag.position();
  tag.endorse("mem-ALPHA", position);
  events::KeyRevoked revoked;
  revoked.compromised_since = tag.log.now();
  revoked.key = key_of("mem-ALPHA");
  revoked.reason = "laptop stolen";
  tag.say("root-DCC", revoked);
  CHECK(tag.view(position).endorsements[0].tainted);
  CHECK(tag.quorum(position).verdict == Verdict::not_met);
  Findings findings;
  find_integrity_findings(tag.facts(), findings);
  CHECK(count_rules(std::move(findings).take()) == Rules{{"K-TAINT", 1}});
}

TEST_CASE("a condition is overdue once its day has ended in London, until the body speaks again") {
  Tag tag;
  const EventId position =
      tag.position(events::Position::endorsed_with_comments, {{"2020-06-01", "close TI-0002"}});
  const auto state = [&] { return tag.view(position).conditions[0].state; };
  // 23:59:59 in London is 22:59:59 UTC in June.
  tag.say_at("2020-06-01T22:59:59.999999Z", "dcc-im", events::Heartbeat{});
  CHECK(state() == ConditionState::open);
  tag.say_at("2020-06-01T23:00:00.000000Z", "dcc-im", events::Heartbeat{});
  CHECK(state() == ConditionState::overdue);
  CHECK(tag.found() == Rules{{"T-COND", 1}});
  const EventId later = tag.position();
  CHECK(state() == ConditionState::lifted);
  CHECK(tag.view(position).superseded_by == later);
  CHECK(tag.found() == Rules{});
}

TEST_CASE("a position that rests on a log from before the cut-off is found") {
  Tag tag;
  Terms terms;
  terms.seen = tag.log.seen();
  tag.say("dcc-im", events::Heartbeat{});
  tag.say("dcc-tm", cutoff("SIT-1", {"PEE-001"}, tag.log.size()));
  events::TagPositionRecorded event;
  event.about = "phase/SIT-1";
  event.meeting = "TAG-12";
  event.position = events::Position::endorsed;
  tag.say("tag-sec", event, terms);
  CHECK(tag.found() == Rules{{"T-STALE", 1}});
  tag.position();
  CHECK(tag.found() == Rules{});
}

TEST_CASE("a decision names who took it, in which role, on which log, and what it rests on") {
  Tag tag;
  const EventId position = tag.position();
  const std::uint64_t size = tag.log.size();
  auto exit = exit_decided("SIT-1", {"PEE-001"}, events::ExitOutcome::exit_with_conditions);
  exit.basis = {position};
  const EventId event = tag.say("dcc-tm", exit);
  const DecisionView view = tag.view(event);
  CHECK(view.authorised);
  CHECK(view.decided_by.holder == Identifier("dcc-tm"));
  CHECK(view.decided_by.roles == std::set{Role::dcc_tm});
  CHECK(view.seen->size == size);
  CHECK(view.basis == std::vector{position});
  CHECK(view.outcome == "exit_with_conditions");
  CHECK_FALSE(view.quorum.has_value());
  DecisionFilter filter;
  filter.planned_entry = Identifier("PEE-001");
  filter.type = Identifier("exit_decided");
  REQUIRE(view_decisions(tag.facts(), filter).size() == 1);
  filter.planned_entry = Identifier("PEE-002");
  CHECK(view_decisions(tag.facts(), filter).empty());
}
