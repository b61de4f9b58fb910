#pragma once

/// How far a Capability Release has come, and what the state of a GroupID rests on. Thread word:
/// pure functions.
///
///   DECLARED → PLANNING → TESTING → PARTIALLY_ELIGIBLE → COMPLETE → CLOSED
///
/// Entries are made planned entry by planned entry, so a release is eligible in parts long before
/// it is complete. It is complete when every planned entry is settled (entry_life.hpp), and closed
/// when somebody has said so.

#include "projections/selection/entry_life.hpp"

namespace assay::projections {

enum class ReleaseState : std::uint8_t {
  declared,
  planning,
  testing,
  partially_eligible,
  complete,
  closed,
};

struct ReleaseLife {
  std::vector<Identifier> cohorts;
  std::vector<EventId> completed;  ///< events that said so
  std::map<EntryState, std::uint64_t> entries;
  std::vector<Identifier> pending;  ///< planned entries that are not settled
  Identifier release;
  ReleaseState state = ReleaseState::declared;
  std::string title;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cohorts), CEREAL_NVP(completed), CEREAL_NVP(entries), CEREAL_NVP(pending),
            CEREAL_NVP(release), CEREAL_NVP(state), CEREAL_NVP(title));
  }
};

[[nodiscard]] std::vector<ReleaseLife> release_lives(const Facts& facts);

/// Planned entries of the release that were declared before `when` and not settled then.
[[nodiscard]] std::vector<Identifier> pending_entries(
    const Facts& facts, const Identifier& release, const std::optional<Mark>& when = std::nullopt);

enum class GroupState : std::uint8_t { declared, under_test, st_covered, complete };

/// What the state of a GroupID rests on, but for the matrix of TMAD steps: whether that is covered
/// is for the caller to say (MTAD 5.5).
struct GroupLife {
  bool entries_done = false;  ///< every planned entry that carries it has all its kinds done
  Identifier group;
  std::vector<Identifier> planned_entries;  ///< that carry it
  std::vector<Identifier> releases;
  Identifier smso;
  std::vector<Identifier> started_phases;  ///< of Migration ST, that are for it
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(entries_done), CEREAL_NVP(group), CEREAL_NVP(planned_entries),
            CEREAL_NVP(releases), CEREAL_NVP(smso), CEREAL_NVP(started_phases));
  }
  [[nodiscard]] GroupState state(bool steps_covered) const noexcept {
    if (steps_covered && entries_done) return GroupState::complete;
    if (steps_covered) return GroupState::st_covered;
    return started_phases.empty() ? GroupState::declared : GroupState::under_test;
  }
};

/// `migration_stage` is the stage that the migration policy names; without one, every phase of MT
/// that is for the group counts as Migration ST.
[[nodiscard]] std::vector<GroupLife> group_lives(
    const Facts& facts, const std::optional<Identifier>& migration_stage = std::nullopt);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::ReleaseState>[] = {
    "DECLARED", "PLANNING", "TESTING", "PARTIALLY_ELIGIBLE", "COMPLETE", "CLOSED"};
template <>
inline constexpr std::string_view kEnumTexts<projections::GroupState>[] = {
    "DECLARED", "UNDER_TEST", "ST_COVERED", "COMPLETE"};
}  // namespace assay
