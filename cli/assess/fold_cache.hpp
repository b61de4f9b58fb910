#pragma once

/// The states at several points of one ledger, each folded once, for answers that look at cut-offs
/// and decisions, or at two points side by side. Thread word: thread-compatible; borrows the
/// session.

#include <map>

#include "cli/session/ledger_session.hpp"

namespace assay::cli {

class FoldCache {
 public:
  FoldCache(const Run& run, const LedgerSession& session) : run_(run), session_(session) {}

  /// The states at `size`, borrowed for as long as the cache lives. Errors: those of the store.
  [[nodiscard]] Result<const projections::ProgrammeFold*> at(std::uint64_t size);
  [[nodiscard]] const LedgerSession& session() const noexcept { return session_; }

 private:
  const Run& run_;
  const LedgerSession& session_;
  std::map<std::uint64_t, projections::ProgrammeFold> folds_;
};

}  // namespace assay::cli
