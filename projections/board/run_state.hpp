#pragma once

/// What the board keeps of runs and imports. Thread word: plain values.

#include "projections/board/marks.hpp"

namespace assay::projections {

struct FinishedRun {
  Timestamp ended_at;  ///< as its author claims
  EventId event;
  std::uint64_t evidence = 0;  ///< files named as evidence
  events::Outcome outcome = events::Outcome::not_completed;
  Timestamp recorded_at;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(ended_at), CEREAL_NVP(event), CEREAL_NVP(evidence), CEREAL_NVP(outcome),
            CEREAL_NVP(recorded_at));
  }
};

/// Somebody said that the run's result no longer counts.
struct Invalidation {
  std::optional<Timestamp> effective_at;  ///< absent while another party has not endorsed it
  EventId event;
  std::string reason;
  std::optional<Identifier> replaced_by;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(effective_at), CEREAL_NVP(event), CEREAL_NVP(reason),
            CEREAL_NVP(replaced_by));
  }
};

/// An announced run: kept from its start on, so that one that never finished shows.
struct Run {
  std::uint64_t attempt = 1;  ///< as the harness counts
  std::vector<std::string> builds;
  std::set<events::TestKind> counts_for;
  std::optional<FinishedRun> finished;
  std::vector<Invalidation> invalidations;
  std::optional<Identifier> item;
  Identifier phase;
  Identifier planned_entry;
  EventId started;
  Identifier test_case;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(attempt), CEREAL_NVP(builds), CEREAL_NVP(counts_for), CEREAL_NVP(finished),
            CEREAL_NVP(invalidations), CEREAL_NVP(item), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entry), CEREAL_NVP(started), CEREAL_NVP(test_case));
  }

  /// True once an invalidation is in effect: the result stays visible, and no longer counts.
  [[nodiscard]] bool invalidated() const noexcept;
};

/// Results that name no scope item: counted, and the first few named, for the list of what lies
/// outside the scope.
struct Unlisted {
  std::vector<std::string> names;  ///< at most kUnlistedNames
  OutcomeCounts outcomes;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(names), CEREAL_NVP(outcomes));
  }
};
inline constexpr std::size_t kUnlistedNames = 20;

struct Import {
  std::optional<std::string> build;
  std::optional<events::DeclaredCounts> declared;  ///< by the file itself; known once finished
  std::string dialect;
  Hash evidence;
  std::string file_name;
  std::optional<EventId> finished;  ///< absent: the import is incomplete
  Identifier format;
  events::TestKind kind = events::TestKind::mt;
  std::optional<Timestamp> latest_result;  ///< the latest start of a result that states one
  std::uint64_t not_in_scope = 0;          ///< results whose item no scope listed when they came
  OutcomeCounts outcomes;                  ///< of all its results
  Identifier phase;
  Identifier planned_entry;
  Timestamp recorded_at;  ///< of its beginning
  std::uint64_t repeat = 0;
  std::uint64_t result_count = 0;  ///< as announced
  std::uint64_t results = 0;       ///< as they came
  EventId started;
  Unlisted unlisted;
  std::uint64_t warnings = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(build), CEREAL_NVP(declared), CEREAL_NVP(dialect), CEREAL_NVP(evidence),
            CEREAL_NVP(file_name), CEREAL_NVP(finished), CEREAL_NVP(format), CEREAL_NVP(kind),
            CEREAL_NVP(latest_result), CEREAL_NVP(not_in_scope), CEREAL_NVP(outcomes),
            CEREAL_NVP(phase), CEREAL_NVP(planned_entry), CEREAL_NVP(recorded_at),
            CEREAL_NVP(repeat), CEREAL_NVP(result_count), CEREAL_NVP(results), CEREAL_NVP(started),
            CEREAL_NVP(unlisted), CEREAL_NVP(warnings));
  }
};

}  // namespace assay::projections
