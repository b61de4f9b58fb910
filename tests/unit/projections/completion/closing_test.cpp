// Work-off plans, waivers, releases, defects that came to light later; and the log itself.

#include "projections/completion/closing_state.hpp"
#include "projections/completion/completion_findings.hpp"
#include "projections/completion/waivers.hpp"
#include "projections/completion/witnessing.hpp"
#include "projections/completion/work_off_view.hpp"
#include "tests/unit/projections/story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Verdict;

namespace {

using Rules = std::map<std::string, int>;

struct Ending : Story {
  Ending() {
    phase_under_way("SIT-1", events::TestKind::sit);
    say("dcc-tm", issue_raised("TI-1", "SIT-1", {"PEE-001"}));
    say("dcc-im", issue_triaged("TI-1", 3));
  }
  void plan(const char* target) {
    events::WorkOffPlanBaselined event;
    event.items = {{"TI-1", "S1SP-A", target, std::nullopt}};
    event.phases = IdentifierSet::of({"SIT-1"});
    event.work_off_plan = "WOP-1";
    say("dcc-im", event);
  }
  void move(const char* target) {
    events::WorkOffItemUpdated event;
    event.issue = "TI-1";
    event.reason = "the build is late";
    event.target = Identifier(target);
    event.work_off_plan = "WOP-1";
    say("dcc-im", event);
  }
  void complete() {
    events::WorkOffItemCompleted event;
    event.issue = "TI-1";
    event.work_off_plan = "WOP-1";
    say("dcc-im", event);
  }
  void wait_until(const char* time) { say_at(time, "dcc-im", events::Heartbeat{}); }
  EventId waive(const char* author, const char* waiver = "WV-1") {
    events::WaiverGranted event;
    event.expires_on = Identifier("2019-12-20");
    event.phase = Identifier("SIT-1");
    event.planned_entries = IdentifierSet::of({"PEE-001"});
    event.reason = "no device to be had";
    event.rule = "S9";
    event.waiver = waiver;
    return say(author, event);
  }

  [[nodiscard]] WorkOffLine line() const { return view_work_off(facts()).items.at(0); }
  template <class Find>
  [[nodiscard]] Rules found(Find find) const {
    Findings findings;
    find(facts(), findings);
    return count_rules(std::move(findings).take());
  }
  [[nodiscard]] Rules closing() const { return found(find_closing_findings); }
  [[nodiscard]] Rules integrity() const { return found(find_integrity_findings); }
};

Timestamp time(const char* text) { return Timestamp::parse(text).value(); }

}  // namespace

TEST_CASE("a work-off item is overdue once its target day has ended in London") {
  Ending story;
  story.plan("2019-12-20");
  story.wait_until("2019-12-20T23:59:59.999999Z");
  CHECK(story.line().state == WorkOffState::open);
  CHECK(story.line().days_over == 0);
  story.wait_until("2019-12-21T00:00:00.000000Z");
  CHECK(story.line().state == WorkOffState::overdue);
  CHECK(story.line().days_over == 1);
  CHECK(view_work_off(story.facts()).overdue == 1);
  CHECK(story.closing() == Rules{{"W-OVERDUE", 1}});
  story.move("2020-01-31");
  CHECK(story.line().state == WorkOffState::open);
  CHECK(story.line().first_target == Identifier("2019-12-20"));
  CHECK(story.closing() == Rules{{"W-SLIP", 1}});
}

TEST_CASE("a target that is moved forward is no slip, and back again is one") {
  Ending story;
  story.plan("2019-12-20");
  story.move("2019-12-10");
  CHECK(story.closing() == Rules{});
  story.move("2019-12-20");
  CHECK(story.line().moved == 1);
  CHECK(story.closing() == Rules{{"W-SLIP", 1}});
}

TEST_CASE("an item that is said to be done while its issue is open is found") {
  Ending story;
  story.plan("2019-12-20");
  story.complete();
  CHECK(story.line().state == WorkOffState::completed_issue_open);
  CHECK(story.closing() == Rules{{"W-OPEN", 1}});
  story.say("dcc-im", issue_closed("TI-1"));
  CHECK(story.line().state == WorkOffState::completed);
  CHECK(story.closing() == Rules{});
  CHECK(view_work_off(story.facts()).open == 0);
}

TEST_CASE("an exit with conditions is clean once its work-off plan is done, until a change comes") {
  Ending story;
  const auto state = [&] {
    return closing_state(story.facts(), {"SIT-1", "PEE-001"}, open_obligations(story.facts()));
  };
  CHECK(state() == ClosingState::not_exited);
  story.say("dcc-tm",
            exit_decided("SIT-1", {"PEE-001"}, events::ExitOutcome::exit_with_conditions));
  CHECK(state() == ClosingState::conditions_open);
  story.plan("2019-12-20");
  CHECK(state() == ClosingState::conditions_open);
  story.complete();
  CHECK(state() == ClosingState::clean);
  story.say("sp-tl", deployed("ENV-SIT-1", "B1", "B2"));
  CHECK(state() == ClosingState::regression_due);
}

