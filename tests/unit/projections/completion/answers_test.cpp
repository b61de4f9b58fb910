// The exit criteria V3 to V8: met, not met, and undetermined where a policy is missing.

#include "projections/completion/exit_answers.hpp"
#include "tests/unit/projections/story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Verdict;

namespace {

const Place kPlace{"SIT-1", "PEE-001"};

/// SIT-1 under way, an issue of severity 3 open, a cut-off declared, and the states then and now.
struct Exit : Story {
  Exit() {
    person("mem-ALPHA", "ALPHA", events::PartyClass::supplier, Role::tag_mem);
    phase_under_way("SIT-1", events::TestKind::sit);
    say("dcc-tm", issue_raised("TI-1", "SIT-1", {"PEE-001"}));
    auto triaged = issue_triaged("TI-1", 3);
    triaged.planned_entries = IdentifierSet::of({"PEE-001"});
    say("dcc-im", triaged);
  }

  void cut() {
    const std::uint64_t size = log.size();
    for (const std::string& bytes : log.entries()) {
      EntryView entry;
      REQUIRE(parse_entry(bytes, entry).has_value());
      REQUIRE(then_.admit(entry, verify::OnObjection::refuse).empty());
    }
    say("dcc-tm", cutoff("SIT-1", {"PEE-001"}, size));
  }
  EventId report(Ids issues, const char* id = "REP-1") {
    events::CompletionReportIssued event;
    event.kind = events::ReportKind::sit;
    event.outstanding_issues = IdentifierSet::of(std::move(issues));
    event.phases = IdentifierSet::of({"SIT-1"});
    event.planned_entries = IdentifierSet::of({"PEE-001"});
    event.report = id;
    return say("dcc-tm", event);
  }
  template <class Question>
  Verdict ask(Question question) const {
    const Facts now = facts();
    const Facts cutoff = then_.facts();
    const Answer answer = question(Vantage{cutoff, now}, kPlace);
    CHECK_FALSE(answer.text.empty());
    return answer.verdict;
  }

 private:
  ProgrammeFold then_;
};

events::PolicyBody threshold_body() {
  events::ThresholdPolicy threshold;
  threshold.open_states = {events::IssueState::raised, events::IssueState::triaged};
  threshold.parts = {{{}, events::CountMode::distinct_issue, {{0, {1}}}, "P1", {}}};
  threshold.work_off_severities = {3, 4};
  events::PolicyBody body;
  body.threshold = threshold;
  return body;
}

}  // namespace

TEST_CASE("V3 is undetermined without a threshold policy, and asks for an item for each issue") {
  Exit without;
  without.cut();
  CHECK(without.ask(answer_work_off) == Verdict::undetermined);
  Exit story;
  story.policy("THR-INV", threshold_body());
  story.cut();
  CHECK(story.ask(answer_work_off) == Verdict::not_met);
  events::WorkOffPlanBaselined plan;
  plan.items = {{"TI-1", "S1SP-A", "2019-12-20", std::nullopt}};
  plan.phases = IdentifierSet::of({"SIT-1"});
  plan.work_off_plan = "WOP-1";
  story.say("dcc-im", plan);
  CHECK(story.ask(answer_work_off) == Verdict::met);
}

TEST_CASE("V4 looks at the obligations as they stood at the cut-off") {
  Exit clean;
  clean.cut();
  clean.say("sp-tl", deployed("ENV-SIT-1", "B1", "B2"));
  CHECK(clean.ask(answer_regression) == Verdict::met);
  Exit story;
  story.say("sp-tl", deployed("ENV-SIT-1", "B1", "B2"));
  story.cut();
  CHECK(story.ask(answer_regression) == Verdict::not_met);
}

TEST_CASE("V5 asks for both of DCC's voices and for the very set of issues") {
  Exit story;
  story.report({"TI-1"}, "REP-0");
  story.cut();
  CHECK(story.ask(answer_report) == Verdict::not_met);  // none is in effect
  const EventId short_one = story.report({});
  CHECK(story.ask(answer_report) == Verdict::not_met);
  story.endorse("dcc-reg", short_one);
  CHECK(story.ask(answer_report) == Verdict::not_met);
  story.endorse("dcc-reg", story.report({"TI-1"}, "REP-2"));
  CHECK(story.ask(answer_report) == Verdict::met);
}

TEST_CASE("V6 takes a position that counts, with a quorum, after the cut-off and on its log") {
  Exit story;
  events::TagPositionRecorded position;
  position.about = "phase/SIT-1";
  position.meeting = "TAG-12";
  position.position = events::Position::endorsed;
  CHECK(story.ask(answer_positions) == Verdict::undetermined);
  events::ApprovalPolicy approval;
  approval.quorums = {{events::Body::tag, 1, 1, {Role::tag_mem}}};
  approval.rules = {{events::Body::tag,
                     false,
                     events::Matter::exit,
                     {events::Position::endorsed, events::Position::endorsed_with_comments},
                     {}}};
  events::PolicyBody body;
  body.approval = approval;
  story.policy("APPROVAL-INV", body);
  story.endorse("mem-ALPHA", story.say("tag-sec", position));
  story.cut();
  CHECK(story.ask(answer_positions) == Verdict::not_met);  // from before the cut-off
  const EventId after = story.say("tag-sec", position);
  CHECK(story.ask(answer_positions) == Verdict::not_met);  // no quorum yet
  story.endorse("mem-ALPHA", after);
  CHECK(story.ask(answer_positions) == Verdict::met);
  position.position = events::Position::not_endorsed;
  story.endorse("mem-ALPHA", story.say("tag-sec", position));
  CHECK(story.ask(answer_positions) == Verdict::not_met);
}

