#include "cli/assess/cutoff_times.hpp"

#include "ledger/format/entry.hpp"

namespace assay::cli {

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

}  // namespace assay::cli
