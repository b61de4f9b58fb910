// What the views say becomes aspects: told of a small history, before and after.

#include "projections/difference/collect.hpp"

#include <catch2/catch.hpp>

#include "projections/difference/compare.hpp"
#include "tests/support/make_policies.hpp"
#include "tests/unit/projections/thresholds/cohort.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

/// The facts of a story, under a rulebook that holds one policy for SIT.
struct Governed {
  const FactStory& story;
  Rulebook rulebook;

  Governed(const FactStory& told, const events::ThresholdPolicy& policy) : story(told) {
    events::PolicyBody body;
    body.threshold = policy;
    say(testing::policy("THR", body), 0);
    say(activation("THR", "2019-09-20T00:00", {{events::TestKind::sit}, {}, {}}), 1);
  }
  void say(const EventData& data, std::uint64_t position) {
    rulebook.apply({{1, position}, data, {}, {}, {}, "DCC", {}}, Stage::in_effect);
  }
  [[nodiscard]] Facts facts() const {
    const Facts told = story.facts();
    return {told.programme,  told.board, told.completion, told.issues, told.plan,
            told.regression, rulebook,   told.selection,  told.size,   told.recorded_at};
  }
};

Aspects tests_of(const FactStory& story) {
  Aspects aspects;
  add_test_aspects(story.facts(), aspects);
  return aspects;
}

Aspects limits_of(const FactStory& story) {
  const Governed governed(story, sample_policy());
  Aspects aspects;
  add_threshold_aspects(governed.facts(), aspects);
  return aspects;
}

std::string value_of(const Aspects& aspects, Section section, const std::string& id,
                     const char* name) {
  const auto found = aspects.of(section).find(id);
  if (found == aspects.of(section).end()) return "no " + id;
  for (const AspectValue& value : found->second.values) {
    if (value.name == name) return value.text;
  }
  return std::string("no ") + name;
}

std::vector<std::string> names_between(const Aspects& from, const Aspects& to, Section section) {
  std::vector<std::string> names;
  const auto found = compare(from, to, std::span(&section, 1));
  for (const Difference& one : found.at(0).differences) names.push_back(one.id);
  return names;
}

}  // namespace

TEST_CASE("an issue that is raised and judged is new, then changed, and nothing else is") {
  FactStory story = mds_cohort();
  const Aspects before = tests_of(story);
  story.say(issue_raised("TI-1", kSit, {"PEE-001"}));
  const Aspects raised = tests_of(story);
  CHECK(value_of(raised, Section::issues, "TI-1", "severity") == "untriaged");
  CHECK(count_differences(compare(before, raised, all_sections())) == 1);
  story.say(issue_triaged("TI-1", 2));
  const Aspects judged = tests_of(story);
  CHECK(value_of(judged, Section::issues, "TI-1", "severity") == "2");
  CHECK(names_between(raised, judged, Section::issues) == std::vector<std::string>{"TI-1"});
  story.say(issue_closed("TI-1"));
  CHECK(value_of(tests_of(story), Section::issues, "TI-1", "state") == "CLOSED");
}

TEST_CASE("a phase's steps and an item's outcome are told of the phase, the entry and the item") {
  FactStory story = mds_cohort();
  story.say(listed("SC-1", kSit, {item("I1", "PEE-001")}));
  const Aspects before = tests_of(story);
  const std::string inside = std::string(kSit) + "/PEE-001";
  CHECK(value_of(before, Section::items, inside + "/I1", "outcome") == "NOT_RUN");
  story.say(entry_decided(kSit, {"PEE-001"}));
  story.say(phase_started(kSit, {"PEE-001"}));
  story.say(run_started("R1", kSit, "PEE-001", "I1"));
  story.say(run_finished("R1", events::Outcome::failed));
  const Aspects after = tests_of(story);
  CHECK(value_of(after, Section::items, inside + "/I1", "outcome") == "FAILED");
  CHECK(value_of(before, Section::entries, inside, "state") !=
        value_of(after, Section::entries, inside, "state"));
  CHECK(value_of(after, Section::entries, inside, "executed") == "1");
  CHECK(names_between(before, after, Section::items) == std::vector<std::string>{inside + "/I1"});
}

