// Completion reports against the log: outstanding issues both ways, and what a combination of MT
// and SIT asks for (MTAD 10.2, SVTAD 9.7).

#include <deque>

#include "projections/completion/combined.hpp"
#include "projections/completion/completion_findings.hpp"
#include "projections/completion/evaluation.hpp"
#include "tests/unit/projections/story.hpp"

using namespace assay;
using namespace assay::projections;
using namespace assay::testing;
using events::ReportKind;
using events::TestKind;
using events::Verdict;

namespace {

using Rules = std::map<std::string, int>;
using Issues = std::set<Identifier>;

/// MT-1 and SIT-1 under way for PEE-001, with an issue in each.
struct Reporting : Story {
  Reporting() {
    phase_under_way("MT-1", TestKind::mt);
    phase_under_way("SIT-1", TestKind::sit);
    raise("TI-MT", "MT-1");
    raise("TI-SIT", "SIT-1");
  }
  void raise(const char* issue, const char* phase) {
    say("dcc-tm", issue_raised(issue, phase, {"PEE-001"}));
    auto triaged = issue_triaged(issue, 3);
    triaged.planned_entries = IdentifierSet::of({"PEE-001"});
    say("dcc-im", triaged);
  }
  void cut(const char* phase) { say("dcc-tm", cutoff(phase, {"PEE-001"}, log.size())); }

  EventId report(ReportKind kind, Ids phases, Ids issues) {
    events::CompletionReportIssued event;
    event.kind = kind;
    event.outstanding_issues = IdentifierSet::of(std::move(issues));
    event.phases = IdentifierSet::of(std::move(phases));
    event.planned_entries = IdentifierSet::of({"PEE-001"});
    event.report = "REP-1";
    return say("dcc-tm", event);
  }

  /// The log folded again to a size, as whoever assesses it does.
  [[nodiscard]] FactsAt at() const {
    return [this](std::uint64_t size) -> const Facts* {
      ProgrammeFold& earlier = folds_.emplace_back();
      for (std::uint64_t i = 0; i < size; ++i) {
        EntryView entry;
        REQUIRE(parse_entry(log.entries().at(i), entry).has_value());
        REQUIRE(earlier.admit(entry, verify::OnObjection::refuse).empty());
      }
      return &facts_.emplace_back(earlier.facts());
    };
  }
  [[nodiscard]] Rules found() const {
    Findings findings;
    find_report_findings(facts(), at(), findings);
    return count_rules(std::move(findings).take());
  }
  [[nodiscard]] ReportReconciliation reconciled() const {
    return reconcile_report(facts(), "REP-1", at());
  }

 private:
  mutable std::deque<ProgrammeFold> folds_;
  mutable std::deque<Facts> facts_;
};

void allow_combined(Story& story, bool allowed) {
  events::PolicyBody body;
  body.combined_completion = events::CombinedCompletionPolicy{allowed};
  story.policy("COMBINED-INV", body);
}

}  // namespace

TEST_CASE("a report that lists what was open at its cut-off reconciles") {
  Reporting story;
  story.cut("SIT-1");
  story.raise("TI-LATE", "SIT-1");  // after the cut-off
  story.report(ReportKind::sit, {"SIT-1"}, {"TI-SIT"});
  CHECK(story.reconciled().verdict == Verdict::met);
  CHECK(story.found() == Rules{});
}

TEST_CASE("an issue that is left out, and one that was not open, are both found") {
  Reporting story;
  story.raise("TI-2", "SIT-1");
  story.say("dcc-im", issue_closed("TI-2", events::ClosureKind::no_fix_accepted));
  story.cut("SIT-1");
  story.report(ReportKind::sit, {"SIT-1"}, {"TI-2"});
  const auto against = story.reconciled();
  CHECK(against.omitted == Issues{"TI-SIT"});
  CHECK(against.not_open == Issues{"TI-2"});
  CHECK(against.verdict == Verdict::not_met);
  CHECK(story.found() == Rules{{"C-LISTED", 1}, {"C-OMIT", 1}});
}

TEST_CASE("closing an issue after the cut-off does not take it out of the report") {
  Reporting story;
  story.cut("SIT-1");
  story.say("dcc-im", issue_closed("TI-SIT", events::ClosureKind::no_fix_accepted));
  story.report(ReportKind::sit, {"SIT-1"}, {});
  CHECK(story.found() == Rules{{"C-OMIT", 1}});
}

