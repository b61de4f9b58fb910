// The choice of DMCs: what holds, by which route it came about, and what is broken.

#include "tests/property/selection/reference.hpp"

#include <algorithm>

#include "tests/property/told.hpp"

namespace assay::testing {

using events::Audience;
using events::DmcDeselected;
using events::DmcSelected;
using events::DmcSubstituted;
using events::RouteStep;

SelectionReference SelectionReference::before(const EventId& event) const {
  const auto end =
      std::ranges::find_if(told_, [&](const auto& e) { return e.entry >= event.entry; });
  return SelectionReference(Told(told_.begin(), end));
}

std::optional<EventId> SelectionReference::last_deselection(const Identifier& dmc,
                                                            const Identifier& release) const {
  std::optional<EventId> last;
  each<DmcDeselected>(told_, [&](const auto& event, const EventId& id) {
    if (event.dmc == dmc && event.release == release) last = id;
  });
  return last;
}

bool SelectionReference::in_effect(const EventId& id) const {
  return std::ranges::any_of(told_, [&](const FedEvent& event) {
    return event.id == id && event.stage != projections::Stage::awaiting_voices;
  });
}

/// Substitutions in effect that put the DMC in another's place after it was last de-selected.
std::vector<std::pair<EventId, DmcSubstituted>> SelectionReference::places_taken(
    const Identifier& dmc, const Identifier& release) const {
  std::vector<std::pair<EventId, DmcSubstituted>> places;
  const auto left = last_deselection(dmc, release);
  each<DmcSubstituted>(told_, [&](const auto& event, const EventId& id) {
    if (event.new_dmc == dmc && event.release == release && in_effect(id) &&
        (!left || *left < id)) {
      places.emplace_back(id, event);
    }
  });
  return places;
}

/// The later of de-selection and choice holds.
bool SelectionReference::is_deselected(const Identifier& dmc, const Identifier& release) const {
  const auto left = last_deselection(dmc, release);
  return left && places_taken(dmc, release).empty() &&
         !any<DmcSelected>(told_, [&](const auto& event, const EventId& id) {
           return event.dmc == dmc && event.release == release && *left < id;
         });
}

/// The last one that was activated; every policy of these histories is for everything, from then
/// on.
const events::SelectionPolicy* SelectionReference::policy(const EventId& at) const {
  const events::SelectionPolicy* found = nullptr;
  each<events::PolicyActivated>(told_, [&](const auto& activated, const EventId& id) {
    each<events::PolicyPublished>(told_, [&](const auto& published, const EventId&) {
      if (id < at && published.version == activated.version) {
        found = &*published.body.dmc_selection;
      }
    });
  });
  return found;
}

/// MTAD 4.2: one selection may serve several kinds.
std::set<TestKind> SelectionReference::served(const DmcSelected& event, const EventId& at) const {
  std::set<TestKind> kinds = event.kinds;
  const auto* const in_force = policy(at);
  if (in_force == nullptr) return kinds;
  for (const TestKind kind : in_force->shared_by_kinds) {
    if (event.kinds.contains(kind)) kinds.merge(std::set(in_force->shared_by_kinds));
  }
  return kinds;
}

std::set<TestKind> SelectionReference::kinds(const Identifier& dmc,
                                             const Identifier& release) const {
  std::set<TestKind> all;
  const auto left = last_deselection(dmc, release);
  each<DmcSelected>(told_, [&](const auto& event, const EventId& id) {
    if (event.dmc == dmc && event.release == release && (!left || *left < id)) {
      all.merge(served(event, id));
    }
  });
  for (const auto& [id, event] : places_taken(dmc, release)) all.merge(inherited(id, event));
  return all;
}

/// What the old DMC was selected for when it was de-selected, or, where it was not, when another
/// took its place.
std::set<TestKind> SelectionReference::inherited(const EventId& id,
                                                 const DmcSubstituted& event) const {
  const SelectionReference then = before(id);
  if (!then.is_deselected(event.old_dmc, event.release)) {
    return then.kinds(event.old_dmc, event.release);
  }
  return then.before(*then.last_deselection(event.old_dmc, event.release))
      .kinds(event.old_dmc, event.release);
}

bool SelectionReference::is_position(const std::optional<EventId>& id) const {
  return id && any<events::TagPositionRecorded>(
                   told_, [&](const auto&, const EventId& at) { return at == *id; });
}

/// Opened, of that audience, and closed.
bool SelectionReference::was_asked(const std::optional<Identifier>& consultation,
                                   Audience audience) const {
  return consultation &&
         any<events::ConsultationOpened>(told_,
                                         [&](const auto& event, const EventId&) {
                                           return event.consultation == *consultation &&
                                                  event.audiences.contains(audience);
                                         }) &&
         any<events::ConsultationClosed>(told_, [&](const auto& event, const EventId&) {
           return event.consultation == *consultation;
         });
}

/// Whether every step had been taken by now.
template <class Event>
bool SelectionReference::took(const std::vector<RouteStep>& steps, const Event& event) const {
  return std::ranges::all_of(steps, [&](RouteStep step) {
    switch (step) {
      case RouteStep::consult_public: return was_asked(event.consultation, Audience::public_);
      case RouteStep::consult_sec_parties:
        return was_asked(event.consultation, Audience::sec_parties);
      case RouteStep::consult_tag:
        return was_asked(event.consultation, Audience::tag) || is_position(event.position);
      case RouteStep::position: return is_position(event.position);
    }
    return false;
  });
}

Verdict SelectionReference::selection(const EventId& id) const {
  Verdict verdict = Verdict::undetermined;
  each<DmcSelected>(told_, [&](const auto& event, const EventId& at) {
    const auto* const in_force = policy(id);
    if (at != id || in_force == nullptr) return;
    verdict = before(id).took(in_force->default_route, event) ? Verdict::met : Verdict::not_met;
  });
  return verdict;
}

/// Each DMC of these histories is one ESME and who connects it.
std::optional<std::set<std::string>> SelectionReference::difference(const Identifier& a,
                                                                    const Identifier& b) const {
  const auto find = [&](const Identifier& dmc) {
    std::optional<std::array<std::string, 3>> found;
    each<events::DmcDefined>(told_, [&](const auto& defined, const EventId&) {
      if (defined.dmc != dmc) return;
      each<events::DeviceModelRegistered>(told_, [&](const auto& model, const EventId&) {
        if (!defined.device_models.contains(model.device_model.text)) return;
        found = {model.model, model.firmware_version, defined.comms_provider.text};
      });
    });
    return found;
  };
  const auto left = find(a);
  const auto right = find(b);
  if (!left || !right) return std::nullopt;
  std::set<std::string> fields;
  if ((*left)[0] != (*right)[0]) fields.insert("ESME.model");
  if ((*left)[1] != (*right)[1]) fields.insert("ESME.firmware_ver");
  if ((*left)[2] != (*right)[2]) fields.insert("comms_provider");
  return fields;
}

/// Absent: the old DMC had not been de-selected.
std::optional<bool> SelectionReference::deselected_under_test(const EventId& id,
                                                              const DmcSubstituted& event) const {
  const SelectionReference then = before(id);
  if (!then.is_deselected(event.old_dmc, event.release)) return std::nullopt;
  return before(*then.last_deselection(event.old_dmc, event.release))
      .is_under_test(event.old_dmc, event.release);
}

std::set<RouteObstacle> SelectionReference::obstacles(const events::SubstitutionRoute& route,
                                                      const EventId& id,
                                                      const DmcSubstituted& event) const {
  std::set<RouteObstacle> all;
  if (!route.enabled) all.insert(RouteObstacle::disabled);
  if (!route.releases.ids.empty() && !route.releases.contains(event.release.text)) {
    all.insert(RouteObstacle::release_outside);
  }
  if (const auto& within = route.when.differing_fields_within) {
    const auto fields = difference(event.old_dmc, event.new_dmc);
    if (!fields) all.insert(RouteObstacle::difference_unknown);
    for (const std::string& field : fields.value_or(std::set<std::string>{})) {
      if (std::ranges::count(*within, field) == 0) all.insert(RouteObstacle::difference_outside);
    }
  }
  if (const auto& wanted = route.when.during_test_phase) {
    const auto during = deselected_under_test(id, event);
    if (!during) all.insert(RouteObstacle::not_deselected);
    if (during && *wanted && !*during) all.insert(RouteObstacle::not_during_test_phase);
    if (during && !*wanted && *during) all.insert(RouteObstacle::during_test_phase);
  }
  return all;
}

RightSubstitution SelectionReference::substitution(const EventId& id) const {
  RightSubstitution right;
  const auto* const in_force = policy(id);
  if (in_force == nullptr) return right;
  each<DmcSubstituted>(told_, [&](const auto& event, const EventId& at) {
    if (at != id) return;
    const std::vector<RouteStep>* steps = nullptr;
    if (event.route == "default") steps = &in_force->default_route;
    for (const events::SubstitutionRoute& route : in_force->substitution_routes) {
      const auto against = obstacles(route, id, event);
      right.open[route.route] = against.empty();
      if (route.route != event.route) continue;
      right.obstacles = against;
      steps = &route.steps;
    }
    if (steps == nullptr) right.obstacles = {RouteObstacle::no_such_route};
    right.steps_taken = steps == nullptr || before(id).took(*steps, event);
    right.verdict = right.obstacles.empty() && right.steps_taken ? Verdict::met : Verdict::not_met;
  });
  return right;
}

/// One good choice is enough; without a policy it is not known which is good, or for what.
Verdict SelectionReference::selected_for(const Identifier& entry, TestKind kind) const {
  Verdict best = Verdict::not_met;
  const auto take = [&](Verdict verdict) {
    if (best == Verdict::met || verdict == Verdict::not_met) return;
    best = verdict;
  };
  each<events::PlannedEntryDeclared>(told_, [&](const auto& declared, const EventId&) {
    if (declared.planned_entry != entry || is_deselected(declared.dmc, declared.release)) return;
    const auto left = last_deselection(declared.dmc, declared.release);
    each<DmcSelected>(told_, [&](const auto& event, const EventId& id) {
      if (event.dmc != declared.dmc || event.release != declared.release) return;
      if (left && id < *left) return;
      if (served(event, id).contains(kind) || policy(id) == nullptr) take(selection(id));
    });
    for (const auto& [id, event] : places_taken(declared.dmc, declared.release)) {
      if (inherited(id, event).contains(kind)) take(substitution(id).verdict);
    }
  });
  return best;
}

std::set<Breach> SelectionReference::breaches() const {
  std::set<Breach> all;
  each<DmcSelected>(told_, [&](const auto&, const EventId& id) {
    if (selection(id) == Verdict::not_met) all.insert({"D-NOCONS", id});
  });
  each<DmcDeselected>(told_, [&](const auto& event, const EventId& id) {
    const SelectionReference then = before(id);
    if (then.is_under_test(event.dmc, event.release) != event.during_phase) {
      all.insert({"D-DURING", id});
    }
    if (then.has_results(event.dmc, event.release)) all.insert({"D-OPENRES", id});
  });
  each<DmcSubstituted>(told_, [&](const auto& event, const EventId& id) {
    const RightSubstitution right = substitution(id);
    if (!right.obstacles.empty()) all.insert({"D-13.11", id});
    if (!right.steps_taken) all.insert({"D-NOCONS", id});
    if (!deselected_under_test(id, event)) all.insert({"D-NODESEL", id});
    const auto fields = difference(event.old_dmc, event.new_dmc);
    const std::set<std::string> said(event.differing_fields.begin(), event.differing_fields.end());
    if (fields && *fields != said) all.insert({"D-FIELDS", id});
  });
  each<events::SelectionAppealed>(told_, [&](const auto& appeal, const EventId&) {
    if (const auto upheld = unanswered(appeal)) all.insert({"D-APPEAL", *upheld});
  });
  std::map<Identifier, EventId> completed;  // by release; the last time that somebody said so
  each<events::ReleaseCompleted>(
      told_, [&](const auto& event, const EventId& id) { completed[event.release] = id; });
  for (const auto& [release, id] : completed) {
    if (before(id).is_pending(release)) all.insert({"V-PEND", id});
  }
  return all;
}

/// When an appeal was upheld that is against a choice about that very DMC, and nothing was chosen
/// about it since.
std::optional<EventId> SelectionReference::unanswered(
    const events::SelectionAppealed& appeal) const {
  std::optional<EventId> upheld;
  bool determined = false;
  each<events::AppealDetermined>(told_, [&](const auto& event, const EventId& id) {
    if (event.appeal != appeal.appeal || determined) return;
    determined = true;
    if (event.outcome == events::AppealOutcome::upheld ||
        event.outcome == events::AppealOutcome::upheld_in_part) {
      upheld = id;
    }
  });
  bool about_it = false;
  bool answered = false;
  const auto look = [&](const Identifier& dmc, const EventId& id) {
    about_it |= dmc == appeal.dmc && id == appeal.selection;
    answered |= dmc == appeal.dmc && upheld && *upheld < id;
  };
  each<DmcSelected>(told_, [&](const auto& e, const EventId& id) { look(e.dmc, id); });
  each<DmcDeselected>(told_, [&](const auto& e, const EventId& id) { look(e.dmc, id); });
  each<DmcSubstituted>(told_, [&](const auto& e, const EventId& id) { look(e.old_dmc, id); });
  return about_it && !answered ? upheld : std::nullopt;
}

}  // namespace assay::testing
