#include "projections/criteria/decision_findings.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

using events::Verdict;

/// "N1 (not met), V2 (undetermined)": the criteria that stand in the way.
std::string obstacles(const Assessed& assessed) {
  std::string text;
  for (const Answer& answer : assessed.answers) {
    if (answer.verdict != Verdict::not_met && answer.verdict != Verdict::undetermined) continue;
    const bool not_met = answer.verdict == Verdict::not_met;
    text.append(text.empty() ? "" : ", ")
        .append(answer.criterion.text + (not_met ? " (not met)" : " (undetermined)"));
  }
  return text.empty() ? assessed.why : text;
}

bool stands(const Assessed& assessed) {
  return assessed.verdict == Verdict::met || assessed.verdict == Verdict::waived;
}

Finding about(const Assessed& assessed, Identifier rule, std::string sentence, EventId event) {
  return {.events = {event},
          .phase = assessed.phase,
          .planned_entry = assessed.planned_entry,
          .rule = std::move(rule),
          .sentence = std::move(sentence),
          .subject = subject_of(Kind::phase, assessed.phase.text)};
}

void find_entries(const PhaseEntry& inside, const Assessed& entry, Findings& findings) {
  if (entry.at.provisional || stands(entry) || inside.entry_decisions.empty()) return;
  for (const EntryDecision& made : inside.entry_decisions) {
    if (made.mark.event != entry.at.event) continue;
    findings.add(about(entry, "N-UNMET",
                       "Entry of " + entry.planned_entry.text + " into " + entry.phase.text +
                           " was decided while its criteria were not met: " + obstacles(entry) +
                           ".",
                       made.mark.event));
  }
}

bool ends(const ExitDecision& made) {
  return made.outcome != events::ExitOutcome::continue_testing;
}

void find_exits(const PhaseEntry& inside, const Assessed& exit, Findings& findings) {
  const auto made = std::ranges::find_if(inside.exit_decisions, ends);
  if (made == inside.exit_decisions.end() || stands(exit)) return;
  findings.add(about(exit, "V-UNMET",
                     "Exit of " + exit.planned_entry.text + " from " + exit.phase.text +
                         " was decided while its criteria were not met: " + obstacles(exit) + ".",
                     made->mark.event));
  const auto position = std::ranges::find(exit.answers, Identifier("V6"), &Answer::criterion);
  if (position == exit.answers.end() || position->verdict != Verdict::not_met) return;
  findings.add(about(exit, "V-NOTAG",
                     "Exit of " + exit.planned_entry.text + " from " + exit.phase.text +
                         " was decided without the position that the approval policy asks for: " +
                         position->text + ".",
                     made->mark.event));
}

void find_irregularities(const Identifier& id, const Phase& phase, Findings& findings) {
  for (const auto& [key, tally] : phase.irregularities) {
    const std::string code(enum_text(key.code));
    const Rule* const rule = find_rule(code);
    std::string sentence = rule == nullptr ? code : std::string(rule->text);
    sentence = "In " + id.text +
               (key.planned_entry ? ", for " + key.planned_entry->text : std::string()) +
               ", this does not hold: " + sentence;
    if (tally.count > 1) sentence += " (" + std::to_string(tally.count) + " events)";
    std::vector<EventId> events{tally.first, tally.last};
    findings.add({.events = std::move(events),
                  .phase = id,
                  .planned_entry = key.planned_entry,
                  .rule = code,
                  .sentence = std::move(sentence),
                  .subject = subject_of(Kind::phase, id.text)});
  }
}

}  // namespace

void find_decision_findings(const Facts& now, const std::vector<AssessedEntry>& assessed,
                            Findings& findings) {
  for (const auto& [id, phase] : now.board.phases) find_irregularities(id, phase, findings);
  for (const AssessedEntry& one : assessed) {
    const Phase& phase = now.board.phases.at(one.exit.phase);
    const PhaseEntry& inside = phase.entries.at(one.exit.planned_entry);
    find_entries(inside, one.entry, findings);
    find_exits(inside, one.exit, findings);
  }
}

}  // namespace assay::projections
