#pragma once

/// What the tests of regression say over and over. Names and values are invented.

#include "ledger/merkle/compact_range.hpp"
#include "projections/regression/item_standing.hpp"
#include "projections/regression/regression_findings.hpp"
#include "tests/unit/projections/story.hpp"

namespace assay::testing {

using events::ImpactVerdict;
using events::Outcome;
using events::TestKind;
using projections::ItemOutcome;
using projections::ObligationState;

/// MT-1 and SIT-1 under way for PEE-001; I1 and I2 passed on B1 in both.
struct RegressionStory : Story {
  RegressionStory() {
    phase_under_way("MT-1", TestKind::mt);
    phase_under_way("SIT-1", TestKind::sit);
    run("R1", "MT-1", "I1", Outcome::passed, "B1");
    run("R2", "MT-1", "I2", Outcome::passed, "B1");
    run("R3", "SIT-1", "I1", Outcome::passed, "B1");
    run("R4", "SIT-1", "I2", Outcome::passed, "B1");
  }

  /// A new build under one phase, or both in one event each.
  EventId deploy(const char* phase, const char* from, const char* to) {
    return say("sp-tl", deployed((std::string("ENV-") + phase).c_str(), from, to));
  }

  EventId assess(std::vector<EventId> changes, ImpactVerdict verdict, std::set<TestKind> kinds = {},
                 Ids entries = {}) {
    events::ImpactAssessed event;
    event.changes = std::move(changes);
    event.kinds = std::move(kinds);
    event.planned_entries = IdentifierSet::of(std::move(entries));
    event.reason = "as the change note says";
    event.verdict = verdict;
    return say("sp-tl", event);
  }
  EventId assess_by_both(std::vector<EventId> changes, ImpactVerdict verdict,
                         std::set<TestKind> kinds = {}, Ids entries = {}) {
    const EventId said = assess(std::move(changes), verdict, std::move(kinds), std::move(entries));
    endorse("dcc-tm", said);
    return said;
  }

  /// Lists and commits to a cycle of I1 in both phases, for MT and SIT.
  EventId commit(const char* id, std::vector<events::RegressionItem> items = {
                                     {"I1", "MT-1", "PEE-001"}, {"I1", "SIT-1", "PEE-001"}}) {
    events::RegressionItemsListed listed;
    listed.items = items;
    listed.regression = id;
    say("dcc-tm", listed);
    merkle::CompactRange range;
    for (const auto& one : items) range.append(merkle::leaf_hash(to_canonical(one)));
    events::RegressionScopeBaselined baseline;
    baseline.item_count = items.size();
    baseline.kinds = {TestKind::mt, TestKind::sit};
    baseline.regression = id;
    baseline.root = range.root();
    return say("dcc-tm", baseline);
  }
  void start(const char* id, std::vector<EventId> triggers) {
    events::RegressionStarted event;
    event.regression = id;
    event.triggers = std::move(triggers);
    say("dcc-tm", event);
  }
  EventId complete(const char* id) {
    events::RegressionCompleted event;
    event.regression = id;
    return say("dcc-tm", event);
  }

  /// A report with one result.
  EventId import(const std::string& id, const char* phase, const char* item, Outcome outcome,
                 const char* build) {
    say("sp-tl", import_started(id, phase, "PEE-001", build, 1));
    return say("sp-tl", result(id, 0, item, outcome));
  }

  [[nodiscard]] std::map<TestKind, ObligationState> states() const {
    std::map<TestKind, ObligationState> states;
    for (const auto& one : projections::obligations(facts())) states[one.kind] = one.state;
    return states;
  }
  [[nodiscard]] std::map<std::string, ItemOutcome> outcomes(const char* phase) const {
    std::map<std::string, ItemOutcome> outcomes;
    for (const auto& one : projections::item_standings(facts(), phase, "PEE-001")) {
      outcomes[one.item.text] = one.outcome;
    }
    return outcomes;
  }
  [[nodiscard]] std::map<std::string, int> findings() const {
    projections::Findings found;
    projections::find_regression_findings(facts(), found);
    return count_rules(std::move(found).take());
  }
};

}  // namespace assay::testing