TEST_CASE("a limit that a cohort shares is told once, one of an entry for each") {
  FactStory story = mds_cohort();
  const Aspects before = limits_of(story);
  CHECK(before.of(Section::thresholds).size() == 8);  // four entries in two phases
  // Four limits for each of four entries, and three that they share; MT has no policy.
  CHECK(before.of(Section::limits).size() == 4 * 4 + 3);
  // What is shared is about all that share it.
  std::size_t shared = 0;
  for (const auto& [id, limit] : before.of(Section::limits)) {
    CHECK((limit.planned_entries.size() == 1 || limit.planned_entries.size() == 4));
    shared += limit.planned_entries.size() == 4 ? 1U : 0U;
  }
  CHECK(shared == 3);
  issue(story, "TI-1", 3, {"PEE-001"});
  const auto changed = names_between(before, limits_of(story), Section::limits);
  REQUIRE(changed.size() == 3);  // part 1 of PEE-001; 3 and 3+4 of part 2
  for (const std::string& id : changed) {
    CHECK(value_of(limits_of(story), Section::limits, id, "count") == "1");
    CHECK(value_of(limits_of(story), Section::limits, id, "issues") == "TI-1");
  }
}

TEST_CASE("without a policy a threshold is undetermined, and has no limit") {
  const FactStory story = mds_cohort();
  Aspects aspects;
  add_threshold_aspects(story.facts(), aspects);
  const std::string id = std::string(kSit) + "/PEE-001";
  CHECK(value_of(aspects, Section::thresholds, id, "verdict") == "UNDETERMINED");
  CHECK(value_of(aspects, Section::thresholds, id, "policy") == "none");
  CHECK(aspects.of(Section::limits).empty());
}

TEST_CASE("a finding keeps its name when the policy that asks for it changes, or more shows it") {
  const FactStory story = mds_cohort();
  Governed governed(story, sample_policy());
  const auto name = [&](std::vector<EventId> shown_by) {
    Finding finding;
    finding.rule = "Q-DOWN";
    finding.events = std::move(shown_by);
    finding.phase = Identifier(kSit);
    finding.subject = "issue/TI-1";
    Aspects aspects;
    add_answer_aspects(governed.facts(), {}, {finding}, aspects);
    return aspects.of(Section::findings).begin()->first;
  };
  CHECK(name({{9, 0}}) == "Q-DOWN/MOC-MDS-SIT-01/issue/TI-1@9.0");
  CHECK(name({{1, 1}, {9, 0}}) == name({{9, 0}}));   // 1.1 put the policy in force
  CHECK(name({{9, 0}, {12, 0}}) == name({{9, 0}}));  // more of the same
  CHECK(name({{12, 0}}) != name({{9, 0}}));          // another case
  CHECK(name({}) == "Q-DOWN/MOC-MDS-SIT-01/issue/TI-1");
}

TEST_CASE("criteria and claims are told with what answers them") {
  const FactStory story = mds_cohort();
  Assessed exit;
  exit.phase = "SIT-01";
  exit.planned_entry = "PEE-001";
  exit.verdict = events::Verdict::not_met;
  exit.answers = {{.criterion = "V7", .text = "no report", .verdict = events::Verdict::not_met}};
  Assessed entry = exit;
  entry.answers.clear();
  entry.verdict = events::Verdict::undetermined;
  Aspects aspects;
  add_answer_aspects(story.facts(), {{entry, exit}}, {}, aspects);
  CHECK(value_of(aspects, Section::criteria, "SIT-01/PEE-001/exit/V7", "verdict") == "NOT_MET");
  CHECK(value_of(aspects, Section::criteria, "SIT-01/PEE-001/exit", "verdict") == "NOT_MET");
  CHECK(value_of(aspects, Section::criteria, "SIT-01/PEE-001/entry", "verdict") == "UNDETERMINED");
  CHECK(aspects.of(Section::criteria).at("SIT-01/PEE-001/exit/V7").why == "no report");
  CHECK(aspects.of(Section::claims).size() == 13);
  CHECK(value_of(aspects, Section::claims, "SIT-01/PEE-001/C13", "verdict") == "NOT_MET");
  CHECK(aspects.of(Section::claims).at("SIT-01/PEE-001/C13").why == "V7 NOT_MET");
}

