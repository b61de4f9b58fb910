#pragma once

/// What a reader is shown of one Test Phase: the states of its planned entries, how complete their
/// scope is, and everything that keeps an answer from being sure. Pure functions of the board; the
/// structs serialise to the JSON of `assay state phase`.
///
/// The verdict is about the completeness of the scope alone:
///   MET           every item in scope is PASSED or WAIVED, and nothing below stands against it
///   NOT_MET       an item is neither
///   UNDETERMINED  no item is known to be open, but something is not known: no scope, a scope that
///                 is not committed to or differs from its commitment, a run that never finished, a
///                 report that did not come in whole, run counters that are missing and undeclared

#include "projections/board/item_status.hpp"

namespace assay::projections {

struct ItemView {
  std::uint64_t attempts = 0;
  std::optional<EventId> decided_by;
  bool first_pass = false;
  OutcomeCounts invalidated;
  Identifier item;
  ItemOutcome outcome = ItemOutcome::not_run;
  OutcomeCounts outcomes;
  std::vector<RecentResult> recent;
  std::optional<Identifier> test_case;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(attempts), CEREAL_NVP(decided_by), CEREAL_NVP(first_pass),
            CEREAL_NVP(invalidated), CEREAL_NVP(item), CEREAL_NVP(outcome), CEREAL_NVP(outcomes),
            CEREAL_NVP(recent), CEREAL_NVP(test_case));
  }
};

/// Counts of scope items.
struct ScopeCounts {
  std::uint64_t blocked = 0;
  std::map<ItemOutcome, std::uint64_t> by_outcome;
  std::uint64_t executed = 0;
  std::uint64_t first_pass = 0;
  std::uint64_t items = 0;
  std::uint64_t passed_effective = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(blocked), CEREAL_NVP(by_outcome), CEREAL_NVP(executed),
            CEREAL_NVP(first_pass), CEREAL_NVP(items), CEREAL_NVP(passed_effective));
  }
  void add(const ItemStatus& status);
  void add(const ScopeCounts& more);
};

/// Why an answer is not sure.
enum class Doubt : std::uint8_t {
  builds_not_baselined,  ///< every build counts; the only one that leaves a verdict as it is
  counters_missing,
  import_incomplete,
  no_scope,
  run_not_finished,
  scope_differs,  ///< the items are not those that were committed to
  scope_not_committed,
};

struct PhaseEntryView {
  std::vector<Mark> completions;
  ScopeCounts counts;
  std::vector<Cutoff> cutoffs;
  std::vector<Identifier> dangling_runs;
  std::set<Doubt> doubts;
  std::vector<EntryDecision> entry_decisions;
  std::vector<ExitDecision> exit_decisions;
  std::vector<ItemView> items;          ///< in scope
  std::vector<ItemView> items_outside;  ///< that results name, and no scope lists
  Identifier planned_entry;
  std::vector<Mark> starts;
  PhaseState state = PhaseState::planned;
  OutcomeCounts unlisted;  ///< results that name no item
  RuleVerdict verdict = RuleVerdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(completions), CEREAL_NVP(counts), CEREAL_NVP(cutoffs),
            CEREAL_NVP(dangling_runs), CEREAL_NVP(doubts), CEREAL_NVP(entry_decisions),
            CEREAL_NVP(exit_decisions), CEREAL_NVP(items), CEREAL_NVP(items_outside),
            CEREAL_NVP(planned_entry), CEREAL_NVP(starts), CEREAL_NVP(state), CEREAL_NVP(unlisted),
            CEREAL_NVP(verdict));
  }
};

struct CounterView {
  std::vector<DeclaredGap> declared;
  std::uint64_t duplicates = 0;
  std::vector<CounterRange> gaps;  ///< counters that no phase has seen from this source
  std::vector<CounterRange> seen;
  std::string source;
  std::vector<CounterRange> undeclared;  ///< the part of `gaps` that nobody explains
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(declared), CEREAL_NVP(duplicates), CEREAL_NVP(gaps), CEREAL_NVP(seen),
            CEREAL_NVP(source), CEREAL_NVP(undeclared));
  }
};

