// Findings about the rulebook itself, in a log whose register counts the voices.

#include "projections/rulebook/policy_findings.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/support/fold_log.hpp"
#include "tests/support/make_policies.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::ClauseStatus;
using events::TestKind;

namespace {

constexpr const char* kLater = "2019-12-01T00:00";
constexpr const char* kEarlier = "2019-06-01T00:00";

/// A log of 20 September 2019 with its parties and keys.
struct Programme {
  ProgrammeFold fold;
  FoldLog log{fold};

  Programme() { log.begin_programme(); }
  /// In an entry of its own, having seen the whole log.
  EventId say(const std::string& author, const EventData& data) {
    Terms terms;
    terms.seen = log.seen();
    const auto objections = log.say(author, {data}, terms);
    for (const auto& objection : objections) UNSCOPED_INFO(objection.error.message);
    REQUIRE(objections.empty());
    return {log.size() - 1, 0};
  }
  EventId put_in_force(const events::PolicyPublished& published, const char* from,
                       events::PolicyScope scope = {}) {
    say("dcc-reg", published);
    return say("dcc-reg", activation(published.policy.text.c_str(), from, std::move(scope),
                                     published.version));
  }
  [[nodiscard]] std::vector<Finding> findings() const {
    Findings found;
    find_policy_findings(fold.facts(), found);
    return std::move(found).take();
  }
  [[nodiscard]] std::vector<Finding> findings(const char* rule) const {
    std::vector<Finding> found = findings();
    std::erase_if(found, [&](const Finding& one) { return one.rule != Identifier(rule); });
    return found;
  }
};

events::PolicyBody approval_body(const events::ApprovalRule& rule) {
  events::PolicyBody body;
  body.approval = events::ApprovalPolicy{};
  body.approval->quorums = {{events::Body::tag, 1, 1, {Role::tag_mem}}};
  body.approval->rules = {rule};
  return body;
}

events::ApprovalRule by_tag() {
  events::ApprovalRule rule;
  rule.body = events::Body::tag;
  rule.matter = events::Matter::policy_activation;
  rule.positions = {events::Position::endorsed};
  return rule;
}

events::TagPositionRecorded position_on(const char* about, events::Position position) {
  events::TagPositionRecorded recorded;
  recorded.about = about;
  recorded.meeting = "TAG-1";
  recorded.position = position;
  return recorded;
}

events::PolicyBody exit_body(std::vector<events::CriterionSetting> criteria) {
  events::PolicyBody body;
  body.exit = events::ExitPolicy{};
  body.exit->criteria = std::move(criteria);
  return body;
}

bool mentions(const Finding& finding, const char* words) {
  UNSCOPED_INFO(finding.sentence);
  return finding.sentence.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("every rule about policies is in the catalogue, and findings carry its severity") {
  for (const char* id : {"P-BASIS", "P-CLAUSE", "P-CONFLICT", "P-KIND", "P-MISSING", "P-NOTAG",
                         "P-PROPOSED", "P-RETRO"}) {
    CAPTURE(id);
    REQUIRE(find_rule(id) != nullptr);
    CHECK(find_rule(id)->kind == RuleClass::finding);
  }
}

TEST_CASE("P-RETRO: a policy that is in force before it is recorded") {
  Programme programme;
  const EventId early = programme.put_in_force(
      policy("AUDIT", audit_body(events::AuditRegime::not_required)), kEarlier);
  const auto found = programme.findings("P-RETRO");
  REQUIRE(found.size() == 1);
  CHECK(found[0].events == std::vector<EventId>{early});
  CHECK(found[0].subject == "policy/AUDIT");
  CHECK(found[0].severity == FindingSeverity::major);
  CHECK(mentions(found[0], "AUDIT version 1 is in force from 2019-06-01 01:00 BST"));
  // It applies all the same: the breach is shown, not repaired.
  CHECK(policy_in_force(programme.fold.facts().rulebook, events::PolicyKind::audit_regime, {},
                        time_of(kEarlier)));
}

TEST_CASE("P-RETRO: not for a policy that comes into force at the moment of its recording") {
  Programme programme;
  const auto published = policy("AUDIT", audit_body(events::AuditRegime::not_required));
  programme.say("dcc-reg", published);
  auto now = activation("AUDIT", kLater);
  now.effective_from = Timestamp{programme.log.now().us + 60'000'000};
  const EventId id = programme.say("dcc-reg", now);
  REQUIRE(programme.fold.facts().rulebook.policies.at("AUDIT").activations[0].mark.recorded_at ==
          now.effective_from);
  CHECK(id.entry == programme.log.size() - 1);
  CHECK(programme.findings("P-RETRO").empty());
}

TEST_CASE("P-RETRO: a supersession into the past") {
  Programme programme;
  programme.put_in_force(policy("AUDIT", audit_body(events::AuditRegime::audit_required)), kLater);
  CHECK(programme.findings("P-RETRO").empty());
  const EventId end = programme.say("dcc-reg", supersession("AUDIT", kEarlier, 1, std::nullopt));
  const auto found = programme.findings("P-RETRO");
  REQUIRE(found.size() == 1);
  CHECK(found[0].events == std::vector<EventId>{end});
}

TEST_CASE("P-CONFLICT: two equally specific policies that come into force at one moment") {
  Programme programme;
  const EventId first =
      programme.put_in_force(policy("THR-A", threshold_body(1)), kLater, {{TestKind::sit}, {}, {}});
  programme.put_in_force(policy("THR-MT", threshold_body(1)), kLater, {{TestKind::mt}, {}, {}});
  programme.put_in_force(policy("THR-ALL", threshold_body(1)), kLater);
  CHECK(programme.findings("P-CONFLICT").empty());
  const EventId second =
      programme.put_in_force(policy("THR-B", threshold_body(2)), kLater, {{TestKind::sit}, {}, {}});
  const auto found = programme.findings("P-CONFLICT");
  REQUIRE(found.size() == 1);
  CHECK(found[0].events == std::vector<EventId>{first, second});
  CHECK(mentions(found[0], "the one recorded later, THR-B version 1, is taken"));
  programme.say("dcc-reg", supersession("THR-A", kLater, 1, std::nullopt));
  CHECK(programme.findings("P-CONFLICT").empty());
}

TEST_CASE("P-KIND: a version of another kind") {
  Programme programme;
  programme.say("dcc-reg", policy("X", threshold_body(1), 1));
  programme.say("dcc-reg", policy("X", threshold_body(2), 2));
  CHECK(programme.findings("P-KIND").empty());
  programme.say("dcc-reg", policy("X", audit_body(events::AuditRegime::not_required), 3));
  const auto found = programme.findings("P-KIND");
  REQUIRE(found.size() == 1);
  CHECK(mentions(found[0], "X version 3 is of another kind than version 1"));
}

TEST_CASE("P-NOTAG: without an approval policy nobody asks, with one the body's position counts") {
  Programme programme;
  programme.put_in_force(policy("THR", threshold_body(1)), kLater);
  CHECK(programme.findings("P-NOTAG").empty());
  programme.put_in_force(policy("APPROVAL", approval_body(by_tag())), kLater);
  // The threshold comes into force with the approval policy, so it is asked too.
  REQUIRE(programme.findings("P-NOTAG").size() == 2);
  CHECK(mentions(programme.findings("P-NOTAG")[0], "a position of TAG, and there is none"));
  programme.say("tag-sec", position_on("policy/THR.v1", events::Position::not_endorsed));
  const auto refused = programme.findings("P-NOTAG");
  REQUIRE(refused.size() == 2);
  CHECK(mentions(refused[1], "is \"not_endorsed\""));
  programme.say("tag-sec", position_on("policy/THR.v1", events::Position::endorsed));
  programme.say("tag-sec", position_on("policy/APPROVAL.v1", events::Position::endorsed));
  CHECK(programme.findings("P-NOTAG").empty());
  programme.say("tag-sec", position_on("policy/THR.v1", events::Position::not_endorsed));
  CHECK(programme.findings("P-NOTAG").size() == 1);
}

TEST_CASE("P-NOTAG: a laxer approval policy is judged by the one before it") {
  Programme programme;
  programme.put_in_force(policy("APPROVAL", approval_body(by_tag())), kLater);
  programme.say("tag-sec", position_on("policy/APPROVAL.v1", events::Position::endorsed));
  REQUIRE(programme.findings("P-NOTAG").empty());
  events::ApprovalRule about_exit = by_tag();
  about_exit.matter = events::Matter::exit;
  const EventId lax =
      programme.put_in_force(policy("LAX", approval_body(about_exit)), "2020-01-01T00:00");
  const auto found = programme.findings("P-NOTAG");
  REQUIRE(found.size() == 1);
  CHECK(found[0].events.back() == lax);
  // What follows is judged by the lax one, as the log has it.
  programme.put_in_force(policy("THR", threshold_body(1)), "2020-02-01T00:00");
  CHECK(programme.findings("P-NOTAG").size() == 1);
}

TEST_CASE("P-NOTAG: a voice of a role, and one of another party") {
  Programme programme;
  events::ApprovalRule rule;
  rule.independent = true;
  rule.matter = events::Matter::policy_activation;
  rule.roles = {Role::tag_sec};
  const EventId activated = programme.put_in_force(policy("APPROVAL", approval_body(rule)), kLater);
  REQUIRE(programme.findings("P-NOTAG").size() == 1);
  CHECK(mentions(programme.findings("P-NOTAG")[0], "the voice of TAG-SEC"));
  REQUIRE(programme.log.endorse("dcc-tm", activated.entry).empty());
  CHECK(programme.findings("P-NOTAG").size() == 1);
  REQUIRE(programme.log.endorse("tag-sec", activated.entry).empty());
  CHECK(programme.findings("P-NOTAG").empty());
}

TEST_CASE("P-MISSING: a criterion that no policy in force decides, of a kind in the scope") {
  Programme programme;
  programme.put_in_force(policy("EXIT", exit_body({{"V2", true, {}}, {"V7", false, {}}})), kLater,
                         {{TestKind::sit}, {}, {}});
  const auto found = programme.findings("P-MISSING");
  REQUIRE(found.size() == 1);
  CHECK(mentions(found[0], "criterion V2 of SIT, and no policy of kind threshold"));
  programme.put_in_force(policy("THR-MT", threshold_body(0)), kLater, {{TestKind::mt}, {}, {}});
  programme.put_in_force(policy("LATE", threshold_body(0)), "2020-01-01T00:00");
  const auto still = programme.findings("P-MISSING");
  CHECK(std::ranges::count_if(
            still, [](const Finding& one) { return one.subject == "policy/EXIT"; }) == 1);
}

TEST_CASE("P-MISSING: criteria that do not exist, severities nobody limits or explains") {
  Programme programme;
  programme.put_in_force(policy("EXIT", exit_body({{"S11", true, {}}, {"own-words", true, {}}})),
                         kLater);
  REQUIRE(programme.findings("P-MISSING").size() == 1);
  CHECK(mentions(programme.findings("P-MISSING")[0], "S1 to S10 and V2 to V8"));
  events::PolicyBody body = threshold_body(0);
  body.threshold->untriaged_counts_as = 5;
  programme.put_in_force(policy("THR", body), kLater);
  const auto found = programme.findings("P-MISSING");
  REQUIRE(found.size() == 3);
  CHECK(mentions(found[1], "no severity taxonomy is in force"));
  CHECK(mentions(found[2], "severity 5, which it does not limit"));
}

TEST_CASE("P-MISSING: a release that is not declared, until it is") {
  Programme programme;
  events::PolicyBody body;
  body.migration = events::MigrationPolicy{};
  body.migration->dmrt_releases = IdentifierSet::of({"MOC"});
  body.migration->dmrt_stage = "MIG_DMRT";
  body.migration->security_features_tag = "security_feature";
  body.migration->stage = "MIG_ST";
  programme.put_in_force(policy("MIGRATION", body), kLater);
  REQUIRE(programme.findings("P-MISSING").size() == 1);
  CHECK(mentions(programme.findings("P-MISSING")[0], "release MOC for Migration DMRT"));
  events::ReleaseDeclared release;
  release.release = "MOC";
  release.title = "MOC (invented)";
  programme.say("dcc-rm", release);
  CHECK(programme.findings("P-MISSING").empty());
}

TEST_CASE("P-BASIS: what a policy says of its clause, and what the register says") {
  Programme programme;
  events::PolicyBody body;
  body.combined_completion = events::CombinedCompletionPolicy{true};
  auto published = policy("COMBINED", body);
  published.legal_basis = {{"6.3(b)", "SMETS1 MTAD", ClauseStatus::in_force}};
  programme.put_in_force(published, kLater);
  REQUIRE(programme.findings("P-BASIS").size() == 1);
  CHECK(mentions(programme.findings("P-BASIS")[0], "which the register of clauses does not have"));
  programme.say("dcc-reg", clause("MTAD", "6.3.b", ClauseStatus::proposed, "2019-08-29"));
  REQUIRE(programme.findings("P-BASIS").size() == 1);
  CHECK(mentions(programme.findings("P-BASIS")[0], "is \"in_force\"; by the register"));
  programme.say("dcc-reg", clause("MTAD", "6.3.b", ClauseStatus::in_force, "2019-11-30"));
  CHECK(programme.findings("P-BASIS").empty());
}

TEST_CASE("P-PROPOSED: a policy in force on a clause that is not, and the audit that still is") {
  Programme programme;
  programme.say("dcc-reg", clause("SVTAD", "9.7", ClauseStatus::proposed, "2019-08-09"));
  programme.say("dcc-reg", clause("SVTAD", "19", ClauseStatus::removal_proposed, "2019-08-09"));
  events::PolicyBody body;
  body.combined_completion = events::CombinedCompletionPolicy{true};
  auto combined = policy("COMBINED", body);
  combined.legal_basis = {{"9.7", "SMETS1 SVTAD", ClauseStatus::proposed}};
  auto audit = policy("AUDIT", audit_body(events::AuditRegime::not_required));
  audit.legal_basis = {{"19", "SMETS1 SVTAD", ClauseStatus::removal_proposed}};
  programme.put_in_force(combined, kLater);
  CHECK(programme.findings("P-PROPOSED").empty());  // not in force yet
  combined.version = 2;
  programme.put_in_force(combined, kEarlier);
  programme.put_in_force(audit, kEarlier);
  const auto found = programme.findings("P-PROPOSED");
  REQUIRE(found.size() == 2);
  CHECK(mentions(found[0], "AUDIT version 1 does without the audit of clause 19"));
  CHECK(mentions(found[1], "COMBINED version 2 is in force and rests on clause 9.7"));
  programme.say("dcc-reg", clause("SVTAD", "19", ClauseStatus::removed, "2019-09-01"));
  programme.say("dcc-reg", clause("SVTAD", "9.7", ClauseStatus::in_force, "2019-09-01"));
  CHECK(programme.findings("P-PROPOSED").empty());
}

TEST_CASE("P-CLAUSE: withdrawn before effect, although it was in force") {
  Programme programme;
  const EventId first =
      programme.say("dcc-reg", clause("MTAD", "5.7", ClauseStatus::in_force, "2019-01-01"));
  const EventId second = programme.say(
      "dcc-reg", clause("MTAD", "5.7", ClauseStatus::withdrawn_before_effect, "2019-08-29"));
  const auto found = programme.findings("P-CLAUSE");
  REQUIRE(found.size() == 1);
  CHECK(found[0].events == std::vector<EventId>{first, second});
  CHECK(found[0].subject == "clause/MTAD-5.7");
}
