// The changes, the plan around them, and what was said of them.

#include "tests/property/regression/reference.hpp"

#include <algorithm>

#include "tests/property/told.hpp"

namespace assay::testing {

using events::ImpactVerdict;
using events::RegressionItem;

const events::PhasePlanned& RegressionReference::phase(const Identifier& id) const {
  const events::PhasePlanned* found = nullptr;
  each<events::PhasePlanned>(told_, [&](const auto& event, const EventId&) {
    if (event.phase == id) found = &event;
  });
  return *found;
}

std::vector<RegressionItem> RegressionReference::places() const {
  std::vector<RegressionItem> all;
  each<events::PhasePlanned>(told_, [&](const auto& event, const EventId&) {
    for (const Identifier& entry : event.planned_entries.ids) {
      all.push_back({{}, event.phase, entry});
    }
  });
  return all;
}

std::vector<events::ScopeItem> RegressionReference::scope(const Identifier& phase,
                                                          const Identifier& entry) const {
  std::vector<events::ScopeItem> items;
  each<events::ScopeItemsListed>(told_, [&](const auto& event, const EventId&) {
    if (event.phase != phase) return;
    for (const events::ScopeItem& item : event.items) {
      if (item.planned_entry == entry) items.push_back(item);
    }
  });
  std::ranges::sort(items, {}, &events::ScopeItem::item);
  return items;
}

/// Withdrawn, or aborted with no later decision to enter again.
bool RegressionReference::has_left(const Identifier& phase, const Identifier& entry) const {
  const bool withdrawn = any<events::PlannedEntryWithdrawn>(
      told_, [&](const auto& event, const EventId&) { return event.planned_entry == entry; });
  return withdrawn || any<events::PhaseAborted>(told_, [&](const auto& abort, const EventId& at) {
           return abort.phase == phase &&
                  !any<events::EntryDecided>(told_, [&](const auto& event, const EventId& later) {
                    return at < later && event.phase == phase &&
                           event.outcome != events::EntryOutcome::reject &&
                           std::ranges::count(event.planned_entries.ids, entry) > 0;
                  });
         });
}

bool RegressionReference::exited_before(const Identifier& phase, const Identifier& entry,
                                        const EventId& at) const {
  bool exited = false;
  each<events::ExitDecided>(told_, [&](const auto& event, const EventId& id) {
    const bool here = event.phase == phase && std::ranges::count(event.planned_entries.ids, entry);
    if (here && id < at) exited = event.outcome != events::ExitOutcome::continue_testing;
  });
  return exited;
}

/// Absent where no environment had been baselined for the phase.
RegressionReference::Builds RegressionReference::accepted(const Identifier& phase,
                                                          const EventId& before) const {
  Builds builds;
  each<events::EnvironmentBaselined>(told_, [&](const auto& environment, const EventId& id) {
    if (before < id || std::ranges::count(environment.phases.ids, phase) == 0) return;
    if (!builds) builds.emplace();
    for (const events::EnvironmentComponent& component : environment.components) {
      std::string build = component.build;
      each<events::BuildDeployed>(told_, [&](const auto& event, const EventId& deployed) {
        if (event.environment == environment.environment && event.component == component.name &&
            deployed < before) {
          build = event.to_build;
        }
      });
      builds->insert(build);
    }
  });
  return builds;
}

bool RegressionReference::in_effect(const EventId& id) const {
  return std::ranges::any_of(told_, [&](const FedEvent& event) {
    return event.id == id && event.stage != projections::Stage::awaiting_voices;
  });
}

const EventData* RegressionReference::at(const EventId& id) const {
  const auto found = std::ranges::find(told_, id, &FedEvent::id);
  return found == told_.end() ? nullptr : &found->data;
}

/// Whether the device model registered at `firmware` is a later version of `model`.
bool RegressionReference::replaces(const EventId& firmware, const Identifier& model) const {
  const auto* const now = event_if<events::DeviceModelRegistered>(at(firmware));
  if (now == nullptr) return false;
  return any<events::DeviceModelRegistered>(told_, [&](const auto& before, const EventId& id) {
    return id < firmware && before.device_model == model && before.model == now->model &&
           before.manufacturer == now->manufacturer && before.device_type == now->device_type &&
           before.hardware_version == now->hardware_version &&
           before.firmware_version != now->firmware_version;
  });
}

bool RegressionReference::is_change(const EventId& id) const {
  const EventData* const data = at(id);
  return event_if<events::BuildDeployed>(data) != nullptr ||
         event_if<events::IssueFixDelivered>(data) != nullptr ||
         any<events::DeviceModelRegistered>(told_, [&](const auto& before, const EventId&) {
           return replaces(id, before.device_model);
         });
}

/// A fix and the deployment of its build are one change, under either name.
bool RegressionReference::is_same(const EventId& a, const EventId& b) const {
  const auto joins = [&](const EventId& fix, const EventId& deployment) {
    const auto* const delivered = event_if<events::IssueFixDelivered>(at(fix));
    const auto* const deployed = event_if<events::BuildDeployed>(at(deployment));
    return delivered != nullptr && deployed != nullptr && delivered->build == deployed->to_build;
  };
  return a == b || joins(a, b) || joins(b, a);
}

bool RegressionReference::is_under(const events::BuildDeployed& event,
                                   const Identifier& phase) const {
  return std::ranges::count(event.phases.ids, phase) > 0 ||
         any<events::EnvironmentBaselined>(told_, [&](const auto& one, const EventId&) {
           return one.environment == event.environment &&
                  std::ranges::count(one.phases.ids, phase) > 0;
         });
}

/// As R1 says it, before anybody has assessed anything.
bool RegressionReference::falls_by_itself(const EventId& change,
                                          const RegressionItem& place) const {
  const EventData* const data = at(change);
  if (const auto* event = event_if<events::BuildDeployed>(data)) {
    return is_under(*event, place.phase);
  }
  if (const auto* fix = event_if<events::IssueFixDelivered>(data)) {
    std::set<Identifier> affected;
    bool here = false;
    each<events::IssueRaised>(told_, [&](const auto& event, const EventId&) {
      if (event.issue != fix->issue) return;
      here = event.phase == place.phase;
      affected = {event.planned_entries.ids.begin(), event.planned_entries.ids.end()};
    });
    each<events::IssueScopeChanged>(told_, [&](const auto& event, const EventId&) {
      if (event.issue != fix->issue) return;
      for (const Identifier& id : event.removed.ids) affected.erase(id);
      for (const Identifier& id : event.added.ids) affected.insert(id);
    });
    return here && (affected.empty() || affected.contains(place.planned_entry));
  }
  return any<events::PlannedEntryDeclared>(told_, [&](const auto& entry, const EventId&) {
    return entry.planned_entry == place.planned_entry &&
           any<events::DmcDefined>(told_, [&](const auto& dmc, const EventId&) {
             return dmc.dmc == entry.dmc &&
                    std::ranges::any_of(dmc.device_models.ids, [&](const Identifier& model) {
                      return replaces(change, model);
                    });
           });
  });
}

bool RegressionReference::committed_before(const EventId& change,
                                           const RegressionItem& place) const {
  return !has_left(place.phase, place.planned_entry) &&
         any<events::ScopeBaselined>(told_, [&](const auto& event, const EventId& id) {
           return id < change && event.phase == place.phase &&
                  !scope(place.phase, place.planned_entry).empty();
         });
}

/// By itself, or because both sides say that it is to be regressed there. An assessment that names
/// no kinds, or no entries, means those that were hit before it.
std::vector<RegressionItem> RegressionReference::hit(const EventId& change) const {
  std::vector<RegressionItem> possible;
  for (const RegressionItem& place : places()) {
    if (committed_before(change, place)) possible.push_back(place);
  }
  const auto kind_of = [&](const RegressionItem& place) { return phase(place.phase).kind; };
  std::vector<bool> is_hit;
  for (const auto& place : possible) is_hit.push_back(falls_by_itself(change, place));
  each<events::ImpactAssessed>(told_, [&](const auto& said, const EventId& id) {
    if (said.verdict != ImpactVerdict::regress || !in_effect(id)) return;
    if (std::ranges::count(said.changes, change) == 0) return;
    const std::vector<bool> before = is_hit;
    const auto hit_before = [&](const auto& same) {
      for (std::size_t i = 0; i < possible.size(); ++i) {
        if (before[i] && same(possible[i])) return true;
      }
      return false;
    };
    for (std::size_t i = 0; i < possible.size(); ++i) {
      const RegressionItem& place = possible[i];
      const bool entry =
          said.planned_entries.ids.empty()
              ? hit_before([&](const auto& o) { return o.planned_entry == place.planned_entry; })
              : std::ranges::count(said.planned_entries.ids, place.planned_entry) > 0;
      const bool kind =
          said.kinds.empty()
              ? hit_before([&](const auto& o) { return kind_of(o) == kind_of(place); })
              : said.kinds.contains(kind_of(place));
      if (entry && kind) is_hit[i] = true;
    }
  });
  std::vector<RegressionItem> all;
  for (std::size_t i = 0; i < possible.size(); ++i) {
    if (is_hit[i]) all.push_back(possible[i]);
  }
  return all;
}

/// The last of those that both sides have signed; without one, the last of the others.
void RegressionReference::assess(const Ask& ask, RightObligation& obligation) const {
  for (const bool signed_by_both : {false, true}) {
    each<events::ImpactAssessed>(told_, [&](const auto& said, const EventId& id) {
      const bool names = std::ranges::any_of(
          said.changes, [&](const EventId& change) { return is_same(change, ask.change); });
      const bool speaks = (said.kinds.empty() || said.kinds.contains(ask.kind)) &&
                          (said.planned_entries.ids.empty() ||
                           std::ranges::count(said.planned_entries.ids, ask.planned_entry) > 0);
      if (!names || !speaks || in_effect(id) != signed_by_both) return;
      obligation.assessment = id;
      obligation.state = !signed_by_both ? ObligationState::awaiting_endorsement
                         : said.verdict == ImpactVerdict::regress
                             ? ObligationState::regression_due
                             : ObligationState::no_regression_needed;
    });
  }
}

std::vector<RightObligation> RegressionReference::obligations() const {
  std::map<std::tuple<Identifier, events::TestKind, EventId>, RightObligation> all;
  for (const FedEvent& event : told_) {
    if (!is_change(event.id)) continue;
    for (const RegressionItem& place : hit(event.id)) {
      const events::TestKind kind = phase(place.phase).kind;
      RightObligation& one = all[{place.planned_entry, kind, event.id}];
      one.change = event.id;
      one.kind = kind;
      one.planned_entry = place.planned_entry;
      one.phases.push_back(place.phase);
      one.completed |= exited_before(place.phase, place.planned_entry, event.id);
    }
  }
  std::vector<RightObligation> list;
  for (auto& [key, one] : all) {
    assess({one.change, one.kind, one.planned_entry}, one);
    regress(one);
    list.push_back(one);
  }
  return list;
}

}  // namespace assay::testing
