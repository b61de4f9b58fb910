#pragma once

/// What changes oblige to, and which passes they make STALE, worked out the slow way: each question
/// is a quantifier over the raw list of events, by the words of the rule (R1 to R3; MTAD 7,
/// SVTAD 7). Shares no code with the projections but the names of states and outcomes.
/// Thread word: borrows the list, changes nothing.

#include "projections/regression/obligations.hpp"
#include "tests/support/event_feed.hpp"

namespace assay::testing {

using projections::ItemOutcome;
using projections::ObligationState;

struct RightObligation {
  EventId change;
  events::TestKind kind = events::TestKind::mt;
  Identifier planned_entry;
  std::vector<Identifier> phases;
  ObligationState state = ObligationState::unassessed;
  std::optional<EventId> assessment;
  std::vector<Identifier> cycles;
  bool completed = false;
  bool operator==(const RightObligation&) const = default;
};

struct RightItem {
  Identifier item;
  ItemOutcome on_board = ItemOutcome::not_run;
  ItemOutcome outcome = ItemOutcome::not_run;
  std::optional<EventId> event;
  std::vector<EventId> stale_by;
  std::set<Identifier> lifted_by;
  std::set<EventId> lifted_by_assessments;
  bool operator==(const RightItem&) const = default;
};

class RegressionReference {
 public:
  explicit RegressionReference(const std::vector<FedEvent>& told) : told_(told) {}

  /// In the order of planned entry, kind and change.
  [[nodiscard]] std::vector<RightObligation> obligations() const;
  /// Of the items in scope, in the order of their ids, given what `obligations` answered.
  [[nodiscard]] std::vector<RightItem> items(const Identifier& phase,
                                             const Identifier& planned_entry,
                                             const std::vector<RightObligation>& all) const;
  [[nodiscard]] std::vector<events::RegressionItem> places() const;  ///< without items

 private:
  using Builds = std::optional<std::set<std::string>>;
  struct Attempt {
    EventId started;
    EventId ended;
    events::Outcome outcome = events::Outcome::not_completed;
    std::vector<std::string> builds;
  };
  struct Ask {
    EventId change;
    events::TestKind kind;
    Identifier planned_entry;
  };

  // Of the plan.
  const events::PhasePlanned& phase(const Identifier& id) const;
  std::vector<events::ScopeItem> scope(const Identifier& phase, const Identifier& entry) const;
  bool has_left(const Identifier& phase, const Identifier& entry) const;
  bool exited_before(const Identifier& phase, const Identifier& entry, const EventId& at) const;
  Builds accepted(const Identifier& phase, const EventId& before) const;

  // Of changes.
  bool in_effect(const EventId& id) const;
  const EventData* at(const EventId& id) const;
  bool is_change(const EventId& id) const;
  bool replaces(const EventId& firmware, const Identifier& model) const;
  bool is_under(const events::BuildDeployed& event, const Identifier& phase) const;
  bool is_same(const EventId& a, const EventId& b) const;
  bool falls_by_itself(const EventId& change, const events::RegressionItem& place) const;
  bool committed_before(const EventId& change, const events::RegressionItem& place) const;
  std::vector<events::RegressionItem> hit(const EventId& change) const;
  void assess(const Ask& ask, RightObligation& obligation) const;

  // Of cycles.
  std::set<Identifier> cycles() const;
  std::vector<events::RegressionItem> listed(const Identifier& cycle, const EventId& before) const;
  const events::RegressionScopeBaselined* agreed(const Identifier& cycle) const;
  std::optional<EventId> started(const Identifier& cycle) const;
  std::optional<EventId> answering_since(const Identifier& cycle, const EventId& change) const;
  std::optional<EventId> completed(const Identifier& cycle) const;
  bool passed(const Identifier& cycle, const events::RegressionItem& item,
              const EventId& since) const;
  void regress(RightObligation& obligation) const;

  // Of attempts.
  bool is_invalid(const Identifier& run) const;
  std::optional<Attempt> finished(const events::RunStarted& run, const EventId& started) const;
  std::vector<Attempt> own(const events::RegressionItem& item, const EventId& before) const;
  std::vector<Attempt> imported(const events::RegressionItem& item, const EventId& before) const;
  std::vector<Attempt> shared(const events::RegressionItem& item) const;
  static const Attempt* latest(const std::vector<Attempt>& attempts);
  static bool counts(const Builds& accepted, const std::vector<std::string>& builds);
  static ItemOutcome shown(const Attempt& attempt, const Builds& accepted);

  // Of items.
  std::vector<std::string> on_board(const events::RegressionItem& item, RightItem& right) const;
  void take_shared(const events::RegressionItem& item, RightItem& right,
                   std::vector<std::string>& builds) const;
  void weigh(const events::RegressionItem& item, const std::vector<std::string>& builds,
             const std::vector<RightObligation>& all, RightItem& right) const;

  const std::vector<FedEvent>& told_;
};

}  // namespace assay::testing
