#include "projections/completion/decision_view.hpp"

#include <algorithm>

#include "projections/register/register.hpp"
#include "projections/rulebook/london.hpp"

namespace assay::projections {
namespace {

/// Whether the author might say it: as admission asks, with the roles held then.
bool was_authorised(const StatedDecision& decision, const Speaker& speaker) {
  const EventType* const type = find_event_type(decision.type.text, decision.type_version);
  if (type == nullptr) return false;
  const Signers& signers = type->signers;
  const bool root = !speaker.holder;
  const bool in_role = std::ranges::any_of(
      speaker.roles, [&](Role role) { return signers.recorded_by.contains(role); });
  switch (signers.authority) {
    case Authority::genesis: return decision.mark.event.entry == 0;
    case Authority::root_threshold: return root;
    case Authority::roles_or_root: return root || in_role;
    case Authority::roles: return in_role;
    case Authority::any_key: return true;
  }
  return false;
}

bool is_governance(const Identifier& type) {
  for (const std::string_view name :
       {events::RoleGranted::kType, events::RoleWithdrawn::kType, events::RootsChanged::kType,
        events::LogKeyRotated::kType, events::ClockReset::kType, events::StatesAttested::kType}) {
    if (type.text == name) return true;
  }
  return false;
}

/// What one body says of one thing: of several, the last stands.
struct Stance {
  std::string about;
  Identifier type;
  std::optional<Identifier> version;
  auto operator<=>(const Stance&) const = default;
};
Stance stance_of(const StatedDecision& decision) {
  return {decision.about, decision.type, decision.version};
}

class Viewer {
 public:
  explicit Viewer(const Facts& facts) : facts_(facts) {
    for (const auto& [id, decision] : facts.completion.decisions) {
      if (body_of(decision)) latest_[stance_of(decision)] = id;
    }
  }

  DecisionView view(const EventId& id, const StatedDecision& decision) const {
    DecisionView view;
    view.about = decision.about;
    view.basis = decision.basis;
    view.dissents_in_minutes = decision.dissents;
    view.effective_at = decision.effective_at;
    view.event = id;
    view.minutes = decision.minutes;
    view.outcome = decision.outcome;
    view.planned_entries = decision.planned_entries;
    view.recorded_at = decision.mark.recorded_at;
    view.reference = decision.reference;
    view.seen = decision.seen;
    view.type = decision.type;
    view.version = decision.version;
    view_author(id, decision, view);
    Voices voices = voices_of(facts_, id);
    if (const auto body = body_of(decision)) {
      view.quorum = count_quorum(facts_, decision, *body, voices);
      const EventId& latest = latest_.at(stance_of(decision));
      if (latest != id) view.superseded_by = latest;
    }
    view.dissents = std::move(voices.dissents);
    view.endorsements = std::move(voices.endorsements);
    view_conditions(decision, view);
    return view;
  }

 private:
  void view_author(const EventId& id, const StatedDecision& decision, DecisionView& view) const {
    const auto speaker = facts_.completion.speakers.find(id);
    if (speaker == facts_.completion.speakers.end()) return;
    view.decided_by = speaker->second;
    view.authorised = was_authorised(decision, speaker->second);
    view.tainted = is_tainted(facts_, speaker->second.key, decision.mark.recorded_at);
  }

  void view_conditions(const StatedDecision& decision, DecisionView& view) const {
    const Identifier today = london_day(facts_.recorded_at);
    for (const events::Condition& condition : decision.conditions) {
      ConditionView shown{condition.due, view.superseded_by, ConditionState::open, condition.text};
      if (shown.lifted_by) {
        shown.state = ConditionState::lifted;
      } else if (shown.due && *shown.due < today) {
        shown.state = ConditionState::overdue;
      }
      view.conditions.push_back(std::move(shown));
    }
  }

  const Facts& facts_;
  std::map<Stance, EventId> latest_;
};

bool lets_through(const DecisionFilter& filter, const StatedDecision& decision) {
  if (filter.about && decision.about != *filter.about) return false;
  if (filter.type && decision.type != *filter.type) return false;
  if (filter.planned_entry && !decision.planned_entries.contains(*filter.planned_entry)) {
    return false;
  }
  return filter.governance || !is_governance(decision.type);
}

}  // namespace

std::vector<DecisionView> view_decisions(const Facts& facts, const DecisionFilter& filter) {
  const Viewer viewer(facts);
  std::vector<DecisionView> views;
  for (const auto& [id, decision] : facts.completion.decisions) {
    if (lets_through(filter, decision)) views.push_back(viewer.view(id, decision));
  }
  return views;
}

std::optional<DecisionView> view_decision(const Facts& facts, const EventId& event) {
  const auto found = facts.completion.decisions.find(event);
  if (found == facts.completion.decisions.end()) return std::nullopt;
  return Viewer(facts).view(event, found->second);
}

std::vector<PositionView> view_positions(const Facts& facts) {
  const Viewer viewer(facts);
  std::vector<PositionView> views;
  for (const auto& [id, decision] : facts.completion.decisions) {
    if (body_of(decision)) views.push_back(viewer.view(id, decision));
  }
  return views;
}

}  // namespace assay::projections
