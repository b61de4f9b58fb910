// Positions of TAG, the Panel and the Secretary of State: T-QUORUM, T-STALE, T-COND, T-DISSENT.

#include <algorithm>

#include "projections/board/phase_board.hpp"
#include "projections/completion/completion_findings.hpp"
#include "projections/completion/decision_view.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

/// The largest of the last cut-offs declared before the position, among what it is about.
const Cutoff* latest_cutoff(const Facts& now, const PositionView& position) {
  std::set<Identifier> phases;
  std::set<Identifier> entries;  // empty: all
  const std::string phase = subject_of(Kind::phase, "");
  const std::string report = subject_of(Kind::report, "");
  if (position.about.starts_with(phase)) {
    phases.insert(position.about.substr(phase.size()));
  } else if (position.about.starts_with(report)) {
    const auto found = now.completion.reports.find(position.about.substr(report.size()));
    if (found == now.completion.reports.end()) return nullptr;
    phases = found->second.phases;
    entries = found->second.planned_entries;
  }
  const Cutoff* latest = nullptr;
  for (const Identifier& id : phases) {
    const auto found = now.board.phases.find(id);
    if (found == now.board.phases.end()) continue;
    for (const auto& [entry, state] : found->second.entries) {
      if (!entries.empty() && !entries.contains(entry)) continue;
      const Cutoff* const cutoff = cutoff_before(state, position.event);
      if (cutoff == nullptr) continue;
      if (latest == nullptr || latest->cutoff_size < cutoff->cutoff_size) latest = cutoff;
    }
  }
  return latest;
}

class PositionFinder {
 public:
  PositionFinder(const Facts& now, Findings& findings) : now_(now), findings_(findings) {}

  void find(const PositionView& position) {
    if (position.superseded_by) return;  // the one that stands is what is relied upon
    find_quorum(position);
    find_stale(position);
    find_conditions(position);
    find_dissent(position);
  }

 private:
  static std::string name_of(const PositionView& position) {
    return say(position.quorum->body, "'s position \"", position.outcome, "\" on ", position.about);
  }

  static Finding about(const char* rule, const PositionView& position) {
    Finding finding;
    finding.rule = rule;
    finding.events = {position.event};
    finding.subject = position.about;
    return finding;
  }

  void find_quorum(const PositionView& position) {
    if (position.quorum->verdict != events::Verdict::not_met) return;
    Finding finding = about("T-QUORUM", position);
    for (const VoiceView& voice : position.endorsements) finding.events.push_back(voice.event);
    for (const VoiceView& voice : position.dissents) finding.events.push_back(voice.event);
    finding.sentence = say(name_of(position), " has no quorum: ", position.quorum->text, ".");
    findings_.add(std::move(finding));
  }

  void find_stale(const PositionView& position) {
    const Cutoff* const cutoff = latest_cutoff(now_, position);
    const std::uint64_t seen = position.seen ? position.seen->size : 0;
    if (cutoff == nullptr || seen >= cutoff->cutoff_size) return;
    Finding finding = about("T-STALE", position);
    finding.events.push_back(cutoff->mark.event);
    finding.sentence = say(name_of(position), " rests on the first ", seen,
                           " entries of the log; its cut-off lies at ", cutoff->cutoff_size, ".");
    findings_.add(std::move(finding));
  }

  void find_conditions(const PositionView& position) {
    for (const ConditionView& condition : position.conditions) {
      if (condition.state != ConditionState::overdue) continue;
      Finding finding = about("T-COND", position);
      finding.sentence = say("A condition of ", name_of(position), " was due on ", *condition.due,
                             ": \"", condition.text, "\".");
      findings_.add(std::move(finding));
    }
  }

  void find_dissent(const PositionView& position) {
    if (!position.has_dissent()) return;
    Finding finding = about("T-DISSENT", position);
    std::set<Identifier> parties;
    for (const VoiceView& voice : position.dissents) {
      finding.events.push_back(voice.event);
      parties.insert(voice.party);
    }
    finding.sentence = say(name_of(position), " was dissented from");
    if (!parties.empty()) finding.sentence += say(" by ", parties);
    if (!position.dissents_in_minutes.empty()) {
      finding.sentence += say(parties.empty() ? "" : ", and", " ",
                              position.dissents_in_minutes.size(), " times in the minutes");
    }
    finding.sentence += ".";
    findings_.add(std::move(finding));
  }

  const Facts& now_;
  Findings& findings_;
};

}  // namespace

void find_position_findings(const Facts& now, Findings& findings) {
  PositionFinder finder(now, findings);
  for (const PositionView& position : view_positions(now)) finder.find(position);
}

}  // namespace assay::projections
