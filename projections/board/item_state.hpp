#pragma once

/// What the board keeps of one scope item: the attempts on it.
///
/// Memory: announced runs are kept one by one, because each may be invalidated by its id. Imported
/// results arrive by the hundred thousand and cannot be invalidated, so of them only what decides
/// is kept: per build the latest import that speaks of the item, the counts, the very first attempt
/// and the last few. That suffices for the exact effective outcome under any later change of the
/// accepted builds. Some later answers look back to an earlier point of the log
/// (`PhaseBoard::last_look`); what was the latest at such a point stays when another takes its
/// place. So an item keeps no more attempts than there are such points and builds.
/// Thread word: plain values.

#include <set>

#include "projections/board/marks.hpp"

namespace assay::projections {

/// What an import says of an item, with its results up to `event`. One report is one attempt: where
/// several of its results belong to the item, the worst of them counts, else a failure could hide
/// behind a pass in the same file. Of two imports the one that started later is the later one.
struct ImportedAttempt {
  EventId event;  ///< its last result for the item
  Identifier import;
  EventId import_started;
  events::Outcome outcome = events::Outcome::not_completed;
  std::uint64_t results = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(event), CEREAL_NVP(import), CEREAL_NVP(import_started), CEREAL_NVP(outcome),
            CEREAL_NVP(results));
  }
};

/// The attempt that was recorded first, for first-pass rates; invalidating it does not make the
/// next one the first. A run or an import, and what only the other knows is absent.
struct FirstAttempt {
  std::optional<std::string> build;  ///< of an import; "" where it names none
  EventId event;                     ///< the run's start, or the import's first result
  std::optional<Identifier> import;
  std::optional<events::Outcome> outcome;  ///< of an import; a run is looked up
  std::optional<Identifier> run;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(build), CEREAL_NVP(event), CEREAL_NVP(import), CEREAL_NVP(outcome),
            CEREAL_NVP(run));
  }
};

/// One of the last results, for a reader who wants to see what came before.
struct RecentResult {
  EventId event;
  events::Outcome outcome = events::Outcome::not_completed;
  bool operator==(const RecentResult&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(event), CEREAL_NVP(outcome));
  }
};
inline constexpr std::size_t kRecentResults = 8;

struct Waiver {
  std::optional<EventId> approval;
  Mark mark;
  std::string reason;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(mark), CEREAL_NVP(reason));
  }
};

struct Item {
  std::uint64_t attempts = 0;  ///< runs, imported results, and earlier attempts that these report
  std::optional<FirstAttempt> first;
  std::optional<Identifier> group;
  /// By build, "" where an import names none. Never empty: the last is the latest; those before it
  /// were the latest at a point that answers look back to, in the order of those points.
  std::map<std::string, std::vector<ImportedAttempt>> imported;
  OutcomeCounts imported_outcomes;      ///< of imported results and earlier attempts
  std::vector<RecentResult> recent;     ///< oldest first, at most kRecentResults
  std::vector<Identifier> runs;         ///< in the order in which they started
  std::set<Identifier> scopes;          ///< that list it; empty when it is not in scope
  std::optional<Identifier> test_case;  ///< absent while no scope has listed it
  std::optional<Waiver> waiver;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(attempts), CEREAL_NVP(first), CEREAL_NVP(group), CEREAL_NVP(imported),
            CEREAL_NVP(imported_outcomes), CEREAL_NVP(recent), CEREAL_NVP(runs), CEREAL_NVP(scopes),
            CEREAL_NVP(test_case), CEREAL_NVP(waiver));
  }

  [[nodiscard]] bool in_scope() const noexcept { return !scopes.empty(); }
  void add_recent(const EventId& event, events::Outcome outcome);
  /// One imported result, of the import that started at `import_started` on `build`.
  void add_result(const EventId& event, const events::ResultImported& result,
                  const EventId& import_started, const std::string& build,
                  const std::optional<EventId>& last_look);
};

}  // namespace assay::projections
