#include "projections/selection/selection_answer.hpp"

#include "projections/board/phase_board.hpp"
#include "projections/selection/dmc_history.hpp"

namespace assay::projections {
namespace {

using events::Verdict;

/// The most favourable of several selections decides: one good selection is enough.
void consider(Answer& best, const EventId& event, Verdict verdict, const std::string& text) {
  const bool better = best.verdict == Verdict::not_applicable || verdict == Verdict::met ||
                      (verdict == Verdict::undetermined && best.verdict == Verdict::not_met);
  if (best.verdict == Verdict::met || !better) return;
  best.events = {event};
  best.text = text;
  best.verdict = verdict;
}

}  // namespace

Answer selection_answer(const Facts& facts, const Identifier& planned_entry,
                        events::TestKind kind) {
  Answer answer{"N4", {}, {}, Verdict::not_applicable};
  const auto found = facts.board.planned_entries.find(planned_entry);
  if (found == facts.board.planned_entries.end()) {
    return {"N4", {}, "the planned entry is not known", Verdict::undetermined};
  }
  const PlannedEntry& entry = found->second;
  const std::string what = entry.dmc.text + " in release " + entry.release.text;
  const std::string kind_text(enum_text(kind));
  if (const auto* left = deselection_in_force(facts.selection, entry.dmc, entry.release)) {
    return {"N4", {left->mark.event}, what + " was de-selected", Verdict::not_met};
  }
  for (const auto* one : selections_in_force(facts.selection, entry.dmc, entry.release)) {
    const SelectionView view = view_selection(facts, entry.dmc, *one);
    if (view.kinds_served.contains(kind)) {
      consider(answer, one->mark.event, view.verdict,
               view.verdict == Verdict::met ? what + " was selected for " + kind_text : view.text);
    } else if (!view.policy) {
      consider(answer, one->mark.event, Verdict::undetermined,
               "whether its selection for another kind of test serves " + kind_text +
                   " is not known: " + view.text);
    }
  }
  for (const TookPlace& place : places_taken(facts.selection, entry.dmc, entry.release)) {
    if (!inherited_kinds(facts, place).contains(kind)) continue;
    const SubstitutionView view = view_substitution(facts, place.old_dmc, *place.substitution);
    consider(answer, place.substitution->mark.event, view.verdict,
             view.verdict == Verdict::met ? what + " took the place of " + place.old_dmc.text
                                          : view.text);
  }
  if (answer.verdict != Verdict::not_applicable) return answer;
  return {"N4", {}, what + " was not selected for " + kind_text, Verdict::not_met};
}

}  // namespace assay::projections
