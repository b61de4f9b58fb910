// The scope completeness vector, once changes and regression are taken into account: it stays as it
// is until somebody assesses the build.

#include "tests/unit/projections/regression/regression_story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

using Outcomes = std::map<std::string, ItemOutcome>;

struct VectorRun {
  const char* run;
  const char* item;
  std::optional<Outcome> outcome;
  const char* build;
};
constexpr VectorRun kRuns[] = {{"R1", "TC-INSTALL-ESME", Outcome::passed, "S1SP-INV-2.4.1"},
                               {"R2", "TC-INSTALL-GSME", Outcome::failed, "S1SP-INV-2.4.1"},
                               {"R3", "TC-INSTALL-GSME", Outcome::passed, "S1SP-INV-2.4.1"},
                               {"R4", "TC-SRV-4.1.1", Outcome::passed, "S1SP-INV-2.4.0"},
                               {"R5", "TC-SRV-7.2", Outcome::blocked, "S1SP-INV-2.4.1"},
                               {"R6", "TC-ALERT-01", std::nullopt, "S1SP-INV-2.4.1"}};
const Outcomes kExpected{
    {"TC-INSTALL-ESME", ItemOutcome::passed}, {"TC-INSTALL-GSME", ItemOutcome::passed},
    {"TC-SRV-4.1.1", ItemOutcome::stale},     {"TC-SRV-7.2", ItemOutcome::blocked},
    {"TC-SRV-1.1.1", ItemOutcome::not_run},   {"TC-ALERT-01", ItemOutcome::running}};

struct Vector : Story {
  Vector() {
    std::vector<events::ScopeItem> items;
    for (const auto& [id, outcome] : kExpected) items.push_back(item(id, "PEE-001"));
    say("dcc-tm", phase("MOC-MDS-SIT-01", {"PEE-001"}));
    say("dcc-tm", listed("SCOPE-1", "MOC-MDS-SIT-01", items));
    endorse("sp-tl", say("dcc-tm", baselined("SCOPE-1", "MOC-MDS-SIT-01", items)));
    say("sp-tl", environment("ENV-1", {"MOC-MDS-SIT-01"}, "S1SP-INV-2.4.0"));
    say("dcc-tm", entry_decided("MOC-MDS-SIT-01", {"PEE-001"}));
    say("dcc-tm", phase_started("MOC-MDS-SIT-01", {"PEE-001"}));
  }
  void say_run(const VectorRun& row) {
    say("harness", run_started(row.run, "MOC-MDS-SIT-01", "PEE-001", row.item, {row.build}));
    if (row.outcome) say("harness", run_finished(row.run, *row.outcome));
  }
  EventId deploy() { return say("sp-tl", deployed("ENV-1", "S1SP-INV-2.4.0", "S1SP-INV-2.4.1")); }
  [[nodiscard]] Outcomes outcomes() const {
    Outcomes outcomes;
    for (const auto& one : item_standings(facts(), "MOC-MDS-SIT-01", "PEE-001")) {
      outcomes[one.item.text] = one.outcome;
    }
    return outcomes;
  }
};

}  // namespace

TEST_CASE("the vector holds, whenever in the log the build was deployed") {
  for (std::size_t before = 0; before <= std::size(kRuns); ++before) {
    Vector story;
    for (std::size_t i = 0; i < before; ++i) story.say_run(kRuns[i]);
    const EventId change = story.deploy();
    for (std::size_t i = before; i < std::size(kRuns); ++i) story.say_run(kRuns[i]);
    INFO("deployed after " << before << " runs");
    CHECK(story.outcomes() == kExpected);
    const auto stale = stale_items(story.facts(), "MOC-MDS-SIT-01", "PEE-001");
    REQUIRE(stale.size() == 1);
    // A run on 2.4.0 that came after 2.4.0 had gone is STALE for its build alone.
    CHECK(stale[0].stale_by == (before > 3 ? std::vector{change} : std::vector<EventId>{}));
  }
}

TEST_CASE("an assessment of both sides lifts the one STALE item of the vector, and nothing else") {
  Vector story;
  for (const VectorRun& row : kRuns) story.say_run(row);
  events::ImpactAssessed assessed;
  assessed.changes = {story.deploy()};
  assessed.reason = "a log line (invented)";
  assessed.verdict = ImpactVerdict::no_regression_needed;
  story.endorse("dcc-tm", story.say("sp-tl", assessed));
  Outcomes expected = kExpected;
  expected["TC-SRV-4.1.1"] = ItemOutcome::passed;
  CHECK(story.outcomes() == expected);
}
