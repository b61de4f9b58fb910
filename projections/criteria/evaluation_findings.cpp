#include "projections/criteria/evaluation_findings.hpp"

#include "projections/completion/evaluation.hpp"
#include "projections/criteria/assessment.hpp"
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
    std::string differing;
    for (const EvaluationDifference& one :
         differences(evaluation, compute_again(evaluation, *then))) {
      if (!one.stated) continue;
      differing.append(differing.empty() ? "" : "; ").append(text_of(one));
    }
    if (differing.empty()) continue;
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
