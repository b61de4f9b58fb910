#include "projections/selection/course.hpp"

#include <algorithm>
#include <utility>

namespace assay::projections {
namespace {

enum class Step : std::uint8_t { enter, start, go_on, exit, complete, abort, withdraw };

std::vector<std::pair<EventId, Step>> steps_of(const PhaseBoard& board, const Phase& phase,
                                               const Identifier& id, const PhaseEntry& entry) {
  std::vector<std::pair<EventId, Step>> steps;
  for (const EntryDecision& decision : entry.entry_decisions) {
    if (decision.outcome == events::EntryOutcome::reject) continue;
    steps.emplace_back(decision.mark.event, Step::enter);
  }
  for (const Mark& mark : entry.starts) steps.emplace_back(mark.event, Step::start);
  for (const Mark& mark : entry.completions) steps.emplace_back(mark.event, Step::complete);
  for (const ExitDecision& decision : entry.exit_decisions) {
    const bool on = decision.outcome == events::ExitOutcome::continue_testing;
    steps.emplace_back(decision.mark.event, on ? Step::go_on : Step::exit);
  }
  for (const Interruption& interruption : phase.interruptions) {
    if (interruption.kind == InterruptionKind::aborted) {
      steps.emplace_back(interruption.mark.event, Step::abort);
    }
  }
  const auto planned = board.planned_entries.find(id);
  if (planned != board.planned_entries.end() && planned->second.withdrawn) {
    steps.emplace_back(planned->second.withdrawn->event, Step::withdraw);
  }
  std::ranges::sort(steps);
  return steps;
}

/// What the board does with the same steps (fold_steps.cpp), told from their marks.
CourseState next_state(const Course& course, Step step) {
  switch (step) {
    case Step::enter:
      return course.state == CourseState::aborted ? CourseState::not_started : course.state;
    case Step::start: return CourseState::under_test;
    case Step::go_on:
      return course.state == CourseState::exited ? CourseState::under_test : course.state;
    case Step::exit:
    case Step::complete:
      return course.state == CourseState::aborted ? course.state : CourseState::exited;
    case Step::abort: return course.completed ? course.state : CourseState::aborted;
    case Step::withdraw: return course.completed ? course.state : CourseState::withdrawn;
  }
  return course.state;
}

void take(Course& course, const EventId& event, Step step) {
  if (course.state == CourseState::withdrawn) return;
  const CourseState was = std::exchange(course.state, next_state(course, step));
  if (course.state != was) course.since = event;
  if (course.state != CourseState::exited) {
    course.completed = false;
    course.decision.reset();
  } else if (step == Step::exit) {
    course.decision = event;
  } else if (step == Step::complete) {
    course.completed = true;
  }
  course.started |= course.state == CourseState::under_test || course.state == CourseState::exited;
}

}  // namespace

Course course_of(const PhaseBoard& board, const Phase& phase, const Identifier& planned_entry,
                 const std::optional<EventId>& before) {
  Course course;
  const auto found = phase.entries.find(planned_entry);
  if (found == phase.entries.end()) return course;
  for (const auto& [event, step] : steps_of(board, phase, planned_entry, found->second)) {
    if (before && event >= *before) break;
    take(course, event, step);
  }
  return course;
}

std::vector<UnderTest> under_test_at(const PhaseBoard& board, const Identifier& dmc,
                                     const Identifier& release, const EventId& at) {
  std::vector<UnderTest> found;
  for (const auto& [phase_id, phase] : board.phases) {
    for (const auto& [id, in_phase] : phase.entries) {
      const auto planned = board.planned_entries.find(id);
      if (planned == board.planned_entries.end() || planned->second.dmc != dmc ||
          planned->second.release != release) {
        continue;
      }
      const Course course = course_of(board, phase, id, at);
      if (course.state == CourseState::under_test) found.push_back({phase_id, id, *course.since});
    }
  }
  return found;
}

KindsTested kinds_tested(const PhaseBoard& board, const Identifier& planned_entry,
                         const TestedWhen& when) {
  KindsTested tested;
  std::set<events::TestKind> open;
  for (const auto& [phase_id, phase] : board.phases) {
    if (!phase.entries.contains(planned_entry)) continue;
    if (when.planned_before && phase.planned.event >= *when.planned_before) continue;
    const Course course = course_of(board, phase, planned_entry, when.before);
    KindTested& kind = tested[phase.kind];
    kind.kind = phase.kind;
    kind.started |= course.started;
    if (course.state == CourseState::aborted) continue;
    if (course.decision) {
      kind.decisions.push_back(*course.decision);
    } else {
      open.insert(phase.kind);
    }
  }
  for (auto& [kind, answer] : tested) {
    answer.done = !answer.decisions.empty() && !open.contains(kind);
  }
  return tested;
}

bool all_done(const KindsTested& tested, const std::set<events::TestKind>& kinds) {
  return !kinds.empty() && std::ranges::all_of(kinds, [&](events::TestKind kind) {
    const auto found = tested.find(kind);
    return found != tested.end() && found->second.done;
  });
}

}  // namespace assay::projections
