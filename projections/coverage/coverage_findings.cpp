#include "projections/coverage/coverage_findings.hpp"

#include "projections/coverage/coverage_matrix.hpp"
#include "projections/coverage/promises.hpp"
#include "projections/coverage/traceability.hpp"

namespace assay::projections {
namespace {

std::string entry_subject(const Identifier& id) { return subject_of(Kind::planned_entry, id.text); }
std::string phase_subject(const Identifier& id) { return subject_of(Kind::phase, id.text); }

void find_gaps(const Facts& facts, Findings& findings) {
  for (const CoverageCell& cell : coverage_matrix(facts.board)) {
    if (cell.verdict == events::Verdict::met) continue;
    const auto& entry = facts.board.planned_entries.at(cell.planned_entry);
    findings.add({.events = {entry.declared.event},
                  .planned_entry = cell.planned_entry,
                  .rule = "B-COV",
                  .sentence = "No Depth and Breadth document of " +
                              std::string(enum_text(cell.kind)) + " covers " +
                              cell.planned_entry.text + ".",
                  .subject = entry_subject(cell.planned_entry)});
  }
  for (const CohortCoverage& cohort : regression_coverage(facts.board)) {
    if (cohort.verdict == events::Verdict::met) continue;
    findings.add({.rule = "B-NOREG",
                  .sentence = "No Depth and Breadth document of regression covers " +
                              cohort.smso.text + " in " + cohort.release.text + ".",
                  .subject = subject_of(Kind::release, cohort.release.text)});
  }
}

/// True where testing of an entry of the phase was under way when `event` was recorded.
bool under_way(const Phase& phase, const EventId& event) {
  for (const auto& [id, entry] : phase.entries) {
    const bool started = !entry.starts.empty() && entry.starts.front().event < event;
    const bool left =
        !entry.exit_decisions.empty() &&
        entry.exit_decisions.back().outcome != events::ExitOutcome::continue_testing &&
        entry.exit_decisions.back().mark.event < event;
    if (started && !left) return true;
  }
  return false;
}

void find_replaced(const Facts& facts, const Identifier& id, const Phase& phase,
                   Findings& findings) {
  if (!phase.document) return;
  const auto versions = facts.board.documents.find(*phase.document);
  if (versions == facts.board.documents.end()) return;
  for (const auto& [version, state] : versions->second) {
    if (!state.superseded || !under_way(phase, state.superseded->mark.event)) continue;
    findings.add({.events = {state.superseded->mark.event},
                  .phase = id,
                  .rule = "B-MIDPH",
                  .sentence = phase.document->text + " " + version.text + " was replaced by " +
                              state.superseded->new_version.text + " while " + id.text +
                              " was being executed.",
                  .subject = phase_subject(id)});
  }
}

void find_in_entry(const Facts& facts, const Identifier& id, const Phase& phase,
                   const Identifier& planned_entry, const PhaseEntry& inside, Findings& findings) {
  const auto entry = facts.board.planned_entries.find(planned_entry);
  if (entry == facts.board.planned_entries.end() || entry->second.withdrawn) return;
  const DocumentRef version = document_followed(facts.board, phase, entry->second);
  if (version.state == nullptr) {
    findings.add({.events = {phase.planned.event},
                  .phase = id,
                  .planned_entry = planned_entry,
                  .rule = "X-DNB",
                  .sentence = id.text + " follows no Depth and Breadth document that covers " +
                              planned_entry.text + ".",
                  .subject = phase_subject(id)});
    return;
  }
  if (!inside.starts.empty() && version.state->published.empty()) {
    findings.add({.events = {inside.starts.front().event, version.state->registered.event},
                  .phase = id,
                  .planned_entry = planned_entry,
                  .rule = "B-NOPUB",
                  .sentence = version.document.text + " " + version.version.text +
                              " is not published, and testing of " + planned_entry.text +
                              " under it has started.",
                  .subject = subject_of(Kind::document, version.document.text)});
  }
  const PromiseCheck check = check_promises(facts.board, facts.plan, id, planned_entry);
  if (!inside.scoped || check.verdict != events::Verdict::not_met) return;
  std::string missing;
  for (const events::PromisedItem& item : check.missing) {
    missing.append(missing.empty() ? "" : ", ").append(item.test_case.text);
  }
  findings.add({.events = {version.state->registered.event},
                .phase = id,
                .planned_entry = planned_entry,
                .rule = "B-SCOPE",
                .sentence = "The scope of " + id.text + " lacks, for " + planned_entry.text + ", " +
                            missing + ", which " + version.document.text + " " +
                            version.version.text + " promises.",
                .subject = phase_subject(id)});
}

void find_orphans(const Facts& facts, Findings& findings) {
  const Traceability trace = trace_requirements(facts.board, facts.plan);
  for (const UntracedItem& item : trace.untraced_items) {
    findings.add({.phase = item.phase,
                  .planned_entry = item.planned_entry,
                  .rule = "L-ORPHAN",
                  .sentence = item.item.text + " in " + item.phase.text +
                              (item.test_case ? " is of test case " + item.test_case->text +
                                                    ", which nobody registered."
                                              : " is in no scope, so its test case is not known."),
                  .subject = phase_subject(item.phase)});
  }
  for (const std::string& requirement : trace.requirements_without_results) {
    findings.add({.rule = "L-UNTESTED",
                  .sentence = "Requirement \"" + requirement + "\" has no result.",
                  .subject = "requirement/" + requirement});
  }
}

}  // namespace

void find_coverage_findings(const Facts& facts, Findings& findings) {
  find_gaps(facts, findings);
  for (const auto& [id, phase] : facts.board.phases) {
    find_replaced(facts, id, phase, findings);
    for (const auto& [planned_entry, inside] : phase.entries) {
      find_in_entry(facts, id, phase, planned_entry, inside, findings);
    }
  }
  find_orphans(facts, findings);
}

}  // namespace assay::projections
