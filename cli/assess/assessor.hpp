#pragma once

/// Answers what a phase's criteria and the auditor's claims say, over a ledger: folds the log again
/// to every cut-off and decision that an answer rests on, once each. Thread word:
/// thread-compatible; borrows the session and the states.

#include <map>

#include "cli/session/at_point.hpp"
#include "projections/criteria/claims.hpp"
#include "projections/criteria/decision_findings.hpp"

namespace assay::cli {

class Assessor {
 public:
  /// `now` are the states that the answers are about.
  Assessor(const Run& run, const LedgerSession& session, const projections::ProgrammeFold& now)
      : run_(run), session_(session), now_(now.facts()) {}

  [[nodiscard]] const projections::Facts& now() const noexcept { return now_; }

  /// `phase` and `planned_entry` are of the board. Errors: those of the store.
  [[nodiscard]] Result<projections::AssessedEntry> assess(const Identifier& phase,
                                                          const Identifier& planned_entry);
  /// Every planned entry in every phase. Errors: as above.
  [[nodiscard]] Result<std::vector<projections::AssessedEntry>> assess_all();

  /// Every finding of every rule, waivers applied. Errors: as above.
  [[nodiscard]] Result<std::vector<projections::Finding>> findings();

 private:
  /// The states at `size`. Errors: those of the store.
  [[nodiscard]] Result<projections::Facts> facts_at(std::uint64_t size);
  /// The findings that look at the states as of cut-offs. Errors: those of the store.
  [[nodiscard]] Status find_at_cutoffs(projections::Findings& findings);

  const Run& run_;
  const LedgerSession& session_;
  const projections::Facts now_;
  std::map<std::uint64_t, projections::ProgrammeFold> folds_;
  std::optional<std::vector<projections::AssessedEntry>> assessed_;  ///< once asked for
};

}  // namespace assay::cli
