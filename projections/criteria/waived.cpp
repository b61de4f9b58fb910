#include "projections/criteria/waived.hpp"

#include "projections/completion/waivers.hpp"

namespace assay::projections {

void apply_waivers(const Facts& facts, const Identifier& phase, const Identifier& planned_entry,
                   std::vector<Answer>& answers) {
  for (Answer& answer : answers) {
    const bool open = answer.verdict == events::Verdict::not_met ||
                      answer.verdict == events::Verdict::undetermined;
    if (!open) continue;
    const RuleWaiver* const waiver = waiver_in_force(
        facts.completion, {answer.criterion, phase, planned_entry}, facts.recorded_at);
    if (waiver == nullptr) continue;
    answer.verdict = events::Verdict::waived;
    answer.events.push_back(waiver->mark.event);
    answer.text += "; waived: " + waiver->reason;
  }
}

void apply_waivers(const Facts& facts, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    const RuleWaiver* const waiver = waiver_in_force(
        facts.completion, {finding.rule, finding.phase, finding.planned_entry}, facts.recorded_at);
    if (waiver != nullptr) finding.waived_by = waiver->mark.event;
  }
}

}  // namespace assay::projections