struct ImportView {
  bool complete = false;
  std::string file_name;
  Identifier import;
  std::uint64_t not_in_scope = 0;
  OutcomeCounts outcomes;
  Identifier planned_entry;
  std::uint64_t result_count = 0;  ///< announced
  std::uint64_t results = 0;       ///< came
  EventId started;
  Unlisted unlisted;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(complete), CEREAL_NVP(file_name), CEREAL_NVP(import),
            CEREAL_NVP(not_in_scope), CEREAL_NVP(outcomes), CEREAL_NVP(planned_entry),
            CEREAL_NVP(result_count), CEREAL_NVP(results), CEREAL_NVP(started),
            CEREAL_NVP(unlisted));
  }
};

struct IrregularityView {
  Irregularity code = Irregularity::not_in_scope;
  std::optional<Identifier> planned_entry;
  Tally tally;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(code), CEREAL_NVP(planned_entry), CEREAL_NVP(tally));
  }
};

struct ScopeView {
  std::optional<Baseline> baseline;
  std::uint64_t items = 0;  ///< as it stands
  Identifier scope;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(baseline), CEREAL_NVP(items), CEREAL_NVP(scope));
  }
};

struct PhaseView {
  std::vector<std::string> accepted_builds;
  bool builds_baselined = false;
  std::vector<CounterView> counters;
  ScopeCounts counts;
  std::vector<Identifier> dangling_runs;
  std::vector<PhaseEntryView> entries;
  std::vector<ImportView> imports;
  std::uint64_t imports_refused = 0;
  std::vector<Interruption> interruptions;
  std::vector<IrregularityView> irregularities;
  events::TestKind kind = events::TestKind::mt;
  std::string name;
  Identifier phase;
  std::optional<TagPosition> position;
  std::vector<RemovedItem> removed_items;
  std::vector<ScopeView> scopes;
  Identifier stage;
  PhaseState state = PhaseState::planned;
  RuleVerdict verdict = RuleVerdict::undetermined;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(accepted_builds), CEREAL_NVP(builds_baselined), CEREAL_NVP(counters),
            CEREAL_NVP(counts), CEREAL_NVP(dangling_runs), CEREAL_NVP(entries), CEREAL_NVP(imports),
            CEREAL_NVP(imports_refused), CEREAL_NVP(interruptions), CEREAL_NVP(irregularities),
            CEREAL_NVP(kind), CEREAL_NVP(name), CEREAL_NVP(phase), CEREAL_NVP(position),
            CEREAL_NVP(removed_items), CEREAL_NVP(scopes), CEREAL_NVP(stage), CEREAL_NVP(state),
            CEREAL_NVP(verdict));
  }
};

/// The least advanced of the phase's entries; WITHDRAWN when all have left it.
[[nodiscard]] PhaseState state_of(const Phase& phase);

/// Absent when the phase was never planned.
[[nodiscard]] std::optional<PhaseView> view_phase(const PhaseBoard& board, const Identifier& phase);

[[nodiscard]] std::vector<CounterView> view_counters(const PhaseBoard& board, const Phase& phase);

/// What holds for every entry of a phase; worked out once a phase.
struct PhaseFacts {
  AcceptedBuilds accepted;
  bool counters_missing = false;
};
[[nodiscard]] PhaseFacts facts_of(const PhaseBoard& board, const Phase& phase);

/// The entry's part of a phase's view. `phase` is one of the board's phases.
[[nodiscard]] PhaseEntryView view_entry(const PhaseBoard& board, const Phase& phase,
                                        const Identifier& planned_entry, const PhaseFacts& facts);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::Doubt>[] = {
    "builds_not_baselined", "counters_missing", "import_incomplete",  "no_scope",
    "run_not_finished",     "scope_differs",    "scope_not_committed"};
}  // namespace assay
