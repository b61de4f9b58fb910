// The two sample rulebooks: they are sound, they say what the briefing says, and every number in
// them is called invented.

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "cli/rulebook/publication.hpp"
#include "projections/rulebook/calendar.hpp"
#include "projections/rulebook/clauses.hpp"

using namespace assay;
using namespace assay::cli;
using namespace assay::projections;
using events::PolicyKind;
using events::TestKind;

namespace {

RulebookFile sample(const char* name) {
  std::ifstream in(std::string(ASSAY_SOURCE_DIR) + "/docs/rulebooks/" + name + ".json");
  REQUIRE(in);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto file = parse_rulebook(text);
  if (!file) FAIL(file.error().message);
  return *std::move(file);
}

Rulebook published(const std::vector<RulebookFile>& files) {
  Rulebook rulebook;
  std::uint64_t entry = 0;
  const auto apply = [&](const EventData& event) {
    rulebook.apply({{entry++, 0}, event, {}, {}, {}, {}, std::nullopt}, Stage::in_effect);
  };
  for (const RulebookFile& file : files) {
    for (const auto& clause : file.clauses) apply(clause);
    for (const RulebookPolicy& policy : file.policies) {
      apply(policy.published());
      apply(events::PolicyActivated{std::nullopt, effective_from(policy).value(), policy.policy,
                                    policy.activation->scope, policy.version});
    }
  }
  return rulebook;
}

const Rulebook& both() {
  static const Rulebook kBoth =
      published({sample("before-consultation"), sample("proposed-2019-08")});
  return kBoth;
}

const events::PolicyBody& body(PolicyKind kind, TestKind test, const char* release,
                               const char* at) {
  const auto found =
      policy_in_force(both(), kind, {test, Identifier(release), Identifier("MDS")},
                      Timestamp::parse(std::string(at) + "T12:00:00.000000Z").value());
  INFO(enum_text(kind) << " of " << enum_text(test) << " on " << at);
  REQUIRE(found);
  return *found->body;
}

std::string status(const char* document, const char* clause, const char* day) {
  const auto found = clause_at(both(), document, clause, day).status;
  return found ? std::string(enum_text(*found)) : "unknown";
}

constexpr const char* kBefore = "2019-08-01";
constexpr const char* kAfter = "2019-10-01";

}  // namespace

TEST_CASE("every policy of the samples says what is invented, or that it is fact") {
  for (const char* name : {"before-consultation", "proposed-2019-08"}) {
    const RulebookFile file = sample(name);
    CHECK(file.note.find("invented") != std::string::npos);
    for (const RulebookPolicy& policy : file.policies) {
      CAPTURE(name, policy.policy.text);
      const std::string note = policy.note;
      const bool said = note.find("nvented") != std::string::npos ||
                        note.find("INVENTED") != std::string::npos ||
                        note.find("Fact") != std::string::npos;
      CHECK(said);
    }
  }
}

TEST_CASE("the audit regime changes from one day to the next") {
  CHECK(body(PolicyKind::audit_regime, TestKind::sit, "MOC", "2019-09-19").audit_regime->regime ==
        events::AuditRegime::audit_required);
  CHECK(body(PolicyKind::audit_regime, TestKind::sit, "MOC", "2019-09-20").audit_regime->regime ==
        events::AuditRegime::not_required);
}

TEST_CASE("combined completion and shared selection are permitted only by the proposal") {
  CHECK_FALSE(body(PolicyKind::combined_completion, TestKind::sit, "MOC", kBefore)
                  .combined_completion->allowed);
  CHECK(body(PolicyKind::combined_completion, TestKind::sit, "MOC", kAfter)
            .combined_completion->allowed);
  CHECK(body(PolicyKind::dmc_selection, TestKind::sit, "MOC", kBefore)
            .dmc_selection->shared_by_kinds == std::set<TestKind>{TestKind::sit});
  const auto& selection =
      *body(PolicyKind::dmc_selection, TestKind::mt, "MOC", kAfter).dmc_selection;
  CHECK(selection.shared_by_kinds == std::set<TestKind>{TestKind::mt, TestKind::sit});
  REQUIRE(selection.substitution_routes.size() == 1);
  CHECK_FALSE(selection.substitution_routes[0].enabled);
  CHECK(selection.substitution_routes[0].legal_basis.clause == "13.11");
}

