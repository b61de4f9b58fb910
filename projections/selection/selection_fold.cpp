#include "projections/selection/selection_fold.hpp"

namespace assay::projections {

void SelectionFold::operator()(const events::ConsultationOpened& event) {
  const auto [at, made] = selection_.consultations.try_emplace(event.consultation);
  if (!made) return unplaced();
  Consultation& consultation = at->second;
  consultation.about = event.about;
  consultation.audiences = event.audiences;
  consultation.closes_at = event.closes_at;
  consultation.documents = event.documents;
  consultation.opened = mark();
  consultation.opens_at = event.opens_at;
  consultation.title = event.title;
}

void SelectionFold::operator()(const events::ConsultationResponseRecorded& event) {
  const auto found = selection_.consultations.find(event.consultation);
  if (found == selection_.consultations.end()) return unplaced();
  const bool made =
      found->second.responses
          .try_emplace(event.response,
                       ConsultationResponse{event.confidential, event.document, mark(),
                                            event.received_at, event.respondent, event.summary})
          .second;
  if (!made) unplaced();
}

void SelectionFold::operator()(const events::ConsultationClosed& event) {
  const auto found = selection_.consultations.find(event.consultation);
  if (found == selection_.consultations.end() || found->second.ended) return unplaced();
  found->second.ended = {event.closed_at, event.conclusion, mark(), event.responses_count};
}

void SelectionFold::operator()(const events::DmcProposed& event) {
  selection_.dmcs[event.dmc].proposals.push_back(
      {event.kinds, mark(), event.population, event.rationale, event.release, event.smso});
}

void SelectionFold::operator()(const events::DmcSelected& event) {
  selection_.dmcs[event.dmc].selections.push_back(
      {event.consultation, event.kinds, mark(), event.position, event.release});
}

void SelectionFold::operator()(const events::DmcDeselected& event) {
  selection_.dmcs[event.dmc].deselections.push_back(
      {mark(), event.phase, event.reason, event.release, event.during_phase});
}

void SelectionFold::operator()(const events::DmcSubstituted& event) {
  auto& substitutions = selection_.dmcs[event.old_dmc].substitutions;
  if (took_effect(substitutions)) return;
  substitutions.push_back({event.consultation,
                           effective_at(),
                           mark(),
                           event.new_dmc,
                           event.position,
                           event.release,
                           event.route,
                           {event.differing_fields.begin(), event.differing_fields.end()}});
}

void SelectionFold::operator()(const events::PpclEntryRecorded& event) {
  selection_.dmcs[event.dmc].ppcl_requests.push_back(
      {event.date, event.determination, mark(), event.requested_by});
}

void SelectionFold::operator()(const events::SelectionAppealed& event) {
  const bool made =
      selection_.appeals
          .try_emplace(event.appeal, SelectionAppeal{std::nullopt, event.dmc, event.grounds, mark(),
                                                     event.selection})
          .second;
  if (!made) unplaced();
}

void SelectionFold::operator()(const events::AppealDetermined& event) { determine(event, {}); }
void SelectionFold::operator()(const events::AppealDeterminedV2& event) {
  determine(event, event.determined_by);
}

void SelectionFold::determine(const events::AppealDetermined& event,
                              const std::optional<Identifier>& by) {
  const auto found = selection_.appeals.find(event.appeal);
  if (found == selection_.appeals.end() || found->second.determined) return unplaced();
  found->second.determined = {by, mark(), event.outcome, event.reason};
}

void SelectionFold::operator()(const events::EquivalenceClaimed& event) {
  selection_.planned_entries[event.planned_entry].claims.push_back(
      {mark(),
       event.rationale,
       {event.differing_fields.begin(), event.differing_fields.end()},
       event.tested_dmc});
}

void SelectionFold::operator()(const events::EpclEntryMade& event) {
  EpclRecord& record = selection_.planned_entries[event.planned_entry];
  if (stage_ != Stage::awaiting_voices) record.standing = EpclStanding::listed;
  if (took_effect(record.listings)) return;
  record.listings.push_back({event.basis, event.completions, event.date_first_added, effective_at(),
                             event.list_digest, event.list_version, mark()});
}

void SelectionFold::operator()(const events::EpclEntryRemoved& event) {
  EpclRecord& record = selection_.planned_entries[event.planned_entry];
  // What was never on the list cannot leave it; that somebody said so is kept all the same.
  if (record.standing == EpclStanding::never_listed) unplaced();
  if (record.standing == EpclStanding::listed) record.standing = EpclStanding::removed;
  record.removals.push_back({mark(), event.reason});
}

void SelectionFold::operator()(const events::PlannedEntryWithdrawn& event) {
  auto& withdrawal = selection_.planned_entries[event.planned_entry].withdrawal;
  if (!withdrawal) withdrawal = {event.consultation, event.explanation, mark(), event.reason};
}

void SelectionFold::operator()(const events::ReleaseCompleted& event) {
  selection_.releases_completed[event.release].push_back(mark());
}

}  // namespace assay::projections
