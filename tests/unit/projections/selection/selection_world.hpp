#pragma once

/// All projections of one feed of events, and what is computed from them. The register is empty but
/// for the decisions that a test puts there: who may say what is judged elsewhere.

#include <algorithm>
#include <memory>

#include "projections/board/phase_board.hpp"
#include "projections/completion/completion.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/plan/plan.hpp"
#include "projections/register/register.hpp"
#include "projections/regression/regression.hpp"
#include "projections/rulebook/rulebook.hpp"
#include "projections/selection/selection.hpp"
#include "projections/selection/selection_findings.hpp"
#include "tests/support/event_feed.hpp"
#include "tests/unit/projections/selection/sample_plan.hpp"

namespace assay::testing {

/// The day on which every event of an `EventFeed` is recorded.
inline constexpr const char* kFeedDay = "2019-10-21";

class World {
 public:
  EventFeed feed;
  Timestamp now = at("2019-11-30T12:00:00.000000Z");

  EventId add(EventData event) { return feed.add(std::move(event)); }
  void add_all(const std::vector<EventData>& events) {
    for (const EventData& event : events) feed.add(event);
  }
  /// A release MOC for MDS, and the sample models and combinations.
  void declare_samples() {
    add(release_declared("MOC", {"MDS", "Secure"}));
    add(release_declared("FOC", {"BG"}));
    add_all(sample_models());
    add_all(sample_dmcs());
  }
  /// Takes effect when it is recorded.
  EventId take_effect(EventData event) {
    const EventId id = feed.add(std::move(event), projections::Stage::awaiting_voices);
    feed.endorse(id);
    return id;
  }
  /// An event of which only the register knows, recorded now.
  EventId decide(std::string_view type, const std::string& subject) {
    const EventId id = feed.add(events::Heartbeat{});
    projections::Decision& decision = programme_.mutable_state().decisions[id];
    decision.effective = id;
    decision.subject = subject;
    decision.type = std::string(type);
    return id;
  }
  EventId tag_position(const std::string& subject) {
    return decide(events::TagPositionRecorded::kType, subject);
  }
  void activate(const char* policy, const events::PolicyBody& body,
                const events::PolicyScope& scope = {}) {
    events::PolicyPublished published;
    published.body = body;
    published.policy = policy;
    published.version = 1;
    add(published);
    events::PolicyActivated activated;
    activated.effective_from = at("2019-09-20T00:00:00.000000Z");
    activated.policy = policy;
    activated.scope = scope;
    activated.version = 1;
    add(activated);
  }

  /// Valid until the next call.
  projections::Facts facts() {
    states_ = std::make_unique<States>();
    feed.fold(states_->board, 0, feed.size());
    feed.fold(states_->completion, 0, feed.size());
    feed.fold(states_->issues, 0, feed.size());
    feed.fold(states_->plan, 0, feed.size());
    feed.fold(states_->regression, 0, feed.size());
    feed.fold(states_->rulebook, 0, feed.size());
    feed.fold(states_->selection, 0, feed.size());
    return {
        programme_,          states_->board,    states_->completion, states_->issues, states_->plan,
        states_->regression, states_->rulebook, states_->selection,  feed.size() + 1, now};
  }
  std::vector<projections::Finding> findings() {
    projections::Findings all;
    projections::find_selection_findings(facts(), all);
    return std::move(all).take();
  }
  /// The findings of one rule.
  std::vector<projections::Finding> findings(const char* rule) {
    auto all = findings();
    std::erase_if(all, [&](const auto& finding) { return finding.rule.text != rule; });
    return all;
  }

 private:
  struct States {
    projections::PhaseBoard board;
    projections::Completion completion;
    projections::IssueRegister issues;
    projections::Plan plan;
    projections::Regression regression;
    projections::Rulebook rulebook;
    projections::Selection selection;
  };
  projections::Register programme_;
  std::unique_ptr<States> states_;
};

/// Invented: SEC parties and TAG are consulted for ten working days, and the clause that was
/// withdrawn before effect stands there disabled, as the route "tag_only".
inline events::SelectionPolicy sample_selection_policy() {
  events::SubstitutionRoute route;
  route.enabled = false;
  route.legal_basis = {"13.11", "SMETS1 SVTAD", events::ClauseStatus::withdrawn_before_effect};
  route.releases = IdentifierSet::of({"FOC"});
  route.route = "tag_only";
  route.steps = {events::RouteStep::consult_tag};
  route.when.differing_fields_within = {"ESME.firmware_ver"};
  route.when.during_test_phase = true;
  events::SelectionPolicy policy;
  policy.consultation_working_days_min = 9;
  policy.default_route = {events::RouteStep::consult_sec_parties, events::RouteStep::consult_tag};
  policy.shared_by_kinds = {events::TestKind::mt, events::TestKind::sit};
  policy.substitution_routes = {route};
  return policy;
}

inline events::PolicyBody body_of(events::SelectionPolicy policy) {
  events::PolicyBody body;
  body.dmc_selection = std::move(policy);
  return body;
}

/// Invented: every weekday of 2019 but one is a working day.
inline events::PolicyBody sample_calendar() {
  events::PolicyBody body;
  body.calendar =
      events::CalendarPolicy{"2019-01-01", {{"2019-12-25", "Christmas Day"}}, "2019-12-31"};
  return body;
}

/// A consultation of SEC parties and TAG, opened and closed before the feed's day.
inline void consult(World& world, const char* id) {
  world.add(consultation_opened(id, {events::Audience::tag, events::Audience::sec_parties},
                                "2019-09-30T08:00:00.000000Z", "2019-10-11T16:00:00.000000Z"));
  world.add(consultation_closed(id, "2019-10-11T16:00:00.000000Z"));
}

}  // namespace assay::testing
