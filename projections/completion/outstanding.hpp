#pragma once

/// Which Testing Issues are outstanding at a cut-off, and whether a completion report lists these
/// and no others (V5, question 6). Pure functions.

#include <functional>

#include "projections/board/phase_board.hpp"
#include "projections/completion/completion.hpp"
#include "projections/fold/programme_fold.hpp"
#include "projections/issues/issue_register.hpp"

namespace assay::projections {

/// States in which an issue counts as open where no threshold policy says otherwise: all but
/// CLOSED, REJECTED and DUPLICATE.
[[nodiscard]] const std::set<IssueState>& open_states_by_default();
/// As the threshold policy says that is in force at `at` for the kind and the planned entry.
[[nodiscard]] const std::set<IssueState>& open_states(const Facts& facts, events::TestKind kind,
                                                      const Identifier& planned_entry,
                                                      Timestamp at);

/// Issues of the phase that are open and affect the planned entry, each once. An issue that names
/// no planned entry affects all of its phase.
[[nodiscard]] std::set<Identifier> outstanding_issues(const Facts& at_cutoff,
                                                      const Identifier& phase,
                                                      const Identifier& planned_entry);

/// The cut-off of one phase that a report rests on, and the planned entries that share it.
struct ReportCutoff {
  EventId declared;
  Identifier phase;
  std::set<Identifier> planned_entries;
  std::uint64_t size = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(declared), CEREAL_NVP(phase), CEREAL_NVP(planned_entries), CEREAL_NVP(size));
  }
};
/// Planned entries of one phase without a cut-off.
struct UncutEntries {
  Identifier phase;
  std::set<Identifier> planned_entries;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(phase), CEREAL_NVP(planned_entries));
  }
};
struct ReportCutoffs {
  std::vector<ReportCutoff> cutoffs;  ///< the last that was declared before the report
  std::vector<UncutEntries> missing;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cutoffs), CEREAL_NVP(missing));
  }
};
[[nodiscard]] ReportCutoffs report_cutoffs(const PhaseBoard& board, const Report& report);

/// The last cut-off declared for the entry in the phase before `before`; null when there is none.
[[nodiscard]] const Cutoff* cutoff_before(const PhaseEntry& entry, const EventId& before);

/// The states folded to exactly `size` entries; null where they cannot be had. Valid while the
/// caller says so.
using FactsAt = std::function<const Facts*(std::uint64_t size)>;

struct ReportReconciliation {
  ReportCutoffs cutoffs;
  std::set<Identifier> not_open;  ///< listed, and open at none of the cut-offs
  std::set<Identifier> omitted;   ///< open at a cut-off, and not listed
  std::set<Identifier> outstanding;
  Identifier report;
  /// Met: the two sets are equal. Undetermined where a cut-off is missing.
  events::Verdict verdict = events::Verdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cutoffs), CEREAL_NVP(not_open), CEREAL_NVP(omitted), CEREAL_NVP(outstanding),
            CEREAL_NVP(report), CEREAL_NVP(verdict));
  }
};
/// `report` is one of `now`'s.
[[nodiscard]] ReportReconciliation reconcile_report(const Facts& now, const Identifier& report,
                                                    const FactsAt& at);

}  // namespace assay::projections
