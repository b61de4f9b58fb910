#include "cli/commands/state_thresholds.hpp"

#include "cli/render/threshold_text.hpp"
#include "ledger/format/json_archive.hpp"
#include "projections/board/phase_board.hpp"

namespace assay::cli {
namespace {

/// When the last entry of each declared cut-off was recorded: the states do not keep it.
Result<std::map<std::uint64_t, Timestamp>> cutoff_times(const store::Store& store,
                                                        const projections::PhaseBoard& board) {
  std::map<std::uint64_t, Timestamp> times;
  EntryView view;
  for (const auto& [id, phase] : board.phases) {
    for (const auto& [name, entry] : phase.entries) {
      for (const projections::Cutoff& cutoff : entry.cutoffs) {
        const std::uint64_t size = cutoff.cutoff_size;
        // A cut-off beyond the log is one that nobody can date; its declaration has to do.
        if (size == 0 || size > store.size() || times.contains(size)) continue;
        ASSAY_TRY(const std::string bytes, store.entry(size - 1));
        ASSAY_CHECK(parse_entry(bytes, view));
        times.emplace(size, view.recorded_at);
      }
    }
  }
  return times;
}

template <class View>
Json list_json(const std::vector<View>& views) {
  Json list = Json::array();
  for (const View& view : views) list.push_back(Json::parse(to_canonical(view)));
  return list;
}

}  // namespace

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
  ASSAY_TRY(const auto times, cutoff_times(session.store(), fold.board()));
  projections::Findings found;
  projections::find_findings_beside(fold.facts(), filter, times, found);
  const std::vector<projections::Finding> findings = std::move(found).take();
  print_thresholds(run, answers);
  print_issue_findings(run, findings);
  run.out.member("thresholds") = list_json(answers);
  run.out.member("findings") = list_json(findings);
  return 0;
}

}  // namespace assay::cli
