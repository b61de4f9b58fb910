// Populations: everything of one kind, in an order that the log decides.

#include "projections/sampling/population.hpp"

#include <catch2/catch.hpp>

#include "ledger/format/entry.hpp"
#include "tests/unit/projections/story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;

namespace {

const Hash kRunLog = sha256("a run's log");
const Hash kReport = sha256("a report");

/// Two phases; in the first two runs, of which one ended, and an import of two results.
struct Sampled {
  Story story;
  EventId started, finished, import, first, second;

  Sampled() {
    for (const char* const id : {"SIT-01", "SIT-02"}) {
      events::PhasePlanned phase;
      phase.kind = events::TestKind::sit;
      phase.phase = id;
      phase.planned_entries = IdentifierSet::of({"PEE-001"});
      phase.stage = "SIT";
      story.say("dcc-tm", phase);
    }
    events::ScopeItemsListed scope;
    scope.items = {{{}, "I-2", "PEE-001", "TC-2"}, {{}, "I-1", "PEE-001", "TC-1"}};
    scope.phase = "SIT-02";
    scope.scope = "SCOPE-1";
    story.say("dcc-tm", scope);
    run();
    reports();
    events::IssueRaised issue;
    issue.issue = "TI-1";
    issue.kind = events::IssueKind::unexpected_outcome;
    issue.phase = "SIT-02";
    issue.planned_entries = IdentifierSet::of({"PEE-001"});
    issue.title = "no answer";
    story.say("sp-tl", issue);
  }
  void run() {
    events::RunStarted run;
    run.phase = "SIT-01";
    run.planned_entry = "PEE-001";
    run.test_case = "TC-1";
    for (const char* const id : {"R-2", "R-1"}) {
      run.run = id;
      started = story.say("harness", run);
    }
    events::RunFinished end;
    end.evidence = {kRunLog};
    end.outcome = events::Outcome::passed;
    end.run = "R-1";
    finished = story.say("harness", end);
  }
  void reports() {
    events::ImportStarted begin;
    begin.evidence = kReport;
    begin.file_name = "report.xml";
    begin.format = "junit";
    begin.mapping = "none";
    begin.parser = "assay-1";
    begin.import = "imp-1";
    begin.phase = "SIT-02";
    begin.planned_entry = "PEE-001";
    begin.result_count = 2;
    import = story.say("harness", begin);
    events::ResultImported result;
    result.evidence = kReport;
    result.import = "imp-1";
    result.item = "I-1";
    result.name = "case";
    result.outcome = events::Outcome::passed;
    first = story.say("harness", result);
    result.ordinal = 1;
    second = story.say("harness", result);
  }

  [[nodiscard]] Population population(const Facts& facts, PopulationKind kind,
                                      const char* phase = "") const {
    Population made(facts, kind, phase);
    if (!made.wants_events()) return made;
    EntryView entry;
    for (const std::string& bytes : story.log.entries()) {
      REQUIRE(parse_entry(bytes, entry).has_value());
      for (std::size_t i = 0; i < entry.submission.events.size(); ++i) {
        const EventView& event = entry.submission.events[i];
        if (!made.wants(event.type, event.version)) continue;
        made.take({entry.index, i}, decode_event(event.type, event.version, event.data).value());
      }
    }
    return made;
  }
  [[nodiscard]] std::vector<std::string> names(PopulationKind kind, const char* phase = "") const {
    const Facts facts = story.facts();
    return population(facts, kind, phase).names();
  }
};

}  // namespace

TEST_CASE("each population holds everything of its kind, in its order") {
  const Sampled sampled;
  CHECK(sampled.names(PopulationKind::results) ==
        std::vector{sampled.finished.text(), sampled.first.text(), sampled.second.text()});
  CHECK(sampled.names(PopulationKind::runs) == std::vector<std::string>{"R-1", "R-2"});
  CHECK(sampled.names(PopulationKind::issues) == std::vector<std::string>{"TI-1"});
  CHECK(sampled.names(PopulationKind::scope_items) ==
        std::vector<std::string>{"SCOPE-1/I-1", "SCOPE-1/I-2"});
  const std::vector<std::string> files = sampled.names(PopulationKind::evidence);
  CHECK(std::ranges::is_sorted(files));
  CHECK(std::ranges::count(files, kRunLog.hex()) == 1);
  CHECK(std::ranges::count(files, kReport.hex()) == 1);  // named by three events
}

TEST_CASE("a phase has what belongs to it and nothing else") {
  const Sampled sampled;
  CHECK(sampled.names(PopulationKind::results, "SIT-01") == std::vector{sampled.finished.text()});
  CHECK(sampled.names(PopulationKind::results, "SIT-02") ==
        std::vector{sampled.first.text(), sampled.second.text()});
  CHECK(sampled.names(PopulationKind::runs, "SIT-02").empty());
  CHECK(sampled.names(PopulationKind::issues, "SIT-01").empty());
  CHECK(sampled.names(PopulationKind::scope_items, "SIT-01").empty());
  CHECK(sampled.names(PopulationKind::evidence, "SIT-01") == std::vector{kRunLog.hex()});
  CHECK(sampled.names(PopulationKind::evidence, "SIT-02") == std::vector{kReport.hex()});
}

TEST_CASE("a member leads to the events that say it") {
  const Sampled sampled;
  const Facts facts = sampled.story.facts();
  const auto trail = [&](PopulationKind kind, const std::string& name) {
    return sampled.population(facts, kind).trail_of(name);
  };
  CHECK(trail(PopulationKind::runs, "R-1").events ==
        std::vector{sampled.started, sampled.finished});
  CHECK(trail(PopulationKind::runs, "R-2").events.size() == 1);
  CHECK(trail(PopulationKind::runs, "R-1").subject == "run/R-1");
  CHECK(trail(PopulationKind::results, sampled.first.text()).events == std::vector{sampled.first});
  CHECK(trail(PopulationKind::evidence, kReport.hex()).events == std::vector{sampled.import});
  CHECK(trail(PopulationKind::issues, "TI-1").events.size() == 1);
  CHECK(trail(PopulationKind::scope_items, "SCOPE-1/I-1").events ==
        std::vector{sampled.first, sampled.second});
  CHECK(trail(PopulationKind::scope_items, "SCOPE-1/I-2").events.empty());
}
