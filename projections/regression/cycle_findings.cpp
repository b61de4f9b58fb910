// Regression cycles: R-ROOT, R-ORDER, R-FAIL, R-DNB.

#include <algorithm>

#include "projections/board/phase_board.hpp"
#include "projections/regression/cycle_view.hpp"
#include "projections/regression/regression_findings.hpp"
#include "projections/regression/regression_policy.hpp"
#include "projections/rules/say.hpp"

namespace assay::projections {
namespace {

class CycleFinder {
 public:
  CycleFinder(const Facts& facts, Findings& findings) : facts_(facts), findings_(findings) {}

  void find() {
    for (const CycleView& cycle : view_cycles(facts_.board, facts_.regression)) {
      for (const auto& [code, tally] : cycle.irregularities) find_irregular(cycle, code, tally);
      find_failed(cycle);
      find_undocumented(cycle);
    }
  }

 private:
  Finding about(const char* rule, const CycleView& cycle) const {
    Finding finding;
    finding.rule = rule;
    finding.subject = subject_of(Kind::regression, cycle.regression.text);
    return finding;
  }

  void find_irregular(const CycleView& cycle, CycleIrregularity code, const Tally& tally) {
    const bool root = code == CycleIrregularity::root_differs;
    Finding finding = about(root ? "R-ROOT" : "R-ORDER", cycle);
    finding.events = {tally.first, tally.last};
    finding.sentence =
        root ? say("The commitment to cycle ", cycle.regression,
                   " is to other items than were listed.")
             : say("Cycle ", cycle.regression, ": ", code, " (", tally.count, " times).");
    findings_.add(std::move(finding));
  }

  void find_failed(const CycleView& cycle) {
    if (!cycle.completed || cycle.passed == cycle.items.size()) return;
    Finding finding = about("R-FAIL", cycle);
    finding.events = {*cycle.completed};
    for (const CycleItemView& item : cycle.items) {
      if (item.event && item.outcome != ItemOutcome::passed) finding.events.push_back(*item.event);
    }
    finding.sentence = say("Cycle ", cycle.regression, " was completed, and ", cycle.passed,
                           " of its ", cycle.items.size(), " items have passed.");
    findings_.add(std::move(finding));
  }

  /// Asked for where the regression policy in force at the commitment asks for it.
  void find_undocumented(const CycleView& cycle) {
    const auto& baseline = facts_.regression.cycles.at(cycle.regression).baseline;
    if (!baseline) return;
    std::set<Identifier> seen;
    for (const CycleItemView& view : cycle.items) {
      const Identifier& entry = view.item.planned_entry;
      const auto phase = facts_.board.phases.find(view.item.phase);
      if (phase == facts_.board.phases.end() || !seen.insert(entry).second) continue;
      const auto* const policy =
          regression_policy(facts_, phase->second.kind, entry, baseline->mark.recorded_at);
      if (policy == nullptr || !policy->document_required) continue;
      if (cycle.document && covers(*cycle.document, entry)) continue;
      Finding finding = about("R-DNB", cycle);
      finding.events = {baseline->mark.event};
      finding.planned_entry = entry;
      finding.sentence =
          say("Cycle ", cycle.regression, " covers ", entry,
              ", and names no registered Depth and Breadth document of regression for its SMSO.");
      findings_.add(std::move(finding));
    }
  }

  /// A version of the document that is one of regression and speaks of the entry's SMSO.
  bool covers(const Identifier& document, const Identifier& planned_entry) const {
    const auto versions = facts_.board.documents.find(document);
    const auto entry = facts_.board.planned_entries.find(planned_entry);
    if (versions == facts_.board.documents.end()) return false;
    if (entry == facts_.board.planned_entries.end()) return false;
    return std::ranges::any_of(versions->second, [&](const auto& version) {
      return version.second.type == events::DocumentType::dnb_regression &&
             std::ranges::any_of(version.second.covers, [&](const events::Coverage& cell) {
               return cell.smso == entry->second.smso;
             });
    });
  }

  const Facts& facts_;
  Findings& findings_;
};

}  // namespace

void find_cycle_findings(const Facts& facts, Findings& findings) {
  CycleFinder(facts, findings).find();
}

}  // namespace assay::projections