TEST_CASE("which states are open is threshold policy") {
  Reporting story;
  events::PolicyBody body;
  events::ThresholdPolicy threshold;
  threshold.open_states = {events::IssueState::raised};
  threshold.parts = {{{}, events::CountMode::distinct_issue, {{0, {1}}}, "P1", {}}};
  body.threshold = threshold;
  story.policy("THR-INV", body);
  CHECK(outstanding_issues(story.facts(), "SIT-1", "PEE-001").empty());
  CHECK(outstanding_issues(story.facts(), "SIT-1", "PEE-002").empty());
}

TEST_CASE("a report without a cut-off is undetermined, never met") {
  Reporting story;
  story.report(ReportKind::sit, {"SIT-1"}, {"TI-SIT"});
  CHECK(story.reconciled().verdict == Verdict::undetermined);
  CHECK(story.found() == Rules{{"C-CUT", 1}});
  story.cut("SIT-1");  // one that is declared afterwards is not what it rests on
  CHECK(story.reconciled().verdict == Verdict::undetermined);
  CHECK(story.found() == Rules{{"C-CUT", 1}});
}

TEST_CASE("a combined report is permitted by policy alone") {
  Reporting story;
  story.cut("MT-1");
  story.cut("SIT-1");
  SECTION("no policy") {
    story.report(ReportKind::combined, {"MT-1", "SIT-1"}, {"TI-MT", "TI-SIT"});
    CHECK(view_combined(story.facts(), "REP-1").no_policy == Issues{"MOC"});
    CHECK(story.found() == Rules{{"C-COMB", 1}});
  }
  SECTION("a policy that forbids it") {
    allow_combined(story, false);
    story.report(ReportKind::combined, {"MT-1", "SIT-1"}, {"TI-MT", "TI-SIT"});
    CHECK(view_combined(story.facts(), "REP-1").not_allowed == Issues{"MOC"});
    CHECK(story.found() == Rules{{"C-COMB", 1}});
  }
  SECTION("a policy that allows it") {
    allow_combined(story, true);
    story.report(ReportKind::combined, {"MT-1", "SIT-1"}, {"TI-MT", "TI-SIT"});
    CHECK(story.found() == Rules{});
    CHECK(story.reconciled().outstanding == Issues{"TI-MT", "TI-SIT"});
  }
}

TEST_CASE("a combined report holds every phase that tests its entries") {
  Reporting story;
  allow_combined(story, true);
  story.cut("MT-1");
  story.cut("SIT-1");
  story.report(ReportKind::combined, {"SIT-1"}, {"TI-SIT"});
  const CombinedView view = view_combined(story.facts(), "REP-1");
  CHECK(view.left_out == std::set{ReportPlace{"MT-1", "PEE-001"}});
  CHECK(view.missing_kinds == std::set{MissingKind{TestKind::mt, "PEE-001"}});
  CHECK(story.found() == Rules{{"C-COMB", 2}});
}

TEST_CASE("a decision on a combined report is one for each phase and entry") {
  Reporting story;
  allow_combined(story, true);
  story.cut("MT-1");
  story.cut("SIT-1");
  const EventId report = story.report(ReportKind::combined, {"MT-1", "SIT-1"}, {"TI-MT", "TI-SIT"});
  auto exit = exit_decided("MT-1", {"PEE-001"});
  exit.basis = {report};
  story.say("dcc-tm", exit);
  CHECK(story.found() == Rules{{"C-EXPAND", 1}});
  exit.phase = "SIT-1";
  story.say("dcc-tm", exit);
  CHECK(story.found() == Rules{});
}

TEST_CASE("a recorded evaluation is held against what was computed again") {
  Evaluation evaluation;
  evaluation.verdicts = {{"V1", "PEE-001", Verdict::met}, {"V2", "PEE-001", Verdict::met}};
  std::vector<events::CriterionVerdict> computed = evaluation.verdicts;
  CHECK(differences(evaluation, computed).empty());
  computed[1].verdict = Verdict::undetermined;
  computed.push_back({"V3", "PEE-001", Verdict::met});
  const auto found = differences(evaluation, computed);
  REQUIRE(found.size() == 2);
  CHECK(found[0].stated == Verdict::met);
  CHECK(found[0].computed == Verdict::undetermined);
  CHECK_FALSE(found[1].stated.has_value());
  evaluation.verdicts.push_back({"V1", "PEE-001", Verdict::not_met});
  CHECK(differences(evaluation, computed).size() == 3);
}
