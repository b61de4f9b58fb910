#pragma once

/// The board at a glance: every planned entry × every kind of test, and every phase in one line.
/// Pure functions of the board.
///
/// A kind is done for an entry when at least one phase of that kind covers it, and every phase that
/// covers it and was not aborted has a decision to exit for it.

#include "projections/board/phase_view.hpp"

namespace assay::projections {

enum class PlannedEntryState : std::uint8_t {
  planned,
  in_test,
  mt_done,
  sit_done,
  srvt_done,
  regression_done,
  several_done,  ///< more than one kind, and not yet all that are required
  tested,        ///< every kind that the entry requires
  withdrawn,
};

struct CellPhase {
  Identifier phase;
  PhaseState state = PhaseState::planned;  ///< of the entry inside the phase
  RuleVerdict verdict = RuleVerdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(phase), CEREAL_NVP(state), CEREAL_NVP(verdict));
  }
};

/// One planned entry × one kind of test.
struct Cell {
  ScopeCounts counts;
  bool done = false;
  events::TestKind kind = events::TestKind::mt;
  std::vector<CellPhase> phases;
  bool required = false;
  /// Finished runs in phases of other kinds that say they count for this kind too (combined
  /// regression cycles); they are not in `counts`.
  std::uint64_t runs_elsewhere = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(counts), CEREAL_NVP(done), CEREAL_NVP(kind), CEREAL_NVP(phases),
            CEREAL_NVP(required), CEREAL_NVP(runs_elsewhere));
  }
};

struct MatrixRow {
  events::Category category = events::Category::active;
  std::vector<Cell> cells;  ///< kinds that are required or that a phase tests
  Identifier dmc;
  Identifier planned_entry;
  Identifier release;
  Identifier smso;
  PlannedEntryState state = PlannedEntryState::planned;
  std::optional<Identifier> target_date;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(category), CEREAL_NVP(cells), CEREAL_NVP(dmc), CEREAL_NVP(planned_entry),
            CEREAL_NVP(release), CEREAL_NVP(smso), CEREAL_NVP(state), CEREAL_NVP(target_date));
  }
};

/// All planned entries in the order of their ids.
[[nodiscard]] std::vector<MatrixRow> view_matrix(const PhaseBoard& board);

/// One phase in one line.
struct PhaseLine {
  ScopeCounts counts;
  std::uint64_t entries = 0;
  std::uint64_t imports_incomplete = 0;
  std::uint64_t irregularities = 0;  ///< events that one is about
  events::TestKind kind = events::TestKind::mt;
  std::string name;
  std::uint64_t open_runs = 0;
  Identifier phase;
  Identifier stage;
  PhaseState state = PhaseState::planned;
  RuleVerdict verdict = RuleVerdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(counts), CEREAL_NVP(entries), CEREAL_NVP(imports_incomplete),
            CEREAL_NVP(irregularities), CEREAL_NVP(kind), CEREAL_NVP(name), CEREAL_NVP(open_runs),
            CEREAL_NVP(phase), CEREAL_NVP(stage), CEREAL_NVP(state), CEREAL_NVP(verdict));
  }
};

[[nodiscard]] std::vector<PhaseLine> list_phases(const PhaseBoard& board);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::PlannedEntryState>[] = {
    "PLANNED",         "IN_TEST",      "MT_DONE", "SIT_DONE", "SRVT_DONE",
    "REGRESSION_DONE", "SEVERAL_DONE", "TESTED",  "WITHDRAWN"};
}  // namespace assay
