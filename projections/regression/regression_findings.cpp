#include "projections/regression/regression_findings.hpp"

#include <algorithm>

#include "projections/board/phase_board.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/regression/obligations.hpp"
#include "projections/regression/regression_policy.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

class RegressionFinder {
 public:
  RegressionFinder(const Facts& facts, Findings& findings) : facts_(facts), findings_(findings) {}

  void find() {
    for (const Obligation& obligation : obligations(facts_)) {
      find_late(obligation);
      find_due(obligation);
    }
    find_open_exits();
    find_narrow();
  }

 private:
  Finding about(const char* rule, const Obligation& obligation) const {
    Finding finding;
    finding.rule = rule;
    finding.events = {obligation.change};
    if (obligation.assessment) finding.events.push_back(*obligation.assessment);
    finding.phase = obligation.phases.front();
    finding.planned_entry = obligation.planned_entry;
    finding.subject = subject_of(Kind::planned_entry, obligation.planned_entry.text);
    return finding;
  }

  std::string change_name(const EventId& id) const {
    return change_text(facts_.regression.changes.at(id));
  }

  void find_late(const Obligation& obligation) {
    if (!obligation.assess_by || obligation.completed) return;
    const Timestamp& by = *obligation.assess_by;
    if (obligation.assessed_at ? *obligation.assessed_at <= by : facts_.recorded_at <= by) return;
    Finding finding = about("R-NOIA", obligation);
    finding.sentence =
        say(change_name(obligation.change), " was to be assessed for ", obligation.kind, " of ",
            obligation.planned_entry, " by ", by, "; ",
            obligation.assessed_at ? say("the assessment took effect on ", *obligation.assessed_at)
                                   : "no assessment is in effect",
            ".");
    findings_.add(std::move(finding));
  }

  void find_due(const Obligation& obligation) {
    if (!obligation.completed || !is_open(obligation.state)) return;
    Finding finding = about("R-DUE", obligation);
    finding.sentence =
        say(change_name(obligation.change), " came after the exit of ", obligation.planned_entry,
            " from ", obligation.phases, "; the obligation to regress it for ", obligation.kind,
            " is ", obligation.state, ".");
    findings_.add(std::move(finding));
  }

  void find_open_exits() {
    std::map<EventId, std::vector<Obligation>> open;  // by decision
    for (const auto& [phase_id, phase] : facts_.board.phases) {
      for (const auto& [id, entry] : phase.entries) {
        for (const ExitDecision& decision : entry.exit_decisions) {
          if (decision.outcome == events::ExitOutcome::continue_testing) continue;
          const auto [at, made] = open.try_emplace(decision.mark.event);
          if (made) {
            at->second = open_obligations(facts_, {decision.mark.recorded_at, decision.mark.event});
          }
          for (const Obligation& obligation : at->second) {
            find_open_exit(phase_id, id, decision, obligation);
          }
        }
      }
    }
  }

  void find_open_exit(const Identifier& phase, const Identifier& planned_entry,
                      const ExitDecision& decision, const Obligation& obligation) {
    if (obligation.planned_entry != planned_entry) return;
    if (std::ranges::find(obligation.phases, phase) == obligation.phases.end()) return;
    const bool assessed = obligation.state >= ObligationState::regression_due;
    Finding finding = about(assessed ? "R-OPEN" : "R-NOIA", obligation);
    finding.events.push_back(decision.mark.event);
    finding.phase = phase;
    finding.sentence = say("When the exit of ", planned_entry, " from ", phase, " was decided, ",
                           change_name(obligation.change), " was ",
                           assessed ? say("still to be regressed (", obligation.state, ")")
                                    : "not assessed by both sides",
                           ".");
    findings_.add(std::move(finding));
  }

  /// A fix whose assessments, taken together, leave out entries that the issue affects.
  void find_narrow() {
    for (const auto& [id, change] : facts_.regression.changes) {
      if (change.kind != ChangeKind::fix) continue;
      const auto issue = facts_.issues.issues.find(*change.issue);
      if (issue == facts_.issues.issues.end()) continue;
      std::set<Identifier> left = issue->second.planned_entries;
      std::vector<EventId> shown{id};
      for (const auto& [said_id, said] : facts_.regression.assessments) {
        if (!said.effective_at || std::ranges::find(said.changes, id) == said.changes.end()) {
          continue;
        }
        shown.push_back(said_id);
        if (said.planned_entries.empty()) left.clear();
        for (const Identifier& entry : said.planned_entries) left.erase(entry);
      }
      if (shown.size() == 1 || left.empty()) continue;
      Finding finding;
      finding.rule = "R-SCOPE";
      finding.events = std::move(shown);
      finding.phase = issue->second.phase;
      finding.subject = subject_of(Kind::issue, change.issue->text);
      finding.sentence =
          say(change_text(change), " was assessed without ", left, ", which the issue affects.");
      findings_.add(std::move(finding));
    }
  }

  const Facts& facts_;
  Findings& findings_;
};

}  // namespace

void find_regression_findings(const Facts& facts, Findings& findings) {
  RegressionFinder(facts, findings).find();
  find_cycle_findings(facts, findings);
}

}  // namespace assay::projections
