#pragma once

/// The choice of DMCs and what becomes of planned entries, worked out the slow way: each question
/// is asked of the raw list of events, by the words of the rules (MTAD 4.2, SVTAD 13.11, SEC
/// F2.10A). A question about an earlier point is the same question asked of the list up to there.
/// Shares no code with the projections but the names of states. Thread word: borrows the list,
/// changes nothing.

#include <span>

#include "projections/selection/dmc_life.hpp"
#include "projections/selection/release_life.hpp"
#include "projections/selection/selection_routes.hpp"
#include "tests/support/event_feed.hpp"

namespace assay::testing {

using events::TestKind;
using events::Verdict;
using projections::DmcState;
using projections::EntryState;
using projections::ReleaseState;
using projections::RouteObstacle;

/// A rule that is broken, and the event that broke it; of several that show it, the last.
struct Breach {
  std::string rule;
  EventId event;
  auto operator<=>(const Breach&) const = default;
};

struct RightSubstitution {
  Verdict verdict = Verdict::undetermined;
  std::set<RouteObstacle> obstacles;  ///< of the route that it says it took
  std::map<Identifier, bool> open;    ///< every route of the policy
  bool steps_taken = true;            ///< of the route that it says it took
  bool operator==(const RightSubstitution&) const = default;
};

class SelectionReference {
 public:
  using Told = std::span<const FedEvent>;
  explicit SelectionReference(Told told) : told_(told) {}

  [[nodiscard]] DmcState dmc(const Identifier& dmc, const Identifier& release) const;
  [[nodiscard]] std::set<TestKind> kinds(const Identifier& dmc, const Identifier& release) const;
  /// Of a selection, or of a substitution, by the route that it took.
  [[nodiscard]] Verdict selection(const EventId& event) const;
  [[nodiscard]] RightSubstitution substitution(const EventId& event) const;
  [[nodiscard]] EntryState planned_entry(const Identifier& id) const;
  /// N4: selected for the kind of test, and by the route that the policy asks for.
  [[nodiscard]] Verdict selected_for(const Identifier& entry, TestKind kind) const;
  [[nodiscard]] ReleaseState release(const Identifier& id) const;
  [[nodiscard]] std::set<Breach> breaches() const;

  /// The list up to the event, without it.
  [[nodiscard]] SelectionReference before(const EventId& event) const;

 private:
  enum class At : std::uint8_t { planned, under_test, exited, completed, aborted, withdrawn };
  struct Progress {
    At at = At::planned;
    bool started = false;
    bool decided = false;  ///< the last decision was to exit
  };

  // Of the choice.
  std::optional<EventId> last_deselection(const Identifier& dmc, const Identifier& release) const;
  bool in_effect(const EventId& id) const;
  bool is_deselected(const Identifier& dmc, const Identifier& release) const;
  std::vector<std::pair<EventId, events::DmcSubstituted>> places_taken(
      const Identifier& dmc, const Identifier& release) const;
  const events::SelectionPolicy* policy(const EventId& at) const;
  std::set<TestKind> served(const events::DmcSelected& event, const EventId& at) const;
  std::set<TestKind> inherited(const EventId& id, const events::DmcSubstituted& event) const;
  std::optional<EventId> unanswered(const events::SelectionAppealed& appeal) const;

  // Of routes.
  bool is_position(const std::optional<EventId>& id) const;
  bool was_asked(const std::optional<Identifier>& consultation, events::Audience audience) const;
  template <class Event>
  bool took(const std::vector<events::RouteStep>& steps, const Event& event) const;
  std::optional<std::set<std::string>> difference(const Identifier& a, const Identifier& b) const;
  std::optional<bool> deselected_under_test(const EventId& id,
                                            const events::DmcSubstituted& event) const;
  std::set<RouteObstacle> obstacles(const events::SubstitutionRoute& route, const EventId& id,
                                    const events::DmcSubstituted& event) const;

  // Of phases and entries.
  Progress progress(const events::PhasePlanned& phase, const Identifier& entry) const;
  bool is_under_test(const Identifier& dmc, const Identifier& release) const;
  bool has_results(const Identifier& dmc, const Identifier& release) const;
  bool is_done(const Identifier& entry, TestKind kind) const;
  bool is_started(const Identifier& entry) const;
  bool is_tested(const events::PlannedEntryDeclared& entry) const;
  bool is_withdrawn(const Identifier& entry) const;
  /// Absent: never on the EPCL; false: not any longer.
  std::optional<bool> listed(const Identifier& entry) const;
  bool is_settled(const events::PlannedEntryDeclared& entry, std::set<Identifier> seen) const;
  std::vector<events::PlannedEntryDeclared> entries(const Identifier& release) const;
  bool is_pending(const Identifier& release) const;

  Told told_;
};

}  // namespace assay::testing
