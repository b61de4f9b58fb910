// What second versions state, against what there is: hard invariants refuse what is impossible, and
// findings disclose what does not hold.

#include "ledger/merkle/compact_range.hpp"
#include "projections/coverage/traceability.hpp"
#include "projections/criteria/evaluation_findings.hpp"
#include "projections/criteria/plan_findings.hpp"
#include "tests/unit/projections/story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::Outcome;
using events::TestKind;

namespace {

constexpr const char* kP = "SIT-1";

std::vector<Finding> plan_findings(const Story& story) {
  Findings findings;
  find_plan_findings(story.facts(), findings);
  return std::move(findings).take();
}

std::vector<Finding> evaluation_findings(const Story& story) {
  const Facts now = story.facts();
  Findings findings;
  find_evaluation_findings(now, [&](std::uint64_t) { return &now; }, findings);
  return std::move(findings).take();
}

std::string refusal(Story& story, const std::string& author, EventData event) {
  Terms terms;
  terms.seen = story.log.seen();
  const auto objections = story.log.say(author, {std::move(event)}, terms);
  return objections.empty() ? "" : objections[0].error.message;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

Hash root_of(const std::vector<events::ScopeItem>& items) {
  merkle::CompactRange range;
  for (const events::ScopeItem& one : items) range.append(merkle::leaf_hash(to_canonical(one)));
  return range.root();
}

events::ScopeChangedV2 change(std::vector<events::ScopeItemV2> added, Ids removed) {
  events::ScopeChangedV2 event;
  event.added = std::move(added);
  event.phase = kP;
  event.reason = "as agreed";
  event.removed = IdentifierSet::of(std::move(removed));
  event.scope = "SCOPE-SIT-1";
  event.version = "2";
  return event;
}

events::PolicyBody exit_policy(std::uint64_t percent) {
  events::PolicyBody body;
  events::ExitPolicy exit;
  exit.criteria = {{.criterion = "S2", .required = true, .text = {}}};
  exit.executed_percent_min = percent;
  body.exit = exit;
  return body;
}

events::PhasePlannedV2 planned_under(const char* phase_id, events::PhasePolicies policies) {
  return {phase(phase_id, {"PEE-001"}), std::move(policies)};
}

}  // namespace

TEST_CASE("a change of scope that says what it leaves is held to it") {
  Story story;
  story.phase_under_way(kP, TestKind::sit);
  auto right = change({{item("I3", "PEE-001"), {}, {}}}, {"I1"});
  right.item_count = 2;
  right.root = root_of({item("I2", "PEE-001"), item("I3", "PEE-001")});
  story.say("dcc-tm", right);
  CHECK(plan_findings(story).empty());
  auto wrong = change({}, {"I2"});
  wrong.item_count = 1;
  wrong.root = root_of({item("I2", "PEE-001")});
  const EventId at = story.say("dcc-tm", wrong);
  const auto found = plan_findings(story);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == Identifier("SCOPE-ROOT-DIFFERS"));
  CHECK(found[0].events == std::vector{at});
  CHECK(contains(found[0].sentence, root_of({item("I3", "PEE-001")}).hex()));
}

TEST_CASE("a change of scope that leaves nothing has the root of the empty tree") {
  Story story;
  story.phase_under_way(kP, TestKind::sit);
  auto all = change({}, {"I1", "I2"});
  all.item_count = 0;
  all.root = sha256("");
  story.say("dcc-tm", all);
  CHECK(plan_findings(story).empty());
}

TEST_CASE("members of a second version that cannot be are refused") {
  Story story;
  story.phase_under_way(kP, TestKind::sit);
  auto half = change({}, {"I1"});
  half.item_count = 1;
  CHECK(contains(refusal(story, "dcc-tm", half), "item_count and root go together"));
  auto versioned_item = change({{item("I3", "PEE-001"), Identifier("1.2"), {}}}, {});
  CHECK(contains(refusal(story, "dcc-tm", versioned_item), "there is no test_case/"));
  CHECK(contains(refusal(story, "dcc-tm", planned_under("SIT-2", {})),
                 "policies names at least one policy"));
  events::PhaseSuspendedV2 suspended;
  static_cast<events::PhaseSuspended&>(suspended) = phase_suspended(kP);
  suspended.criteria.emplace();
  CHECK(contains(refusal(story, "dcc-tm", suspended), "criteria names at least one criterion"));
  suspended.criteria = IdentifierSet::of({"SUSPEND-1"});
  CHECK(refusal(story, "dcc-tm", suspended).empty());
  events::EvidenceAttached attached;
  attached.about = "issue/TI-9";
  CHECK(contains(refusal(story, "harness", attached), "there is no issue/TI-9"));
  attached.about = "environment/ENV-SIT-1";
  CHECK(refusal(story, "harness", attached).empty());
}

