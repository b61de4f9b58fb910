#include "cli/assess/cutoff_times.hpp"

namespace assay::cli {

Result<std::map<std::uint64_t, Timestamp>> cutoff_times(const FoldCache& log,
                                                        const projections::PhaseBoard& board) {
  std::map<std::uint64_t, Timestamp> times;
  for (const auto& [id, phase] : board.phases) {
    for (const auto& [name, entry] : phase.entries) {
      for (const projections::Cutoff& cutoff : entry.cutoffs) {
        const std::uint64_t size = cutoff.cutoff_size;
        // A cut-off beyond the log is one that nobody can date; its declaration has to do.
        if (size == 0 || size > log.size() || times.contains(size)) continue;
        ASSAY_TRY(const Timestamp recorded_at, log.recorded_at(size - 1));
        times.emplace(size, recorded_at);
      }
    }
  }
  return times;
}

}  // namespace assay::cli
