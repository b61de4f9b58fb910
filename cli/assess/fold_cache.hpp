#pragma once

/// The states at several points of one log, each folded once, for answers that look at cut-offs and
/// decisions, or at two points side by side. Thread word: thread-compatible; borrows what it is
/// made of.

#include <map>

#include "cli/session/ledger_session.hpp"
#include "ledger/verify/source.hpp"

namespace assay::cli {

class FoldCache {
 public:
  /// Of a ledger at hand, which may keep snapshots.
  FoldCache(const Run& run, const LedgerSession& session);
  /// Of a log that is read from anywhere; `head` are its states as somebody folded them already.
  FoldCache(const verify::Source& source, const projections::ProgrammeFold& head);

  /// The states at `size`, borrowed for as long as the cache lives. Errors: those of the log.
  [[nodiscard]] Result<const projections::ProgrammeFold*> at(std::uint64_t size);
  /// When entry `index` was recorded. Errors: those of the log, and of an entry that is none.
  [[nodiscard]] Result<Timestamp> recorded_at(std::uint64_t index) const;
  /// Entries of the log.
  [[nodiscard]] std::uint64_t size() const { return head_.size(); }

 private:
  using FoldAt = std::function<Result<projections::ProgrammeFold>(std::uint64_t size)>;
  using ReadEntry = std::function<Result<std::string>(std::uint64_t index)>;

  FoldAt fold_at_;
  ReadEntry entry_;
  const projections::ProgrammeFold& head_;
  std::map<std::uint64_t, projections::ProgrammeFold> folds_;
};

}  // namespace assay::cli
