#pragma once

/// How far a planned entry had come inside a phase at some point of the log, computed from the
/// marks that the board keeps. The board's own state is that of now; whether a DMC was de-selected
/// *during* a Test Phase, and whether an EPCL entry came *after* completion, are questions about
/// then. Thread word: pure functions.

#include "projections/board/phase_board.hpp"

namespace assay::projections {

enum class CourseState : std::uint8_t {
  not_started,
  under_test,  ///< started, and not exited; suspended testing is under test too
  exited,      ///< the last decision was to exit, or it was completed without one
  aborted,
  withdrawn,
};

struct Course {
  bool completed = false;           ///< and so is neither aborted nor withdrawn any more
  std::optional<EventId> decision;  ///< the exit decision in force, where it exited by one
  std::optional<EventId> since;     ///< the event that brought it into this state
  bool started = false;             ///< at any time
  CourseState state = CourseState::not_started;
};

/// Only events before `before` count; all of them where it is absent.
[[nodiscard]] Course course_of(const PhaseBoard& board, const Phase& phase,
                               const Identifier& planned_entry,
                               const std::optional<EventId>& before = std::nullopt);

struct UnderTest {
  Identifier phase;
  Identifier planned_entry;
  EventId since;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(phase), CEREAL_NVP(planned_entry), CEREAL_NVP(since));
  }
};

/// The phases in which planned entries of the DMC in the release were under test just before `at`.
[[nodiscard]] std::vector<UnderTest> under_test_at(const PhaseBoard& board, const Identifier& dmc,
                                                   const Identifier& release, const EventId& at);

/// One kind of test of one planned entry.
struct KindTested {
  std::vector<EventId> decisions;  ///< to exit, one a phase
  bool done = false;  ///< at least one phase, and every one that was not aborted exited
  events::TestKind kind = events::TestKind::mt;
  bool started = false;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(decisions), CEREAL_NVP(done), CEREAL_NVP(kind), CEREAL_NVP(started));
  }
};
using KindsTested = std::map<events::TestKind, KindTested>;

/// Phases planned after `planned_before` do not count, nor do events from `before` on.
struct TestedWhen {
  std::optional<EventId> planned_before;
  std::optional<EventId> before;
};
[[nodiscard]] KindsTested kinds_tested(const PhaseBoard& board, const Identifier& planned_entry,
                                       const TestedWhen& when = {});
/// Every one of `kinds` is done, and there is one.
[[nodiscard]] bool all_done(const KindsTested& tested, const std::set<events::TestKind>& kinds);

}  // namespace assay::projections