TEST_CASE("counts of an evaluation add up, and are of entries that it is about") {
  Story story;
  story.phase_under_way(kP, TestKind::sit);
  events::ExitEvaluatedV2 evaluated;
  evaluated.phase = kP;
  evaluated.planned_entries = IdentifierSet::of({"PEE-001"});
  events::EvaluatedItems counts;
  counts.items = 2;
  counts.passed = 1;
  counts.planned_entry = "PEE-001";
  evaluated.counts = {counts};
  CHECK(contains(refusal(story, "harness", evaluated), "add up to its items"));
  counts.not_run = 1;
  counts.planned_entry = "PEE-002";
  evaluated.counts = {counts};
  CHECK(contains(refusal(story, "harness", evaluated), "planned entries that the evaluation is"));
  counts.planned_entry = "PEE-001";
  evaluated.counts = {counts, counts};
  CHECK(contains(refusal(story, "harness", evaluated), "each once"));
}

TEST_CASE("an evaluation whose counts are others than the log's is found") {
  Story story;
  story.phase_under_way(kP, TestKind::sit);
  story.run("R1", kP, "I1", Outcome::passed, "B1");
  events::ExitEvaluatedV2 evaluated;
  evaluated.inputs.size = story.log.size();
  evaluated.phase = kP;
  evaluated.planned_entries = IdentifierSet::of({"PEE-001"});
  events::EvaluatedItems counts;
  counts.items = 2;
  counts.not_run = 1;
  counts.passed = 1;
  counts.planned_entry = "PEE-001";
  evaluated.counts = {counts};
  story.say("harness", evaluated);
  CHECK(evaluation_findings(story).empty());
  counts.not_run = 0;
  counts.passed = 2;
  evaluated.counts = {counts};
  const EventId lie = story.say("harness", evaluated);
  const auto found = evaluation_findings(story);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == Identifier("V-DIFF"));
  CHECK(found[0].events == std::vector{lie});
  CHECK(contains(found[0].sentence, "the number passed of PEE-001 is 1, not 2"));
  CHECK(contains(found[0].sentence, "the number not run of PEE-001 is 1, not 0"));
}

TEST_CASE("a phase whose plan names a policy that is not there, or of another kind, is found") {
  Story story;
  story.policy("EXIT", exit_policy(90));
  events::PhasePolicies policies;
  policies.exit = events::PolicyVersion{"EXIT", 1};
  story.say("dcc-tm", planned_under("SIT-1", policies));
  CHECK(plan_findings(story).empty());
  policies.exit = events::PolicyVersion{"EXIT", 7};
  policies.entry = events::PolicyVersion{"EXIT", 1};
  story.say("dcc-tm", planned_under("SIT-2", policies));
  const auto found = plan_findings(story);
  CHECK(count_rules(found) == std::map<std::string, int>{{"X-POLICY", 2}});
  std::string sentences;
  for (const Finding& one : found) sentences += one.sentence;
  CHECK(contains(sentences, "EXIT version 7 as its policy of exit, and no such version"));
  CHECK(contains(sentences, "EXIT version 1 as its policy of entry, which is a policy of another"));
}

TEST_CASE("a phase that is judged by another policy than it was planned under is found") {
  Story story;
  story.policy("EXIT", exit_policy(90));
  events::PhasePolicies policies;
  policies.exit = events::PolicyVersion{"EXIT", 1};
  story.say("dcc-tm", planned_under(kP, policies));
  story.policy("LAXER", exit_policy(50));
  CHECK(plan_findings(story).empty());  // nothing is judged yet
  story.say("dcc-tm", phase_started(kP, {"PEE-001"}));
  const auto found = plan_findings(story);
  REQUIRE(found.size() == 1);
  CHECK(contains(found[0].sentence, "LAXER version 1 governs PEE-001"));
  CHECK(found[0].events.size() == 2);
}

TEST_CASE("an item counts for the requirements of the version of its test case that it names") {
  Story story;
  for (const char* const version : {"1", "2"}) {
    events::TestCaseRegisteredV2 test_case;
    test_case.requirements = {std::string("REQ-") + version};
    test_case.test_case = item("I", "PEE-001").test_case;
    test_case.version = version;
    story.say("sp-tl", test_case);
  }
  story.say("dcc-tm", phase(kP, {"PEE-001"}));
  story.say("dcc-tm",
            events::ScopeItemsListedV2{{{item("I", "PEE-001"), Identifier("2"), {}}}, kP, "S"});
  const Facts facts = story.facts();
  const Traceability trace = trace_requirements(facts.board, facts.plan);
  REQUIRE(trace.requirements.size() == 2);
  CHECK(trace.requirements[0].items == 0);
  CHECK(trace.requirements[1].items == 1);
}
