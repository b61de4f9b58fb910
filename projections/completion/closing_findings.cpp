// What closes testing, and what is left over: W-OVERDUE, W-OPEN, W-SLIP, V-WSELF, C-POST.

#include "projections/completion/completion_findings.hpp"
#include "projections/completion/waivers.hpp"
#include "projections/completion/work_off_view.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

class ClosingFinder {
 public:
  ClosingFinder(const Facts& now, Findings& findings) : now_(now), findings_(findings) {}

  void find() {
    for (const WorkOffLine& line : view_work_off(now_).items) find_work_off(line);
    for (const auto& [id, waiver] : now_.completion.waivers) find_waiver(id, waiver);
    for (const auto& [id, phase] : now_.board.phases) find_waived_items(id, phase);
    for (const auto& [id, defect] : now_.completion.defects) find_defect(id, defect);
  }

 private:
  void find_work_off(const WorkOffLine& line) {
    const WorkOffPlan& plan = now_.completion.work_off_plans.at(line.work_off_plan);
    const PlannedWorkOff& item = plan.items.at(line.issue);
    const auto about = [&](const char* rule) {
      Finding finding;
      finding.rule = rule;
      finding.events = {plan.mark.event};
      finding.subject = subject_of(Kind::work_off_plan, line.work_off_plan.text);
      return finding;
    };
    if (line.state == WorkOffState::overdue) {
      Finding finding = about("W-OVERDUE");
      for (const WorkOffUpdate& update : item.updates) finding.events.push_back(update.mark.event);
      finding.sentence = say("Work on ", line.issue, " was to be done by ", line.target, " by ",
                             line.owner, "; it is ", line.days_over, " days over.");
      findings_.add(std::move(finding));
    }
    if (line.state == WorkOffState::completed_issue_open) {
      Finding finding = about("W-OPEN");
      finding.events.push_back(*line.completed);
      finding.sentence = say("Work on ", line.issue, " is said to be completed; the issue is ",
                             *line.issue_state, ".");
      findings_.add(std::move(finding));
    }
    if (const auto moves = later_targets(item); !moves.empty()) {
      Finding finding = about("W-SLIP");
      for (const Mark& move : moves) finding.events.push_back(move.event);
      finding.sentence = say("The target of ", line.issue, " was moved from ", line.first_target,
                             " to ", line.target, " (", moves.size(), " moves to a later day).");
      findings_.add(std::move(finding));
    }
  }

  /// The party that runs the phase benefits from what need not be met in it.
  std::set<Identifier> beneficiaries(const std::optional<Identifier>& phase) const {
    std::set<Identifier> parties;
    for (const auto& [id, state] : now_.board.phases) {
      if (!phase || *phase == id) parties.insert(state.planned.party);
    }
    return parties;
  }

  void find_waiver(const Identifier& id, const RuleWaiver& waiver) {
    const Identifier& party = waiver.mark.party;
    if (!beneficiaries(waiver.phase).contains(party)) return;
    if (has_other_party(now_, waiver.mark.event, waiver.approval, party)) return;
    Finding finding;
    finding.rule = "V-WSELF";
    finding.events = {waiver.mark.event};
    finding.phase = waiver.phase;
    finding.subject = subject_of(Kind::waiver, id.text);
    finding.sentence = say("Waiver ", id, " of rule ", waiver.rule, " was granted by ", party,
                           ", which runs what it is for, and by nobody else.");
    findings_.add(std::move(finding));
  }

  void find_waived_items(const Identifier& phase_id, const Phase& phase) {
    for (const auto& [entry, state] : phase.entries) {
      for (const auto& [item, kept] : state.items) {
        if (!kept.waiver || kept.waiver->mark.party != phase.planned.party) continue;
        const Waiver& waiver = *kept.waiver;
        if (has_other_party(now_, waiver.mark.event, waiver.approval, waiver.mark.party)) continue;
        Finding finding;
        finding.rule = "V-WSELF";
        finding.events = {waiver.mark.event};
        finding.phase = phase_id;
        finding.planned_entry = entry;
        finding.subject = subject_of(Kind::phase, phase_id.text);
        finding.sentence = say("The execution of ", item, " was waived by ", waiver.mark.party,
                               ", which runs the phase, and by nobody else.");
        findings_.add(std::move(finding));
      }
    }
  }

  void find_defect(const Identifier& id, const PostExitDefect& defect) {
    Finding finding;
    finding.rule = "C-POST";
    finding.events = {defect.mark.event};
    finding.phase = defect.phase;
    finding.subject = subject_of(Kind::phase, defect.phase.text);
    finding.sentence =
        say("Defect ", id, " of severity ", defect.severity, " came to light in ",
            defect.environment, " after ", defect.phase,
            defect.issue ? say(" (as issue ", *defect.issue, ").") : "; no Testing Issue had it.");
    findings_.add(std::move(finding));
  }

  const Facts& now_;
  Findings& findings_;
};

}  // namespace

void find_closing_findings(const Facts& now, Findings& findings) {
  ClosingFinder(now, findings).find();
}

}  // namespace assay::projections