TEST_CASE("policies and clauses are told with what is in force") {
  const FactStory story = mds_cohort();
  Governed governed(story, sample_policy());
  governed.say(clause("MTAD", "12", events::ClauseStatus::in_force, "2019-01-01"), 2);
  const auto programme = [&] {
    Aspects aspects;
    add_programme_aspects(governed.facts(), aspects);
    return aspects;
  };
  const Aspects before = programme();
  CHECK(value_of(before, Section::policies, "THR.v1", "status") == "in_force");
  CHECK(value_of(before, Section::clauses, "MTAD 12", "status") == "in_force");
  governed.say(supersession("THR", "2019-10-01T00:00", 1, std::nullopt), 3);
  governed.say(clause("MTAD", "12", events::ClauseStatus::removed, "2019-10-01"), 4);
  const Aspects after = programme();
  CHECK(value_of(after, Section::policies, "THR.v1", "status") == "superseded");
  CHECK(value_of(after, Section::clauses, "MTAD 12", "status") == "removed");
  CHECK(count_differences(compare(before, after, all_sections())) == 2);
}

TEST_CASE("an obligation to regress is told of each phase that the change falls on") {
  FactStory story = mds_cohort();
  for (const char* id : {kSit, kMt}) {
    const auto scope = std::string("SC-") + id;
    story.say(listed(scope.c_str(), id, {item("I1", "PEE-001")}));
    story.say(baselined(scope.c_str(), id, {item("I1", "PEE-001")}));
  }
  story.say(environment("ENV-1", {kSit, kMt}, "B1"));
  const Aspects before = tests_of(story);
  CHECK(before.of(Section::obligations).empty());
  const EventId change = story.say(deployed("ENV-1", "B1", "B2"));
  const Aspects after = tests_of(story);
  const std::string id = std::string(kSit) + "/PEE-001/" + change.text();
  CHECK(value_of(after, Section::obligations, id, "state") == "UNASSESSED");
  CHECK(value_of(after, Section::obligations, id, "assessment") == "none");
  CHECK(after.of(Section::obligations).at(id).title == "build B2 of S1SP in ENV-1");
  CHECK(after.of(Section::obligations).at(id).phase == Identifier(kSit));
  CHECK(names_between(before, after, Section::obligations).size() == 2);
}

TEST_CASE("a consultation is told with its state, its end and what came in") {
  FactStory story = mds_cohort();
  events::ConsultationOpened opened;
  opened.about = "dmc_selection";
  opened.audiences = {events::Audience::tag};
  opened.closes_at = Timestamp::parse("2019-10-25T16:00:00.000000Z").value();
  opened.consultation = "CON-1";
  opened.opens_at = Timestamp::parse("2019-10-01T08:00:00.000000Z").value();
  opened.title = "Which DMCs (invented)";
  story.say(opened);
  const auto programme = [&] {
    Aspects aspects;
    add_programme_aspects(story.facts(), aspects);
    return aspects;
  };
  const Aspects before = programme();
  CHECK(before.of(Section::consultations).at("CON-1").title == "Which DMCs (invented)");
  CHECK(value_of(before, Section::consultations, "CON-1", "responses") == "0");
  CHECK(value_of(before, Section::consultations, "CON-1", "long_enough") == "UNDETERMINED");
  events::ConsultationClosed closed;
  closed.closed_at = opened.closes_at;
  closed.consultation = "CON-1";
  story.say(closed);
  CHECK(value_of(programme(), Section::consultations, "CON-1", "state") == "closed");
  CHECK(names_between(before, programme(), Section::consultations) ==
        std::vector<std::string>{"CON-1"});
}