TEST_CASE("MT before the consultation is for IOC only, and SIT then has no known limit") {
  const Timestamp at = Timestamp::parse("2019-08-01T12:00:00.000000Z").value();
  const auto has = [&](PolicyKind kind, TestKind test, const char* release) {
    return policy_in_force(both(), kind, {test, Identifier(release), {}}, at).has_value();
  };
  CHECK(has(PolicyKind::exit, TestKind::mt, "IOC"));
  CHECK_FALSE(has(PolicyKind::exit, TestKind::mt, "MOC"));
  CHECK(has(PolicyKind::threshold, TestKind::mt, "IOC"));
  CHECK_FALSE(has(PolicyKind::threshold, TestKind::sit, "MOC"));
  CHECK_FALSE(has(PolicyKind::migration, TestKind::mt, "MOC"));
}

TEST_CASE("migration tests three steps on both sides, DMRT for MOC and FOC, and no more") {
  const auto& migration = *body(PolicyKind::migration, TestKind::mt, "MOC", kAfter).migration;
  CHECK(migration.tmad_steps == std::vector<std::string>{"Installing a SMETS1 Electricity Meter",
                                                         "Installing a SMETS1 GSME",
                                                         "Securing a SMETS1 ESME"});
  CHECK(migration.sides.size() == 2);
  CHECK_FALSE(migration.security_features_required);
  CHECK(migration.dmrt_releases == IdentifierSet::of({"FOC", "MOC"}));
}

TEST_CASE("the limits of the sample are in two parts, one for an entry and one aggregate") {
  const auto& threshold = *body(PolicyKind::threshold, TestKind::sit, "MOC", kAfter).threshold;
  REQUIRE(threshold.parts.size() == 2);
  CHECK(threshold.parts[0].scope ==
        std::set<events::Dimension>{events::Dimension::kind, events::Dimension::planned_entry});
  CHECK(threshold.parts[1].count == events::CountMode::distinct_issue);
  CHECK(threshold.parts[1].limits[2].max == 15);
}

TEST_CASE("the register of clauses on the days of the consultation and of the briefing") {
  CHECK(status("MTAD", "12", "2019-08-08") == "in_force");
  CHECK(status("MTAD", "12", "2019-08-29") == "removal_proposed");
  CHECK(status("SVTAD", "19", "2019-08-29") == "removal_proposed");
  CHECK(status("MTAD", "5.7", "2019-08-28") == "proposed");
  CHECK(status("MTAD", "5.7", "2019-08-29") == "withdrawn_before_effect");
  CHECK(status("MTAD", "6.3.c", "2019-08-29") == "withdrawn_before_effect");
  CHECK(status("MTAD", "6.3.b", "2019-08-29") == "proposed");
  CHECK(status("SVTAD", "13.11", "2019-08-29") == "withdrawn_before_effect");
  for (const char* clause : {"4.2", "5.5", "7", "8.3", "10.2"}) {
    CHECK(status("MTAD", clause, "2019-08-29") == "proposed");
  }
  for (const char* clause : {"7", "9.7", "12", "13"}) {
    CHECK(status("SVTAD", clause, "2019-08-29") == "proposed");
  }
}

TEST_CASE("the sample calendar counts working days around the bank holidays") {
  const auto* const calendar =
      calendar_in_force(both(), {}, Timestamp::parse("2019-10-01T12:00:00.000000Z").value());
  REQUIRE(calendar != nullptr);
  // The consultation: from Friday 9 August to Friday 6 September, with one bank holiday between.
  CHECK(working_days_between(*calendar, "2019-08-09", "2019-09-06") == 19);
  CHECK(add_working_days(*calendar, "2020-04-09", 1) == Identifier("2020-04-14"));
  CHECK_FALSE(working_days_between(*calendar, "2020-12-24", "2021-01-04"));
}

TEST_CASE("the import mapping turns the other tool's scale round by name") {
  const auto& mapping =
      *body(PolicyKind::import_mapping, TestKind::sit, "MOC", kAfter).import_mapping;
  REQUIRE(mapping.severities.size() == 5);
  CHECK(mapping.severities[3].from == "4-Very High");
  CHECK(mapping.severities[3].to == 2);
}

TEST_CASE("of the proposal it is foreseen that it rests on clauses that are only proposed") {
  std::set<std::string> rules;
  for (const Finding& finding : foreseen_findings({sample("proposed-2019-08")})) {
    INFO(finding.sentence);
    CHECK((finding.rule == Identifier("P-PROPOSED")));
    rules.insert(finding.subject);
  }
  CHECK(rules.contains("policy/AUDIT"));
  CHECK(rules.contains("policy/COMBINED"));
}