TEST_CASE("a waiver holds for what it names, until its last London day has ended") {
  Ending story;
  const EventId event = story.waive("tag-sec");
  const Completion& state = story.facts().completion;
  const auto holds = [&](const WaiverQuestion& question, const char* at) {
    const RuleWaiver* const waiver = waiver_in_force(state, question, time(at));
    if (waiver != nullptr) CHECK(waiver->mark.event == event);
    return waiver != nullptr;
  };
  const WaiverQuestion asked{"S9", Identifier("SIT-1"), Identifier("PEE-001")};
  CHECK(holds(asked, "2019-12-20T23:59:59.999999Z"));
  CHECK_FALSE(holds(asked, "2019-12-21T00:00:00.000000Z"));
  CHECK_FALSE(holds(asked, "2019-09-19T00:00:00.000000Z"));  // before it was granted
  CHECK_FALSE(holds({"S8", asked.phase, asked.planned_entry}, "2019-12-01T00:00:00.000000Z"));
  CHECK_FALSE(
      holds({"S9", Identifier("MT-1"), asked.planned_entry}, "2019-12-01T00:00:00.000000Z"));
  CHECK_FALSE(holds({"S9", asked.phase, Identifier("PEE-002")}, "2019-12-01T00:00:00.000000Z"));
  CHECK_FALSE(holds({"S9", asked.phase, std::nullopt}, "2019-12-01T00:00:00.000000Z"));
}

TEST_CASE("a waiver by the party that runs the phase needs another one behind it") {
  Ending story;
  story.waive("tag-sec", "WV-1");
  CHECK(story.closing() == Rules{});
  const EventId own = story.waive("dcc-tm", "WV-2");
  CHECK(story.closing() == Rules{{"V-WSELF", 1}});
  story.endorse("dcc-reg", own);  // of the same house
  CHECK(story.closing() == Rules{{"V-WSELF", 1}});
  story.endorse("tag-sec", own);
  CHECK(story.closing() == Rules{});
  story.say("dcc-tm", waived("SIT-1", "PEE-001", "I1"));
  CHECK(story.closing() == Rules{{"V-WSELF", 1}});
}

TEST_CASE("a defect that came to light in live is disclosed") {
  Ending story;
  events::PostExitDefectRecorded event;
  event.defect = "LIVE-1";
  event.phase = "SIT-1";
  event.severity = 2;
  event.title = "tariff lost after a restart";
  story.say("dcc-im", event);
  CHECK(story.closing() == Rules{{"C-POST", 1}});
}

TEST_CASE("checkpoints without enough witnesses for too long are found") {
  Ending story;
  CHECK(view_witnesses(story.facts()).verdict == Verdict::undetermined);
  events::PolicyBody body;
  body.witness = events::WitnessPolicy{24, 2};
  story.policy("WIT-INV", body);
  const std::uint64_t size = story.log.size();
  events::CheckpointWitnessed event;
  event.head = {sha256("root"), size};
  event.witness = "WIT-ALPHA";
  event.witnessed_at = time("2019-10-01T00:00:00.000000Z");
  story.say_at("2019-10-01T00:00:00.000000Z", "dcc-reg", event);
  story.say("dcc-reg", event);  // the same witness again makes no second one
  CHECK(view_witnesses(story.facts()).witnessed_size == 0);
  CHECK(view_witnesses(story.facts()).verdict == Verdict::not_met);
  event.witness = "WIT-BETA";
  story.say("dcc-reg", event);
  CHECK(view_witnesses(story.facts()).witnessed_size == size);
  story.wait_until("2019-10-02T00:00:00.000000Z");
  CHECK(story.integrity() == Rules{});
  story.wait_until("2019-10-02T00:00:00.000001Z");
  CHECK(story.integrity() == Rules{{"K-UNWIT", 1}});
}

TEST_CASE("witnesses of different roots at one size are found") {
  Ending story;
  events::CheckpointWitnessed event;
  event.head = {sha256("one"), 5};
  event.witness = "WIT-ALPHA";
  event.witnessed_at = story.log.now();
  story.say("dcc-reg", event);
  CHECK(story.integrity() == Rules{});
  event.head.root = sha256("another");
  event.witness = "WIT-BETA";
  story.say("dcc-reg", event);
  CHECK(view_witnesses(story.facts()).split == std::set<std::uint64_t>{5});
  CHECK(story.integrity() == Rules{{"K-VIEW", 1}});
}

TEST_CASE("a failed verification stands until a later one of as much finds nothing") {
  Ending story;
  events::VerificationPerformed event;
  event.head = {sha256("root"), 12};
  event.result = events::VerificationResult::failed;
  story.say("tag-sec", event);
  CHECK(story.integrity() == Rules{{"K-FAIL", 1}});
  event.result = events::VerificationResult::nothing_failed;
  event.head.size = 11;
  story.say("tag-sec", event);
  CHECK(story.integrity() == Rules{{"K-FAIL", 1}});
  event.head.size = 12;
  story.say("tag-sec", event);
  CHECK(story.integrity() == Rules{});
}

TEST_CASE("offsets of the clock and lonely corrections are disclosed") {
  Ending story;
  events::ClockAttested clock;
  clock.source = "NTP";
  story.say("dcc-reg", clock);
  CHECK(story.integrity() == Rules{});
  clock.offset_ms = -1500;
  story.say("dcc-reg", clock);
  clock.offset_ms = 3;
  story.say("dcc-reg", clock);
  CHECK(story.facts().completion.clocks.at("NTP").worst_ms == -1500);
  CHECK(story.integrity() == Rules{{"K-CLOCK", 1}});
  events::CorrectionRecorded correction;
  correction.field = "severity";
  correction.new_value = "2";
  correction.old_value = "3";
  correction.reason = "typed wrongly";
  correction.target = {3, 0};
  const EventId said = story.say("dcc-im", correction);
  CHECK(story.integrity() == Rules{{"K-CLOCK", 1}, {"K-CORR", 1}});
  story.endorse("tag-sec", said);
  CHECK(story.integrity() == Rules{{"K-CLOCK", 1}});
}
