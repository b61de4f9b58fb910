#include "cli/commands/state_thresholds.hpp"

#include "cli/assess/cutoff_times.hpp"
#include "cli/commands/state_reading.hpp"
#include "cli/render/threshold_text.hpp"
#include "projections/board/phase_board.hpp"

namespace assay::cli {
Result<int> show_thresholds(Run& run, const LedgerSession& session,
                            const projections::ProgrammeFold& fold, const std::string& phase,
                            const std::string& entry) {
  projections::ThresholdFilter filter;
  if (!phase.empty()) {
    if (!fold.board().phases.contains(phase)) {
      return fail(Errc::not_found, "there is no phase " + phase, "`assay state phase` lists them");
    }
    filter.phases.insert(phase);
  }
  if (!entry.empty()) {
    if (!fold.board().planned_entries.contains(entry)) {
      return fail(Errc::not_found, "there is no planned entry " + entry,
                  "`assay state phase` lists them");
    }
    filter.planned_entries.insert(entry);
  }
  const auto answers = projections::threshold_answers(fold.facts(), filter);
  ASSAY_TRY(const auto times, cutoff_times(FoldCache(run, session), fold.board()));
  projections::Findings found;
  projections::find_governed_issue_findings(
      fold.facts(), {.cutoff_times = times, .phases = filter.phases, .present_is_cutoff = true},
      found);
  const std::vector<projections::Finding> findings = std::move(found).take();
  print_thresholds(run, answers);
  print_issue_findings(run, findings);
  run.out.member("thresholds") = views_json(answers);
  run.out.member("findings") = views_json(findings);
  return 0;
}

}  // namespace assay::cli
