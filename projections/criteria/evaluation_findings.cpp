#include "projections/criteria/evaluation_findings.hpp"

#include "projections/completion/evaluation.hpp"
#include "projections/criteria/assessment.hpp"
#include "projections/regression/item_standing.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

std::vector<events::CriterionVerdict> compute_again(const Evaluation& evaluation,
                                                    const Facts& then) {
  std::vector<events::CriterionVerdict> computed;
  const auto phase = then.board.phases.find(evaluation.phase);
  if (phase == then.board.phases.end()) return computed;
  const JudgedAt at{evaluation.mark.event, false, evaluation.inputs.size};
  for (const Identifier& entry : evaluation.planned_entries) {
    if (!phase->second.entries.contains(entry)) continue;
    const Assessed exit = assess_exit({then, then}, at, evaluation.phase, entry);
    for (const Answer& answer : exit.answers) {
      computed.push_back({answer.criterion, entry, answer.verdict});
    }
  }
  return computed;
}

std::uint64_t& count_of(events::EvaluatedItems& counts, ItemOutcome outcome) {
  switch (outcome) {
    case ItemOutcome::passed: return counts.passed;
    case ItemOutcome::failed: return counts.failed;
    case ItemOutcome::blocked: return counts.blocked;
    case ItemOutcome::error: return counts.error;
    case ItemOutcome::not_completed: return counts.not_completed;
    case ItemOutcome::skipped: return counts.skipped;
    case ItemOutcome::stale: return counts.stale;
    case ItemOutcome::running: return counts.running;
    case ItemOutcome::not_run: return counts.not_run;
    case ItemOutcome::waived: break;
  }
  return counts.waived;
}

/// The items as criterion S2 counts them.
events::EvaluatedItems count_again(const Identifier& phase, const Identifier& entry,
                                   const Facts& then) {
  events::EvaluatedItems counts;
  counts.planned_entry = entry;
  const auto found = then.board.phases.find(phase);
  if (found == then.board.phases.end() || !found->second.entries.contains(entry)) return counts;
  for (const ItemStanding& item : item_standings(then, phase, entry)) {
    ++counts.items;
    ++count_of(counts, item.outcome);
  }
  return counts;
}

/// "passed of PEE-001 is 3, not 4" for each count that is another.
void differing_counts(const Evaluation& evaluation, const Facts& then,
                      std::vector<std::string>& found) {
  if (!evaluation.counts) return;
  for (const events::EvaluatedItems& stated : *evaluation.counts) {
    const auto computed = count_again(evaluation.phase, stated.planned_entry, then);
    const auto compare = [&](std::string_view name, std::uint64_t events::EvaluatedItems::* count) {
      if (stated.*count == computed.*count) return;
      found.push_back(say("the number ", name, " of ", stated.planned_entry, " is ",
                          computed.*count, ", not ", stated.*count));
    };
    compare("of items", &events::EvaluatedItems::items);
    compare("passed", &events::EvaluatedItems::passed);
    compare("failed", &events::EvaluatedItems::failed);
    compare("blocked", &events::EvaluatedItems::blocked);
    compare("in error", &events::EvaluatedItems::error);
    compare("not completed", &events::EvaluatedItems::not_completed);
    compare("skipped", &events::EvaluatedItems::skipped);
    compare("STALE", &events::EvaluatedItems::stale);
    compare("running", &events::EvaluatedItems::running);
    compare("not run", &events::EvaluatedItems::not_run);
    compare("waived", &events::EvaluatedItems::waived);
  }
}

std::string text_of(const EvaluationDifference& difference) {
  return say(difference.criterion, " of ", difference.planned_entry, " is ",
             difference.computed ? say(*difference.computed) : "not computed", ", not ",
             *difference.stated);
}

}  // namespace

void find_evaluation_findings(const Facts& now, const FactsAt& at, Findings& findings) {
  for (const auto& [id, evaluation] : now.completion.evaluations) {
    const Facts* const then = at(std::min(evaluation.inputs.size, now.size));
    if (then == nullptr) continue;
    std::vector<std::string> found;
    for (const EvaluationDifference& one :
         differences(evaluation, compute_again(evaluation, *then))) {
      if (one.stated) found.push_back(text_of(one));
    }
    differing_counts(evaluation, *then, found);
    if (found.empty()) continue;
    std::string differing;
    for (const std::string& one : found) {
      differing.append(differing.empty() ? "" : "; ").append(one);
    }
    Finding finding;
    finding.rule = "V-DIFF";
    finding.events = {id};
    finding.phase = evaluation.phase;
    finding.subject = subject_of(Kind::phase, evaluation.phase.text);
    finding.sentence = say("The evaluation of ", evaluation.phase, " at size ",
                           evaluation.inputs.size, " does not hold: ", differing, ".");
    findings.add(std::move(finding));
  }
}

}  // namespace assay::projections
