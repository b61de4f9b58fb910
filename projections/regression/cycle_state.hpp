#pragma once

/// What is kept of one regression cycle: the items that it undertakes to run again, the commitment
/// to them, its start and its end. Thread word: plain values.

#include <set>

#include "projections/board/marks.hpp"

namespace assay::projections {

/// A scope item of one planned entry in one phase.
struct CycleItem {
  Identifier item;
  Identifier phase;
  Identifier planned_entry;
  auto operator<=>(const CycleItem&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(phase), CEREAL_NVP(planned_entry));
  }
};

/// The commitment to a cycle, held against what was listed when it was made.
struct CycleBaseline {
  std::optional<Identifier> document;     ///< the Depth and Breadth document of regression
  std::optional<Timestamp> effective_at;  ///< absent while the other side has not endorsed it
  std::uint64_t item_count = 0;
  std::set<events::TestKind> kinds;  ///< for which it counts, once each
  Mark mark;
  Hash root;
  bool root_matches = false;  ///< count and root are those of the items listed before
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document), CEREAL_NVP(effective_at), CEREAL_NVP(item_count),
            CEREAL_NVP(kinds), CEREAL_NVP(mark), CEREAL_NVP(root), CEREAL_NVP(root_matches));
  }
};

struct CycleStart {
  Mark mark;
  std::vector<EventId> triggers;  ///< the changes that it answers
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(triggers));
  }
};

struct CycleEnd {
  Mark mark;
  std::string summary;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(summary));
  }
};

/// A step that the life of a cycle does not foresee; recorded because it happened.
enum class CycleIrregularity : std::uint8_t {
  completed_without_start,
  listed_after_baseline,
  root_differs,
  started_after_completion,
  started_before_baseline,  ///< before it was in effect, so before both sides had agreed to it
};

struct Cycle {
  std::optional<CycleBaseline> baseline;
  std::optional<CycleEnd> completed;
  std::map<CycleIrregularity, Tally> irregularities;
  std::map<CycleItem, EventId> items;  ///< with the event that listed it first
  std::uint64_t listed = 0;
  std::vector<Hash> range;  ///< compact range over the listed items, in listing order
  std::vector<CycleStart> starts;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(baseline), CEREAL_NVP(completed), CEREAL_NVP(irregularities),
            CEREAL_NVP(items), CEREAL_NVP(listed), CEREAL_NVP(range), CEREAL_NVP(starts));
  }
};

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::CycleIrregularity>[] = {
    "completed_without_start", "listed_after_baseline", "root_differs", "started_after_completion",
    "started_before_baseline"};
}  // namespace assay
