#pragma once

/// Answers what a phase's criteria and the auditor's claims say, over a ledger: folds the log again
/// to every cut-off and decision that an answer rests on, once each. Under a supposition it answers
/// as if that had held from the beginning, at each of these points. Thread word: thread-compatible;
/// borrows the folds, the states and the supposition.

#include <map>

#include "cli/assess/fold_cache.hpp"
#include "projections/criteria/claims.hpp"
#include "projections/criteria/decision_findings.hpp"
#include "projections/supposition/supposed_facts.hpp"

namespace assay::cli {

class Assessor {
 public:
  /// `now` are the states that the answers are about. Null: they are answered as they are.
  Assessor(FoldCache& folds, const projections::ProgrammeFold& now,
           const projections::Supposition* supposition = nullptr)
      : folds_(folds), supposition_(supposition), now_(as_supposed(now.facts())) {}

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

  /// The facts as they would be, or as they are where nothing is supposed.
  [[nodiscard]] projections::Facts as_supposed(const projections::Facts& facts);

  FoldCache& folds_;
  const projections::Supposition* supposition_;
  std::map<std::uint64_t, projections::SupposedFacts> supposed_;  ///< by size
  const projections::Facts now_;
  std::optional<std::vector<projections::AssessedEntry>> assessed_;  ///< once asked for
};

}  // namespace assay::cli
