#pragma once

/// The phase board: planned entries × kinds of test, with the state of every Test Phase, folded
/// from the log. It records what happened, in whatever order it happened; what the programme does
/// not foresee is remembered as an irregularity and never refused.
///
/// Readers use the views (phase_view.hpp, matrix_view.hpp), which are pure functions of this state.
/// Thread word: thread-compatible; const access may run beside itself.

#include "projections/board/phase_state.hpp"
#include "projections/board/plan_state.hpp"
#include "projections/board/run_state.hpp"
#include "projections/fold/projection.hpp"

namespace assay::projections {

/// Where the results of the import that is coming in belong: found once an import, not once a
/// result. Never copied or kept, because it points into the state of one board.
class ImportCursor {
 public:
  ImportCursor() = default;
  ImportCursor(const ImportCursor&) noexcept {}
  ImportCursor(ImportCursor&&) noexcept {}
  ImportCursor& operator=(const ImportCursor&) noexcept { return reset(); }
  ImportCursor& operator=(ImportCursor&&) noexcept { return reset(); }
  ~ImportCursor() = default;
  ImportCursor& reset() noexcept {
    import = nullptr;
    phase = nullptr;
    entry = nullptr;
    source = nullptr;
    return *this;
  }

  std::pair<const Identifier, Import>* import = nullptr;
  Phase* phase = nullptr;
  PhaseEntry* entry = nullptr;
  CounterSource* source = nullptr;  ///< null until the import's first counter
};

struct PhaseBoard {
  static constexpr std::string_view kName = "phase_board";
  static constexpr std::uint64_t kVersion = 2;

  std::map<Identifier, std::map<Identifier, DocumentVersion>> documents;  ///< by version
  std::map<Identifier, Environment> environments;
  std::map<Identifier, Import> imports;
  Tally imports_refused;  ///< that name no phase
  /// The last event that answers look back to: the end of a regression cycle, a decision to exit.
  /// Whoever makes an `Until` (projections/regression) of another kind of event adds that here.
  std::optional<EventId> last_look;
  std::map<Identifier, Phase> phases;
  std::map<Identifier, PlannedEntry> planned_entries;
  std::map<PositionKey, TagPosition> positions;
  std::map<Identifier, Run> runs;
  std::map<Identifier, Scope> scopes;
  Unplaced unplaced;

  void apply(const RecordedEvent& event, Stage stage);

  template <class Archive>
  void serialize(Archive& archive) {
    if constexpr (Archive::is_loading::value) cursor.reset();
    archive(CEREAL_NVP(documents), CEREAL_NVP(environments), CEREAL_NVP(imports),
            CEREAL_NVP(imports_refused), CEREAL_NVP(last_look), CEREAL_NVP(phases),
            CEREAL_NVP(planned_entries), CEREAL_NVP(positions), CEREAL_NVP(runs),
            CEREAL_NVP(scopes), CEREAL_NVP(unplaced));
  }

  ImportCursor cursor;  ///< no part of the state
};

}  // namespace assay::projections