TEST_CASE("V7 is what the audit regime in force asks for") {
  Exit story;
  const auto regime = [](events::AuditRegime which) {
    events::PolicyBody body;
    body.audit_regime = events::AuditPolicy{which};
    return body;
  };
  story.cut();
  CHECK(story.ask(answer_audit) == Verdict::undetermined);

  Exit free;
  free.policy("AUDIT-INV", regime(events::AuditRegime::not_required));
  free.cut();
  CHECK(free.ask(answer_audit) == Verdict::not_applicable);

  Exit audited;
  audited.person("aud", "AUDITOR-1", events::PartyClass::auditor, Role::aud);
  audited.policy("AUDIT-INV", regime(events::AuditRegime::audit_required));
  audited.cut();
  CHECK(audited.ask(answer_audit) == Verdict::not_met);
  events::ExternalAuditReportRegistered report;
  report.auditor = "AUDITOR-1";
  report.opinion = events::AuditOpinion::qualified;
  report.phases = IdentifierSet::of({"SIT-1"});
  report.report = "AUDIT-1";
  audited.say("aud", report);
  CHECK(audited.ask(answer_audit) == Verdict::met);

  Exit verified;
  verified.policy("AUDIT-INV", regime(events::AuditRegime::ledger_verification));
  verified.cut();
  events::VerificationPerformed done;
  done.head.size = verified.log.size();
  done.result = events::VerificationResult::nothing_failed;
  verified.say("dcc-tm", done);
  CHECK(verified.ask(answer_audit) == Verdict::not_met);  // DCC itself
  verified.say("mem-ALPHA", done);
  CHECK(verified.ask(answer_audit) == Verdict::met);
}

TEST_CASE("V8 asks for the roles of the approval policy, and for somebody else than who runs it") {
  Exit story;
  events::ApprovalPolicy approval;
  approval.rules = {{std::nullopt, true, events::Matter::exit, {}, {Role::dcc_tm}}};
  events::PolicyBody body;
  body.approval = approval;
  story.cut();
  CHECK(story.ask(answer_exit_authority) == Verdict::undetermined);
  story.policy("APPROVAL-INV", body);
  CHECK(story.ask(answer_exit_authority) == Verdict::undetermined);  // nothing is decided
  const EventId exit = story.say("dcc-tm", exit_decided("SIT-1", {"PEE-001"}));
  CHECK(story.ask(answer_exit_authority) == Verdict::not_met);
  story.endorse("tag-sec", exit);
  CHECK(story.ask(answer_exit_authority) == Verdict::met);
}

TEST_CASE("V8 counts nobody whose key was compromised by then") {
  Exit story;
  events::ApprovalPolicy approval;
  approval.rules = {{std::nullopt, true, events::Matter::exit, {}, {Role::dcc_tm}}};
  events::PolicyBody body;
  body.approval = approval;
  story.cut();
  story.policy("APPROVAL-INV", body);
  const EventId exit = story.say("dcc-tm", exit_decided("SIT-1", {"PEE-001"}));
  const Timestamp endorsed_after{story.log.now().us + 1};  // than the decision
  story.endorse("tag-sec", exit);
  CHECK(story.ask(answer_exit_authority) == Verdict::met);
  events::KeyRevoked revoked;
  revoked.compromised_since = endorsed_after;
  revoked.key = key_of("tag-sec");
  revoked.reason = "laptop stolen";
  story.say("root-DCC", revoked);
  CHECK(story.ask(answer_exit_authority) == Verdict::not_met);  // DCC alone is left
  story.endorse("mem-ALPHA", exit);
  CHECK(story.ask(answer_exit_authority) == Verdict::met);
  revoked.key = key_of("dcc-tm");
  story.say("root-DCC", revoked);
  CHECK(story.ask(answer_exit_authority) == Verdict::met);  // it was good when it decided
  Exit other;
  other.cut();
  other.policy("APPROVAL-INV", body);
  const Timestamp before = other.log.now();
  other.endorse("tag-sec", other.say("dcc-tm", exit_decided("SIT-1", {"PEE-001"})));
  CHECK(other.ask(answer_exit_authority) == Verdict::met);
  revoked.compromised_since = before;
  other.say("root-DCC", revoked);
  CHECK(other.ask(answer_exit_authority) == Verdict::not_met);  // nobody in the role is left
}
