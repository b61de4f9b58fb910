// Planned entries, documents, positions.

#include "projections/board/board_fold.hpp"

namespace assay::projections {

void BoardFold::operator()(const events::PlannedEntryDeclared& event) {
  const auto [at, made] = board_.planned_entries.try_emplace(event.planned_entry);
  if (!made) return unplaced();
  PlannedEntry& entry = at->second;
  entry.category = event.category;
  entry.declared = mark();
  entry.dmc = event.dmc;
  entry.groups = event.groups.ids;
  entry.release = event.release;
  entry.required_kinds = event.required_kinds;
  entry.smso = event.smso;
  entry.target_date = event.target_date;
}

void BoardFold::operator()(const events::PlannedEntryAmended& event) {
  const auto found = board_.planned_entries.find(event.planned_entry);
  if (found == board_.planned_entries.end()) return unplaced();
  PlannedEntry& entry = found->second;
  entry.amendments.push_back(event_.id);
  if (event.groups) entry.groups = event.groups->ids;
  if (event.required_kinds) entry.required_kinds = *event.required_kinds;
  if (event.target_date) entry.target_date = event.target_date;
}

void BoardFold::operator()(const events::PlannedEntryWithdrawn& event) {
  const auto found = board_.planned_entries.find(event.planned_entry);
  if (found == board_.planned_entries.end()) return unplaced();
  // The first withdrawal stands; what was completed before it stays completed.
  if (found->second.withdrawn) return;
  found->second.withdrawn = mark();
  found->second.withdrawal_reason = event.reason;
  for (auto& [id, phase] : board_.phases) {
    const auto entry = phase.entries.find(event.planned_entry);
    if (entry != phase.entries.end() && entry->second.state != PhaseState::completed) {
      entry->second.state = PhaseState::withdrawn;
    }
  }
}

DocumentVersion* BoardFold::version_of(const Identifier& document, const Identifier& version) {
  const auto found = board_.documents.find(document);
  if (found != board_.documents.end()) {
    const auto at = found->second.find(version);
    if (at != found->second.end()) return &at->second;
  }
  unplaced();
  return nullptr;
}

void BoardFold::operator()(const events::DocumentRegistered& event) {
  const auto [at, made] = board_.documents[event.document].try_emplace(event.version);
  if (!made) return unplaced();
  at->second.covers = event.covers;
  at->second.digest = event.digest;
  at->second.registered = mark();
  at->second.title = event.title;
  at->second.type = event.document_type;
}

void BoardFold::operator()(const events::DocumentPresented& event) {
  if (auto* const version = version_of(event.document, event.version)) {
    version->presented.push_back({event.date, mark(), event.meeting});
  }
}

void BoardFold::operator()(const events::DocumentPublished& event) {
  if (auto* const version = version_of(event.document, event.version)) {
    version->published.push_back({event.date, mark(), event.url});
  }
}

void BoardFold::operator()(const events::DocumentSuperseded& event) {
  if (auto* const version = version_of(event.document, event.old_version)) {
    version->superseded = {mark(), event.new_version, event.reason};
  }
}

void BoardFold::operator()(const events::TagPositionRecorded& event) {
  TagPosition& position = board_.positions[{event.about, event.version}];
  position.conditions = event.conditions;
  position.dissents = event.dissent.size();
  position.mark = mark();
  position.meeting = event.meeting;
  position.minutes = event.minutes;
  position.position = event.position;
  position.seen_size = seen_size();
  ++position.times;
}

}  // namespace assay::projections
