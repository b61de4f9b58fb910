#include "projections/selection/dmc_life.hpp"

#include <algorithm>

#include "projections/selection/course.hpp"
#include "projections/selection/selection_policy.hpp"

namespace assay::projections {
namespace {

const DmcChoice* choice_of(const Selection& selection, const Identifier& dmc) {
  const auto found = selection.dmcs.find(dmc);
  return found == selection.dmcs.end() ? nullptr : &found->second;
}

/// The last record about the release; null when there is none.
template <class Record>
const Record* last_of(const std::vector<Record>& records, const Identifier& release,
                      const Until& until) {
  const Record* last = nullptr;
  for (const Record& record : records) {
    if (record.release != release || !until.saw(record.mark.event)) continue;
    last = &record;
  }
  return last;
}

bool is_consulted_on(const Selection& selection, const Mark& proposed) {
  return std::ranges::any_of(selection.consultations, [&](const auto& item) {
    const Consultation& consultation = item.second;
    return consultation.about.text == kSelectionTopic &&
           (!consultation.ended || consultation.ended->mark.event > proposed.event);
  });
}

/// How far the tests of its planned entries have come; absent where none has started.
std::optional<DmcState> tests_of(const PhaseBoard& board, const Identifier& dmc,
                                 const Identifier& release) {
  bool started = false;
  bool all = true;
  for (const auto& [id, entry] : board.planned_entries) {
    if (entry.dmc != dmc || entry.release != release || entry.withdrawn) continue;
    const KindsTested tested = kinds_tested(board, id);
    for (const auto& [kind, answer] : tested) started = started || answer.started;
    all = all && all_done(tested, entry.required_kinds);
  }
  if (!started) return std::nullopt;
  return all ? DmcState::completed : DmcState::in_test;
}

bool is_replaced(const DmcChoice& choice, const Identifier& release, const EventId& since) {
  return std::ranges::any_of(choice.substitutions, [&](const DmcSubstitution& one) {
    return one.release == release && one.effective_at && one.mark.event > since;
  });
}

}  // namespace

std::set<Identifier> releases_of(const Facts& facts, const Identifier& dmc) {
  std::set<Identifier> releases;
  if (const DmcChoice* const choice = choice_of(facts.selection, dmc)) {
    for (const auto& one : choice->proposals) releases.insert(one.release);
    for (const auto& one : choice->selections) releases.insert(one.release);
    for (const auto& one : choice->deselections) releases.insert(one.release);
    for (const auto& one : choice->substitutions) releases.insert(one.release);
  }
  for (const auto& [old_dmc, choice] : facts.selection.dmcs) {
    for (const auto& one : choice.substitutions) {
      if (one.new_dmc == dmc) releases.insert(one.release);
    }
  }
  for (const auto& [id, entry] : facts.board.planned_entries) {
    if (entry.dmc == dmc) releases.insert(entry.release);
  }
  return releases;
}

const DmcDeselection* deselection_in_force(const Selection& selection, const Identifier& dmc,
                                           const Identifier& release, const Until& until) {
  const DmcChoice* const choice = choice_of(selection, dmc);
  if (choice == nullptr) return nullptr;
  const DmcDeselection* const left = last_of(choice->deselections, release, until);
  const DmcSelection* const chosen = last_of(choice->selections, release, until);
  if (left == nullptr || (chosen != nullptr && chosen->mark.event > left->mark.event)) {
    return nullptr;
  }
  return places_taken(selection, dmc, release, until).empty() ? left : nullptr;
}

std::vector<const DmcSelection*> selections_in_force(const Selection& selection,
                                                     const Identifier& dmc,
                                                     const Identifier& release,
                                                     const Until& until) {
  std::vector<const DmcSelection*> found;
  const DmcChoice* const choice = choice_of(selection, dmc);
  if (choice == nullptr) return found;
  const DmcDeselection* const left = last_of(choice->deselections, release, until);
  for (const DmcSelection& one : choice->selections) {
    if (one.release != release || !until.saw(one.mark.event)) continue;
    if (left == nullptr || one.mark.event > left->mark.event) found.push_back(&one);
  }
  return found;
}

std::vector<TookPlace> places_taken(const Selection& selection, const Identifier& dmc,
                                    const Identifier& release, const Until& until) {
  const DmcChoice* const own = choice_of(selection, dmc);
  const DmcDeselection* const left =
      own == nullptr ? nullptr : last_of(own->deselections, release, until);
  std::vector<TookPlace> places;
  for (const auto& [old_dmc, choice] : selection.dmcs) {
    for (const DmcSubstitution& one : choice.substitutions) {
      if (one.new_dmc != dmc || one.release != release) continue;
      if (!until.saw(one.mark.event) || !until.in_effect(one.effective_at)) continue;
      if (left == nullptr || one.mark.event > left->mark.event) places.push_back({old_dmc, &one});
    }
  }
  return places;
}

/// Each step looks at an earlier part of the log than the one before, so a circle of substitutions
/// comes to an end.
std::set<events::TestKind> inherited_kinds(const Facts& facts, const TookPlace& place) {
  const DmcSubstitution& substitution = *place.substitution;
  const Until then = just_before(substitution.mark);
  const auto* const left =
      deselection_in_force(facts.selection, place.old_dmc, substitution.release, then);
  return selected_kinds(facts, place.old_dmc, substitution.release,
                        left == nullptr ? then : just_before(left->mark));
}

std::set<events::TestKind> selected_kinds(const Facts& facts, const Identifier& dmc,
                                          const Identifier& release, const Until& until) {
  std::set<events::TestKind> kinds;
  for (const DmcSelection* const one : selections_in_force(facts.selection, dmc, release, until)) {
    kinds.merge(kinds_served(
        *one, selection_policy(facts, dmc, release, one->kinds, one->mark.recorded_at)));
  }
  for (const TookPlace& place : places_taken(facts.selection, dmc, release, until)) {
    kinds.merge(inherited_kinds(facts, place));
  }
  return kinds;
}

DmcState dmc_state(const Facts& facts, const Identifier& dmc, const Identifier& release) {
  const DmcChoice* const choice = choice_of(facts.selection, dmc);
  if (const auto* const left = deselection_in_force(facts.selection, dmc, release)) {
    return is_replaced(*choice, release, left->mark.event) ? DmcState::substituted
                                                           : DmcState::deselected;
  }
  if (const auto tests = tests_of(facts.board, dmc, release)) return *tests;
  if (!selected_kinds(facts, dmc, release).empty()) return DmcState::selected;
  if (choice == nullptr) return DmcState::defined;
  const DmcProposal* const proposed = last_of(choice->proposals, release, {});
  if (proposed == nullptr) return DmcState::defined;
  return is_consulted_on(facts.selection, proposed->mark) ? DmcState::consulting
                                                          : DmcState::proposed;
}

std::optional<Identifier> replacement_of(const Facts& facts, const Identifier& planned_entry,
                                         const Until& until) {
  const auto found = facts.board.planned_entries.find(planned_entry);
  if (found == facts.board.planned_entries.end()) return std::nullopt;
  const PlannedEntry& entry = found->second;
  const DmcChoice* const choice = choice_of(facts.selection, entry.dmc);
  if (choice == nullptr) return std::nullopt;
  const DmcSubstitution* last = nullptr;
  for (const DmcSubstitution& one : choice->substitutions) {
    if (one.release != entry.release || !until.saw(one.mark.event)) continue;
    if (until.in_effect(one.effective_at)) last = &one;
  }
  if (last == nullptr) return std::nullopt;
  for (const auto& [id, other] : facts.board.planned_entries) {
    if (!until.saw(other.declared.event)) continue;
    if (other.dmc == last->new_dmc && other.release == entry.release && other.smso == entry.smso &&
        other.category == entry.category) {
      return id;
    }
  }
  return std::nullopt;
}

}  // namespace assay::projections
