// The states of completion and regression have one canonical form each, come back from both
// archives as they were, and are the same however the log is cut.

#include "projections/completion/completion.hpp"
#include "projections/regression/regression.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/unit/projections/story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

/// Every event that changes one of the two states.
EventFeed full_history() {
  EventFeed feed;
  feed.add(key_registered("tag-sec", "SECAS"));
  feed.endorse(feed.add(role_granted("tag-sec", "SECAS", Role::tag_sec), Stage::awaiting_voices));
  feed.add(Story::model("M1", "INV-1.07"));
  feed.add(Story::model("M2", "INV-1.09"));
  events::DmcDefined dmc;
  dmc.device_models = IdentifierSet::of({"M1"});
  dmc.dmc = "DMC-1";
  feed.add(dmc);
  const EventId change = feed.add(deployed("ENV", "B1", "B2"));
  feed.add(fix_delivered("TI-1"));
  events::ImpactAssessed assessed;
  assessed.changes = {change};
  assessed.document = sha256("note");
  assessed.kinds = {events::TestKind::mt};
  assessed.planned_entries = IdentifierSet::of({"PEE-001"});
  feed.endorse(feed.add(assessed, Stage::awaiting_voices));
  events::RegressionItemsListed items;
  items.items = {{"I1", "SIT-1", "PEE-001"}};
  items.regression = "REG-1";
  feed.add(items);
  events::RegressionScopeBaselined baseline;
  baseline.document = Identifier("DNB-REG");
  baseline.kinds = {events::TestKind::sit};
  baseline.regression = "REG-1";
  feed.endorse(feed.add(baseline, Stage::awaiting_voices));
  events::RegressionStarted started;
  started.regression = "REG-1";
  started.triggers = {change};
  feed.add(started);
  events::RegressionCompleted completed;
  completed.regression = "REG-1";
  feed.add(completed);

  events::TagPositionRecorded position;
  position.about = "phase/SIT-1";
  position.conditions = {{Identifier("2019-11-29"), "finish"}};
  position.dissent = {"one member"};
  position.meeting = "TAG-1";
  const EventId said = feed.add(position);
  feed.add(events::DecisionEndorsed{std::nullopt, sha256("position"), said});
  events::ExitEvaluated evaluated;
  evaluated.phase = "SIT-1";
  evaluated.policies = {{"THR", 1}};
  evaluated.verdicts = {{"V1", "PEE-001", events::Verdict::met}};
  feed.add(evaluated);
  events::CompletionReportIssued report;
  report.phases = IdentifierSet::of({"SIT-1"});
  report.report = "REP-1";
  report.work_off_plan = Identifier("WOP-1");
  feed.endorse(feed.add(report, Stage::awaiting_voices));
  events::WorkOffPlanBaselined plan;
  plan.items = {{"TI-1", "DCC", "2019-12-20", "restart it"}};
  plan.work_off_plan = "WOP-1";
  feed.add(plan);
  feed.add(events::WorkOffItemUpdated{"TI-1", Identifier("S1SP-A"), "late",
                                      Identifier("2020-01-31"), "WOP-1"});
  feed.add(events::WorkOffItemCompleted{{sha256("log")}, "TI-1", "WOP-1"});
  feed.add(events::WorkOffItemCompleted{{}, "TI-9", "WOP-1"});  // of no plan: unplaced
  events::WaiverGranted waiver;
  waiver.approval = said;
  waiver.expires_on = Identifier("2019-12-20");
  waiver.phase = Identifier("SIT-1");
  waiver.rule = "S9";
  waiver.waiver = "WV-1";
  feed.add(waiver);
  events::ExternalAuditReportRegistered audit;
  audit.auditor = "AUDITOR-1";
  audit.report = "AUDIT-1";
  feed.add(audit);
  events::PostExitDefectRecorded defect;
  defect.defect = "LIVE-1";
  defect.phase = "SIT-1";
  feed.add(defect);
  events::StatesAttested attested;
  attested.digests = {{sha256("state"), "completion", 1}};
  feed.add(attested);
  feed.add(events::VerificationPerformed{});
  feed.add(events::CheckpointWitnessed{});
  feed.add(events::ExternalAnchorRecorded{});
  events::CorrectionRecorded correction;
  correction.target = said;
  feed.add(correction);
  events::ClockAttested clock;
  clock.offset_ms = -7;
  clock.source = "NTP";
  feed.add(clock);
  feed.add(events::ClockReset{}, Stage::awaiting_voices);
  return feed;
}

template <class State>
void check_forms(const EventFeed& feed) {
  const auto whole = feed.folded<State>();
  const std::string text = to_canonical(whole);
  const auto from_text = from_canonical<State>(text);
  if (!from_text) FAIL(from_text.error().message);
  CHECK(to_canonical(*from_text) == text);
  for (std::size_t cut = 0; cut <= feed.size(); ++cut) {
    State first;
    feed.fold(first, 0, cut);
    auto rest = from_binary<State>(to_binary(first));
    REQUIRE(rest.has_value());
    feed.fold(*rest, cut, feed.size());
    REQUIRE(to_canonical(*rest) == text);
  }
}

}  // namespace

TEST_CASE("the state of regression is the same however its log is cut") {
  const EventFeed feed = full_history();
  check_forms<Regression>(feed);
  const auto state = feed.folded<Regression>();
  CHECK(state.changes.size() == 3);
  CHECK(state.assessments.begin()->second.effective_at.has_value());
  CHECK(state.cycles.at("REG-1").baseline->effective_at.has_value());
  CHECK_FALSE(state.cycles.at("REG-1").baseline->root_matches);
  CHECK(state.unplaced.empty());
}

TEST_CASE("the state of completion is the same however its log is cut") {
  const EventFeed feed = full_history();
  check_forms<Completion>(feed);
  const auto state = feed.folded<Completion>();
  CHECK(state.reports.at("REP-1").effective_at.has_value());
  CHECK(state.work_off_plans.at("WOP-1").items.at("TI-1").target == Identifier("2020-01-31"));
  CHECK(state.unplaced.at("work_off_item_completed").count == 1);
  CHECK(state.roles.size() == 1);
  CHECK(state.clock_resets.count == 0);  // it never took effect
}
